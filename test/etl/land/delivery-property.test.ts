import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { Landing } from '../../support/landing.ts';
import { seeded } from '../../support/seeded.ts';
import { liveRows, type Row, type Standing } from './delivery-oracle.ts';

const kinds = ['parts', 'full', 'delta', 'snapshot'] as const;
type Kind = (typeof kinds)[number];

/** A contract with a date on each row, and one without. */
const contracts = {
  charge_event: {
    header: 'charge_event_id,encounter_id,posted_ts,amount_cents',
    line: ({ id, day, value }: Row) => `${id},e1,${day},${value}`,
    read: 'select charge_event_id as id, posted_ts::date::varchar as day, amount_cents as value',
  },
  billing: {
    header: 'encounter_id,bill_no,gross_charges,final_billed_ts',
    line: ({ id, value }: Row) => `${id},1,${value},`,
    read: 'select encounter_id as id, null as day, gross_charges::int as value',
  },
};

type ContractId = keyof typeof contracts;

const days = ['2026-01-05', '2026-01-31', '2026-02-01', '2026-02-17', '2026-03-31', '2026-04-02'];

/** Periods of snapshots. Of rows without a date only such as lie apart or are the same, lest they be held. */
const periods = (contract: ContractId): readonly (readonly [string, string])[] => [
  ...(contract === 'billing' ? [] : ([['2026-01-01', '2026-04-01']] as const)),
  ...([
    ['2026-01-01', '2026-02-01'],
    ['2026-02-01', '2026-03-01'],
    ['2026-03-01', '2026-05-01'],
  ] as const),
];

/** A workspace to which things happen, and what should stand in it. */
class History {
  readonly landing: Landing;
  readonly standing = new Map<string, Standing>();
  /** Names whose content is there and has been looked at by a run. */
  readonly #seen = new Set<string>();
  readonly #random: () => number;
  readonly #kind: Kind;
  readonly #contract: ContractId;

  constructor(kind: Kind, contract: ContractId, random: () => number) {
    [this.#kind, this.#contract, this.#random] = [kind, contract, random];
    this.landing = new Landing({ format: 'csv', contract, extract: kind }, 'extract/*/*.csv');
  }

  #pick<T>(all: readonly T[]): T {
    return all[Math.floor(this.#random() * all.length)]!;
  }

  #rows(period: readonly [string, string]): readonly Row[] {
    const allowed = days.filter((day) => this.#kind !== 'snapshot' || (day >= period[0] && day < period[1]));
    const ids = ['a', 'b', 'c', 'd', 'e', 'f'].filter(() => this.#random() < 0.5);
    const day = (): string | null => (this.#contract === 'billing' ? null : this.#pick(allowed));
    return ids.map((id) => ({ id, day: day(), value: Math.floor(this.#random() * 3) }));
  }

  write(one: Standing, landing = this.landing): void {
    const { header, line } = contracts[this.#contract];
    landing.write(one.name, `${[header, ...one.rows.map(line)].join('\n')}\n`);
    const entry = { name: one.name.split('/').at(-1), rows: one.rows.length };
    const [period_start, period_end] = one.period;
    const manifest = {
      ...(one.asOf === '' ? {} : { extract_as_of_ts: one.asOf }),
      period_start,
      period_end,
      files: [entry],
    };
    landing.write(join(dirname(one.name), 'manifest.json'), JSON.stringify(manifest));
    if (landing === this.landing) {
      this.standing.set(one.name, one);
      this.#seen.delete(one.name);
    }
  }

  /** Something comes, changes, or goes away. */
  step(): void {
    const names = [...this.standing.keys()];
    const what = this.#pick(
      names.length < 2 ? ['new'] : ['new', 'new', 'new', 'revise', 'revise', 'withdraw', 'copy', 'archive', 'rename'],
    );
    const name = this.#name();
    if (what === 'new') {
      const period = this.#pick(periods(this.#contract));
      const asOf = this.#pick(['', '2026-05-01T00:00:00', '2026-05-02T00:00:00', '2026-05-03T00:00:00']);
      this.write({ name, asOf, period, rows: this.#rows(period) });
      return;
    }
    const old = this.standing.get(this.#pick(names))!;
    if (what === 'copy') {
      this.write({ ...old, name, asOf: this.#pick([old.asOf, '2026-05-02T00:00:00']) });
      return;
    }
    if (what === 'revise' || what === 'withdraw') {
      this.write({ ...old, rows: what === 'revise' ? this.#rows(old.period) : [] });
      return;
    }
    // What no run has looked at is as if it had never come once it is gone.
    if (!this.#seen.has(old.name)) return;
    this.#seen.delete(old.name);
    if (what === 'archive') {
      rmSync(join(this.landing.folder, old.name));
      return;
    }
    mkdirSync(join(this.landing.folder, dirname(name)), { recursive: true });
    renameSync(join(this.landing.folder, old.name), join(this.landing.folder, name));
    rmSync(join(this.landing.folder, dirname(old.name)), { recursive: true });
    this.standing.delete(old.name);
    this.write({ ...old, name });
    this.#seen.add(name);
  }

  /** A name nobody has had, anywhere in the order of paths. */
  #name(): string {
    for (;;) {
      const name = `extract/${Math.floor(this.#random() * 900) + 100}/rows.csv`;
      if (!this.standing.has(name)) return name;
    }
  }

  async run(): Promise<void> {
    await land(this.landing);
    for (const name of this.standing.keys()) this.#seen.add(name);
  }

  rows(landing: Landing = this.landing): Promise<readonly unknown[]> {
    return landing.raw(`${contracts[this.#contract].read} from raw.${this.#contract} order by 1`);
  }
}

const land = async (landing: Landing): Promise<void> => {
  for (const { status, message, contracts } of await landing.run()) {
    expect([status, message]).toEqual([expect.stringMatching(/^(landed|unchanged)$/), message]);
    for (const one of contracts) {
      expect(one.mapped).toBe(one.accepted + one.quarantined + one.duplicates + one.superseded);
      expect(one.accepted).toBe(one.inserted + one.updated + one.unchanged);
      const arrived = Object.values(one.arrived ?? {}).reduce((sum, rows) => sum + rows, 0);
      expect(arrived).toBe(one.inserted + one.updated);
    }
  }
};

const seeds = Array.from({ length: Number(process.env.SEEDS ?? 2) }, (_, i) => i + 1);
const cases = kinds.flatMap((kind) =>
  (Object.keys(contracts) as ContractId[]).flatMap((contract) => seeds.map((seed) => [kind, contract, seed] as const)),
);

test.each(cases)(
  '%s of %s in any order, with runs between, are what they are landed at once (seed %i)',
  async (kind, contract, seed) => {
    const random = seeded(seed);
    const history = new History(kind, contract, random);
    for (let left = 4 + Math.floor(random() * 8); left > 0; left--) {
      history.step();
      if (random() < 0.4) await history.run();
    }
    await history.run();
    const standing = [...history.standing.values()];
    const expected = liveRows(kind, standing, contract === 'charge_event');
    expect(await history.rows()).toEqual(expected);

    const fresh = new Landing({ format: 'csv', contract, extract: kind }, 'extract/*/*.csv');
    for (const one of standing) history.write(one, fresh);
    await land(fresh);
    const everything = `from raw.${contract} order by all`;
    expect(await history.landing.raw(everything)).toEqual(await fresh.raw(everything));
  },
);

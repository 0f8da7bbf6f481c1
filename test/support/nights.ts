import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { settingTables } from '../../etl/raw/setting-table.ts';
import { readContracts } from '../../etl/contract/contract.ts';
import { NO_META } from '../../warehouse/meta.ts';
import { compile } from '../../warehouse/model/compile.ts';
import type { Compiled, RawTable } from '../../warehouse/model/compiled.ts';
import { digest } from '../../warehouse/model/fingerprint.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { identifier, literal, relationName } from '../../warehouse/quote.ts';
import { rawQuery, type RawPart } from '../../warehouse/raw-part.ts';
import { releaseFile } from '../../warehouse/release-folder.ts';
import { buildRelease, type Release } from '../../warehouse/release.ts';
import { readRows } from '../../warehouse/rows.ts';
import type { Assert } from '../../warehouse/assert.ts';
import type { Check } from '../../warehouse/check/check.ts';
import { readProject, type Project } from '../../warehouse/project.ts';
import { rawColumns } from './shipped.ts';
import { createTable } from './table.ts';
import { drawFrom, type Draw } from '../oracle/chance.ts';
import { drawn } from '../oracle/drawn.ts';
import { randomAccounts, together } from '../oracle/random-accounts.ts';
import { randomAudits } from '../oracle/random-audits.ts';
import { randomCodes } from '../oracle/random-codes.ts';
import { randomHospital, type Row } from '../oracle/random-hospital.ts';
import { randomOperations } from '../oracle/random-operations.ts';
import { randomStays } from '../oracle/random-stays.ts';
import { smallHospital } from '../oracle/small-hospital.ts';

type Extracts = Readonly<Record<string, readonly Row[]>>;

const contracts = readContracts();
const SQL = new URL('../../sql', import.meta.url).pathname;

/** The same extracts, every id of their own: several hospitals side by side share none. */
const renamed = (extracts: Extracts, prefix: string): Extracts =>
  Object.fromEntries(
    Object.entries(extracts).map(([name, rows]) => [
      name,
      rows.map((row) =>
        Object.fromEntries(
          Object.entries(row).map(([column, value]) => [
            column,
            column.endsWith('_id') && column !== 'source_id' && value !== null && value !== ''
              ? `${prefix}${value}`
              : value,
          ]),
        ),
      ),
    ]),
  );

/** A hospital that sends every extract there is, of all that is drawn elsewhere in this folder. */
const everything = (seed: number): Extracts => {
  const parts: Extracts[] = [
    randomHospital(seed, 40),
    together(randomAccounts(3)),
    randomAudits(seed, 1),
    randomCodes(seed, 2),
    randomOperations(seed, 2),
    randomStays(2)[seed % 2]!,
    ...[seed, seed + 1].map((number) => {
      const { facility: _, completion_policy: __, ...extracts } = smallHospital(number);
      return extracts;
    }),
  ].map((each, at) => renamed(each as Extracts, `${at}-`));
  const names = new Set(parts.flatMap((part) => Object.keys(part)));
  return Object.fromEntries(
    [...names].filter((name) => contracts.has(name)).map((name) => [name, parts.flatMap((part) => part[name] ?? [])]),
  );
};

/** One file of one extract. */
interface Delivery {
  readonly contract: string;
  readonly part: Omit<RawPart, 'yieldsTo' | 'covered'>;
  readonly keys: ReadonlySet<string>;
}

const keyOf = (contract: string, row: Row): string =>
  JSON.stringify(contracts.get(contract)!.key.map((name) => row[name] ?? null));

/** The row with some values of another row of its extract: what a revision may bring. */
const revised = (draw: Draw, contract: string, row: Row, others: readonly Row[]): Row => {
  const { key } = contracts.get(contract)!;
  const other = draw.one(others);
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      !key.includes(name) && draw.maybe(0.3) ? (other[name] ?? null) : value,
    ]),
  );
};

let shipped: Promise<Compiled> | undefined;

/** Everything that is shipped; drawn at random, rows break what they like, and no release is kept back for it. */
const lenientProject = (): Project => {
  const project = readProject([SQL]);
  return {
    ...project,
    asserts: project.asserts.map((assert): Assert => ({ ...assert, severity: 'warn' })),
    checks: project.checks.map((scan) => ({
      ...scan,
      checks: scan.checks.map((check): Check => ({ ...check, severity: 'characterisation' })),
    })),
  };
};

/** A hospital whose files come and go, and a warehouse that follows. */
export class Nights {
  readonly folder = mkdtempSync(join(tmpdir(), 'nights-'));
  readonly #draw: Draw;
  readonly #deliveries: Delivery[] = [];
  #live: Delivery[] = [];
  #asOf = '2026-03-01 00:00:00';
  #scratch = 0;

  private constructor(seed: number) {
    this.#draw = drawFrom(seed);
    mkdirSync(join(this.folder, 'raw'));
  }

  /** Writes every file that will ever come; none of them is there yet. */
  static async of(seed: number, batches: number): Promise<Nights> {
    const nights = new Nights(seed);
    const { connection, close } = await openBuilder(null, { threads: 1 });
    for (const [contract, rows] of Object.entries(everything(seed))) {
      const unique = [...new Map(rows.map((row) => [keyOf(contract, row), row])).values()];
      // All rows of an encounter mostly come together, some of them later, some of them again and otherwise.
      const files = Array.from({ length: batches }, (): Map<string, Row> => new Map());
      for (const row of unique) {
        const at = nights.#draw.maybe(0.7)
          ? digest([String(row.encounter_id ?? '')]).charCodeAt(0) % batches
          : nights.#draw.whole(0, batches - 1);
        files[at]!.set(keyOf(contract, row), row);
        if (nights.#draw.maybe(0.1)) {
          const again = revised(nights.#draw, contract, row, unique);
          files[nights.#draw.whole(0, batches - 1)]!.set(keyOf(contract, row), again);
        }
      }
      for (const [at, file] of files.entries())
        if (file.size > 0)
          nights.#deliveries.push({
            contract,
            keys: new Set(file.keys()),
            part: await nights.#write(connection, contract, `b${at}`, [...file.values()]),
          });
    }
    await close();
    nights.#live = nights.#deliveries.filter(({ part }) => part.batch === 'b0' || part.batch === 'b1');
    return nights;
  }

  async #write(
    connection: Parameters<typeof createTable>[0],
    contract: string,
    batch: string,
    rows: readonly Row[],
  ): Promise<Omit<RawPart, 'yieldsTo' | 'covered'>> {
    const file = join(this.folder, 'raw', `${contract}-${batch}.parquet`);
    const columns = rawColumns().get(contract)!;
    const table = `raw.t${this.#scratch++}`;
    await connection.run('create schema if not exists raw');
    await connection.run(
      `create table ${table} (${columns.map(({ name, type }) => `${identifier(name)} ${type}${name === 'source_id' ? ` default 'test'` : ''}`).join(', ')})`,
    );
    const known = new Set(columns.map(({ name }) => name));
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter((name) => known.has(name));
    await createTable(
      connection,
      table,
      drawn(rows.map((row) => Object.fromEntries(names.map((name) => [name, row[name] ?? null])))),
    );
    await connection.run(`copy (select * from ${table}) to ${literal(file)} (format parquet)`);
    return { batch, file };
  }

  /** What may happen from one night to the next: files come, go, are replaced, and time passes, seldom back. */
  pass(): string {
    const { maybe, one, whole } = this.#draw;
    const away = this.#deliveries.filter((each) => !this.#live.includes(each));
    const came = away.filter(() => maybe(one([0.05, 0.3])));
    const went = this.#live.filter(() => maybe(one([0, 0, 0.05])));
    this.#live = this.#deliveries.filter(
      (each) => came.includes(each) || (this.#live.includes(each) && !went.includes(each)),
    );
    if (maybe(0.7)) this.wait(maybe(0.15) ? -whole(1, 40) : whole(1, 30));
    return `${came.map(({ contract, part }) => `+${contract} ${part.batch}`).join(', ')}; ${went.map(({ contract, part }) => `-${contract} ${part.batch}`).join(', ')}; as of ${this.#asOf}`;
  }

  /** Lets so many days pass, and nothing else. */
  wait(days: number): void {
    const at = Date.parse(`${this.#asOf.replace(' ', 'T')}Z`) + days * 86_400_000;
    this.#asOf = new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  }

  /** Takes a file of an extract away; what stood in it can be read no more. */
  spoil(name: string): void {
    const gone = this.#live.find(({ contract }) => contract === name)!;
    this.#live = this.#live.filter((each) => each !== gone);
    writeFileSync(gone.part.file, 'torn');
  }

  #raw(): readonly RawTable[] {
    const report = { source: 'test', asOf: this.#asOf, isInstant: false };
    const settings = settingTables(
      [report] as unknown as Parameters<typeof settingTables>[0],
      {
        ...{ folder: this.folder, dataFolder: this.folder, targets: [], config: { sources: [] } },
        sources: [{ id: 'test', timezone: 'UTC', privacy: 'limited_data_set' }],
      } as unknown as Parameters<typeof settingTables>[1],
    );
    const byName = new Map(settings.map((table) => [table.name, table]));
    return [...rawColumns()].map(([name, columns]): RawTable => {
      const setting = byName.get(name);
      if (setting !== undefined) return setting;
      const live = this.#live.filter(({ contract }) => contract === name);
      const parts = live.map(({ part, keys }, at) => ({
        ...part,
        covered: [],
        yieldsTo: live
          .slice(at + 1)
          .flatMap((later) => ([...later.keys].some((key) => keys.has(key)) ? [later.part.file] : [])),
      }));
      const contract = contracts.get(name);
      const parted = { columns, key: contract?.key ?? [], period: contract?.period ?? null, parts };
      return {
        name,
        ...parted,
        query: rawQuery(parted),
        fingerprint: digest([name, ...parts.map(({ file }) => file)]),
      };
    });
  }

  async #compiled(): Promise<Compiled> {
    const raw = this.#raw();
    const compiled = await (shipped ??= compile({ project: lenientProject(), raw }));
    const prints = new Map(raw.map((table) => [`raw.${table.name}`, table.fingerprint]));
    const models = compiled.models.map((each) => ({
      ...each,
      fingerprint: digest([each.definition, ...each.inputs.map((name) => prints.get(name)!)]),
    }));
    return { ...compiled, raw, models, content: digest([...prints.values()]) };
  }

  /** Builds on the release before, and from scratch; returns both. */
  async build(): Promise<{ readonly release: Release; readonly step: string; readonly scratch: string }> {
    const compiled = await this.#compiled();
    const limits = { threads: 1, memory: '1GB' };
    const common = { compiled, meta: NO_META, limits, keep: 2 };
    const next = join(this.folder, 'next');
    const release = await buildRelease({ ...common, folder: next });
    const scratchFolder = join(this.folder, `scratch-${this.#scratch++}`);
    const scratch = await buildRelease({ ...common, folder: scratchFolder });
    return { release, step: releaseFile(next, release.release), scratch: releaseFile(scratchFolder, scratch.release) };
  }

  /** Relations of the two files that differ in a row, with how many rows differ; what was counted of asserts and checks among them. */
  static async differences(step: string, scratch: string): Promise<readonly string[]> {
    const { connection, close } = await openBuilder(null, { threads: 1 });
    await connection.run(
      `attach ${literal(step)} as step (read_only); attach ${literal(scratch)} as scratch (read_only)`,
    );
    const tables = await readRows(
      connection,
      `select distinct schema_name || '.' || table_name as name from duckdb_tables()
       where database_name in ('step', 'scratch') and schema_name in ('core', 'mart', 'submission') order by 1`,
    );
    const found: string[] = [];
    const counts = { 'meta.assert': '(select name, examined, violations from @)', 'meta.check_result': '@' };
    const relations = [...tables.map(({ name }) => [String(name), '@'] as const), ...Object.entries(counts)];
    for (const [name, rows] of relations) {
      const [a, b] = ['step', 'scratch'].map((file) => rows.replace('@', `${file}.${relationName(name)}`));
      const [row] = await readRows(
        connection,
        `select count(*) as n from ((from ${a} except all from ${b}) union all (from ${b} except all from ${a}))`,
      );
      if (Number(row?.n) > 0) found.push(`${name}: ${Number(row?.n)}`);
    }
    await close();
    return found;
  }

  end(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

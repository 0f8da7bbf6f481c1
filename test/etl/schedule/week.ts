import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { teller, type Tell } from '../../../etl/notify/tell.ts';
import { readTold } from '../../../etl/notify/told.ts';
import { noProgress } from '../../../etl/print/progress.ts';
import { run } from '../../../etl/run.ts';
import { followSchedules } from '../../../etl/schedule/follow.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';

/** A hospital whose nights pass in seconds: real files, real runs, real messages, and a clock that a test sets. */
export class Week {
  readonly folder: string;
  /** What happened, in order: the moment, and one line. */
  readonly diary: { readonly at: Date; readonly says: string }[] = [];
  now: Date;
  #plans: { readonly at: Date; readonly says: string; readonly act: () => void }[] = [];

  constructor(folder: string, from: string, addresses: { readonly webhook: string; readonly smtpPort: number }) {
    this.folder = folder;
    this.now = new Date(from);
    mkdirSync(join(folder, 'in'), { recursive: true });
    const common = "contract: CONTRACT, privacy: synthetic, timezone: America/New_York, schedule: '30 1 * * *'";
    const source = (contract: string): string => common.replace('CONTRACT', contract);
    writeFileSync(
      join(folder, 'himsight.yaml'),
      `sources:
  - { id: visits, path: in/visits-*.csv, ${source('encounter')}, freshness: { days: 2 } }
  - { id: codes, path: in/codes.csv, ${source('encounter_code')} }
notify:
  webhook: { url: "${addresses.webhook}", timeout_seconds: 0.2 }
  smtp: { host: 127.0.0.1, port: ${addresses.smtpPort}, security: none, from: etl@north.example, to: [him@north.example] }
`,
    );
  }

  /** Something that happens at a moment, told in the diary; the clock stops there for it. */
  plan(at: string, says: string, act: () => void): void {
    this.#plans.push({ at: new Date(at), says, act });
    this.#plans.sort((a, b) => a.at.getTime() - b.at.getTime());
  }

  /** The encounters of a day: registered shortly after midnight, so that the day before is complete. */
  visits(day: string, tail = ''): void {
    const header = 'encounter_id,patient_key,facility_id,patient_class,admit_ts,discharge_ts,age_years,sex';
    const row = `v${day},p1,north,inpatient,${day} 00:05:00,${day} 00:30:00,50,female`;
    writeFileSync(join(this.folder, `in/visits-${day}.csv`), `${header}\n${row}\n${tail}`);
  }

  /** All codes so far; an undeclared column is what holds them. */
  codes(count: number, column = ''): void {
    const rows = Array.from(
      { length: count },
      (_, i) => `v2026-10-26,ICD10CM,${i + 1},A0${i}.0,final${column && ',1'}`,
    );
    rmSync(join(this.folder, 'in/codes.csv'), { force: true });
    writeFileSync(
      join(this.folder, 'in/codes.csv'),
      `encounter_id,code_set,seq,code,stage${column}\n${rows.join('\n')}\n`,
    );
  }

  /** `himsight schedule`, from now until it is stopped. */
  async follow(until: string): Promise<void> {
    const end = new Date(until);
    const send = teller({ env: {}, now: () => this.now, sleep: async () => {}, warn: () => {} });
    const tell: Tell = async (workspace, failure) => {
      const ledger = join(workspace.dataFolder, 'ledger');
      const before = readTold(ledger).length;
      await send(workspace, failure);
      for (const { channel, outcome, trouble, state, why } of readTold(ledger).slice(before))
        this.#write(
          `${channel} ${outcome === 'failed' ? 'could not be told' : 'was told'}: ${trouble} ${state}${why === null ? '' : `; ${why}`}`,
        );
    };
    this.#write('the schedule starts');
    await followSchedules({
      workspace: () => readWorkspace(this.folder),
      now: () => this.now,
      isStopped: () => this.now >= end,
      sleep: async (ms) => this.pass(new Date(this.now.getTime() + ms)),
      run: async (workspace, turns) => {
        const due = new Map(turns.map((turn) => [turn.source, turn.due ?? '']));
        const result = await run({
          ...{ workspace, sources: [...due.keys()], from: null, to: null, full: false, progress: noProgress },
          ...{ due, now: () => this.now },
        });
        const outcomes = [...due.keys()].map((source) => {
          const statuses = result.batches.filter((batch) => batch.source === source).map(({ status }) => status);
          return `${source} ${[...new Set(statuses)].sort().join(' and ')}`;
        });
        this.#write(
          `run for ${[...new Set(due.values())].map(clockText).join(', ')}: ${outcomes.join(', ')}; exit code ${result.exitCode}`,
        );
        await tell(workspace);
        this.now = new Date(this.now.getTime() + 4 * 60_000);
        return result.exitCode;
      },
      tell,
      say: (sentence) => {
        if (!sentence.includes(' Due: ')) this.#write(sentence);
      },
      longestSleepMs: 20 * 60_000,
    });
    this.#write('the schedule is gone');
  }

  /** Lets the time pass, with whatever is planned for it. */
  pass(to: Date): void {
    const next = this.#plans[0];
    if (next === undefined || next.at > to) {
      this.now = to;
      return;
    }
    this.#plans.shift();
    this.now = new Date(Math.max(next.at.getTime(), this.now.getTime()));
    this.#write(next.says);
    next.act();
  }

  /** The diary as a page. */
  page(): string {
    const lines = this.diary.map(({ at, says }) => `| ${clockText(at)} | ${says} |`);
    return [
      '# A week of scheduled nights',
      '',
      'What `week.test.ts` lets happen to two sources due at half past one, New York time, and what the schedule makes of it.',
      'Real files, real runs, real messages to receivers on this machine; only the clock is made up. The test writes this page.',
      '',
      '| clock | what |',
      '|---|---|',
      ...lines,
      '',
    ].join('\n');
  }

  #write(says: string): void {
    this.diary.push({ at: this.now, says });
  }
}

/** A moment by the clocks of New York, with the zone they show that night. */
export const clockText = (at: Date | string): string =>
  new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone: 'America/New_York', weekday: 'short', day: '2-digit', month: 'short' },
    ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZoneName: 'longOffset' },
  })
    .format(new Date(at))
    .replace('GMT-04:00', 'EDT')
    .replace('GMT-05:00', 'EST')
    .replaceAll(',', '');

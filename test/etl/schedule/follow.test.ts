import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Turn } from '../../../etl/ledger/ledger-event.ts';
import { followSchedules } from '../../../etl/schedule/follow.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';
import { ledgerOf, type WrittenRun } from './ledger-of.ts';

/** What a run does in a test: the minutes it takes and what it writes; its exit code. Nothing is written for a number. */
type Behaviour = Partial<WrittenRun> | number;

const yaml = (visits: string, labs: string): string => `sources:
  - { id: visits, path: v.csv, contract: encounter, schedule: '${visits}' }
  - { id: labs, path: l.csv, contract: encounter, schedule: '${labs}' }
`;

/** Follows two schedules from one instant to another with a clock of its own, and says what happened. */
const follow = async (
  given: {
    readonly from: string;
    readonly to: string;
    readonly visits?: string;
    readonly labs?: string;
    readonly runs?: readonly Behaviour[];
    /** When reports are due; each delivery takes a minute and answers the next exit code, 0 after the last. */
    readonly reports?: { readonly at: readonly string[]; readonly exitCodes?: readonly number[] };
  },
  meanwhile: (clock: { now: Date }, folder: string) => void = () => {},
) => {
  const folder = temporaryFolder();
  const { from, to, visits = '0 2 * * *', labs = '0 2 * * *', runs = [], reports = { at: [] } } = given;
  const waiting = [...reports.at];
  const exitCodes = [...(reports.exitCodes ?? [])];
  writeFileSync(join(folder, 'himsight.yaml'), yaml(visits, labs));
  const ledger = join(folder, 'data/ledger');
  const start = ['visits', 'labs'].map((source) => ({ source, due: null }));
  ledgerOf([{ at: new Date(Date.parse(from) - 60_000).toISOString(), minutes: 0, turns: start }], ledger);
  const clock = { now: new Date(from) };
  const asked: string[] = [];
  const told: (string | null)[] = [];
  const said: string[] = [];
  await followSchedules({
    workspace: () => readWorkspace(folder),
    now: () => clock.now,
    isStopped: () => clock.now >= new Date(to),
    sleep: async (ms) => {
      clock.now = new Date(clock.now.getTime() + ms);
      meanwhile(clock, folder);
    },
    run: async (_workspace, turns: readonly Turn[]) => {
      const behaviour = runs[asked.length] ?? {};
      asked.push(
        `${clock.now.toISOString().slice(5, 16)} ${turns.map(({ source, due }) => `${source}@${due?.slice(11, 16) ?? ''}`).join(' ')}`,
      );
      if (typeof behaviour === 'number') return behaviour;
      const { minutes = 1 } = behaviour;
      ledgerOf([{ at: clock.now.toISOString(), minutes, turns, ...behaviour }], ledger);
      clock.now = new Date(clock.now.getTime() + minutes * 60_000);
      return behaviour.end?.exitCode ?? 0;
    },
    reports: {
      due: (_workspace, now) => waiting.filter((at) => new Date(at) <= now),
      next: () => (waiting[0] === undefined ? null : new Date(waiting[0])),
      deliver: async () => {
        asked.push(`${clock.now.toISOString().slice(5, 16)} reports`);
        const exitCode = exitCodes.shift() ?? 0;
        const now = clock.now;
        clock.now = new Date(now.getTime() + 60_000);
        if (exitCode === 0) waiting.splice(0, waiting.filter((at) => new Date(at) <= now).length);
        return exitCode;
      },
    },
    tell: async (_workspace, failure) => void told.push(failure),
    say: (sentence) => void said.push(sentence),
    longestSleepMs: 30 * 60_000,
  });
  return { asked, told, said };
};

const day = { from: '2026-09-04T01:00:00Z', to: '2026-09-05T01:00:00Z' };

test('sources due at the same minute run in one run, others in theirs', async () => {
  expect((await follow(day)).asked).toEqual(['09-04T02:00 visits@02:00 labs@02:00']);
  expect((await follow({ ...day, labs: '30 2,14 * * *' })).asked).toEqual([
    '09-04T02:00 visits@02:00',
    '09-04T02:30 labs@02:30',
    '09-04T14:30 labs@14:30',
  ]);
});

test('runs never overlap: what became due while one went on is one run, each source once', async () => {
  const { asked } = await follow({
    ...day,
    to: '2026-09-04T06:00:00Z',
    labs: '*/20 * * * *',
    runs: [{}, {}, {}, {}, { minutes: 75 }],
  });
  expect(asked).toEqual([
    '09-04T01:00 labs@01:00',
    '09-04T01:20 labs@01:20',
    '09-04T01:40 labs@01:40',
    '09-04T02:00 visits@02:00 labs@02:00',
    '09-04T02:20 labs@02:20',
    // 2:40, 3:00 and 3:20 are one.
    '09-04T03:35 labs@03:20',
    '09-04T03:40 labs@03:40',
    ...['04:00', '04:20', '04:40', '05:00', '05:20', '05:40'].map((at) => `09-04T${at} labs@${at}`),
  ]);
});

test('reports go at their time, and after the run that is due with them', async () => {
  const { asked, said } = await follow({
    ...day,
    runs: [{ minutes: 30 }],
    reports: { at: ['2026-09-04T02:00:00Z', '2026-09-04T02:10:00Z', '2026-09-04T13:07:00Z'] },
  });
  expect(asked).toEqual(['09-04T02:00 visits@02:00 labs@02:00', '09-04T02:30 reports', '09-04T13:07 reports']);
  expect(said.filter((one) => one.includes('Reports due'))).toHaveLength(2);
});

test('reports that cannot be delivered at all are told and tried ever more seldom; another who delivers is waited for', async () => {
  const at = ['2026-09-04T12:00:00Z'];
  const lost = await follow({ ...day, reports: { at, exitCodes: [1, 1, 1] } });
  expect(lost.asked.slice(1).map((one) => one.slice(6, 11))).toEqual(['12:00', '12:02', '12:05', '12:10']);
  expect(lost.told.filter((failure) => failure === 'Reports could not be delivered (exit code 1).')).toHaveLength(3);
  const locked = await follow({ ...day, reports: { at, exitCodes: [5] } });
  expect(locked.asked.slice(1)).toHaveLength(2);
  expect(locked.told.filter((failure) => failure !== null)).toEqual([]);
});

test('reports go while a run of another process holds the lock', async () => {
  const { asked } = await follow({ ...day, runs: [5, 5, 5], reports: { at: ['2026-09-04T02:00:00Z'] } });
  expect(asked.map((one) => one.slice(6, 19))).toEqual([
    ...['02:00 visits@', '02:00 reports', '02:02 visits@', '02:03 visits@'],
  ]);
});

test('while another process holds the lock it waits a minute at a time, tells nobody of a failure, then runs once', async () => {
  const { asked, told, said } = await follow({ ...day, runs: [5, 5, 5] });
  expect(asked.map((one) => one.slice(6, 11))).toEqual(['02:00', '02:01', '02:02', '02:03']);
  expect(said.filter((one) => one.includes('Another run'))).toHaveLength(1);
  expect(told.filter((failure) => failure !== null)).toEqual([]);
});

test('a run that cannot even begin is told, and tried ever more seldom', async () => {
  const { asked, told } = await follow({
    ...day,
    to: '2026-09-04T06:00:00Z',
    runs: Array.from({ length: 50 }, () => 1),
  });
  expect(asked.map((one) => one.slice(6, 11))).toEqual([
    '02:00',
    '02:01',
    '02:03',
    '02:07',
    '02:15',
    '02:31',
    '03:03',
    '04:03',
    '05:03',
  ]);
  expect(told.filter((failure) => failure === 'A run could not begin (exit code 1).')).toHaveLength(asked.length);
});

test('a fault that passes is tried again for its source alone; one that does not waits for the next night', async () => {
  const away = { source: 'labs', status: 'refused', isTransient: true } as const;
  const { asked } = await follow({
    ...day,
    runs: [
      { batches: [away], end: { exitCode: 3 } },
      { batches: [away], end: { exitCode: 3 } },
    ],
  });
  expect(asked).toEqual(['09-04T02:00 visits@02:00 labs@02:00', '09-04T02:06 labs@02:00', '09-04T02:17 labs@02:00']);
  const held = await follow({
    ...day,
    runs: [{ batches: [{ source: 'labs', status: 'held' }], end: { exitCode: 3 } }],
  });
  expect(held.asked).toHaveLength(1);
});

test('a clock that is set back an hour while it sleeps repeats nothing', async () => {
  let isSet = false;
  const { asked } = await follow({ ...day, to: '2026-09-05T03:00:00Z' }, (clock) => {
    if (isSet || clock.now < new Date('2026-09-04T02:30:00Z')) return;
    isSet = true;
    clock.now = new Date(clock.now.getTime() - 3_600_000);
  });
  expect(asked.map((one) => one.slice(0, 11))).toEqual(['09-04T02:00', '09-05T02:00']);
});

test('a machine that sleeps over two nights runs once when it wakes', async () => {
  let hasSlept = false;
  const { asked } = await follow({ ...day, to: '2026-09-07T03:00:00Z' }, (clock) => {
    if (hasSlept) return;
    hasSlept = true;
    clock.now = new Date('2026-09-06T09:00:00Z');
  });
  expect(asked).toEqual(['09-06T09:00 visits@02:00 labs@02:00', '09-07T02:00 visits@02:00 labs@02:00']);
});

test('himsight.yaml is read anew; while it is wrong, what it said before holds, and that is said once', async () => {
  const { asked, said } = await follow({ ...day, to: '2026-09-06T01:00:00Z' }, (clock, folder) => {
    const at = clock.now.toISOString().slice(5, 13);
    if (at === '09-04T12') writeFileSync(join(folder, 'himsight.yaml'), 'sources: [{ id: visits }]');
    if (at === '09-05T12') writeFileSync(join(folder, 'himsight.yaml'), yaml('0 13 * * *', '0 2 * * *'));
  });
  expect(asked).toEqual([
    '09-04T02:00 visits@02:00 labs@02:00',
    '09-05T02:00 visits@02:00 labs@02:00',
    '09-05T13:00 visits@13:00',
  ]);
  expect(said.filter((one) => one.includes('`path` is missing'))).toHaveLength(1);
});

test('a fault while it looks is said, and it goes on', async () => {
  const { asked, said } = await follow(day, (clock, folder) => {
    const odd = join(folder, 'data/ledger/20260903T000000Z-odd/event.ndjson');
    const at = clock.now.toISOString().slice(11, 16);
    // A ledger that cannot be read, as on a share that is away.
    if (at === '01:30') mkdirSync(odd, { recursive: true });
    if (at === '02:00') rmSync(odd, { recursive: true });
  });
  expect(asked.map((one) => one.slice(0, 11))).toEqual(['09-04T02:00']);
  expect(said.filter((one) => one.startsWith('The schedule goes on after a fault: EISDIR'))).toHaveLength(30);
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BatchReport } from '../../../etl/land/batch-report.ts';
import { sourceStatuses } from '../../../etl/schedule/source-status.ts';
import { readWorkspace, type Workspace } from '../../../etl/workspace/workspace.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';
import { ledgerOf, type WrittenRun } from './ledger-of.ts';

const release = '20260904T020300Z-aaaaaaaa';

/** A workspace of one source of encounters, its ledger, and a release that is the current one. */
const workspaceWith = (
  runs: readonly WrittenRun[],
  keys = 'freshness: { days: 2 }',
  current: string | null = release,
): Workspace => {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, 'himsight.yaml'),
    `sources:
  - { id: visits, path: in/*.csv, contract: encounter, timezone: America/New_York, schedule: '0 2 * * *', ${keys} }
`,
  );
  const releases = join(folder, 'data/release');
  mkdirSync(releases, { recursive: true });
  if (current !== null) {
    writeFileSync(join(releases, `wh-${current}.duckdb`), '');
    writeFileSync(join(releases, 'CURRENT'), current);
  }
  ledgerOf(runs, join(folder, 'data/ledger'));
  return readWorkspace(folder);
};

const accepted = { mapped: 1, accepted: 1, quarantined: 0, duplicates: 0, superseded: 0, inserted: 1, updated: 0 };
const landed = (asOf: string, batch = 'b1'): Partial<BatchReport> => ({
  ...{ batch, asOf, status: 'landed' },
  contracts: [
    { contract: 'encounter', ...accepted, unchanged: 0, acceptedShare: 1, file: null, months: [], overlaps: [] },
  ],
});
const night = (day: number, batch: Partial<BatchReport>, exitCode = 0): WrittenRun => ({
  at: `2026-09-0${day}T06:00:00Z`,
  minutes: 3,
  turns: [{ source: 'visits', due: `2026-09-0${day}T06:00:00.000Z` }],
  batches: [batch],
  end: { exitCode, release },
});
const statusOf = (workspace: Workspace, now: string) => sourceStatuses(workspace, new Date(now))[0];

// Rows up to 4 September, 10 o'clock: complete through the 3rd. With two days' grace it is late from the 6th, New York time, on.
const fresh = [night(4, landed('2026-09-04 10:00:00'))];

test('late is more than so many days before today in the zone of the source, and not a minute sooner', () => {
  const workspace = workspaceWith(fresh);
  expect(statusOf(workspace, '2026-09-06T03:59:59Z')).toMatchObject({
    ...{ completeThrough: '2026-09-03', dueThrough: '2026-09-03', isLate: false, lateSince: null },
    ...{ lastRun: '2026-09-04T06:00:00.000Z', lastOutcome: 'landed', nextRun: '2026-09-06T06:00:00.000Z' },
  });
  expect(statusOf(workspace, '2026-09-06T04:00:00Z')).toMatchObject({
    ...{ completeThrough: '2026-09-03', dueThrough: '2026-09-04', isLate: true, lateSince: '2026-09-06T04:00:00.000Z' },
    says: 'visits: late: complete through 2026-09-03, due through 2026-09-04.',
  });
});

test('a run that brings nothing new makes no source fresh', () => {
  const again = [...fresh, night(5, { status: 'unchanged' }), night(6, { status: 'unchanged' })];
  expect(statusOf(workspaceWith(again), '2026-09-06T07:00:00Z')).toMatchObject({
    isLate: true,
    lastOutcome: 'unchanged',
  });
});

test('a source is never late without freshness, and late at once where nothing of it ever came', () => {
  expect(statusOf(workspaceWith(fresh, ''), '2027-01-01T00:00:00Z')).toMatchObject({ isLate: false, dueThrough: null });
  const empty = night(4, { status: 'refused', message: 'in/*.csv: no such file has arrived.' }, 3);
  expect(statusOf(workspaceWith([empty], undefined, null), '2026-09-04T07:00:00Z')).toMatchObject({
    ...{ isLate: true, completeThrough: null, lateSince: null, lastOutcome: 'held' },
  });
});

test('what landed but is in no release that is served does not count as complete', () => {
  const kept = night(5, landed('2026-09-05 10:00:00', 'b2'), 4);
  const workspace = workspaceWith([...fresh, kept]);
  expect(statusOf(workspace, '2026-09-06T07:00:00Z')).toMatchObject({ completeThrough: '2026-09-03', isLate: true });
});

test('held since the first of the nights that held it, through one that was killed, until one that lands', () => {
  const held = (day: number): WrittenRun => night(day, { status: 'held', message: 'a.csv is held by rule x' }, 3);
  const killed: WrittenRun = { at: '2026-09-06T06:00:00Z', turns: [{ source: 'visits', due: null }] };
  const nights = [...fresh, held(5), killed, held(7)];
  expect(statusOf(workspaceWith(nights), '2026-09-07T07:00:00Z')).toMatchObject({
    ...{ heldSince: '2026-09-05T06:00:00.000Z', lastOutcome: 'held' },
    says: expect.stringMatching(/late: .*; held since 2026-09-05 06:00 UTC: a\.csv is held by rule x\.$/),
  });
  const mended = [...nights, night(8, landed('2026-09-08 10:00:00', 'b3'))];
  expect(statusOf(workspaceWith(mended), '2026-09-08T07:00:00Z')?.heldSince).toBeNull();
});

test('a second try is the next run', () => {
  const away = night(4, { status: 'refused', isTransient: true, message: 'away' }, 3);
  const status = statusOf(workspaceWith([away], undefined, null), '2026-09-04T06:04:00Z');
  expect(status).toMatchObject({ lastOutcome: 'passing', nextRun: '2026-09-04T06:08:00.000Z' });
});

test('a source nobody looked at says so', () => {
  expect(statusOf(workspaceWith([], '', null), '2026-09-04T06:04:00Z')).toMatchObject({
    ...{ lastRun: null, lastOutcome: null, heldSince: null },
    says: 'visits: nothing of it is in the release; never looked at.',
  });
});

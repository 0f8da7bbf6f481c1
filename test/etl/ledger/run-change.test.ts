import { expect, test } from 'vitest';
import type { Run } from '../../../etl/ledger/fold-run.ts';
import { publishedBefore, tableChanges } from '../../../etl/ledger/run-change.ts';
import { rowWays } from '../../../etl/ledger/row-way.ts';

const runOf = (id: string, release: string | null, rows: Readonly<Record<string, number | null>>): Run => ({
  ...{ id, job: 'run', startedAt: '', endedAt: '', outcome: 'done', exitCode: 0, release, message: '' },
  ...{ steps: [], batches: [] },
  models: Object.entries(rows).map(([name, count]) => ({ name, action: 'build', rows: count, seconds: 0 })),
});

test('a release is compared with the one published before it, not with nights on which nothing was', () => {
  const first = runOf('1', 'r1', { 'core.a': 1 });
  const idle = runOf('2', 'r1', {});
  const third = runOf('3', 'r2', { 'core.a': 2 });
  const newestFirst = [third, idle, first];
  expect(publishedBefore(newestFirst, third)).toBe(first);
  expect(publishedBefore(newestFirst, first)).toBeNull();
  expect(publishedBefore(newestFirst, idle)).toBeNull();
});

test('tables that came, went or changed are told, the greatest difference first', () => {
  const before = runOf('1', 'r1', { 'core.a': 100, 'core.b': 5, 'core.gone': 7, 'core.view': null });
  const after = runOf('2', 'r2', { 'core.a': 90, 'core.b': 5, 'core.new': 40, 'core.view': null });
  expect(tableChanges(before, after)).toEqual([
    { name: 'core.new', before: null, after: 40 },
    { name: 'core.a', before: 100, after: 90 },
    { name: 'core.gone', before: 7, after: null },
  ]);
});

test('the way of rows goes from bytes to the marts that read them', () => {
  const counts = (accepted: number) => ({
    ...{ contract: 'encounter', mapped: accepted + 3, accepted, quarantined: 2, duplicates: 1, superseded: 0 },
    ...{ inserted: accepted, updated: 0, unchanged: 0, acceptedShare: 0.9, file: null, months: [], overlaps: [] },
  });
  const batch = (accepted: number) =>
    ({
      ...{ source: 'visits', batch: 'b', rejected: 1, bytes: 500, seconds: 1 },
      files: [{ lines: accepted + 5, records: accepted + 4 }],
      contracts: [counts(accepted)],
    }) as unknown as Run['batches'][number];
  const model = (name: string, rows: number | null, ...reads: string[]) =>
    ({ name, action: 'build', rows, seconds: 0, reads }) as const;
  const models = [
    model('core.encounter', 30, 'raw.encounter'),
    model('core.facility', 2, 'raw.encounter'),
    model('mart.encounter_day', 9, 'core.encounter'),
    model('mart.denial_month', 4, 'core.denial'),
  ];
  expect(rowWays({ batches: [batch(10), batch(20)], models })).toEqual([
    {
      ...{ source: 'visits', contract: 'encounter', bytes: 500 + 500, lines: 15 + 25, records: 14 + 24 },
      ...{ rejected: 1 + 1, mapped: 13 + 23, quarantined: 2 + 2, duplicates: 1 + 1, superseded: 0, accepted: 10 + 20 },
      core: [{ name: 'core.encounter', rows: 30 }],
      mart: [{ name: 'mart.encounter_day', rows: 9 }],
    },
  ]);
});

import { expect, test } from 'vitest';
import { reconciles } from '../../../dashboard/data/reconciliation.ts';
import { aBatch as batch } from '../support.ts';
import { acceptedShare, linesOf, lostOf, nameOfBatch, mergeBatches } from '../../../dashboard/data/run.ts';
import { runTable } from '../../../dashboard/data/run-table.ts';

test('a batch is called by its files, or by its id without any', () => {
  const file = { name: 'extract/encounter-2026-08.csv', bytes: 1, lines: 1, records: 1 };
  expect(nameOfBatch({ ...batch(1, 0), files: [file] })).toBe('encounter-2026-08.csv');
  expect(nameOfBatch({ ...batch(1, 0), files: [] })).toBe('b');
});

test('the batches of a source add up, and still reconcile', () => {
  const reasons = [{ rule: 'torn-row', count: 2, says: 'torn' }];
  const merged = mergeBatches([
    { ...batch(105, 5), reasons },
    { ...batch(100, 0), status: 'held', message: 'Held.', reasons },
  ]);
  expect(merged).toMatchObject({
    status: 'held',
    message: 'Held.',
    rejected: 5 + 0,
    reasons: [{ rule: 'torn-row', count: 2 + 2 }],
  });
  expect(merged.contracts).toMatchObject([{ mapped: 100 + 100, accepted: 90 + 90, acceptedShare: 180 / 200 }]);
  expect(merged.contracts.every(reconciles)).toBe(true);
  expect(lostOf([batch(105, 5), batch(100, 0)])).toBe(5 + 7 + 7);
  expect(acceptedShare(merged)).toBe(180 / 200);
  expect(linesOf(merged)).toBe(106 + 101);
});

test('the ledger is a table of its runs, moments in UTC, what has not ended not known', () => {
  const head = { id: 'r1', job: 'run', startedAt: '2026-09-02T04:10:00Z', release: null, message: 'Nothing new.' };
  const { columns, rows } = runTable([
    { ...head, endedAt: '2026-09-02T04:10:07.500Z', outcome: 'no-op', exitCode: 0 },
    { ...head, endedAt: null, outcome: 'running', exitCode: null },
  ]);
  const raws = rows.map((cells) => Object.fromEntries(columns.map(({ label }, at) => [label, cells[at]?.raw])));
  expect(raws[0]).toMatchObject({
    Started: '2026-09-02T04:10:00Z',
    Seconds: 7.5,
    Outcome: 'nothing new',
    'Exit code': 0,
  });
  expect(raws[1]).toMatchObject({ Ended: null, Seconds: null, Outcome: 'running', 'Exit code': null });
});

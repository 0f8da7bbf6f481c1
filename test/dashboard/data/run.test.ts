import { expect, test } from 'vitest';
import { reconciles } from '../../../dashboard/data/reconciliation.ts';
import { aBatch as batch } from '../support.ts';
import { acceptedShare, linesOf, lostOf, nameOfBatch, mergeBatches } from '../../../dashboard/data/run.ts';

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

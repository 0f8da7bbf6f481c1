import { expect, test } from 'vitest';
import { reconciles, stagesOf } from '../../../dashboard/data/reconciliation.ts';
import { aBatch as batch, someCounts as counts } from '../support.ts';

test('records fall to what was mapped, losses hang below, parts stack up to what was accepted', () => {
  expect(stagesOf(batch(105, 5), counts).map(({ label, from, to }) => [label, from, to])).toEqual([
    ['records', 0, 105],
    ['not readable', 100, 105],
    ['mapped', 0, 100],
    ['put aside', 100 - 7, 100],
    ['duplicates', 93 - 3, 93],
    ['accepted', 0, 90],
    ['inserted', 0, 80],
    ['updated', 80, 80 + 10],
  ]);
});

test('records are left out where one record makes many rows', () => {
  expect(stagesOf(batch(20, 0), counts)[0]?.label).toBe('mapped');
});

test('a contract reconciles when both identities hold', () => {
  expect(reconciles(counts)).toBe(true);
  expect(reconciles({ ...counts, quarantined: 6 })).toBe(false);
  expect(reconciles({ ...counts, updated: 9 })).toBe(false);
});

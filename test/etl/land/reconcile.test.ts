import { expect, test } from 'vitest';
import type { BatchContract } from '../../../etl/land/batch-report.ts';
import { assertReconciled, percent } from '../../../etl/land/reconcile.ts';

const counts: BatchContract = {
  contract: 'encounter',
  mapped: 10,
  accepted: 6,
  quarantined: 2,
  duplicates: 1,
  superseded: 1,
  inserted: 3,
  updated: 2,
  unchanged: 1,
  acceptedShare: 0.6,
  file: null,
  months: [],
  overlaps: [],
};

test('counts that do not add up are our fault', () => {
  expect(() => {
    assertReconciled('b', [counts]);
  }).not.toThrow();
  expect(() => {
    assertReconciled('b', [{ ...counts, quarantined: 3 }]);
  }).toThrow('batch b, encounter: the counts of its rows do not reconcile');
  expect(() => {
    assertReconciled('b', [{ ...counts, inserted: 2 }]);
  }).toThrow('do not reconcile');
});

test('a share is rounded, but never to all or nothing', () => {
  expect([0, 1, 0.12345, 0.99999, 0.00001].map(percent)).toEqual(['0.0 %', '100.0 %', '12.3 %', '99.9 %', '0.1 %']);
});

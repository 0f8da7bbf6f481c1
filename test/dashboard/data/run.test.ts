import { expect, test } from 'vitest';
import {
  lostOf,
  mergeBatches,
  reconciles,
  stagesOf,
  type Batch,
  type ContractCounts,
} from '../../../dashboard/data/run.ts';

const counts: ContractCounts = {
  contract: 'encounter',
  mapped: 100,
  accepted: 90,
  quarantined: 7,
  duplicates: 3,
  superseded: 0,
  inserted: 80,
  updated: 10,
  unchanged: 0,
  acceptedShare: 0.9,
};
const batch = (records: number, rejected: number): Batch => ({
  source: 's',
  batch: 'b',
  files: [{ name: 'f', bytes: 1, lines: records + 1, records }],
  status: 'landed',
  message: '',
  contracts: [counts],
  rejected,
  reasons: [],
});

test('records fall to what was mapped, losses hang below, parts stack up to what was accepted', () => {
  expect(stagesOf(batch(105, 5), counts).map(({ label, from, to }) => [label, from, to])).toEqual([
    ['records', 0, 105],
    ['rejected', 100, 105],
    ['mapped', 0, 100],
    ['quarantined', 100 - 7, 100],
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
});

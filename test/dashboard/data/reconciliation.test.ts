import { expect, test } from 'vitest';
import { mergeWays, reconciles, stagesOf, wayStages } from '../../../dashboard/data/reconciliation.ts';
import type { RowWay } from '../../../dashboard/data/run.ts';
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

const way = (source: string, contract: string): RowWay => ({
  ...{ source, contract, bytes: 5000, lines: 106, records: 105, rejected: 5, mapped: 100 },
  ...{ quarantined: 7, duplicates: 3, superseded: 0, accepted: 90 },
  core: [{ name: `core.${contract}`, rows: 1000 }],
  mart: [
    { name: 'mart.day', rows: 12 },
    { name: 'mart.month', rows: 3 },
  ],
});

test('the way of rows goes from bytes to marts; tables stand apart from what arrived', () => {
  expect(wayStages(way('s', 'encounter')).map(({ label, from, to, kind }) => [label, from, to, kind])).toEqual([
    ['bytes', 0, 0, 'size'],
    ['lines', 0, 106, 'total'],
    ['records', 0, 105, 'total'],
    ['not readable', 105 - 5, 105, 'loss'],
    ['mapped', 0, 100, 'total'],
    ['put aside', 100 - 7, 100, 'loss'],
    ['duplicates', 93 - 3, 93, 'loss'],
    ['accepted', 0, 90, 'part'],
    ['in core encounter', 0, 1000, 'stand'],
    ['in 2 mart tables', 0, 12 + 3, 'stand'],
  ]);
  expect(wayStages({ ...way('s', 'encounter'), lines: 0, core: [], mart: [] })).toHaveLength(7);
});

test('ways add up: files once a source, tables once each', () => {
  const sum = mergeWays([way('s', 'encounter'), way('s', 'encounter_code'), way('t', 'billing')]);
  expect(sum).toMatchObject({ bytes: 5000 + 5000, records: 105 + 105, rejected: 5 + 5, mapped: 100 + 100 + 100 });
  expect(sum?.core.map(({ name }) => name)).toEqual(['core.encounter', 'core.encounter_code', 'core.billing']);
  expect(sum?.mart).toHaveLength(2);
  expect(mergeWays([])).toBeNull();
});

import { expect, test } from 'vitest';
import { logRank, type EventTable } from '../../../warehouse/statistics/log-rank.ts';
import { solveLinear } from '../../../warehouse/statistics/solve-linear.ts';
import { sharedData } from '../../support/shared-data.ts';
import { rowsOf } from './expected.ts';

type Subject = readonly [time: number, died: boolean];

const tableOf = (subjects: readonly Subject[]): EventTable => {
  const time = [...new Set(subjects.map(([at]) => at))].sort((a, b) => a - b);
  const count = (at: number, died: boolean) => subjects.filter(([t, d]) => t === at && d === died).length;
  return {
    time: Float64Array.from(time),
    events: Float64Array.from(time, (at) => count(at, true)),
    censored: Float64Array.from(time, (at) => count(at, false)),
  };
};
const trial = (text: string): EventTable =>
  tableOf(text.split(' ').map((word) => [parseInt(word, 10), !word.endsWith('+')] as const));

/** Miller's acute myelogenous leukaemia trial, as in R's `aml`. */
const maintained = trial('9 13 13+ 18 23 28+ 31 34 45+ 48 161+');
const nonmaintained = trial('5 5 8 8 12 16+ 23 27 30 33 43 45');

test('aml: χ² 3.3964 and p 0.0653, as R has them', () => {
  const test = logRank([maintained, nonmaintained]);
  expect(test?.chiSquared.toFixed(4)).toBe('3.3964');
  expect(test?.p.toFixed(4)).toBe('0.0653');
  expect(test?.degrees).toBe(1);
  expect([...(test?.observed ?? [])]).toEqual([7, 11]);
  // R prints 10.69 and 7.31.
  expect([...(test?.expected ?? [])].map((one) => one.toFixed(2))).toEqual(['10.69', '7.31']);
});

const amlFile = sharedData('survival', 'aml.csv');

test.skipIf(amlFile === null)('aml from its file', () => {
  const rows = rowsOf(amlFile!);
  expect(rows.length).toBe(23);
  const groups = ['Maintained', 'Nonmaintained'].map((name) =>
    tableOf(rows.filter((row) => row.x === name).map((row) => [Number(row.time), row.status === '1'] as const)),
  );
  const test = logRank(groups);
  expect(test?.chiSquared.toFixed(4)).toBe('3.3964');
  expect(test?.p.toFixed(4)).toBe('0.0653');
});

const lungFile = sharedData('survival', 'lung.csv');

test.skipIf(lungFile === null).each([
  // R: survdiff prints 10.3 on 1, p 0.001 and 22 on 3, p 7e-05; further digits by plain loops elsewhere.
  ['sex', ['1', '2'], 10.326741954885662, 0.00131116452],
  ['ph.ecog', ['0', '1', '2', '3'], 21.962131682475718, 6.642535356e-5],
])('lung by %s', (column, names, chiSquared, p) => {
  const rows = rowsOf(lungFile!);
  const groups = names.map((name) =>
    tableOf(rows.filter((row) => row[column] === name).map((row) => [Number(row.time), row.status === '2'] as const)),
  );
  const test = logRank(groups);
  expect(test?.degrees).toBe(names.length - 1);
  expect(test?.chiSquared).toBeCloseTo(chiSquared, 9);
  expect(test?.p).toBeCloseTo(p, 11);
});

test('by hand: two against two', () => {
  // Time 1: one of four dies, two at risk in each: expected ½, variance ¼. Time 2: of 1 and 2 left the second group's: ⅓, 2/9.
  // Time 3: 1 and 1 left, the first's dies: ½, ¼. Time 4: one left, of the second group: nothing to learn.
  const test = logRank([trial('1 3'), trial('2 4')]);
  const expected = 1 / 2 + 1 / 3 + 1 / 2;
  expect(test?.expected[0]).toBeCloseTo(expected, 14);
  expect(test?.chiSquared).toBeCloseTo((2 - expected) ** 2 / (1 / 4 + 2 / 9 + 1 / 4), 13);
});

test('the order of the groups does not matter, and alike groups do not differ', () => {
  const [one, other] = [logRank([maintained, nonmaintained]), logRank([nonmaintained, maintained])];
  expect(one?.chiSquared).toBeCloseTo(other!.chiSquared, 12);
  expect(logRank([maintained, maintained])?.chiSquared).toBeCloseTo(0, 12);
  expect(logRank([maintained, maintained])?.p).toBeCloseTo(1, 6);
});

test('a group that had left before the first event is not compared', () => {
  const test = logRank([trial('1+ 2+'), maintained, nonmaintained]);
  expect(test?.degrees).toBe(1);
  expect(test?.chiSquared.toFixed(4)).toBe('3.3964');
});

test('says nothing where there is nothing to compare', () => {
  expect(logRank([])).toBeNull();
  expect(logRank([maintained])).toBeNull();
  expect(logRank([maintained, tableOf([])])).toBeNull();
  expect(logRank([trial('1+ 2+'), trial('3+')])).toBeNull();
  // All die at once: the times say nothing.
  expect(logRank([trial('1 1'), trial('1')])).toBeNull();
});

test('a linear system needs its rows turned, or has no answer', () => {
  expect(
    solveLinear(
      [
        [0, 2],
        [4, 0],
      ],
      [6, 8],
    ),
  ).toEqual([2, 3]);
  expect(
    solveLinear(
      [
        [1, 2],
        [2, 4],
      ],
      [1, 2],
    ),
  ).toBeNull();
  expect(solveLinear([], [])).toEqual([]);
});

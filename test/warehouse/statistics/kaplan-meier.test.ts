import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import {
  kaplanMeier,
  limitsAt,
  survivalAt,
  survivalQuantile,
  type SurvivalCurve,
} from '../../../warehouse/statistics/kaplan-meier.ts';
import { sharedData } from '../../support/shared-data.ts';

type Subject = readonly [time: number, died: boolean];

/** Plain counting of who died and who was lost at each time. */
const curveOf = (subjects: readonly Subject[]): SurvivalCurve => {
  const times = [...new Set(subjects.map(([time]) => time))].sort((a, b) => a - b);
  const count = (time: number, died: boolean): number => subjects.filter(([t, d]) => t === time && d === died).length;
  return kaplanMeier(
    Float64Array.from(times),
    Float64Array.from(times, (time) => count(time, true)),
    Float64Array.from(times, (time) => count(time, false)),
  );
};

/** Miller's acute myelogenous leukaemia trial, as in R's `aml`. */
const maintained = '9 13 13+ 18 23 28+ 31 34 45+ 48 161+';
const nonmaintained = '5 5 8 8 12 16+ 23 27 30 33 43 45';
const trial = (text: string): Subject[] =>
  text.split(' ').map((word) => [parseInt(word, 10), !word.endsWith('+')] as const);

test('aml: medians and log limits as R has them', () => {
  expect(survivalQuantile(curveOf(trial(maintained)), 0.5, 'log')).toEqual({ value: 31, lower: 18, upper: null });
  expect(survivalQuantile(curveOf(trial(nonmaintained)), 0.5, 'log')).toEqual({ value: 23, lower: 8, upper: null });
});

test('aml: the curve is the product of its steps, its variance Greenwood’s sum', () => {
  const curve = curveOf(trial(maintained));
  expect([...curve.time]).toEqual([9, 13, 18, 23, 28, 31, 34, 45, 48, 161]);
  expect([...curve.atRisk]).toEqual([11, 10, 8, 7, 6, 5, 4, 3, 2, 1]);
  expect(curve.survival[3]).toBeCloseTo((10 / 11) * (9 / 10) * (7 / 8) * (6 / 7), 14);
  expect(curve.greenwood[3]).toBeCloseTo(1 / 110 + 1 / 90 + 1 / 56 + 1 / 42, 14);
  expect([curve.n, curve.events]).toEqual([11, 7]);
});

test('the three scales of the limits', () => {
  const curve = curveOf(trial(maintained));
  const s = (10 / 11) * (9 / 10);
  const error = 1.959963984540054 * Math.sqrt(1 / 110 + 1 / 90);
  expect(limitsAt(curve, 1, 'plain').lower).toBeCloseTo(s - s * error, 12);
  expect(limitsAt(curve, 1, 'plain').upper).toBe(1);
  expect(limitsAt(curve, 1, 'log').lower).toBeCloseTo(s * Math.exp(-error), 12);
  const width = error / -Math.log(s);
  expect(limitsAt(curve, 1, 'log-log').lower).toBeCloseTo(Math.exp(-Math.exp(Math.log(-Math.log(s)) + width)), 12);
  expect(limitsAt(curve, 1, 'log-log').upper).toBeCloseTo(Math.exp(-Math.exp(Math.log(-Math.log(s)) - width)), 12);
});

const lungFile = sharedData('survival', 'lung.csv');

test.skipIf(lungFile === null)('lung: 165 deaths, median 310, limits and S(t) as R has them', () => {
  const [, ...lines] = readFileSync(lungFile!, 'utf8').trim().split(/\r?\n/);
  const curve = curveOf(lines.map((line) => line.split(',')).map(([, time, status]) => [Number(time), status === '2']));
  expect(curve.events).toBe(165);
  expect(survivalQuantile(curve, 0.5, 'log')).toEqual({ value: 310, lower: 285, upper: 363 });
  expect(survivalQuantile(curve, 0.5, 'log-log')).toEqual({ value: 310, lower: 284, upper: 361 });
  expect(survivalAt(curve, 90)?.value).toBeCloseTo(0.8815789, 7);
  expect(survivalAt(curve, 180)?.value).toBeCloseTo(0.7216707, 7);
  expect(survivalAt(curve, 365)?.value).toBeCloseTo(0.4092416, 7);
});

test('a flat piece at exactly one half gives its middle', () => {
  expect(survivalQuantile(curveOf(trial('1 2 3 4')), 0.5).value).toBe((2 + 3) / 2);
  // The piece ends with the next event, not with a censoring within it …
  expect(survivalQuantile(curveOf(trial('1 2 3+ 7')), 0.5).value).toBe((2 + 7) / 2);
  // … and where no event follows, with the last time seen.
  expect(survivalQuantile(curveOf(trial('1 2 3+ 9+')), 0.5).value).toBe((2 + 9) / 2);
});

test('an odd number gives the middle one, censored ones after it or not', () => {
  expect(survivalQuantile(curveOf(trial('1 2 3')), 0.5).value).toBe(2);
  expect(survivalQuantile(curveOf(trial('1 2 3+')), 0.5).value).toBe(2);
});

test('a median that was never reached is not known', () => {
  expect(survivalQuantile(curveOf(trial('1 2+ 3+ 4+')), 0.5)).toEqual({
    value: null,
    lower: expect.anything(),
    upper: null,
  });
  expect(survivalQuantile(curveOf(trial('1+ 2+')), 0.5)).toEqual({ value: null, lower: null, upper: null });
  expect(survivalQuantile(curveOf([]), 0.5).value).toBeNull();
});

test('times may be negative: an event recorded before its start', () => {
  const curve = curveOf([
    [-2, true],
    [1, true],
    [4, true],
  ]);
  expect(survivalQuantile(curve, 0.5).value).toBe(1);
  expect(survivalAt(curve, 0)?.value).toBeCloseTo(2 / 3, 14);
  expect(survivalAt(curve, -3)?.value).toBe(1);
});

test('the event comes before the censoring of the same time', () => {
  expect(curveOf(trial('5 5+')).survival[0]).toBe(1 / 2);
});

test('S(t) is not known past the last time seen, unless nobody is left', () => {
  expect(survivalAt(curveOf(trial('1 5+')), 5)?.value).toBe(1 / 2);
  expect(survivalAt(curveOf(trial('1 5+')), 5.1)).toBeNull();
  expect(survivalAt(curveOf(trial('1 5')), 100)?.value).toBe(0);
  expect(survivalAt(curveOf([]), 1)).toBeNull();
});

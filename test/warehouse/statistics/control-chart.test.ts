import { expect, test } from 'vitest';
import { anhoej, anhoejLimits } from '../../../warehouse/statistics/anhoej-rules.ts';
import { isOutside } from '../../../warehouse/statistics/control-chart.ts';
import { iPrimeChart } from '../../../warehouse/statistics/i-prime-chart.ts';
import { mrChart } from '../../../warehouse/statistics/mr-chart.ts';
import { pChart, pPrimeChart } from '../../../warehouse/statistics/p-chart.ts';
import { runChart } from '../../../warehouse/statistics/run-chart.ts';
import { uChart, uPrimeChart } from '../../../warehouse/statistics/u-chart.ts';
import { xmrChart } from '../../../warehouse/statistics/xmr-chart.ts';

test('individuals by hand: mean 12, mean moving range 2', () => {
  const [first] = xmrChart([10, 12, 14, 12]);
  const sigma = (2 + 2 + 2) / 3 / 1.128;
  expect(first).toEqual({
    value: 10,
    centre: 12,
    sigma,
    lower: 12 - 3 * sigma,
    lower2: 12 - 2 * sigma,
    upper2: 12 + 2 * sigma,
    upper: 12 + 3 * sigma,
  });
  expect(xmrChart([10, 12, 14, 12], { sigma: 'nhs' })[0]?.upper).toBeCloseTo(12 + 2.66 * 2, 12);
});

/** Steps of 1, and one of `jump` back and forth. */
const withJump = (jump: number) => [...new Array<number>(20).keys()].map((i) => (i % 2) + (i > 9 ? jump : 0));

test('screening that would leave no range at all is not done', () => {
  // 100 % but for two months: screened, the limits were the mean, 99.8 %, and never reached a target of 100 %.
  const values = [1, 1, 1, 1, 1, 0.98, 1, 1, 1, 1, 1, 1, 0.97, 1, 1, 1, 1, 1, 1, 1];
  const [point] = xmrChart(values, { screen: true });
  expect(point?.sigma).toBeCloseTo((2 * 0.02 + 2 * 0.03) / 19 / 1.128, 12);
  expect(point?.upper).toBeGreaterThan(1);
  expect(xmrChart([1, 1, 1, 1], { screen: true })[0]?.sigma).toBe(0);
});

test('screening drops a moving range of 3.267 times the mean, once', () => {
  // 18 steps of 1 and one of `jump` − 1, all but the last between 9 and 10.
  const values = withJump(21);
  const ranges = (18 + 20) / 19;
  expect(xmrChart(values)[0]?.sigma).toBeCloseTo(ranges / 1.128, 12);
  expect(xmrChart(values, { screen: true })[0]?.sigma).toBeCloseTo(1 / 1.128, 12);
  // A jump below the bound stays.
  const mild = withJump(4);
  expect(xmrChart(mild, { screen: true })[0]?.sigma).toBe(xmrChart(mild)[0]?.sigma);
});

test('a value that is not known parts the moving ranges beside it', () => {
  const points = xmrChart([10, 12, null, 20, 22]);
  expect(points[0]?.centre).toBe((10 + 12 + 20 + 22) / 4);
  expect(points[0]?.sigma).toBe((2 + 2) / 2 / 1.128);
  expect(points[2]?.value).toBeNull();
  expect(points[2]?.upper).toBe(points[0]?.upper);
  expect(isOutside(points[2]!)).toBe(false);
});

test('limits may come from a baseline only', () => {
  const points = xmrChart([10, 12, 10, 12, 30], { baseline: 4 });
  expect(points[4]?.centre).toBe(11);
  expect(isOutside(points[4]!)).toBe(true);
  expect(runChart([1, 2, 3, 50], { baseline: 3 })[3]?.centre).toBe(2);
  expect(mrChart([1, 2, 3, 50], { baseline: 3 })[3]?.centre).toBe(1);
});

test('one value, or none, has no limits', () => {
  expect(xmrChart([5])[0]).toMatchObject({ centre: 5, sigma: null, lower: null, upper: null });
  expect(xmrChart([null])[0]).toMatchObject({ centre: null, upper: null });
  expect(xmrChart([])).toEqual([]);
  expect(mrChart([5])[0]).toMatchObject({ value: null, centre: null, upper: null });
  expect(runChart([null])[0]?.centre).toBeNull();
});

test('values all alike have limits on the centre, and nothing is outside', () => {
  for (const options of [{}, { screen: true }]) {
    const points = xmrChart([7, 7, 7], options);
    expect(points[0]).toMatchObject({ sigma: 0, lower: 7, upper: 7 });
    expect(points.some(isOutside)).toBe(false);
  }
});

test('moving ranges by hand', () => {
  expect(mrChart([10, 12, 9])[1]).toEqual({
    value: 2,
    centre: 2.5,
    sigma: null,
    lower: 0,
    lower2: 0,
    upper2: (3.267 * 2.5 * 2) / 3,
    upper: 3.267 * 2.5,
  });
});

const periods = [
  { count: 5, n: 100 },
  { count: 10, n: 100 },
  { count: 30, n: 400 },
];

test('p by hand: a ratio of sums, and limits by each n', () => {
  const centre = (5 + 10 + 30) / (100 + 100 + 400);
  const points = pChart(periods);
  expect(points.map(({ centre: line }) => line)).toEqual([centre, centre, centre]);
  expect(points[0]?.sigma).toBeCloseTo(Math.sqrt((centre * (1 - centre)) / 100), 14);
  expect(points[2]?.upper).toBeCloseTo(centre + 3 * Math.sqrt((centre * (1 - centre)) / 400), 14);
  expect(points[0]?.lower).toBe(0);
  expect(pChart([{ count: 9, n: 10 }])[0]?.upper).toBe(1);
});

test('u by hand', () => {
  const centre = 45 / 600;
  expect(uChart(periods)[1]?.upper2).toBeCloseTo(centre + 2 * Math.sqrt(centre / 100), 14);
  // More events than units are no mistake.
  expect(uChart([{ count: 30, n: 10 }])[0]?.upper).toBeCloseTo(3 + 3 * Math.sqrt(3 / 10), 13);
});

test('Laney’s factor by hand', () => {
  const centre = 45 / 600;
  const z = periods.map(({ count, n }) => (count / n - centre) / Math.sqrt((centre * (1 - centre)) / n));
  const factor = (Math.abs(z[1]! - z[0]!) + Math.abs(z[2]! - z[1]!)) / 2 / 1.128;
  expect(pPrimeChart(periods)[0]?.sigma).toBeCloseTo(pChart(periods)[0]!.sigma! * factor, 14);
  expect(uPrimeChart(periods)[0]!.sigma! / uChart(periods)[0]!.sigma!).toBeCloseTo(
    (Math.abs(10 / 100 - 5 / 100) / Math.sqrt(centre / 100) +
      Math.abs((30 / 400 - centre) / Math.sqrt(centre / 400) - (10 / 100 - centre) / Math.sqrt(centre / 100))) /
      2 /
      1.128,
    12,
  );
});

test('a period of nothing, or not known, has a place but no limits; nothing counted has σ 0', () => {
  const points = pPrimeChart([
    { count: 0, n: 0 },
    { count: null, n: 5 },
    { count: 0, n: 9 },
    { count: 0, n: 9 },
  ]);
  expect(points[0]).toMatchObject({ value: null, sigma: null, upper: null, centre: 0 });
  expect(points[1]?.value).toBeNull();
  expect(points[2]).toMatchObject({ value: 0, sigma: 0, lower: 0, upper: 0 });
  for (const chart of [pChart, uChart]) {
    expect(chart([{ count: 0, n: 0 }])[0]).toMatchObject({ value: null, centre: null, sigma: null });
  }
  expect(uChart([{ count: 2, n: 0 }])[0]?.value).toBeNull();
});

test('refuses what cannot be counted', () => {
  expect(() => pChart([{ count: 11, n: 10 }])).toThrow(RangeError);
  expect(() => pChart([{ count: 1, n: 0 }])).toThrow(RangeError);
  expect(() => uChart([{ count: -1, n: 10 }])).toThrow(RangeError);
  expect(() => uChart([{ count: 1, n: -1 }])).toThrow(RangeError);
  expect(() => uPrimeChart([{ count: NaN, n: 1 }])).toThrow(RangeError);
});

test('I′ of one volume is the individuals chart with 2/√π for 1.128', () => {
  const values = [3, 5, 4, 9, 2];
  const [prime, plain] = [iPrimeChart(values.map((value) => ({ value, n: 25 }))), xmrChart(values)];
  for (const [i, point] of prime.entries()) {
    expect(point.centre).toBeCloseTo(plain[i]!.centre!, 12);
    expect(point.sigma).toBeCloseTo((plain[i]!.sigma! * 1.128) / (2 / Math.sqrt(Math.PI)), 12);
  }
});

test('I′ by hand: weighted centre, wider limits for fewer', () => {
  const points = iPrimeChart([
    { value: 10, n: 4 },
    { value: 16, n: 16 },
    { value: null, n: 9 },
    { value: 1, n: 0 },
  ]);
  const unit = (Math.sqrt(Math.PI / 2) * 6) / Math.sqrt(1 / 4 + 1 / 16);
  expect(points[0]?.centre).toBe((10 * 4 + 16 * 16) / 20);
  expect(points[0]?.sigma).toBeCloseTo(unit / 2, 12);
  expect(points[1]?.sigma).toBeCloseTo(unit / 4, 12);
  expect(points[2]).toMatchObject({ value: null });
  expect(points[3]).toMatchObject({ value: null, sigma: null });
});

test('Anhøj by hand: the longest run, crossings, points on the line left out', () => {
  const points = runChart([1, 2, 5, 3, 9, 8, 3, 1]);
  // Median 3: − − + 0 + + 0 −
  expect(points[0]?.centre).toBe(3);
  expect(anhoej(points)).toEqual({
    useful: 6,
    longestRun: 3,
    crossings: 2,
    longestRunMax: 6,
    crossingsMin: 1,
    isSignal: false,
    outside: new Array<boolean>(8).fill(false),
  });
  expect(anhoej(runChart([4, 4, 4]))).toBeNull();
  expect(anhoej([])).toBeNull();
});

/** A chart around 0 of so many points up and down by turns, then a run above. */
const runOf = (length: number, before: number) =>
  [...new Array<number>(before).keys()]
    .map((i): number => (i % 2 === 0 ? 1 : -1))
    .concat(new Array<number>(length).fill(1))
    .map((value) => ({ value, centre: 0, sigma: null, lower: null, lower2: null, upper2: null, upper: null }));

test('both sides of the longest run, and of the fewest crossings', () => {
  // 24 useful points: 8 in a row are chance, 9 a signal.
  expect(anhoejLimits(24)).toEqual({ longestRunMax: 8, crossingsMin: 8 });
  expect(anhoej(runOf(8, 16))).toMatchObject({ longestRun: 8, isSignal: false });
  expect(anhoej(runOf(9, 16))).toMatchObject({ longestRun: 9, isSignal: true });
  const crossing = (times: number) =>
    runOf(0, 24).map((point, i) => ({ ...point, value: Math.floor((i * (times + 1)) / 24) % 2 === 0 ? 1 : -1 }));
  expect(anhoej(crossing(8))).toMatchObject({ crossings: 8, isSignal: false });
  expect(anhoej(crossing(7))).toMatchObject({ crossings: 7, isSignal: true });
});

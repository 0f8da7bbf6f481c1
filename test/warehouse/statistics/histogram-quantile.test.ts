import { expect, test } from 'vitest';
import { histogramQuantile } from '../../../warehouse/statistics/histogram-quantile.ts';
import { median, quantile } from '../../../warehouse/statistics/quantile.ts';

test('type 7: a line between the two nearest', () => {
  // R: quantile(c(1, 2, 4, 8), c(0, .1, .5, .9, 1))
  const values = [8, 1, 4, 2];
  expect([0, 0.1, 0.5, 0.9, 1].map((p) => quantile(values, p))).toEqual(
    [1, 1 + 0.3, 3, 4 + 0.7 * 4, 8].map((x) => expect.closeTo(x, 12)),
  );
  expect(median([3, 1, 2])).toBe(2);
  expect(median([7])).toBe(7);
  expect(median([])).toBeNull();
  expect(() => quantile([1], 1.1)).toThrow(RangeError);
  expect(() => quantile([1], NaN)).toThrow(RangeError);
});

test('a histogram gives what its values laid out would', () => {
  let seed = 7;
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  for (let round = 0; round < 200; round++) {
    const value = Array.from({ length: 1 + Math.floor(random() * 8) }, (_, i) => 3 * i - 5);
    const count = value.map(() => Math.floor(random() * 5));
    const laidOut = value.flatMap((day, i) => new Array<number>(count[i]!).fill(day));
    for (const p of [0, 0.1, 0.25, 0.5, 0.75, 0.9, 1]) {
      expect(histogramQuantile({ value, count }, p)).toBe(quantile(laidOut, p));
    }
  }
});

test('millions of stays cost no more than their days', () => {
  // 3,000,000 values: place 1,499,999.5 lies between the last of day 0 and the first of day 9.
  expect(histogramQuantile({ value: [0, 9], count: [1_500_000, 1_500_000] }, 0.5)).toBe(4.5);
  expect(histogramQuantile({ value: Int32Array.of(0, 9), count: Float64Array.of(1_500_001, 1_500_000) }, 0.5)).toBe(0);
});

test('days before zero, empty days, nothing at all', () => {
  expect(histogramQuantile({ value: [-2, -1, 0], count: [1, 0, 1] }, 0.5)).toBe(-1);
  expect(histogramQuantile({ value: [1, 2], count: [0, 0] }, 0.5)).toBeNull();
  expect(histogramQuantile({ value: [], count: [] }, 0.5)).toBeNull();
});

test('refuses what is no histogram', () => {
  expect(() => histogramQuantile({ value: [2, 1], count: [1, 1] }, 0.5)).toThrow(RangeError);
  expect(() => histogramQuantile({ value: [1, 1], count: [1, 1] }, 0.5)).toThrow(RangeError);
  expect(() => histogramQuantile({ value: [1], count: [-1] }, 0.5)).toThrow(RangeError);
  expect(() => histogramQuantile({ value: [1], count: [0.5] }, 0.5)).toThrow(RangeError);
});

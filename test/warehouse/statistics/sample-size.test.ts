import { expect, test } from 'vitest';
import { ratStatsSampleSize, sampleSize } from '../../../warehouse/statistics/sample-size.ts';

const z = 1.959963984540054;

test('without end: z² p(1 − p)/e², rounded up', () => {
  expect(sampleSize({ halfWidth: 0.05 })).toBe(Math.ceil((z * z * 0.25) / 0.0025)); // 384.1
  expect(sampleSize({ halfWidth: 0.05 })).toBe(385);
  expect(sampleSize({ halfWidth: 0.03, rate: 0.95 })).toBe(203); // 202.7
});

test('of a finite population', () => {
  const endless = (z * z * 0.25) / 0.0025;
  expect(sampleSize({ halfWidth: 0.05, population: 1000 })).toBe(Math.ceil(endless / (1 + (endless - 1) / 1000)));
  expect(sampleSize({ halfWidth: 0.05, population: 1000 })).toBe(278);
  expect(sampleSize({ halfWidth: 0.05, population: 20 })).toBe(20);
  expect(sampleSize({ halfWidth: 0.05, population: 1 })).toBe(1);
});

test('a whole number is not rounded up to the next', () => {
  // e so that n₀ is 100 but for rounding.
  expect(sampleSize({ halfWidth: (z * 0.5) / 10 })).toBe(100);
  expect(sampleSize({ halfWidth: ((z * 0.5) / 10) * 0.9999 })).toBe(101);
  expect(sampleSize({ halfWidth: 0.9 })).toBe(2);
});

test('the inputs of RAT-STATS are percents, its precision the whole width', () => {
  // TRICARE: 90 % confidence, 10 % precision, 50 % occurrence.
  const input = { universe: 5000, anticipatedRateOfOccurrence: 50, desiredPrecisionRange: 20, confidenceLevel: 90 };
  expect(ratStatsSampleSize(input)).toBe(sampleSize({ halfWidth: 0.1, rate: 0.5, level: 0.9, population: 5000 }));
  expect(ratStatsSampleSize(input)).toBe(67); // 67.6 without end, 66.7 of 5,000
});

test.each([
  [{ halfWidth: 0 }],
  [{ halfWidth: 1 }],
  [{ halfWidth: NaN }],
  [{ halfWidth: 0.1, rate: 0 }],
  [{ halfWidth: 0.1, rate: 1 }],
  [{ halfWidth: 0.1, level: 1 }],
  [{ halfWidth: 0.1, population: 0 }],
  [{ halfWidth: 0.1, population: 10.5 }],
])('refuses %o', (precision) => {
  expect(() => sampleSize(precision)).toThrow(RangeError);
});

import { expect, test } from 'vitest';
import { ageStandardisedSurvival } from '../../../warehouse/statistics/age-standardised-survival.ts';

test('worked by hand: weights 7, 12, 23, 29 and 29 of the first International Cancer Survival Standard', () => {
  const values = [0.9, 0.8, 0.7, 0.6, 0.4];
  const weights = [7, 12, 23, 29, 29];
  const { value, error, lower, upper } = ageStandardisedSurvival(
    values.map((one, i) => ({ value: one, error: 0.02 + 0.01 * i, weight: weights[i]! })),
  )!;
  expect(value).toBeCloseTo(0.07 * 0.9 + 0.12 * 0.8 + 0.23 * 0.7 + 0.29 * 0.6 + 0.29 * 0.4, 14);
  const variance =
    (0.07 * 0.02) ** 2 + (0.12 * 0.03) ** 2 + (0.23 * 0.04) ** 2 + (0.29 * 0.05) ** 2 + (0.29 * 0.06) ** 2;
  expect(error).toBeCloseTo(Math.sqrt(variance), 14);
  // On the log(−log) scale both limits are equally far away.
  const scale = (share: number): number => Math.log(-Math.log(share));
  expect(scale(lower) - scale(value)).toBeCloseTo(scale(value) - scale(upper), 12);
  expect(scale(lower) - scale(value)).toBeCloseTo((1.959963984540054 * error) / (value * -Math.log(value)), 12);
});

test('a relative survival above 1 keeps plain limits', () => {
  expect(ageStandardisedSurvival([{ value: 1.02, error: 0.01, weight: 1 }])).toMatchObject({
    value: 1.02,
    upper: 1.02 + 1.959963984540054 * 0.01,
  });
});

test('an age whose survival is not known leaves the whole unknown, unless it weighs nothing', () => {
  const known = { value: 0.5, error: 0.1, weight: 1 };
  expect(ageStandardisedSurvival([known, { value: NaN, error: NaN, weight: 1 }])).toBeNull();
  expect(ageStandardisedSurvival([known, { value: NaN, error: NaN, weight: 0 }])?.value).toBe(0.5);
  expect(() => ageStandardisedSurvival([{ ...known, weight: 0 }])).toThrow(RangeError);
  expect(() => ageStandardisedSurvival([{ ...known, weight: -1 }])).toThrow(/weights/);
});

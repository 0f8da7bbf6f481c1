import { expect, test } from 'vitest';
import { annualPercentChange } from '../../../warehouse/statistics/annual-percent-change.ts';

test('a rate that grows by 3 % every year has an APC of 3 % and no doubt', () => {
  const rates = Array.from({ length: 6 }, (_, i) => ({ year: 2010 + i, rate: 50 * 1.03 ** i }));
  const apc = annualPercentChange(rates)!;
  expect(apc.change).toBeCloseTo(0.03, 12);
  expect(apc.lower).toBeCloseTo(0.03, 9);
  expect(apc.upper).toBeCloseTo(0.03, 9);
  expect(apc.years).toBe(6);
});

test('worked by hand: four years, ln rate 0, 1, 1, 2', () => {
  const rates = [0, 1, 1, 2].map((y, i) => ({ year: 2000 + i, rate: Math.exp(y) }));
  const apc = annualPercentChange(rates)!;
  // Sxx 5, Sxy 3: b 0.6; residuals −0.1, 0.3, −0.3, 0.1: SSE 0.2, s² 0.1, se √(0.1/5); t of 2 degrees 4.302652730
  expect(apc.slope).toBeCloseTo(0.6, 12);
  expect(apc.slopeError).toBeCloseTo(Math.sqrt(0.1 / 5), 12);
  expect(apc.change).toBeCloseTo(Math.exp(0.6) - 1, 12);
  expect(apc.lower).toBeCloseTo(Math.exp(0.6 - 4.302652729696142 * Math.sqrt(0.02)) - 1, 10);
  expect(apc.upper).toBeCloseTo(Math.exp(0.6 + 4.302652729696142 * Math.sqrt(0.02)) - 1, 10);
  // t = 0.6/√0.02; of 2 degrees p is 1 − t/√(t² + 2).
  const t = 0.6 / Math.sqrt(0.02);
  expect(apc.p).toBeCloseTo(1 - t / Math.sqrt(t * t + 2), 12);
});

test('weights: a year told with twice the precision counts as four equal ones would in the slope', () => {
  const base = [
    { year: 2000, rate: 10, standardError: 1 },
    { year: 2001, rate: 14, standardError: 1.4 },
    { year: 2002, rate: 11, standardError: 0.55 },
  ];
  // ln rate has the errors 0.1, 0.1 and 0.05: weights 100, 100, 400.
  const [x, y, w] = [[0, 1, 2], base.map(({ rate }) => Math.log(rate)), [1, 1, 4]];
  const mean = (values: readonly number[]): number => values.reduce((sum, v, i) => sum + v * w[i]!, 0) / 6;
  const [mx, my] = [mean(x), mean(y)];
  const slope = mean(x.map((v, i) => (v - mx) * (y[i]! - my))) / mean(x.map((v) => (v - mx) ** 2));
  expect(annualPercentChange(base, 'wls')!.slope).toBeCloseTo(slope, 12);
  expect(annualPercentChange(base, 'ols')!.slope).toBeCloseTo((Math.log(11) - Math.log(10)) / 2, 12);
});

test('no trend where there is none to be told', () => {
  const rates = [3, 0, 5].map((rate, i) => ({ year: 2000 + i, rate }));
  expect(annualPercentChange(rates)).toBeNull();
  expect(annualPercentChange(rates.filter(({ rate }) => rate > 0))).toBeNull();
  expect(
    annualPercentChange(
      [1, 2, 3].map((rate, i) => ({ year: i, rate })),
      'wls',
    ),
  ).toBeNull();
  expect(() => annualPercentChange([{ year: 1, rate: -1 }])).toThrow(RangeError);
  expect(() =>
    annualPercentChange([
      { year: 1, rate: 1 },
      { year: 1, rate: 2 },
    ]),
  ).toThrow(/each year once/);
});

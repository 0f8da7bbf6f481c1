import { expect, test } from 'vitest';
import { ageAdjustedRate, type AgeGroupCount } from '../../../warehouse/statistics/age-adjusted-rate.ts';
import { crudeRate, standardisedRatio } from '../../../warehouse/statistics/crude-rate.ts';
import { byarInterval, poissonInterval } from '../../../warehouse/statistics/poisson-interval.ts';
import { rateInterval, raisedRate } from '../../../warehouse/statistics/rate-interval.ts';
import { rateRatio } from '../../../warehouse/statistics/rate-ratio.ts';
import { sharedData } from '../../support/shared-data.ts';
import { rowsOf } from './population.ts';

const group = (cases: number, personYears: number, standard: number): AgeGroupCount => ({
  cases,
  personYears,
  standard,
});

const fileGroups = (file: string, isWanted: (row: Readonly<Record<string, string>>) => boolean): AgeGroupCount[] =>
  rowsOf(file)
    .filter(isWanted)
    .map((row) => group(Number(row.count), Number(row.pop), Number(row.stdpop)));

const per100000 = (value: number): number => value * 100_000;

const tutorial = sharedData('population', 'seer9_tutorial.csv');

test.skipIf(tutorial === null)('SEER tutorial: 400.304 per 100,000, and both intervals', () => {
  const adjusted = ageAdjustedRate(fileGroups(tutorial!, () => true))!;
  expect(per100000(adjusted.rate)).toBeCloseTo(400.304, 3);
  expect(per100000(adjusted.standardError)).toBeCloseTo(2.48, 3);
  const tiwari = rateInterval(adjusted);
  expect(per100000(tiwari.lower)).toBeCloseTo(395.457, 3);
  expect(per100000(tiwari.upper)).toBeCloseTo(405.193, 3);
  const fayFeuer = rateInterval(adjusted, 'fay-feuer');
  expect(fayFeuer.lower).toBe(tiwari.lower);
  expect(per100000(fayFeuer.upper)).toBeCloseTo(405.199, 3);
});

const down = sharedData('population', 'down_fleiss.csv');

test.skipIf(down === null)('Down syndrome by birth order, as Fay and Feuer print it', () => {
  const order = (number: string) => ageAdjustedRate(fileGroups(down!, (row) => row.order === number))!;
  const printed = (value: number): string => per100000(value).toFixed(1);
  const first = order('1');
  expect(printed(first.rate)).toBe('92.3');
  expect(printed(rateInterval(first, 'fay-feuer').lower)).toBe('80.4');
  expect(printed(rateInterval(first, 'fay-feuer').upper)).toBe('105.8');
  const fifth = order('5');
  expect(printed(fifth.rate)).toBe('75.5');
  expect(printed(rateInterval(fifth, 'fay-feuer').lower)).toBe('67.7');
  expect(printed(rateInterval(fifth, 'fay-feuer').upper)).toBe('188.3');
  expect(printed(rateInterval(fifth, 'tiwari').upper)).toBe('112.9');
});

test('worked by hand: two age groups', () => {
  // Weights 0.75 and 0.25; rates 10/1000 and 8/200.
  const adjusted = ageAdjustedRate([group(10, 1000, 300), group(8, 200, 100)])!;
  expect(adjusted.rate).toBeCloseTo(0.75 * 0.01 + 0.25 * 0.04, 15);
  expect(adjusted.variance).toBeCloseTo((0.75 ** 2 * 10) / 1000 ** 2 + (0.25 ** 2 * 8) / 200 ** 2, 18);
  expect([adjusted.cases, adjusted.personYears, adjusted.filled]).toEqual([18, 1200, 0]);
  const shares = [0.75 / 1000, 0.25 / 200] as const;
  expect(raisedRate(adjusted, 'fay-feuer').rate).toBeCloseTo(adjusted.rate + shares[1], 15);
  expect(raisedRate(adjusted, 'fay-feuer').variance).toBeCloseTo(adjusted.variance + shares[1] ** 2, 18);
  expect(raisedRate(adjusted, 'tiwari').rate).toBeCloseTo(adjusted.rate + (shares[0] + shares[1]) / 2, 15);
  expect(raisedRate(adjusted, 'tiwari').variance).toBeCloseTo(
    adjusted.variance + (shares[0] ** 2 + shares[1] ** 2) / 2,
    18,
  );
});

test('empty groups: no people and no cases is 0, cases without people stand in for them', () => {
  const full = ageAdjustedRate([group(10, 1000, 300), group(0, 0, 100)])!;
  expect(full.rate).toBeCloseTo(0.75 * 0.01, 15);
  expect(full.shares).toEqual([0.75 / 1000]);
  const filled = ageAdjustedRate([group(10, 1000, 300), group(2, 0, 100)])!;
  expect(filled.filled).toBe(1);
  expect(filled.rate).toBeCloseTo(0.75 * 0.01 + 0.25 * 1, 15);
  expect(filled.variance).toBeCloseTo((0.75 ** 2 * 10) / 1000 ** 2, 18);
  expect(filled.shares[1]).toBe(0.25 / 2);
  expect(ageAdjustedRate([group(0, 0, 300), group(0, 0, 100)])).toBeNull();
});

test('a group without cases counts its people, and no case at all has a lower limit of 0', () => {
  const none = ageAdjustedRate([group(0, 1000, 300), group(0, 200, 100)])!;
  expect(none.rate).toBe(0);
  expect(rateInterval(none).lower).toBe(0);
  // Of one group the limits are those of the count: −ln(0.025) of no case.
  const alone = ageAdjustedRate([group(0, 1000, 300)])!;
  expect(rateInterval(alone).upper).toBeCloseTo(-Math.log(0.025) / 1000, 12);
});

test('of one group both methods are the exact limits of the count', () => {
  const alone = ageAdjustedRate([group(17, 2500, 1)])!;
  const crude = crudeRate(17, 2500)!;
  for (const method of ['tiwari', 'fay-feuer'] as const) {
    expect(rateInterval(alone, method).lower).toBeCloseTo(crude.lower, 12);
    expect(rateInterval(alone, method).upper).toBeCloseTo(crude.upper, 12);
  }
  expect(crude.rate).toBe(17 / 2500);
  expect(crude.standardError).toBeCloseTo(Math.sqrt(17) / 2500, 15);
});

/** Share of a Poisson count of this mean that is at most `count`, added up. */
const poissonBelow = (count: number, mean: number): number => {
  let [term, total] = [Math.exp(-mean), 0];
  for (let k = 0; k <= count; k++) {
    total += term;
    term *= mean / (k + 1);
  }
  return total;
};

test.each([1, 2, 5, 16, 100])('exact limits of %i cases leave 2.5 %% on either side', (count) => {
  const { lower, upper } = poissonInterval(count);
  expect(1 - poissonBelow(count - 1, lower)).toBeCloseTo(0.025, 10);
  expect(poissonBelow(count, upper)).toBeCloseTo(0.025, 10);
});

test('16 cases lie between 9.145 and 25.983, as tables of exact limits have it, and Byar is close by', () => {
  expect(poissonInterval(16).lower).toBeCloseTo(9.145, 3);
  expect(poissonInterval(16).upper).toBeCloseTo(25.983, 3);
  expect(byarInterval(16).lower).toBeCloseTo(9.14, 1);
  expect(byarInterval(16).upper).toBeCloseTo(25.98, 1);
  expect(byarInterval(0).lower).toBe(0);
  expect(byarInterval(1, 4).lower).toBe(0);
});

test('observed by expected', () => {
  const { ratio, lower, upper } = standardisedRatio(16, 8)!;
  expect(ratio).toBe(2);
  expect(lower).toBeCloseTo(poissonInterval(16).lower / 8, 12);
  expect(upper).toBeCloseTo(poissonInterval(16).upper / 8, 12);
  expect(standardisedRatio(3, 0)).toBeNull();
});

test('ratio of two rates of one group each: the exact limits of the share of one count in both', () => {
  const [a, b] = [ageAdjustedRate([group(15, 1000, 1)])!, ageAdjustedRate([group(30, 3000, 1)])!];
  const { ratio, lower, upper } = rateRatio(a, b)!;
  expect(ratio).toBeCloseTo(15 / 1000 / (30 / 3000), 12);
  // At either limit the share p of the first count's mean in both leaves 2.5 % of the binomial beyond 15 of 45.
  const shareOf = (limit: number): number => (limit * 1000) / (limit * 1000 + 3000);
  expect(binomialFrom(15, 45, shareOf(lower))).toBeCloseTo(0.025, 10);
  expect(1 - binomialFrom(16, 45, shareOf(upper))).toBeCloseTo(0.025, 10);
  // Turned round, the limits turn round.
  const turned = rateRatio(b, a)!;
  expect(turned.lower).toBeCloseTo(1 / upper, 10);
  expect(turned.upper).toBeCloseTo(1 / lower, 10);
});

/** Share of n yes-or-noes with p for a yes that have k or more. */
const binomialFrom = (k: number, n: number, p: number): number => {
  let [choose, total] = [1, 0];
  for (let i = 0; i <= n; i++) {
    if (i >= k) total += choose * p ** i * (1 - p) ** (n - i);
    choose *= (n - i) / (i + 1);
  }
  return total;
};

test('a ratio needs cases below the line', () => {
  const [none, some] = [ageAdjustedRate([group(0, 1000, 1)])!, ageAdjustedRate([group(9, 1000, 1)])!];
  expect(rateRatio(some, none)).toBeNull();
  const zero = rateRatio(none, some)!;
  expect([zero.ratio, zero.lower]).toEqual([0, 0]);
  expect(zero.upper).toBeGreaterThan(0);
});

test('what is out of bounds is named', () => {
  expect(() => ageAdjustedRate([group(-1, 10, 1)])).toThrow(RangeError);
  expect(() => ageAdjustedRate([group(NaN, 10, 1)])).toThrow(/cases, personYears and standard/);
  expect(() => ageAdjustedRate([group(1, 10, 0)])).toThrow(/standard must have people/);
  expect(() => crudeRate(1, -1)).toThrow(/personYears/);
  expect(() => poissonInterval(-1)).toThrow(/count/);
  expect(() => standardisedRatio(1, -1)).toThrow(/expected/);
  expect(crudeRate(3, 0)).toBeNull();
});

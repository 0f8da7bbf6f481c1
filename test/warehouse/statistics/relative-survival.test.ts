import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { actuarialSurvival, countByInterval } from '../../../warehouse/statistics/actuarial-survival.ts';
import { expectedSurvival, type MatchedCase } from '../../../warehouse/statistics/expected-survival.ts';
import { limitsAt } from '../../../warehouse/statistics/kaplan-meier.ts';
import { lifeTable, type LifeTableRow } from '../../../warehouse/statistics/population-life-table.ts';
import { relativeSurvival } from '../../../warehouse/statistics/relative-survival.ts';
import { drawFrom } from '../../oracle/chance.ts';
import { sharedData } from '../../support/shared-data.ts';

/** Ages 0 to 2, years 2000 and 2003; the survival of a twelfth of a year is easy to read. */
const small = lifeTable(
  [0.9, 0.8, 0.7].flatMap((monthly, age) =>
    [2000, 2003].map((year): LifeTableRow => ({
      sex: 'female',
      race: 'all',
      year,
      age,
      survival: (monthly - (year === 2003 ? 0.1 : 0)) ** 12,
    })),
  ),
);

const person = (months: number, age = 0, year = 2000, month = 1): MatchedCase => ({
  months,
  age,
  sex: 'female',
  race: 'all',
  year,
  month,
});

test('a year the table has not takes the nearest, of two the earlier; ages beyond the last take the last', () => {
  const women = small.of('female', 'all')!;
  const monthly = (year: number, age: number): number => women.survival(year, age) ** (1 / 12);
  expect([women.firstYear, women.lastYear]).toEqual([2000, 2003]);
  expect(monthly(1990, 0)).toBeCloseTo(0.9, 12);
  expect(monthly(2001, 0)).toBeCloseTo(0.9, 12);
  expect(monthly(2002, 0)).toBeCloseTo(0.8, 12);
  expect(monthly(2030, 1)).toBeCloseTo(0.7, 12);
  expect(monthly(2000, 99)).toBeCloseTo(0.7, 12);
  expect(small.of('male', 'all')).toBeNull();
  const even = lifeTable(
    [2000, 2010].map((year) => ({ sex: 'f', race: 'all', year, age: 0, survival: year === 2000 ? 0.5 : 0.25 })),
  );
  expect(even.of('f', 'all')!.survival(2005, 0)).toBe(0.5);
  expect(even.of('f', 'all')!.survival(2006, 0)).toBe(0.25);
});

test('worked by hand: Ederer I follows everybody, Ederer II those still watched', () => {
  // One watched for 1 month at age 0, one for 20 at age 1.
  const cases = [person(1), person(20, 1)];
  const first = expectedSurvival(cases, small, 3, 'ederer-1');
  expect([...first.cumulative].map((share) => share.toFixed(10))).toEqual(
    [(0.9 + 0.8) / 2, (0.9 ** 2 + 0.8 ** 2) / 2, (0.9 ** 3 + 0.8 ** 3) / 2].map((share) => share.toFixed(10)),
  );
  const second = expectedSurvival(cases, small, 3);
  // Both enter months 1 and 2, the second alone month 3.
  expect(second.cumulative[1]).toBeCloseTo(0.85 ** 2, 12);
  expect(second.interval[2]).toBeCloseTo(0.8, 12);
  expect(second.cumulative[2]).toBeCloseTo(0.85 ** 2 * 0.8, 12);
});

test('a birthday and a New Year on the way change the line', () => {
  // Diagnosed in November 2001: from the third month on it is 2002, which takes the line of 2003.
  const { interval } = expectedSurvival([person(30, 0, 2001, 11)], small, 14);
  expect(interval[1]).toBeCloseTo(0.9, 12);
  expect(interval[2]).toBeCloseTo(0.8, 12);
  expect(interval[11]).toBeCloseTo(0.8, 12);
  expect(interval[12]).toBeCloseTo(0.7, 12);
});

test('years beyond the table are told, a case without a line is refused', () => {
  const months = 24;
  expect(expectedSurvival([person(3), person(3, 0, 2003, 12), person(3, 0, 1999)], small, months).outOfYears).toBe(2);
  expect(expectedSurvival([person(3, 0, 2003)], small, months, 'ederer-1').outOfYears).toBe(1);
  expect(() => expectedSurvival([{ ...person(3), sex: 'male' }], small, months)).toThrow(/no line in the life table/);
  expect(expectedSurvival([person(3)], small, months).cumulative).toHaveLength(4);
});

test('a life table with holes, doubles or impossible shares is refused', () => {
  const row = (age: number, survival = 0.9): LifeTableRow => ({ sex: 'f', race: 'all', year: 2000, age, survival });
  expect(() => lifeTable([row(0), row(2)])).toThrow(/each age from 0/);
  expect(() => lifeTable([row(0), row(0)])).toThrow(RangeError);
  expect(() => lifeTable([row(0, 1.2)])).toThrow(/above 0 and up to 1/);
  expect(() => lifeTable([row(0, 0)])).toThrow(/above 0 and up to 1/);
});

test('relative survival is observed by expected, with limits and errors divided alike', () => {
  const cases = [person(1), person(20, 1), person(2, 1), person(9)];
  const outcome = ['died', 'alive', 'died', 'died'] as const;
  const observed = actuarialSurvival(
    countByInterval(
      cases.map((one, i) => ({ ...one, outcome: outcome[i]! })),
      12,
    ),
  );
  const expected = expectedSurvival(cases, small, 12);
  const points = relativeSurvival(observed, expected);
  expect(points).toHaveLength(12);
  const i = 2;
  expect(points[i]).toEqual({
    months: 3,
    interval: observed.interval[i]! / expected.interval[i]!,
    intervalError: observed.intervalError[i]! / expected.interval[i]!,
    value: observed.survival[i]! / expected.cumulative[i]!,
    error: observed.error[i]! / expected.cumulative[i]!,
    lower: limitsAt(observed, i).lower / expected.cumulative[i]!,
    upper: limitsAt(observed, i).upper / expected.cumulative[i]!,
    isAdjusted: false,
  });
});

test('adjusted: nothing above 1, nothing above what came before', () => {
  // Nobody dies: the relative survival rises above 1 from month to month.
  const cases = [person(11), person(11)];
  const observed = actuarialSurvival(countByInterval([{ months: 11, outcome: 'alive' }], 12));
  const expected = expectedSurvival(cases, small, 12);
  const free = relativeSurvival(observed, expected).map(({ value }) => value);
  expect(free[0]).toBeCloseTo(1 / 0.9, 12);
  expect(free[5]).toBeGreaterThan(free[4]!);
  const level = relativeSurvival(observed, expected, { noIncrease: true });
  expect(level.map(({ value }) => value)).toEqual(Array(12).fill(free[0]));
  expect(level.map(({ isAdjusted }) => isAdjusted)).toEqual([false, ...Array<boolean>(11).fill(true)]);
  const cut = relativeSurvival(observed, expected, { cap: true });
  expect(cut.every(({ value, upper, isAdjusted }) => value === 1 && upper === 1 && isAdjusted)).toBe(true);
});

/** Person by person, month by month. */
const plainExpected = (cases: readonly MatchedCase[], months: number, isSecond: boolean): number => {
  const monthly = (one: MatchedCase, month: number): number => {
    const calendar = one.year * 12 + one.month - 1 + month;
    const year = Math.trunc(calendar / 12);
    const line = year <= 2001 ? 2000 : 2003;
    const age = Math.min(2, one.age + Math.trunc(month / 12));
    return [0.9, 0.8, 0.7][age]! - (line === 2003 ? 0.1 : 0);
  };
  if (!isSecond) {
    let total = 0;
    for (const one of cases) {
      let lived = 1;
      for (let month = 0; month < months; month++) lived *= monthly(one, month);
      total += lived;
    }
    return total / cases.length;
  }
  let product = 1;
  for (let month = 0; month < months; month++) {
    let [total, alive] = [0, 0];
    for (const one of cases) {
      if (one.months < month) continue;
      total += monthly(one, month);
      alive++;
    }
    product *= total / alive;
  }
  return product;
};

test('both Ederers equal to plain counting on random cases', () => {
  const draw = drawFrom(7);
  const cases = Array.from({ length: 300 }, () =>
    person(draw.whole(0, 59), draw.whole(0, 3), draw.whole(1998, 2004), draw.whole(1, 12)),
  );
  for (const method of ['ederer-1', 'ederer-2'] as const) {
    const { cumulative } = expectedSurvival(cases, small, 50, method);
    for (const months of [1, 12, 13, 36, 50])
      expect(cumulative[months - 1]).toBeCloseTo(plainExpected(cases, months, method === 'ederer-2'), 12);
  }
});

const tables = sharedData('population', 'survexp_us_daily_hazard.csv.gz');

test.skipIf(tables === null)(
  'the US life table: a man of 60 in 2010 lives ten years with the product of his years',
  () => {
    const rows = gunzipSync(readFileSync(tables!))
      .toString()
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(','))
      .map(([age, sex, year, hazard]) => ({ age: Number(age), sex: sex!, year: Number(year), hazard: Number(hazard) }));
    const table = lifeTable(rows.map((row) => ({ ...row, race: 'all', survival: Math.exp(-365.25 * row.hazard) })));
    const man = { months: 120, age: 60, sex: 'male', race: 'all', year: 2010, month: 1 };
    const { cumulative, outOfYears } = expectedSurvival([man], table, 120);
    const hazards = Array.from(
      { length: 10 },
      (_, i) => rows.find((row) => row.sex === 'male' && row.year === 2010 + i && row.age === 60 + i)!.hazard,
    );
    expect(cumulative[119]).toBeCloseTo(Math.exp(-365.25 * hazards.reduce((sum, hazard) => sum + hazard, 0)), 12);
    expect(cumulative[119]).toBeCloseTo(0.845, 1);
    expect(outOfYears).toBe(0);
    expect(expectedSurvival([{ ...man, year: 2015 }], table, 120).outOfYears).toBe(1);
  },
);

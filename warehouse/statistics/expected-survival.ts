import type { LifeTable } from './population-life-table.ts';

/** A case with what finds its line in a life table. */
export interface MatchedCase {
  /** Whole months from diagnosis to the end of watching. */
  readonly months: number;
  /** Completed years at diagnosis. */
  readonly age: number;
  readonly sex: string;
  readonly race: string;
  /** Of diagnosis. */
  readonly year: number;
  /** Of diagnosis, 1 to 12. */
  readonly month: number;
}

/** Survival that people like the cases would have had without the disease; entry i is the interval ending after i + 1 months. */
export interface ExpectedSurvival {
  /** P*: expected survival of the interval. */
  readonly interval: Float64Array;
  /** CP*: of all intervals up to its end. */
  readonly cumulative: Float64Array;
  /** Cases that lived, or would have lived, in a calendar year before or after those of the life table: to be told. */
  readonly outOfYears: number;
}

/**
 * ederer-1: mean of all cases' own ∏ p*, whatever became of them; Ederer, Axtell & Cutler 1961. ederer-2: P* is the mean
 * of p* over the cases that enter the interval alive, CP* = ∏ P*; Ederer & Heise 1959, the default of SEER*Stat.
 */
export type ExpectedMethod = 'ederer-1' | 'ederer-2';

/**
 * Expected survival by months: p* of a month is the twelfth root of the annual probability for the age, in completed
 * years, and the calendar year that the case has at the start of the interval.
 *
 * Ends with the last interval that a case enters (ederer-2), or with `intervals` (ederer-1). Which cases are watched is
 * the caller's business: they must be those of the observed survival.
 * @throws RangeError where a case has no line in the life table; leave such out of the observed survival too
 */
export const expectedSurvival = (
  cases: readonly MatchedCase[],
  table: LifeTable,
  intervals: number,
  method: ExpectedMethod = 'ederer-2',
): ExpectedSurvival => {
  const sum = new Float64Array(intervals);
  const entered = new Float64Array(intervals);
  let outOfYears = 0;
  for (const one of cases) {
    const people = table.of(one.sex, one.race);
    if (people === null) throw new RangeError('expectedSurvival: a case has no line in the life table');
    const until = method === 'ederer-1' ? intervals : Math.min(intervals, one.months + 1);
    let lived = 1;
    let year = one.year;
    for (let i = 0; i < until; i++) {
      year = one.year + Math.floor((one.month - 1 + i) / 12);
      const p = people.monthly(year, one.age + Math.floor(i / 12));
      lived *= p;
      sum[i]! += method === 'ederer-1' ? lived : p;
      entered[i]! += 1;
    }
    if (one.year < people.firstYear || year > people.lastYear) outOfYears += 1;
  }
  const end = entered.indexOf(0);
  const means = sum.slice(0, end < 0 ? intervals : end).map((value, i) => value / entered[i]!);
  if (method === 'ederer-1')
    return { interval: means.map((value, i) => value / (i === 0 ? 1 : means[i - 1]!)), cumulative: means, outOfYears };
  let left = 1;
  return { interval: means, cumulative: means.map((p) => (left *= p)), outOfYears };
};

import type { Interval } from './interval.ts';
import { poissonInterval } from './poisson-interval.ts';

/** Cases by person-year; times 100,000 it is what registries print. */
export interface CrudeRate extends Interval {
  readonly rate: number;
  readonly standardError: number;
}

/**
 * Cases by person-years, d/n, with √d/n for its standard error and exact limits for Poisson counts.
 *
 * SEER*Stat, rate algorithms; Garwood 1936. null without person-years: no rate is known there, not even 0.
 * @throws RangeError for cases or person-years below 0
 */
export const crudeRate = (cases: number, personYears: number, level = 0.95): CrudeRate | null => {
  if (!(personYears >= 0)) throw new RangeError('crudeRate: personYears must not be below 0');
  const counts = poissonInterval(cases, level);
  if (personYears === 0) return null;
  return {
    rate: cases / personYears,
    standardError: Math.sqrt(cases) / personYears,
    lower: counts.lower / personYears,
    upper: counts.upper / personYears,
  };
};

/**
 * Observed cases by those expected, O/E (SIR, SMR), with the limits of the count. null where none are expected.
 *
 * Breslow & Day II (IARC 82, 1987) 2.3.
 * @throws RangeError for cases or expected cases below 0
 */
export const standardisedRatio = (
  observed: number,
  expected: number,
  level = 0.95,
): ({ readonly ratio: number } & Interval) | null => {
  if (!(expected >= 0)) throw new RangeError('standardisedRatio: expected must not be below 0');
  const { lower, upper } = poissonInterval(observed, level);
  return expected === 0 ? null : { ratio: observed / expected, lower: lower / expected, upper: upper / expected };
};

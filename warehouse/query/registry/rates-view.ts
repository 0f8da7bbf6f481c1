import { UserError } from '../../error.ts';
import { nearest } from '../../metric/nearest.ts';
import type { RateIntervalMethod } from '../../statistics/rate-interval.ts';
import { oneOf } from '../view-state.ts';
import { recodeSchemes, type RecodeScheme } from './basis.ts';
import { choices, refuseOtherKeys, text, year } from './read-view.ts';

/** What rates may be split by. */
export const rateDimensions = ['year', 'site', 'sex', 'race', 'county', 'age'] as const;
export type RateDimension = (typeof rateDimensions)[number];

/** What they may be narrowed to. */
export const rateFilters = ['site', 'sex', 'race', 'county', 'state'] as const;
export type RateFilter = (typeof rateFilters)[number];

/**
 * malignant: behavior 3, and every tumor of the urinary bladder that SEER's behavior recode counts with it. invasive: ICD-O-3
 * behavior 3 as coded. in_situ: behavior 2 but for the bladder.
 */
export const rateCases = ['malignant', 'invasive', 'in_situ'] as const;
export type RateCases = (typeof rateCases)[number];

/** A question about incidence: whose rates, of what, over which years, to which standard. */
export interface RatesView {
  readonly by: RateDimension | null;
  /** Values kept; several of one dimension are alternatives, an empty list keeps everything. Sites are codes of the recode. */
  readonly where: Readonly<Record<RateFilter, readonly string[]>>;
  /** First year of diagnosis; null = the first that has cases and people. */
  readonly from: number | null;
  /** Year after the last; null = to the last that has both. */
  readonly to: number | null;
  /** Which site recode names the sites; null = the only one configured, of both 2023. */
  readonly recode: RecodeScheme | null;
  /** Name of a standard population; null = the only one configured, of several the 2000 U.S. one. */
  readonly standard: string | null;
  readonly cases: RateCases;
  readonly interval: RateIntervalMethod;
  /** The group whose rate the others are divided by; null = no ratios. */
  readonly reference: string | null;
}

const empty = {
  ...{ by: null, where: {}, from: null, to: null, recode: null },
  ...{ standard: null, cases: null, interval: null, reference: null },
};

/**
 * A question about rates from untyped JSON: absent keys take their usual value.
 *
 * @throws UserError naming the key and what it may hold; whether the release has the values named is checked when asked
 */
export const readRatesView = (value: unknown): RatesView => {
  const given: Record<keyof typeof empty, unknown> = { ...empty, ...refuseOtherKeys('rates', value, empty) };
  const view: RatesView = {
    by: oneOf('by', given.by, rateDimensions),
    where: choices(given.where, rateFilters),
    from: year('from', given.from),
    to: year('to', given.to),
    recode: oneOf('recode', given.recode, recodeSchemes),
    standard: text('standard', given.standard),
    cases: oneOf('cases', given.cases, rateCases) ?? 'malignant',
    interval: oneOf('interval', given.interval, ['tiwari', 'fay-feuer'] as const) ?? 'tiwari',
    reference: text('reference', given.reference),
  };
  if (view.from !== null && view.to !== null && view.from >= view.to)
    throw new UserError('`to` must be later than `from`: it is the year after the last.');
  if (view.reference !== null && (view.by === null || view.by === 'age'))
    throw new UserError('`reference`: a ratio needs rates of groups.', {
      mend: `Split \`by\` one of ${rateDimensions.filter((one) => one !== 'age').join(', ')}.`,
    });
  return view;
};

/** @throws UserError for a value that the release does not have */
export const refuseUnknown = (key: string, values: readonly string[], has: readonly string[]): void => {
  for (const value of values)
    if (!has.includes(value))
      throw new UserError(`\`${key}\`: this release has no \`${value}\`.`, { mend: nearest(value, has) });
};

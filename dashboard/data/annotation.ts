import { isRebaseOf, isWithin, rebaseDays } from '../../warehouse/statistics/rebase.ts';
import type { Annotation } from '../store/annotation.ts';
import { formatDay, formatPeriod } from './format.ts';
import { nextPeriod, type IsoDate } from './period.ts';
import type { Grain } from './url.ts';

type Where = Annotation['where'];

/** An annotation on a series that is drawn. */
export interface Remark {
  /** Counted from 1 in the order of the points, then of writing: what its mark on the charts and in the list shows. */
  readonly number: number;
  /** First day of the drawn period that holds its day. */
  readonly period: IsoDate;
  /** Limits of this very series are computed anew from it on. */
  readonly isRebase: boolean;
  readonly annotation: Annotation;
}

/** What was said of a series. */
export interface Remarks {
  /** Those on a period that is drawn. */
  readonly placed: readonly Remark[];
  /** Those on other days. */
  readonly elsewhere: readonly Annotation[];
  /** Those taken back, whatever their day. */
  readonly retired: readonly Annotation[];
  /** Days that limits are computed anew from, ascending; those before the first point drawn cut nothing. */
  readonly rebases: readonly IsoDate[];
}

export const noRemarks: Remarks = { placed: [], elsewhere: [], retired: [], rebases: [] };

/** A series that is drawn: which metric, under which filters, and the first days of its periods, ascending. */
export interface Series {
  readonly metric: string;
  readonly where: Where;
  readonly grain: string;
  readonly periods: readonly IsoDate[];
}

/**
 * The annotations of a metric that speak of a series. A note stands on every series within its own filters. A rebase
 * moves the limits of the very series it was recorded on and of no other: what changed a facility need not have changed
 * the whole, nor each of its services; there it stands as a note.
 */
export const remarksOn = (annotations: readonly Annotation[], { metric, where, grain, periods }: Series): Remarks => {
  const about = annotations.filter((one) => one.metric === metric && isWithin(where, one.where));
  const standing = about
    .filter(({ retired }) => retired === undefined)
    .toSorted((a, b) => (a.period === b.period ? (a.at < b.at ? -1 : 1) : a.period < b.period ? -1 : 1));
  const drawn = standing.flatMap((annotation) => {
    const period = periods.findLast((start) => start <= annotation.period);
    const isThere = period !== undefined && annotation.period < nextPeriod(period, grain);
    return isThere ? [{ period, annotation, isRebase: isRebaseOf(annotation, where) }] : [];
  });
  const placed = drawn.map((remark, i) => ({ ...remark, number: i + 1 }));
  const shown = new Set(placed.map(({ annotation }) => annotation));
  return {
    placed,
    elsewhere: standing.filter((one) => !shown.has(one)),
    retired: about.filter(({ retired }) => retired !== undefined),
    rebases: rebaseDays(annotations, { metric, where }),
  };
};

/** More of a text than this is read in the list, not on the chart. */
const readMost = 140;

const shortened = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= readMost ? line : `${line.slice(0, readMost - 1).trimEnd()}…`;
};

/** `1, limits anew: New record system (R. Okafor)`. */
export const remarkWords = ({ number, isRebase, annotation: { text, author } }: Remark): string =>
  `${number}${isRebase ? ', limits anew' : ''}: ${shortened(text)} (${author})`;

/** The remarks on one period, in words; empty without any. */
export const wordsOn = (remarks: readonly Remark[], period: IsoDate): string =>
  remarks
    .filter((one) => one.period === period)
    .map(remarkWords)
    .join('; ');

/** Who moved the limits of a series, when and why, for the note of its chart; empty where nobody did. */
export const rebaseWords = (remarks: readonly Remark[], grain: Grain): string =>
  remarks
    .filter(({ isRebase }) => isRebase)
    .map(({ period, annotation: { author, at, text } }) => {
      const since = formatPeriod(period, grain);
      return `limits computed anew from ${since}, recorded by ${author} on ${formatDay(at.slice(0, 10))}: ${shortened(text)}`;
    })
    .join(' · ');

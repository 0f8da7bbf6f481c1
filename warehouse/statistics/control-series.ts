import { controlPoint, type ControlPoint } from './control-chart.ts';
import { pPrimeChart } from './p-chart.ts';
import { rebaseStarts } from './rebase.ts';
import type { RuleSet } from './rule-set.ts';
import { segments } from './segments.ts';
import { xmrChart } from './xmr-chart.ts';

/** A period of a series: what is charted, and what it was made of. null is not known. */
export interface PeriodValue {
  /** First day, ISO; null of a series without periods. */
  readonly period: string | null;
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
}

/** A control chart before it is drawn: its name as it stands on it, and one point a row. */
export interface Controlled {
  readonly chart: string;
  readonly points: readonly ControlPoint[];
  /** Places from which on limits are computed anew, ascending; never 0. */
  readonly starts: readonly number[];
}

/** Values that say anything of what is usual need at least so many. */
export const leastPoints = 8;

/** Whether the rows are counts of counts: then their own n tells how far chance moves them. */
export const areShares = (unit: string, rows: readonly PeriodValue[]): boolean =>
  unit === 'share' &&
  rows.every(
    ({ numerator: part, denominator: whole }) =>
      (part === null && whole === null) || (part !== null && whole !== null && part >= 0 && part <= whole),
  ) &&
  rows.some(({ denominator }) => (denominator ?? 0) > 0);

/**
 * The chart that a rule set asks for. *Making Data Count* is made for XmR with moving ranges screened; the others take p′
 * where the rows are shares of counts (a plain p chart is too narrow at a hospital's numbers), else XmR. From each
 * recorded rebase on it is charted by itself; a part with fewer values than limits need has none yet.
 *
 * @param rows of complete periods, oldest first
 * @param rebases days that limits are computed anew from; recorded by somebody, never found by the program
 */
export const controlled = (
  unit: string,
  rows: readonly PeriodValue[],
  rules: RuleSet['id'],
  rebases: readonly string[] = [],
): Controlled => {
  const isShare = rules !== 'making-data-count' && areShares(unit, rows);
  const starts = rebaseStarts(
    rows.map(({ period }) => period ?? ''),
    rebases,
  );
  const charted = (part: readonly PeriodValue[]): readonly ControlPoint[] => {
    const values = part.map(({ value }) => value);
    if (starts.length > 0 && values.filter((value) => value !== null).length < leastPoints)
      return values.map((value) => controlPoint(value, null, null));
    if (isShare) return pPrimeChart(part.map(({ numerator, denominator }) => ({ count: numerator, n: denominator })));
    return xmrChart(values, rules === 'making-data-count' ? { screen: true, sigma: 'nhs' } : {});
  };
  return { chart: isShare ? 'p′' : 'XmR', points: segments(rows, starts).flatMap(charted), starts };
};

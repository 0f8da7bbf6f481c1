import { controlPoint, type ControlPoint } from '../../warehouse/statistics/control-chart.ts';
import { pPrimeChart } from '../../warehouse/statistics/p-chart.ts';
import { segments } from '../../warehouse/statistics/segments.ts';
import { xmrChart } from '../../warehouse/statistics/xmr-chart.ts';
import { rebaseStarts } from './annotation.ts';
import type { Row } from './answer.ts';
import type { Unit } from './format.ts';
import type { IsoDate } from './period.ts';
import type { Rules } from './url.ts';

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
export const areShares = (unit: Unit, rows: readonly Row[]): boolean =>
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
  unit: Unit,
  rows: readonly Row[],
  rules: Rules,
  rebases: readonly IsoDate[] = [],
): Controlled => {
  const isShare = rules !== 'making-data-count' && areShares(unit, rows);
  const starts = rebaseStarts(
    rows.map(({ period }) => period ?? ''),
    rebases,
  );
  const charted = (part: readonly Row[]): readonly ControlPoint[] => {
    const values = part.map(({ value }) => value);
    if (starts.length > 0 && values.filter((value) => value !== null).length < leastPoints)
      return values.map((value) => controlPoint(value, null, null));
    if (isShare) return pPrimeChart(part.map(({ numerator, denominator }) => ({ count: numerator, n: denominator })));
    return xmrChart(values, rules === 'making-data-count' ? { screen: true, sigma: 'nhs' } : {});
  };
  return { chart: isShare ? 'p′' : 'XmR', points: segments(rows, starts).flatMap(charted), starts };
};

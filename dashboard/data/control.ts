import type { ControlPoint } from '../../warehouse/statistics/control-chart.ts';
import { pPrimeChart } from '../../warehouse/statistics/p-chart.ts';
import { xmrChart } from '../../warehouse/statistics/xmr-chart.ts';
import type { Row } from './answer.ts';
import type { Unit } from './format.ts';
import type { Rules } from './url.ts';

/** A control chart before it is drawn: its name as it stands on it, and one point a row. */
export interface Controlled {
  readonly chart: string;
  readonly points: readonly ControlPoint[];
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
 * where the rows are shares of counts (a plain p chart is too narrow at a hospital's numbers), else XmR.
 *
 * @param rows of complete periods, oldest first
 */
export const controlled = (unit: Unit, rows: readonly Row[], rules: Rules): Controlled => {
  const values = rows.map(({ value }) => value);
  if (rules === 'making-data-count') return { chart: 'XmR', points: xmrChart(values, { screen: true, sigma: 'nhs' }) };
  return areShares(unit, rows)
    ? {
        chart: 'p′',
        points: pPrimeChart(rows.map(({ numerator, denominator }) => ({ count: numerator, n: denominator }))),
      }
    : { chart: 'XmR', points: xmrChart(values) };
};

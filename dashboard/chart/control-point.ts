import type { ControlPoint } from '../../warehouse/statistics/control-chart.ts';
import type { Remark } from '../data/annotation.ts';
import type { Unit } from '../data/format.ts';
import type { IsoDate } from '../data/period.ts';
import type { Grain } from '../data/url.ts';
import type { Judging } from '../../warehouse/statistics/control-verdict.ts';

/** A point of a control chart and the period it is of. */
export interface PeriodPoint extends ControlPoint {
  readonly period: IsoDate;
}

export interface ControlChartInput extends Judging {
  /** In order of time; complete periods only, since one still filling up would look like a signal. */
  readonly points: readonly PeriodPoint[];
  /** Places in `points` from which on limits were computed anew. */
  readonly starts?: readonly number[];
  /** What was said of these points. */
  readonly remarks?: readonly Remark[];
  /** Which chart it is, as it stands on it: `XmR`, `p′`, `Run chart`. */
  readonly chart: string;
  readonly label: string;
  readonly unit: Unit;
  readonly grain: Grain;
  readonly width: number;
  readonly height?: number;
}

/** Room around the lines, in pixels: above for the names of chart and rules, right for the names of the lines. */
export const controlMargin = { top: 56, right: 104, bottom: 40, left: 60 } as const;

/**
 * A limit no further than values go: shares that all lie within 0–100 % are kept there. A rate on another base, such as
 * delinquent records on monthly discharges, may lie beyond; then its limits may too.
 */
export const possible = <T extends number | null>(limit: T, { points, unit }: ControlChartInput): T => {
  const isBounded = unit === 'share' && points.every(({ value }) => value === null || (value >= 0 && value <= 1));
  return limit === null || !isBounded ? limit : (Math.min(1, Math.max(0, limit)) as T);
};

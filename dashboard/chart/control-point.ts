import type { ControlPoint } from '../../warehouse/statistics/control-chart.ts';
import type { Unit } from '../data/format.ts';
import type { IsoDate } from '../data/period.ts';
import type { Grain } from '../data/url.ts';
import type { Judging } from './control-mark.ts';

/** A point of a control chart and the period it is of. */
export interface PeriodPoint extends ControlPoint {
  readonly period: IsoDate;
}

export interface ControlChartInput extends Judging {
  /** In order of time; complete periods only, since one still filling up would look like a signal. */
  readonly points: readonly PeriodPoint[];
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

import type * as Plot from '@observablehq/plot';
import { isFunnelOutlier, type FunnelPoint } from '../../warehouse/statistics/funnel.ts';
import { formatCount, formatValue } from '../data/format.ts';
import { ink } from './drawing.ts';

/** One coder, provider or facility: `count` of `n`. */
export interface FunnelUnit {
  readonly label: string;
  readonly count: number;
  readonly n: number;
}

export interface FunnelChartInput {
  readonly units: readonly FunnelUnit[];
  /** What one of n is: `codes`. */
  readonly of: string;
  readonly label: string;
  readonly better: 'higher' | 'lower' | 'neither';
  /** Limits by chance within alone, or widened by what varies between units as well. */
  readonly limits: 'plain' | 'adjusted';
  readonly width: number;
  readonly height?: number;
}

/** Where a unit lies; beyond the limits for better or worse, or only above or below them. */
export type Side = 'within' | 'improvement' | 'concern' | 'high' | 'low';

/** A unit on the chart. */
export interface Placed extends FunnelPoint {
  readonly label: string;
  readonly side: Side;
}

/** A place is told by form as well as by colour. */
export const looks = {
  within: { colour: ink.spcCommon, symbol: 'circle' },
  improvement: { colour: ink.spcImprove, symbol: 'diamond' },
  concern: { colour: ink.spcConcern, symbol: 'square' },
  high: { colour: ink.spcNeutral, symbol: 'triangle' },
  low: { colour: ink.spcNeutral, symbol: 'triangle2' },
} as const satisfies Readonly<Record<Side, { colour: string; symbol: Plot.SymbolType }>>;

/** A place in words. */
export const places: Readonly<Record<Side, string>> = {
  within: 'within the limits',
  improvement: 'beyond the limits, for the better',
  concern: 'beyond the limits, for the worse',
  high: 'above the limits',
  low: 'below the limits',
};

/** Where a point lies by the limits that are drawn. */
export const sideOf = (point: FunnelPoint, target: number, { limits, better }: FunnelChartInput): Side => {
  if (!isFunnelOutlier(point, point[limits])) return 'within';
  const isHigh = point.value! > target;
  if (better === 'neither') return isHigh ? 'high' : 'low';
  return isHigh === (better === 'higher') ? 'improvement' : 'concern';
};

/** A unit as it is read out. */
export const wordsOf = ({ label, value, n, side }: Placed, { of }: FunnelChartInput): string =>
  `${label}: ${formatValue(value, 'share')} of ${formatCount(n)} ${of}, ${places[side]}`;

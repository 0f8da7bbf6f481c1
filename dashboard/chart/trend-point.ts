import type { Remark } from '../data/annotation.ts';
import type { Unit } from '../data/format.ts';
import type { IsoDate } from '../data/period.ts';
import type { Grain } from '../data/url.ts';
import { ink } from './drawing.ts';

/** One period of a trend; null is not known, and breaks the line. */
export interface TrendPoint {
  readonly period: IsoDate;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number | null;
}

export interface TrendInput {
  /** In order of time. */
  readonly points: readonly TrendPoint[];
  readonly label: string;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'neither';
  readonly grain: Grain | 'day';
  readonly target: number | null;
  /** The last day of which everything has arrived; periods that reach past it are shaded and drawn open. */
  readonly completeThrough: IsoDate;
  /** What was said of these points. */
  readonly remarks?: readonly Remark[];
  readonly width: number;
  readonly height?: number;
}

/** The start of a period on the time axis. */
export const at = (period: IsoDate): Date => new Date(`${period}T00:00:00Z`);

/** Room around the lines, in pixels; the right holds the labels at their ends. */
export const margin = { top: 16, right: 96, bottom: 40, left: 52 } as const;

/** Whether the period has a value. */
export const known = (point: TrendPoint): boolean => point.value !== null;

/** Orange for a point that misses the target with all of its interval, or that has none to doubt it by. */
export const dotColour = (point: TrendPoint, { target, better }: TrendInput): string => {
  if (target === null || point.value === null || better === 'neither') return ink.strong;
  const [low, high] = [point.lower ?? point.value, point.upper ?? point.value];
  return (better === 'higher' ? high < target : low > target) ? ink.concern : ink.strong;
};

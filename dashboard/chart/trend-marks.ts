import * as Plot from '@observablehq/plot';
import { formatTarget, formatValue, type Unit } from '../data/format.ts';
import { isFilling, nextPeriod, type IsoDate } from '../data/period.ts';
import type { Grain } from '../data/url.ts';
import { ink, spread } from './drawing.ts';
import type { Axis } from './scale.ts';

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
  readonly grain: Grain;
  readonly target: number | null;
  /** The last day of which everything has arrived; periods that reach past it are shaded and drawn open. */
  readonly completeThrough: IsoDate;
  readonly width: number;
  readonly height?: number;
}

/** The start of a period on the time axis. */
export const at = (period: IsoDate): Date => new Date(`${period}T00:00:00Z`);

/** Room around the lines, in pixels; the right holds the labels at their ends. */
export const margin = { top: 16, right: 96, bottom: 40, left: 52 } as const;

/** Whether the period has a value. */
export const known = (point: TrendPoint): boolean => point.value !== null;

/** Names at the line's end instead of a legend, kept from lying on each other. */
const endLabels = (input: TrendInput, axis: Axis, height: number): readonly Plot.Markish[] => {
  const [low, high] = axis.domain;
  const pixel = (y: number) => margin.top + ((high - y) / (high - low)) * (height - margin.top - margin.bottom);
  const last = input.points.findLast(
    (point) => known(point) && !isFilling(point.period, input.grain, input.completeThrough),
  );
  const value = last?.value ?? null;
  const wanted = [value, input.target].map((y) => (y === null ? -100 : pixel(y)));
  // Only where the line reaches the edge can its label meet the target's.
  const placed = last === input.points.at(-1) ? spread(wanted, 15) : wanted;
  const shift = (index: number) => (placed[index] ?? 0) - (wanted[index] ?? 0);
  return [
    ...(last === undefined || value === null
      ? []
      : [
          Plot.text([last], {
            x: at(last.period),
            y: value,
            text: () => formatValue(value, input.unit),
            textAnchor: 'start',
            dx: 9,
            dy: shift(0),
            fill: dotColour(last, input),
            fontWeight: 600,
          }),
        ]),
    ...(input.target === null
      ? []
      : [
          Plot.text([input.target], {
            y: (target: number) => target,
            frameAnchor: 'right',
            text: (target: number) => `target ${formatTarget(target, input.unit)}`,
            textAnchor: 'start',
            dx: 9,
            dy: shift(1),
            fill: ink.target,
          }),
        ]),
  ];
};

/** Orange for a point that misses the target with all of its interval, or that has none to doubt it by. */
export const dotColour = (point: TrendPoint, { target, better }: TrendInput): string => {
  if (target === null || point.value === null || better === 'neither') return ink.strong;
  const [low, high] = [point.lower ?? point.value, point.upper ?? point.value];
  return (better === 'higher' ? high < target : low > target) ? ink.concern : ink.strong;
};

/** The part of the time axis that is still filling up, shaded from the first such period to the end. */
const filling = ({ points, grain, completeThrough }: TrendInput): readonly Plot.Markish[] => {
  const first = points.find((point) => isFilling(point.period, grain, completeThrough));
  const last = points.at(-1);
  const before = points.findLast((point) => !isFilling(point.period, grain, completeThrough));
  if (first === undefined || last === undefined) return [];
  // Half a step before the first open point, so that the shade holds the whole of it.
  const from = before === undefined ? at(first.period) : new Date((+at(before.period) + +at(first.period)) / 2);
  return [
    Plot.rectX([{ x1: from, x2: at(nextPeriod(last.period, grain)) }], {
      x1: 'x1',
      x2: 'x2',
      fill: ink.band,
      clip: true,
    }),
    Plot.text(['still filling up'], {
      x: [from],
      frameAnchor: 'top',
      textAnchor: 'start',
      dx: 4,
      dy: 2,
      fill: ink.faint,
      fontSize: 11,
    }),
  ];
};

/** All that is painted, from the back to the front. */
export const trendMarks = (input: TrendInput, axis: Axis, height: number): Plot.Markish[] => {
  const { points, grain, completeThrough, target } = input;
  const open = (point: TrendPoint) => isFilling(point.period, grain, completeThrough);
  const x = (point: TrendPoint) => at(point.period);
  const closed = points.filter((point) => !open(point));
  const last = closed.findLast(known);
  /** All but the last point are drawn in a softer ink, unless they are of concern. */
  const quiet = (point: TrendPoint) => (dotColour(point, input) === ink.concern ? ink.concern : ink.soft);
  // The dashed line joins the open points to the last closed one.
  const tail = points.filter((point) => open(point) || point === last);
  return [
    Plot.gridY(axis.ticks, { stroke: ink.line, strokeOpacity: 1 }),
    ...filling(input),
    Plot.areaY(points, { x, y1: 'lower', y2: 'upper', fill: ink.band, className: 'interval' }),
    ...(target === null ? [] : [Plot.ruleY([target], { stroke: ink.target, strokeDasharray: '5 3' })]),
    Plot.lineY(closed, { x, y: 'value', stroke: ink.soft, strokeWidth: 1.5 }),
    Plot.lineY(tail, { x, y: 'value', stroke: ink.common, strokeWidth: 1.25, strokeDasharray: '2 3' }),
    Plot.dot(
      points.filter((point) => known(point) && point !== last),
      {
        x,
        y: 'value',
        r: points.length > 40 ? 1.5 : 2.5,
        fill: (point: TrendPoint) => (open(point) ? ink.paper : quiet(point)),
        stroke: (point: TrendPoint) => (open(point) ? ink.common : quiet(point)),
      },
    ),
    ...(last === undefined
      ? []
      : [
          Plot.dot([last], {
            x,
            y: 'value',
            r: 4.5,
            fill: dotColour(last, input),
            stroke: ink.paper,
            strokeWidth: 1.5,
          }),
        ]),
    ...endLabels(input, axis, height),
  ];
};

import * as Plot from '@observablehq/plot';
import { formatTarget, formatValue } from '../data/format.ts';
import { isFilling, nextPeriod, type IsoDate } from '../data/period.ts';
import type { Grain } from '../data/url.ts';
import { ink, spread } from './drawing.ts';
import { remarkMarks } from './remark-marks.ts';
import type { Axis } from './scale.ts';
import { at, dotColour, known, margin, type TrendInput, type TrendPoint } from './trend-point.ts';

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

/** The part of the time axis that is still filling up, shaded from the first such period to the end. */
export const fillingMarks = (
  periods: readonly IsoDate[],
  grain: Grain | 'day',
  completeThrough: IsoDate,
): readonly Plot.Markish[] => {
  const isOpen = (period: IsoDate) => isFilling(period, grain, completeThrough);
  const first = periods.find(isOpen);
  const last = periods.at(-1);
  const before = periods.findLast((period) => !isOpen(period));
  if (first === undefined || last === undefined) return [];
  // Half a step before the first open point, so that the shade holds the whole of it.
  const from = before === undefined ? at(first) : new Date((+at(before) + +at(first)) / 2);
  return [
    Plot.rectX([{ x1: from, x2: at(nextPeriod(last, grain)) }], { x1: 'x1', x2: 'x2', fill: ink.band, clip: true }),
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

/** A point that stands by itself has no band to lie in: its interval is a line of its own. */
const lonely = (points: readonly TrendPoint[]): readonly TrendPoint[] =>
  points.filter((point, index) => {
    const [before, after] = [points[index - 1], points[index + 1]];
    return known(point) && !(before && known(before)) && !(after && known(after));
  });

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
    ...fillingMarks(
      points.map(({ period }) => period),
      grain,
      completeThrough,
    ),
    Plot.areaY(points, { x, y1: 'lower', y2: 'upper', fill: ink.band, className: 'interval' }),
    Plot.ruleX(lonely(points), {
      x,
      y1: 'lower',
      y2: 'upper',
      stroke: ink.band,
      strokeWidth: 6,
      strokeLinecap: 'round',
    }),
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
    ...remarkMarks({
      remarks: input.remarks ?? [],
      periods: points.map(({ period }) => period),
      plotWidth: input.width - margin.left - margin.right,
    }),
    ...endLabels(input, axis, height),
  ];
};

import * as Plot from '@observablehq/plot';
import type { ExploreGrain } from '../data/explore-address.ts';
import { formatPeriod, formatValue, type Unit } from '../data/format.ts';
import { isFilling, type IsoDate } from '../data/period.ts';
import { frame, ink, spread, type ChartTable, type Drawing } from './drawing.ts';
import { labelWidth, shortened } from './label.ts';
import { axisFor, tickText, type Axis } from './scale.ts';
import { fillingMarks } from './trend-marks.ts';
import { timeAxis } from './time-axis.ts';
import { at } from './trend-point.ts';

/** One line; a period without a value breaks it. */
export interface Line {
  readonly label: string;
  /** In order of time. */
  readonly points: readonly { readonly period: IsoDate; readonly value: number | null }[];
  /** `rest`: all others together. `before`: the same, a year or a period earlier. */
  readonly kind: 'own' | 'rest' | 'before';
}

export interface LinesInput {
  /** The first ones of kind `own` have the colours; more than there are of those differ by their dashes as well. */
  readonly lines: readonly Line[];
  readonly label: string;
  readonly unit: Unit;
  readonly grain: ExploreGrain;
  /** The last day of which everything has arrived; what reaches past it is shaded and dashed. */
  readonly completeThrough: IsoDate;
  /** Values that the axis holds besides: those of the other charts of a row of small multiples. */
  readonly also?: readonly (number | null)[];
  readonly width: number;
  readonly height?: number;
}

interface Point {
  readonly period: IsoDate;
  readonly value: number | null;
}

interface Look {
  readonly stroke: string;
  readonly dash: string;
}

/** So many colours are told apart by most eyes; the next lines take them again, dashed. */
const dashes = ['none', '6 3', '2 3'];

const lookOf = (line: Line, lines: readonly Line[]): Look => {
  if (line.kind === 'before') return { stroke: ink.common, dash: '2 3' };
  if (line.kind === 'rest') return { stroke: ink.faint, dash: '6 3' };
  const own = lines.filter(({ kind }) => kind === 'own');
  if (own.length === 1) return { stroke: ink.soft, dash: 'none' };
  const place = own.indexOf(line);
  const colour = ink.series[place % ink.series.length] ?? ink.soft;
  return { stroke: colour, dash: dashes[Math.floor(place / ink.series.length) % dashes.length] ?? 'none' };
};

const isKnown = ({ value }: Point): boolean => value !== null;

/** A line's marks: whole periods as it is, those still filling up thin and with open dots. */
const lineMarks = (line: Line, look: Look, { grain, completeThrough }: LinesInput): readonly Plot.Markish[] => {
  const open = ({ period }: Point) => isFilling(period, grain, completeThrough);
  const x = ({ period }: Point) => at(period);
  const closed = line.points.filter((point) => !open(point));
  const last = closed.findLast(isKnown);
  const tail = line.points.filter((point) => open(point) || point === last);
  const known = line.points.filter(isKnown);
  const isFaint = line.kind !== 'own';
  return [
    Plot.lineY(closed, {
      ...{ x, y: 'value', stroke: look.stroke, strokeWidth: isFaint ? 1.25 : 1.75 },
      strokeDasharray: look.dash,
    }),
    Plot.lineY(tail, { x, y: 'value', stroke: look.stroke, strokeWidth: 1, strokeDasharray: '2 3' }),
    ...(isFaint || known.length > 60
      ? []
      : [
          Plot.dot(known, {
            ...{ x, y: 'value', r: 2.25, stroke: look.stroke },
            fill: (point: Point) => (open(point) ? ink.paper : look.stroke),
          }),
        ]),
  ];
};

const margin = { top: 18, bottom: 30, left: 52 } as const;

/** Pixels from one name to the next. */
const gap = 14;

/** Names moved up where the lowest of them would leave the chart. */
const within = (placed: readonly number[], bottom: number): readonly number[] => {
  const order = placed.map((_, index) => index).toSorted((a, b) => (placed[b] ?? 0) - (placed[a] ?? 0));
  const moved = [...placed];
  let limit = bottom;
  for (const index of order) {
    moved[index] = Math.min(moved[index] ?? 0, limit);
    limit = (moved[index] ?? 0) - gap;
  }
  return moved;
};

/** Names at the lines' ends instead of a legend, kept from lying on each other. */
const endLabels = (input: LinesInput, axis: Axis, height: number, room: number): readonly Plot.Markish[] => {
  const { lines } = input;
  const [low, high] = axis.domain;
  const pixel = (value: number) => margin.top + ((high - value) / (high - low)) * (height - margin.top - margin.bottom);
  // A name stands where its line was last whole: what is still filling up falls to the same low place for all.
  const isWhole = (point: Point) => isKnown(point) && !isFilling(point.period, input.grain, input.completeThrough);
  const ends = lines.map((line) => line.points.findLast(isWhole) ?? line.points.findLast(isKnown) ?? null);
  const wanted = ends.map((end) => ((end?.value ?? null) === null ? -1000 : pixel(end?.value ?? 0)));
  const placed = within(spread(wanted, gap), height - gap / 2);
  return lines.flatMap((line, index) => {
    const end = ends[index];
    const value = end?.value ?? null;
    if (!end || value === null) return [];
    const text = lines.length === 1 ? formatValue(value, input.unit) : shortened(line.label, room);
    return [
      Plot.text([end], {
        ...{ frameAnchor: 'right', y: value, text: () => text, textAnchor: 'start' },
        ...{ dx: 8, dy: (placed[index] ?? 0) - (wanted[index] ?? 0), fill: lookOf(line, lines).stroke },
        fontWeight: line.kind === 'own' ? 500 : 400,
      }),
    ];
  });
};

const tableOf = ({ lines, unit, grain }: LinesInput, periods: readonly IsoDate[]): ChartTable => {
  const values = lines.map((line) => new Map(line.points.map(({ period, value }) => [period, value])));
  return {
    columns: [{ label: 'Period', numeric: false }, ...lines.map(({ label }) => ({ label, numeric: true }))],
    rows: periods.map((period) => [
      { text: formatPeriod(period, grain), raw: period },
      ...values.map((at) => ({ text: formatValue(at.get(period), unit), raw: at.get(period) ?? null })),
    ]),
  };
};

/** Several lines over time, each named at its end; what is still filling up is shaded. */
export const lines = (input: LinesInput): Drawing => {
  const { label, unit, grain, width, height = 320, completeThrough } = input;
  const all = input.lines.flatMap(({ points }) => points);
  const periods = [...new Set(all.map(({ period }) => period))].toSorted();
  const axis = axisFor([...all.map(({ value }) => value), ...(input.also ?? [])], unit, height < 220 ? 3 : 5);
  const names = input.lines.map((line) => line.label);
  const room = input.lines.length === 1 ? 72 : labelWidth(names, width * 0.34);
  const open = (period: IsoDate) => isFilling(period, grain, completeThrough);
  return {
    options: {
      ...frame(width, height, `${label} over time`),
      ...{ marginTop: margin.top, marginRight: room, marginBottom: margin.bottom, marginLeft: margin.left },
      x: timeAxis(periods, grain, width - room - margin.left),
      y: {
        ...{ domain: [...axis.domain], ticks: [...axis.ticks], label: null, tickSize: 0 },
        tickFormat: (tick: number) => tickText(tick, unit, axis),
      },
      marks: [
        Plot.gridY(axis.ticks, { stroke: ink.line, strokeOpacity: 1 }),
        ...fillingMarks(periods, grain, completeThrough),
        ...input.lines.toReversed().flatMap((line) => [...lineMarks(line, lookOf(line, input.lines), input)]),
        ...endLabels(input, axis, height, room),
      ],
    },
    spots: input.lines.flatMap((line) =>
      line.points.filter(isKnown).map(({ period, value }) => ({
        x: at(period),
        y: value ?? 0,
        words: `${input.lines.length === 1 ? '' : `${line.label}, `}${formatPeriod(period, grain)}: ${formatValue(value, unit)}${open(period) ? ', still filling up' : ''}`,
      })),
    ),
    table: tableOf(input, periods),
  };
};

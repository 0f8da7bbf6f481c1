import * as Plot from '@observablehq/plot';
import { formatDay, formatValue, type Unit } from '../data/format.ts';
import type { IsoDate } from '../data/period.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { axisFor, tickText } from './scale.ts';

export interface ForecastPoint {
  readonly day: IsoDate;
  readonly value: number;
}

export interface ForecastInput {
  /** What was, day by day, oldest first. */
  readonly past: readonly ForecastPoint[];
  /** What is to be expected, from the day after. */
  readonly ahead: readonly ForecastPoint[];
  readonly label: string;
  readonly unit: Unit;
  readonly width: number;
  readonly height?: number;
}

/** A stock day by day up to the last day told of, and dashed what it is expected to be up to the month's end. */
export const forecast = ({ past, ahead, label, unit, width, height = 240 }: ForecastInput): Drawing => {
  const all = [...past, ...ahead];
  const axis = axisFor([0, ...all.map((point) => point.value)], unit, 4);
  const at = (point: ForecastPoint) => new Date(point.day);
  const text = (point: ForecastPoint) => formatValue(point.value, unit);
  const now = past.at(-1);
  const last = ahead.at(-1);
  // The dashed line starts where the other one ends.
  const dashed = now === undefined ? ahead : [now, ...ahead];
  return {
    options: {
      ...frame(width, height, label),
      marginLeft: 52,
      marginRight: 76,
      marginTop: 22,
      marginBottom: 30,
      x: { type: 'utc', label: null, tickSize: 3, ticks: Math.max(2, Math.floor(width / 130)) },
      y: {
        domain: [...axis.domain],
        ticks: [...axis.ticks],
        label: null,
        tickSize: 0,
        tickFormat: (tick: number) => tickText(tick, unit, axis),
      },
      marks: [
        Plot.gridY(axis.ticks, { stroke: ink.line, strokeOpacity: 1 }),
        Plot.lineY(past, { x: at, y: 'value', stroke: ink.soft, strokeWidth: 1.5 }),
        Plot.lineY(dashed, { x: at, y: 'value', stroke: ink.accent, strokeWidth: 1.5, strokeDasharray: '4 3' }),
        ...[now, last].flatMap((point, index) =>
          point === undefined
            ? []
            : [
                Plot.dot([point], { x: at, y: 'value', r: 3.5, fill: index === 0 ? ink.strong : ink.accent }),
                Plot.text([point], {
                  x: at,
                  y: 'value',
                  text,
                  textAnchor: index === 0 ? 'end' : 'start',
                  dx: index === 0 ? -2 : 8,
                  dy: index === 0 ? -12 : 0,
                  fill: index === 0 ? ink.strong : ink.accent,
                  fontWeight: 600,
                  stroke: ink.paper,
                  strokeWidth: 3,
                }),
              ],
        ),
      ],
    },
    spots: all.map((point) => ({
      x: at(point),
      y: point.value,
      words: `${formatDay(point.day)}: ${text(point)}${ahead.includes(point) ? ', expected' : ''}`,
    })),
    table: {
      columns: [
        { label: 'Day', numeric: false },
        { label, numeric: true },
        { label: 'Kind', numeric: false },
      ],
      rows: all.map((point) => [
        { text: formatDay(point.day), raw: point.day },
        { text: text(point), raw: point.value },
        ahead.includes(point) ? { text: 'expected', raw: 'expected' } : { text: 'counted', raw: 'counted' },
      ]),
    },
  };
};

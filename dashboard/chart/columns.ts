import * as Plot from '@observablehq/plot';
import { formatCount, formatPeriod } from '../data/format.ts';
import { isFilling, type IsoDate } from '../data/period.ts';
import type { Grain } from '../data/url.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { axisFor, tickText } from './scale.ts';

export interface ColumnsInput {
  /** In order of time. */
  readonly points: readonly { readonly period: IsoDate; readonly value: number | null }[];
  readonly label: string;
  readonly grain: Grain;
  readonly completeThrough: IsoDate;
  readonly width: number;
  readonly height?: number;
}

/** Counts by period as columns from zero; a period still filling up is drawn open and named so. */
export const columns = ({ points, label, grain, completeThrough, width, height = 240 }: ColumnsInput): Drawing => {
  const axis = axisFor([0, ...points.map((point) => point.value)], 'count', 4);
  const name = (point: { readonly period: IsoDate }) => formatPeriod(point.period, grain);
  const open = (point: { readonly period: IsoDate }) => isFilling(point.period, grain, completeThrough);
  const roomy = width / Math.max(1, points.length) > 40;
  const known = points.filter((point) => point.value !== null);
  /** `2024` is narrower than `Sep 2024`. */
  const every = Math.ceil((points.length * (grain === 'year' ? 44 : 72)) / width);
  return {
    options: {
      ...frame(width, height, `${label} by ${grain}`),
      marginLeft: 44,
      marginTop: 22,
      marginBottom: 40,
      marginRight: 8,
      x: {
        type: 'band',
        domain: points.map(name),
        label: null,
        tickSize: 0,
        padding: 0.25,
        tickFormat: (text: string, index: number) => (index % every === 0 ? text : ''),
      },
      y: {
        domain: [...axis.domain],
        ticks: [...axis.ticks],
        label: null,
        tickSize: 0,
        tickFormat: (tick: number) => tickText(tick, 'count', axis),
      },
      marks: [
        Plot.gridY(axis.ticks, { stroke: ink.line, strokeOpacity: 1 }),
        Plot.barY(
          known.filter((point) => !open(point)),
          { x: name, y: 'value', fill: ink.accent, rx: 1.5 },
        ),
        Plot.barY(known.filter(open), {
          x: name,
          y: 'value',
          fill: ink.band,
          stroke: ink.common,
          strokeDasharray: '3 2',
          rx: 1.5,
        }),
        ...(roomy
          ? [
              Plot.text(known, {
                x: name,
                y: 'value',
                dy: -9,
                text: (point: { value: number | null }) => formatCount(point.value),
                fill: ink.soft,
              }),
            ]
          : []),
        Plot.text(known.filter(open), {
          x: name,
          y: 0,
          dy: 28,
          text: () => 'filling up',
          fill: ink.faint,
          fontSize: 11,
        }),
      ],
    },
    spots: known.map((point) => ({
      x: name(point),
      y: point.value ?? 0,
      words: `${name(point)}: ${formatCount(point.value)}${open(point) ? ', still filling up' : ''}`,
    })),
    table: {
      columns: [
        { label: 'Period', numeric: false },
        { label, numeric: true },
        { label: 'Complete', numeric: false },
      ],
      rows: points.map((point) => [
        { text: name(point), raw: point.period },
        { text: formatCount(point.value), raw: point.value },
        open(point) ? { text: 'filling up', raw: 'no' } : { text: 'yes', raw: 'yes' },
      ]),
    },
  };
};

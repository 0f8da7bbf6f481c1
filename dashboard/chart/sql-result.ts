import * as Plot from '@observablehq/plot';
import { cellText, type ChartShape, type SqlResult } from '../data/sql-result.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { fitted, labelRow, labelWidth } from './label.ts';

interface Point {
  readonly x: string;
  readonly y: number;
}

/** What SQL gave, as a line over time or bars by name; rows without a number or a place are left out of the drawing. */
export const sqlResultChart = (result: SqlResult, shape: ChartShape, width: number): Drawing => {
  const points = Array.from({ length: result.rows }, (_, row) => ({ x: shape.x.at(row), y: shape.y.at(row) })).flatMap(
    ({ x, y }): Point[] => (x === null || typeof y !== 'number' ? [] : [{ x: String(x), y }]),
  );
  const table = {
    columns: [
      { label: shape.x.name, numeric: false },
      { label: shape.y.name, numeric: true },
    ],
    rows: points.map(({ x, y }) => [
      { text: x, raw: x },
      { text: cellText(y), raw: y },
    ]),
  };
  return shape.kind === 'over-time'
    ? {
        ...overTime(
          points.toSorted((a, b) => (a.x < b.x ? -1 : 1)),
          shape,
          width,
        ),
        table,
      }
    : { ...byName(points, shape, width), table };
};

const words = ({ x, y }: Point): string => `${x}: ${cellText(y)}`;

const instant = (text: string): Date => new Date(text.length === 10 ? text : `${text.replace(' ', 'T')}Z`);

const overTime = (points: readonly Point[], { x, y }: ChartShape, width: number): Omit<Drawing, 'table'> => ({
  options: {
    ...frame(width, 280, `${y.name} by ${x.name}`),
    marginLeft: 64,
    marginTop: 16,
    marginBottom: 32,
    x: { type: 'utc', label: null },
    y: { label: null, nice: true, zero: points.every((point) => point.y >= 0) },
    marks: [
      Plot.gridY({ stroke: ink.line, strokeOpacity: 1 }),
      Plot.lineY(points, { x: (point: Point) => instant(point.x), y: 'y', stroke: ink.accent, strokeWidth: 1.5 }),
      Plot.dot(points.length > 120 ? [] : points, {
        x: (point: Point) => instant(point.x),
        y: 'y',
        r: 2.5,
        fill: ink.accent,
      }),
    ],
  },
  spots: points.map((point) => ({ x: instant(point.x), y: point.y, words: words(point) })),
});

const byName = (points: readonly Point[], { x, y }: ChartShape, width: number): Omit<Drawing, 'table'> => {
  // Two rows of one name are two bars.
  const names = points.map((point, row) =>
    points.some((one, at) => at < row && one.x === point.x) ? `${point.x} (row ${row + 1})` : point.x,
  );
  const left = labelWidth(names, width * 0.42);
  const items = points.map((point, row) => ({ ...point, x: names[row] ?? point.x }));
  return {
    options: {
      ...frame(width, items.length * labelRow + 8, `${y.name} by ${x.name}`),
      marginLeft: left,
      marginRight: 72,
      marginTop: 4,
      marginBottom: 4,
      x: { axis: null, zero: true },
      y: {
        type: 'band',
        domain: names,
        label: null,
        tickSize: 0,
        tickFormat: (name: string) => fitted(name, left),
        padding: 0.3,
      },
      marks: [
        Plot.barX(items, { x: 'y', y: 'x', fill: ink.accent, rx: 1.5 }),
        Plot.text(items, {
          x: 'y',
          y: 'x',
          text: (point: Point) => cellText(point.y),
          textAnchor: 'start',
          dx: 6,
          fill: ink.strong,
        }),
      ],
    },
    spots: items.map((point) => ({ x: point.y, y: point.x, words: words(point) })),
  };
};

import type { Cell } from '../chart/drawing.ts';
import type { Row } from './answer.ts';
import { dimensionLabel, type Metric } from './catalogue.ts';
import { acrossOf, downOf, firstLabel, indexOf, type Pick, type TableInput } from './explore-axis.ts';
import { groupsIn } from './explore-group.ts';
import { addsUp, addsUpOverTime } from './explore-shape.ts';
import { comparedParts, sharePart, type Totals } from './explore-cell.ts';
import { capital, formatCount, formatInterval, formatPeriod, formatValue } from './format.ts';

export type Holds = 'name' | 'value' | 'total' | 'detail';

/** An answer as rows and columns, with totals below and beside. */
export interface ExploreTable {
  readonly columns: readonly {
    readonly label: string;
    readonly numeric: boolean;
    /** The value the column stands for. */
    readonly pick: Pick | null;
    /** What its cells are: names of what stands down, the answer's own numbers, a total of them, or what is told of them. */
    readonly holds: Holds;
  }[];
  readonly rows: readonly { readonly pick: Pick | null; readonly cells: readonly Cell[] }[];
  /** The totals; null where a row is all there is. */
  readonly foot: readonly Cell[] | null;
  /** Whether it lists one number a row, because the columns would be too many. */
  readonly isLong: boolean;
}

/** More columns of numbers than this are listed below each other instead. */
const mostColumns = 40;

const none: Cell = { text: '–', raw: null };
const blank: Cell = { text: '', raw: null };
const textCell = (text: string, raw: string | null = text): Cell => ({ text, raw });
const valueCell = (metric: Metric, value: number | null | undefined): Cell =>
  value === null || value === undefined ? none : { text: formatValue(value, metric.unit), raw: value };

/** One metric in several columns: its value, interval, cases, share, and what came before. */
const detail = (input: TableInput, metric: Metric) => {
  const { view, found, metrics } = input;
  const rows = found.cells.rows.filter((row) => row.metric === metric.id);
  const at = indexOf(found.foot);
  const total = at(metric.id, null)?.value ?? null;
  const hasShare =
    (view.grain === null ? view.rows !== null && addsUp(metric) : addsUpOverTime(metric)) &&
    total !== null &&
    total > 0;
  const name = (what: string) =>
    metrics.length > 1 ? `${metric.label}, ${what}` : what === 'n' ? what : capital(what);
  const hasInterval = rows.some(({ lower }) => lower !== null);
  const parts: readonly (readonly [label: string, isThere: boolean, cell: (row: Row | undefined) => Cell])[] = [
    [metric.label, true, (row) => valueCell(metric, row?.value)],
    [
      name('interval'),
      hasInterval,
      (row) =>
        row
          ? textCell(formatInterval(row, metric.unit), row.lower === null ? null : `${row.lower}–${row.upper}`)
          : blank,
    ],
    [name('n'), metric.kind !== 'count', (row) => ({ text: formatCount(row?.n), raw: row?.n ?? null })],
    [
      name('share of total'),
      hasShare,
      (row) => {
        const value = row?.value ?? null;
        const share = value === null || total === null ? null : value / total;
        return { text: formatValue(share, 'share'), raw: share };
      },
    ],
    ...comparedParts(found.cells, metric).map(({ label, cell }) => [name(label), true, cell] as const),
  ];
  return parts.filter(([, isThere]) => isThere);
};

/** Without anything across: each metric with all that is known of it. */
const narrow = (input: TableInput): ExploreTable => {
  const { metrics, found } = input;
  const cells = indexOf(found.cells);
  const foot = indexOf(found.foot);
  const parts = metrics.map((metric) => [metric, detail(input, metric)] as const);
  return {
    columns: [
      { label: firstLabel(input), numeric: false, pick: null, holds: 'name' },
      ...parts.flatMap(([, columns]) =>
        columns.map(([label], at) => ({
          ...{ label, numeric: true, pick: null },
          holds: at === 0 ? ('value' as const) : ('detail' as const),
        })),
      ),
    ],
    rows: downOf(input).map(({ key, label, raw, pick }) => ({
      pick,
      cells: [
        textCell(label, raw),
        ...parts.flatMap(([metric, columns]) => columns.map(([, , cell]) => cell(cells(metric.id, ...key)))),
      ],
    })),
    foot:
      found.foot === null
        ? null
        : [
            textCell('All'),
            ...parts.flatMap(([metric, columns]) => columns.map(([, , cell]) => cell(foot(metric.id, null)))),
          ],
    isLong: false,
  };
};

/** What stands in each place of a table with splits both ways: the value, and what is told of it. */
const partsOf = ({ view, found }: TableInput, metric: Metric): readonly CellPart[] => [
  { label: '', holds: 'value', cell: (row) => valueCell(metric, row?.value) },
  ...[...sharePart(view.share), ...comparedParts(found.cells, metric)].map((part) => ({
    ...{ ...part, holds: 'detail' as const },
  })),
];

interface CellPart {
  readonly label: string;
  readonly holds: Holds;
  readonly cell: (row: Row | undefined, totals: Totals) => Cell;
}

/** The columns of a metric and value of what stands across, then those of all of them together. */
const crossed = (input: TableInput): ExploreTable => {
  const { metrics, found } = input;
  const across = acrossOf(input).columns;
  const [cells, foot, side, corner] = [found.cells, found.foot, found.side, found.corner].map(indexOf);
  const name = (metric: Metric, label: string) => (metrics.length > 1 ? `${metric.label}: ${label}` : label);
  const columnsOf = (label: string, pick: Pick | null, metric: Metric, holds: Holds) =>
    partsOf(input, metric).map((part) => ({
      label: name(metric, part.label === '' ? label : `${label}, ${part.label}`),
      ...{ numeric: true, pick: part.holds === 'value' ? pick : null },
      holds: part.holds === 'value' ? holds : part.holds,
    }));
  /** All cells of a line; `key` null: those of the totals. */
  const line = (key: readonly (string | null)[] | null) =>
    metrics.flatMap((metric) => {
      const parts = partsOf(input, metric);
      const all = corner?.(metric.id, null);
      const own = key === null ? all : side?.(metric.id, ...key);
      return [...across.map((column) => column.key), null].flatMap((column) => {
        const below = column === null ? all : foot?.(metric.id, null, ...column);
        const row = column === null ? own : key === null ? below : cells?.(metric.id, ...key, ...column);
        return parts.map(({ cell }) => cell(row, { row: own, column: below, all }));
      });
    });
  return {
    columns: [
      { label: firstLabel(input), numeric: false, pick: null, holds: 'name' },
      ...metrics.flatMap((metric) => [
        ...across.flatMap(({ label, pick }) => columnsOf(label, pick, metric, 'value')),
        ...columnsOf('All', null, metric, 'total'),
      ]),
    ],
    rows: downOf(input).map(({ key, label, raw, pick }) => ({ pick, cells: [textCell(label, raw), ...line(key)] })),
    foot: found.foot === null ? null : [textCell('All'), ...line(null)],
    isLong: false,
  };
};

/** One row a number, as the files have it. */
const long = (input: TableInput): ExploreTable => {
  const { catalogue, metrics, view, found } = input;
  const { by } = found.cells.asked;
  const names = new Map(
    by.map((id) => [
      id,
      new Map(
        metrics[0]
          ? groupsIn(catalogue, metrics[0], found.cells.rows, id).map(({ value, label }) => [value, label])
          : [],
      ),
    ]),
  );
  const labels = [...(view.grain === null ? [] : ['Period']), ...by.map((id) => dimensionLabel(catalogue, id))];
  const grain = view.grain;
  const told = (metric: Metric) => partsOf(input, metric).slice(1);
  const [foot, side, corner] = [found.foot, found.side, found.corner].map(indexOf);
  const totalsOf = (row: Row): Totals => {
    const values = by.map((id) => row.group[id] ?? null);
    const [down, across] = grain === null ? [[null, values[0] ?? null], values.slice(1)] : [[row.period], values];
    return {
      row: side?.(row.metric, ...down),
      column: foot?.(row.metric, null, ...across),
      all: corner?.(row.metric, null),
    };
  };
  return {
    columns: [
      ...[...labels, 'Metric'].map((label) => ({ label, numeric: false, pick: null, holds: 'name' as const })),
      { label: 'Value', numeric: true, pick: null, holds: 'value' },
      ...['Interval', 'n', ...(metrics[0] ? told(metrics[0]).map(({ label }) => capital(label)) : [])].map((label) => ({
        ...{ label, numeric: true, pick: null, holds: 'detail' as const },
      })),
    ],
    rows: found.cells.rows.flatMap((row) => {
      const metric = metrics.find(({ id }) => id === row.metric);
      if (metric === undefined) return [];
      const groups = by.map((id) => textCell(names.get(id)?.get(row.group[id] ?? null) ?? '', row.group[id] ?? null));
      return [
        {
          pick: null,
          cells: [
            ...(grain === null ? [] : [textCell(formatPeriod(row.period, grain), row.period)]),
            ...groups,
            textCell(metric.label, metric.id),
            valueCell(metric, row.value),
            textCell(formatInterval(row, metric.unit), row.lower === null ? null : `${row.lower}–${row.upper}`),
            { text: formatCount(row.n), raw: row.n },
            ...told(metric).map(({ cell }) => cell(row, totalsOf(row))),
          ],
        },
      ];
    }),
    foot: null,
    isLong: true,
  };
};

/**
 * The answer to a view as a table. Down: periods, else the values of the first split; across: the other splits, else all that
 * is known of each metric. Totals are the server's own answers, not sums of what is shown.
 */
export const exploreTable = (input: TableInput): ExploreTable => {
  const { dimensions, columns } = acrossOf(input);
  if (dimensions.length === 0) return narrow(input);
  const parts = input.metrics.reduce((sum, metric) => sum + partsOf(input, metric).length, 0);
  return columns.length * parts > mostColumns ? long(input) : crossed(input);
};

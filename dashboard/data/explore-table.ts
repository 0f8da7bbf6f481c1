import type { Cell } from '../chart/drawing.ts';
import type { Answer, Row } from './answer.ts';
import { dimensionLabel, type Catalogue, type Metric } from './catalogue.ts';
import { groupsIn, type Group } from './explore-group.ts';
import { addsUp, addsUpOverTime } from './explore-shape.ts';
import type { ExploreView } from './explore-address.ts';
import type { Exploration } from './exploration.ts';
import { capital, formatChange, formatCount, formatInterval, formatPeriod, formatValue } from './format.ts';

/** A value of a dimension that can be filtered by. */
export interface Pick {
  readonly dimension: string;
  readonly value: string | null;
}

/** An answer as rows and columns, with totals below and beside. */
export interface ExploreTable {
  readonly columns: readonly {
    readonly label: string;
    readonly numeric: boolean;
    /** The value the column stands for. */
    readonly pick: Pick | null;
  }[];
  readonly rows: readonly { readonly pick: Pick | null; readonly cells: readonly Cell[] }[];
  /** The totals; null where a row is all there is. */
  readonly foot: readonly Cell[] | null;
  /** Whether it lists one number a row, because the columns would be too many. */
  readonly isLong: boolean;
}

export interface TableInput {
  readonly catalogue: Catalogue;
  readonly metrics: readonly Metric[];
  readonly view: ExploreView;
  readonly found: Exploration;
}

/** More columns of numbers than this are listed below each other instead. */
const mostColumns = 40;

const none: Cell = { text: '–', raw: null };
const blank: Cell = { text: '', raw: null };
const textCell = (text: string, raw: string | null = text): Cell => ({ text, raw });
const valueCell = (metric: Metric, value: number | null | undefined): Cell =>
  value === null || value === undefined ? none : { text: formatValue(value, metric.unit), raw: value };

/** Rows by metric, period and group. */
const indexOf = (answer: Answer | null): ((...key: readonly (string | null)[]) => Row | undefined) => {
  const by = answer?.asked.by ?? [];
  const rows = new Map(
    (answer?.rows ?? []).map((row) => [
      JSON.stringify([row.metric, row.period, ...by.map((id) => row.group[id] ?? null)]),
      row,
    ]),
  );
  return (...key) => rows.get(JSON.stringify(key));
};

interface Down {
  readonly key: readonly (string | null)[];
  readonly label: string;
  readonly raw: string | null;
  readonly pick: Pick | null;
}

/** What stands down the table: periods, else the first split, else one row for all. */
const downOf = ({ catalogue, metrics: [first], view, found }: TableInput): readonly Down[] => {
  const { rows } = found.cells;
  if (view.grain !== null) {
    const periods = [...new Set(rows.map(({ period }) => period))].filter((period) => period !== null).toSorted();
    const grain = view.grain;
    return periods.map((period) => ({ key: [period], label: formatPeriod(period, grain), raw: period, pick: null }));
  }
  const dimension = view.rows;
  if (dimension === null || first === undefined) return [{ key: [null], label: 'All', raw: null, pick: null }];
  return groupsIn(catalogue, first, rows, dimension).map(({ value, label }) => ({
    key: [null, value],
    label,
    raw: value,
    pick: { dimension, value },
  }));
};

/** What stands across it: every pair of the remaining splits. */
const acrossOf = ({ catalogue, metrics: [first], view, found }: TableInput) => {
  const dimensions = [...(view.grain === null ? [] : [view.rows]), view.columns].filter((id) => id !== null);
  const lists = dimensions.map((id) => (first ? groupsIn(catalogue, first, found.cells.rows, id) : []));
  const pairs = lists.reduce<readonly (readonly Group[])[]>(
    (all, groups) => all.flatMap((some) => groups.map((group) => [...some, group])),
    [[]],
  );
  const columns = pairs.map((groups) => ({
    key: groups.map(({ value }) => value),
    label: groups.map(({ label }) => label).join(' · '),
    // Of two splits a column stands for neither alone.
    pick: groups.length === 1 ? { dimension: dimensions[0] ?? '', value: groups[0]?.value ?? null } : null,
  }));
  return { dimensions, columns };
};

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
  const isShown = (key: 'lower' | 'compareValue') => rows.some((row) => row[key] !== null);
  const parts: readonly (readonly [label: string, isThere: boolean, cell: (row: Row | undefined) => Cell])[] = [
    [metric.label, true, (row) => valueCell(metric, row?.value)],
    [
      name('interval'),
      isShown('lower'),
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
    [name('before'), isShown('compareValue'), (row) => valueCell(metric, row?.compareValue)],
    [
      name('change'),
      isShown('compareValue'),
      (row) => ({ text: formatChange(row?.change, metric.unit), raw: row?.change ?? null }),
    ],
  ];
  return parts.filter(([, isThere]) => isThere);
};

const firstLabel = ({ catalogue, view }: TableInput): string =>
  view.grain !== null ? 'Period' : view.rows === null ? '' : dimensionLabel(catalogue, view.rows);

/** Without anything across: each metric with all that is known of it. */
const narrow = (input: TableInput): ExploreTable => {
  const { metrics, found } = input;
  const cells = indexOf(found.cells);
  const foot = indexOf(found.foot);
  const parts = metrics.map((metric) => [metric, detail(input, metric)] as const);
  return {
    columns: [
      { label: firstLabel(input), numeric: false, pick: null },
      ...parts.flatMap(([, columns]) => columns.map(([label]) => ({ label, numeric: true, pick: null }))),
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

/** One column a metric and value of what stands across, then all of them together. */
const crossed = (input: TableInput): ExploreTable => {
  const { metrics, found } = input;
  const across = acrossOf(input).columns;
  const [cells, foot, side, corner] = [found.cells, found.foot, found.side, found.corner].map(indexOf);
  const name = (metric: Metric, label: string) => (metrics.length > 1 ? `${metric.label}: ${label}` : label);
  return {
    columns: [
      { label: firstLabel(input), numeric: false, pick: null },
      ...metrics.flatMap((metric) => [
        ...across.map(({ label, pick }) => ({ label: name(metric, label), numeric: true, pick })),
        { label: name(metric, 'All'), numeric: true, pick: null },
      ]),
    ],
    rows: downOf(input).map(({ key, label, raw, pick }) => ({
      pick,
      cells: [
        textCell(label, raw),
        ...metrics.flatMap((metric) => [
          ...across.map((column) => valueCell(metric, cells?.(metric.id, ...key, ...column.key)?.value)),
          valueCell(metric, side?.(metric.id, ...key)?.value),
        ]),
      ],
    })),
    foot:
      found.foot === null
        ? null
        : [
            textCell('All'),
            ...metrics.flatMap((metric) => [
              ...across.map((column) => valueCell(metric, foot?.(metric.id, null, ...column.key)?.value)),
              valueCell(metric, corner?.(metric.id, null)?.value),
            ]),
          ],
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
  return {
    columns: [
      ...labels.map((label) => ({ label, numeric: false, pick: null })),
      { label: 'Metric', numeric: false, pick: null },
      { label: 'Value', numeric: true, pick: null },
      { label: 'Interval', numeric: true, pick: null },
      { label: 'n', numeric: true, pick: null },
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
  return columns.length * input.metrics.length > mostColumns ? long(input) : crossed(input);
};

import type { TableForm } from './table-file.ts';
import { valueLabel, worded, type Catalogue } from './catalogue.ts';
import { formatCount, formatDay, formatValue, unknown } from './format.ts';

/** Surrogates that the desk's own labels may stand for. */
export const labelKinds = ['encounter', 'provider', 'coder'] as const;
export type LabelKind = (typeof labelKinds)[number];

export interface WorklistColumn {
  readonly column: string;
  readonly label: string;
  readonly kind: LabelKind | 'text' | 'date' | 'days' | 'count' | 'dollars' | 'cents' | 'weight' | 'flag';
  readonly dimension: string | null;
}

/** A list as `GET /api/worklists` tells of it. */
export interface Worklist {
  readonly id: string;
  readonly label: string;
  readonly help: string;
  readonly page: string;
  readonly dimensions: readonly string[];
  readonly columns: readonly WorklistColumn[];
}

export interface Worklists {
  readonly release: string;
  /** Whether this server can say whom surrogates stand for. */
  readonly labels: boolean;
  readonly worklists: readonly Worklist[];
}

export type WorklistCell = string | number | boolean | null;

/** A page of a list, most urgent first. */
export interface WorklistRows {
  readonly release: string;
  /** Rows in all, whichever are shown. */
  readonly total: number;
  readonly rows: readonly Readonly<Record<string, WorklistCell>>[];
}

/** What the desk calls a surrogate, and where its chart is. */
export interface Label {
  readonly label: string;
  readonly link: string | null;
}

/** Rows of a list shown at a time. */
export const rowsAtATime = 25;

/** The address of the page of a list that begins with row `offset`; null for the whole as a file. Filters that the list does not keep are left out. */
export const worklistAddress = (
  list: Worklist,
  where: Readonly<Record<string, readonly string[]>>,
  offset: number | null,
  form: TableForm = 'csv',
): string => {
  const query = new URLSearchParams(
    offset === null ? { about: 'yes' } : { limit: String(rowsAtATime), offset: String(offset) },
  );
  for (const [dimension, values] of Object.entries(where))
    if (list.dimensions.includes(dimension)) for (const value of values) query.append('where', `${dimension}=${value}`);
  return `/api/worklist/${list.id}${offset === null ? `.${form}` : ''}?${query.toString()}`;
};

/** Whether a column's values stand to the right, as numbers do. */
export const isNumeric = ({ kind }: WorklistColumn): boolean =>
  ['days', 'count', 'dollars', 'cents', 'weight'].includes(kind);

const moneyFormat = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});

/** A cell as people read it. Dollars in full here: a row is one account. */
export const worklistText = (catalogue: Catalogue, column: WorklistColumn, value: WorklistCell): string => {
  if (value === null) return unknown;
  if (column.dimension !== null) return valueLabel(catalogue, column.dimension, String(value));
  switch (column.kind) {
    case 'date':
      return formatDay(String(value));
    case 'days':
      return formatValue(Number(value), 'days');
    case 'count':
      return formatCount(Number(value));
    case 'dollars':
      return moneyFormat.format(Number(value));
    case 'cents':
      return moneyFormat.format(Number(value) / 100);
    case 'weight':
      return formatValue(Number(value), 'weight');
    case 'flag':
      return value === true ? 'yes' : 'no';
    default:
      return column.kind === 'text' ? worded(String(value)) : String(value);
  }
};

/** The surrogates of a page by kind, each once. */
export const surrogatesOf = (list: Worklist, rows: WorklistRows['rows']): ReadonlyMap<LabelKind, readonly string[]> =>
  new Map(
    labelKinds.flatMap((kind) => {
      const columns = list.columns.filter((column) => column.kind === kind).map(({ column }) => column);
      const ids = new Set(rows.flatMap((row) => columns.map((column) => row[column])));
      const known = [...ids].filter((id): id is string => typeof id === 'string');
      return known.length === 0 ? [] : [[kind, known] as const];
    }),
  );

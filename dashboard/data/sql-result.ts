import { tableFromIPC, type Vector } from 'apache-arrow';
import { toCsv } from './csv.ts';
import type { FileWords } from './table-file.ts';
import type { ShownTable } from './work-table.ts';

/** How a column is shown. */
export type SqlKind = 'number' | 'date' | 'timestamp' | 'boolean' | 'text';

export type SqlCell = string | number | boolean | null;

/** The first rows that SQL gave. */
export interface SqlResult {
  readonly release: string;
  /** Whether there are more rows than these. */
  readonly more: boolean;
  readonly rows: number;
  readonly columns: readonly SqlColumn[];
  /** As they came: an Arrow stream. */
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface SqlColumn {
  readonly name: string;
  readonly kind: SqlKind;
  /** Dates and timestamps in ISO 8601; null is null. */
  readonly at: (row: number) => SqlCell;
}

/** What the server answers SQL with, as an Arrow stream. */
export const readSqlResult = (bytes: Uint8Array<ArrayBuffer>): SqlResult => {
  const table = tableFromIPC(bytes);
  const kinds = JSON.parse(table.schema.metadata.get('columns') ?? '[]') as readonly {
    readonly name: string;
    readonly kind: SqlKind;
  }[];
  return {
    release: table.schema.metadata.get('release') ?? '',
    more: table.schema.metadata.get('more') === 'true',
    rows: table.numRows,
    bytes,
    columns: kinds.map(({ name, kind }, index) => ({ name, kind, at: reader(table.getChildAt(index), kind) })),
  };
};

const reader =
  (vector: Vector | null, kind: SqlKind) =>
  (row: number): SqlCell => {
    const value: unknown = vector?.get(row) ?? null;
    if (value === null) return null;
    if (kind === 'number') return Number(value);
    if (kind === 'boolean') return Boolean(value);
    if (kind === 'text') return value as string;
    const text = new Date(Number(value)).toISOString();
    return kind === 'date' ? text.slice(0, 10) : text.slice(0, 19).replace('T', ' ');
  };

/** A cell in words: numbers as written, never rounded; null is a dash in the table and empty in a file. */
export const cellText = (cell: SqlCell): string =>
  cell === null ? '–' : typeof cell === 'number' ? numbers.format(cell) : String(cell);

const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 15, useGrouping: false });

/** Forms in which the rows on show are kept. */
export const sqlForms = ['csv', 'json', 'arrow'] as const;
export type SqlForm = (typeof sqlForms)[number];

/** The very rows on show as a file: asked anew, SQL without an order may give others. */
export const sqlFile = (result: SqlResult, form: SqlForm): string | Uint8Array<ArrayBuffer> => {
  const { columns, release, more } = result;
  const places = Array.from({ length: result.rows }, (_, row) => row);
  if (form === 'arrow') return result.bytes;
  if (form === 'json')
    return JSON.stringify({
      ...{ release, more },
      rows: places.map((row) => Object.fromEntries(columns.map(({ name, at }) => [name, at(row)]))),
    });
  return toCsv(sqlTable(result));
};

/** The rows on show as a table of the page. */
export const sqlTable = ({ columns, rows }: SqlResult): ShownTable => {
  const cell = (value: SqlCell) => ({ text: cellText(value), raw: typeof value === 'boolean' ? String(value) : value });
  return {
    columns: columns.map(({ name, kind }) => ({ label: name, numeric: kind === 'number' })),
    rows: Array.from({ length: rows }, (_, row) => columns.map(({ at }) => cell(at(row)))),
    foot: null,
  };
};

/** What a file of it says: a person's own SQL has neither filters nor definitions. */
export const sqlWords = ({ release, more, rows }: SqlResult): FileWords => ({
  title: 'Result of SQL',
  note: more ? `The first ${rows} rows; there are more` : `All ${rows} rows`,
  facts: { release },
});

/** What a chart of the result is drawn by: the first column that tells things apart, and the first number beside it. */
export interface ChartShape {
  readonly kind: 'over-time' | 'by-name';
  readonly x: SqlColumn;
  readonly y: SqlColumn;
}

/** Rows a chart by name has room for. */
export const mostBars = 40;

/** The shape a result can be drawn in; null where it has none: no number, nothing beside it, or too many names. */
export const chartShape = ({ columns, rows }: SqlResult): ChartShape | null => {
  const time = columns.find(({ kind }) => kind === 'date' || kind === 'timestamp');
  const name = columns.find(({ kind }) => kind === 'text' || kind === 'boolean');
  const x = time ?? name;
  const y = columns.find((column) => column.kind === 'number' && column !== x);
  if (x === undefined || y === undefined || rows < 2) return null;
  if (time !== undefined) return { kind: 'over-time', x, y };
  return rows <= mostBars ? { kind: 'by-name', x, y } : null;
};

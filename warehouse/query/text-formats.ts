import type { Answer, AnsweredMetric } from './answer.ts';
import { cell, type Cell, type ColumnTable } from './column-table.ts';

/** One row of JSON by column name: shares 0–1, days, ISO dates, unknown = null. */
export type JsonRow = Readonly<Record<string, Cell>>;

export interface JsonAnswer {
  readonly release: string;
  readonly asOf: string;
  readonly completeThrough: string | null;
  readonly metrics: readonly AnsweredMetric[];
  readonly rows: readonly JsonRow[];
}

/** An answer in the shape outside tools rely on (product.md). */
export const toJson = ({ release, asOf, completeThrough, metrics, table }: Answer): JsonAnswer => ({
  release,
  asOf,
  completeThrough,
  metrics,
  rows: tableToRows(table),
});

/** A table as row objects, for JSON and for printing. */
export const tableToRows = (table: ColumnTable): readonly JsonRow[] =>
  Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(table.columns.map((column) => [column.name, cell(column, row)])),
  );

/** An answer's table as CSV. */
export const toCsv = (answer: Answer): string => tableToCsv(answer.table);

/** A table as CSV (RFC 4180, lines ended by CRLF, a header line); unknown is an empty field, a text may be quoted. */
export const tableToCsv = (table: ColumnTable): string => {
  const lines = [table.columns.map(({ name }) => quoted(name)).join(',')];
  for (let row = 0; row < table.rows; row++) {
    lines.push(table.columns.map((column) => quoted(cell(column, row))).join(','));
  }
  return `${lines.join('\r\n')}\r\n`;
};

/** An empty text is quoted, so that it stays apart from unknown. */
const quoted = (value: Cell): string => {
  if (value === null) return '';
  const text = String(value);
  return typeof value === 'string' && (text === '' || /[",\r\n]/.test(text)) ? `"${text.replaceAll('"', '""')}"` : text;
};

import { cell, type Column, type ColumnTable } from '../../warehouse/query/column-table.ts';
import { mostRows, workbook, type WorkCell } from '../data/workbook.ts';

export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/**
 * Cells of a workbook at most: of so many some 300 MB are taken and the server answers nobody else for three seconds (measured:
 * 300,000 cells 220 MB, 1,000,000 cells 457 MB and 7 s).
 */
export const mostCells = 500_000;

/** Why a table is too long for a workbook, as a sentence; null where it is not. */
export const tooLong = ({ rows, columns }: Pick<ColumnTable, 'rows' | 'columns'>): string | null => {
  const say = (count: number) => count.toLocaleString('en');
  const others = 'CSV, Parquet and Arrow hold them all.';
  if (rows > mostRows - 1) return `A sheet holds ${say(mostRows - 1)} rows and this answer has ${say(rows)}; ${others}`;
  const cells = rows * columns.length;
  return cells > mostCells
    ? `A workbook is made of at most ${say(mostCells)} cells and this answer has ${say(cells)}, in ${say(rows)} rows; ${others}`
    : null;
};

/** A moment as text: a sheet knows days alone. */
const workCell = (column: Column, row: number): WorkCell => {
  const value = cell(column, row);
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
};

/**
 * A table of an answer as a workbook: what it speaks of on a sheet before it, then a line a row under the names of its
 * columns, as the other files have them.
 *
 * @throws Error where a sheet cannot hold its rows; see {@link tooLong}
 */
export const tableWorkbook = (
  name: string,
  { rows, columns }: ColumnTable,
  about: Readonly<Record<string, unknown>>,
): Uint8Array<ArrayBuffer> =>
  workbook(
    [
      ...Object.entries(about).map(([key, value]) => [key, saidOf(value)] as const),
      ['Numbers', 'Shares are 0 to 1, durations days unless the unit says otherwise; empty is not known.'],
    ],
    [
      {
        name,
        columns: columns.map((column) => ({ label: column.name, numeric: column.kind === 'number' })),
        rows: Array.from({ length: rows }, (_, row) => columns.map((column) => workCell(column, row))),
        shares: new Set(columns.flatMap(({ name: label }, at) => (label === 'share' ? [at] : []))),
        foot: null,
      },
    ],
  );

const saidOf = (value: unknown): string =>
  typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);

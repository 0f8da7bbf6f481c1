import type { ChartTable } from '../chart/drawing.ts';

/** A cell that a spreadsheet would run as a formula is kept as text by a leading apostrophe (OWASP, CSV injection). */
const inert = (cell: string): string => (/^[=+@\t\r]|^-(?!\d)/.test(cell) ? `'${cell}` : cell);

const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** The table as RFC 4180 text with a header line; numbers as they are drawn from, not as they are shown. */
export const toCsv = (table: ChartTable): string => {
  const line = (cells: readonly string[]) => cells.map((cell) => quoted(inert(cell))).join(',');
  const cells = (row: ChartTable['rows'][number]) => row.map((cell) => String(cell.raw ?? ''));
  return (
    [line(table.columns.map((column) => column.label)), ...table.rows.map((row) => line(cells(row)))].join('\r\n') +
    '\r\n'
  );
};

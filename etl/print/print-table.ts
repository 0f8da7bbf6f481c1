import { cell, type Cell, type ColumnTable } from '../../warehouse/query/column-table.ts';
import { encodeTable } from '../../warehouse/query/encode.ts';
import type { Output } from './output.ts';
import { textTable } from './text-table.ts';

/** What a command has to say, in a shape for every output format. */
export interface Printable {
  readonly table: ColumnTable;
  /** Stands before the rows in JSON and in the metadata of Arrow and Parquet; `release` first. */
  readonly about: Readonly<Record<string, unknown>>;
  /** The JSON where it is more than `about` and rows. */
  readonly json?: unknown;
  /** The text for people where it is more than the table. */
  readonly text?: string;
}

/** Writes data to stdout in the format asked for: a table for people, else exactly the bytes of that format. */
export const printTable = async (output: Output, { table, about, json, text }: Printable): Promise<void> => {
  if (output.format === 'table') return output.data(text ?? tableText(output, table));
  if (output.format === 'json') return output.data(`${JSON.stringify(json ?? jsonOf(about, table), null, 2)}\n`);
  return output.data(await encodeTable(table, about, output.format));
};

const jsonOf = (about: Readonly<Record<string, unknown>>, table: ColumnTable): unknown => ({
  ...about,
  rows: Array.from({ length: table.rows }, (_, row) =>
    Object.fromEntries(table.columns.map((column) => [column.name, cell(column, row)])),
  ),
});

/** A table for people, or a sentence where it has no rows. */
export const tableText = (output: Output, table: ColumnTable): string => {
  if (table.rows === 0) return '(no rows)\n';
  const columns = table.columns.map(
    ({ name, kind }) => ({ name, align: kind === 'number' ? 'right' : 'left' }) as const,
  );
  const rows = Array.from({ length: table.rows }, (_, row) =>
    table.columns.map((column) => cellText(cell(column, row))),
  );
  return textTable(columns, rows, { colour: output.colour, width: output.width });
};

const number = new Intl.NumberFormat('en', { maximumFractionDigits: 4 });

/** A value for people: thousands apart, four decimals at most, unknown as a dash. */
export const cellText = (value: Cell): string => {
  if (value === null) return '–';
  if (typeof value === 'number') return number.format(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value;
};

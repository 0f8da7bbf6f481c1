import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier } from '../../warehouse/quote.ts';
import type { Layout } from './layout.ts';
import { readNumbers } from './read-numbers.ts';
import type { Rejects } from './reject.ts';
import { loadLines, type LinesFile } from './text-lines.ts';

/** Lines of a fixed-width file in a table. */
export interface FixedWidthLines {
  /** Numbers, from 1, of the lines that do not have the length of the layout, among the lines read; ascending. */
  readonly broken: Float64Array;
  /** Lines that could not even be read as text. */
  readonly rejects: Rejects;
  /** Lines read, broken ones among them; blank lines are not counted. */
  readonly lines: number;
}

/** Loads the lines of a fixed-width file into a new table with the one column `line`, in file order. */
export const loadFixedWidth = async (
  connection: DuckDBConnection,
  table: string,
  file: LinesFile,
  { recordLength }: Layout,
): Promise<FixedWidthLines> => {
  const { lines, rejects } = await loadLines(connection, table, file);
  const [broken] = await readNumbers(
    connection,
    `select (rowid + 1)::double from ${identifier(table)} where length(line) <> ${recordLength} order by 1`,
  );
  return { broken: broken!, rejects, lines };
};

/**
 * SQL of the records in a table of lines: every column as text without the blanks behind it, null where there are only
 * blanks, and `_record`, the number of the line among those read. Blanks before a value are part of it.
 */
export const fixedWidthRows = (table: string, { columns, recordLength }: Layout): string => {
  const values = columns.map(
    ({ name, start, length }) => `nullif(rtrim(substring(line, ${start}, ${length}), ' '), '') as ${identifier(name)}`,
  );
  return `(select ${[...values, 'rowid + 1 as _record'].join(', ')} from ${identifier(table)}
    where length(line) = ${recordLength})`;
};

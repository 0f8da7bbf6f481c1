import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { csvRejects, globless } from './csv.ts';
import type { Rejects } from './reject.ts';

/** A text whose records are its lines. */
export interface LinesFile {
  readonly file: string;
  readonly isGzip: boolean;
  /** Lines at its beginning that are passed over; none where left out. */
  readonly skippedLines?: number;
}

/**
 * Loads the lines of a text into a new table with the one column `line`, in file order, blank lines left out.
 *
 * @returns how many, and what could not even be read as text
 */
export const loadLines = async (
  connection: DuckDBConnection,
  table: string,
  { file, isGzip, skippedLines = 0 }: LinesFile,
): Promise<{ readonly lines: number; readonly rejects: Rejects }> => {
  // A control character that no extract holds: with it as delimiter each line is one column.
  await connection.run(`create temp table ${identifier(table)} as select line from read_csv(${literal(globless(file))},
    columns = {line: 'VARCHAR'}, auto_detect = false, header = false, skip = ${skippedLines}, delim = e'\\x01',
    quote = '', escape = '', compression = ${isGzip ? `'gzip'` : `'none'`}, strict_mode = false, store_rejects = true,
    rejects_limit = 0, rejects_table = 'csv_reject', rejects_scan = 'csv_scan') where line is not null`);
  const [count] = await readRows(connection, `select count(*) as lines from ${identifier(table)}`);
  return { lines: Number(count?.lines), rejects: await csvRejects(connection) };
};

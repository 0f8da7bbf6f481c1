import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { globless } from './csv.ts';

/** Names of a Parquet file's columns, in order, and how many rows its footer gives. */
export const parquetFacts = async (
  connection: DuckDBConnection,
  file: string,
): Promise<{ readonly columns: readonly string[]; readonly rows: number }> => {
  const path = literal(globless(file));
  const columns = await readRows(connection, `select column_name from (describe select * from read_parquet(${path}))`);
  const [footer] = await readRows(
    connection,
    `select sum(num_rows)::bigint as num_rows from parquet_file_metadata(${path})`,
  );
  return { columns: columns.map(({ column_name: name }) => name as string), rows: Number(footer?.num_rows) };
};

/**
 * SQL of a Parquet file's rows with every column as text, and `_record`, the row's number from 1.
 *
 * The empty text is null, as in CSV. A timestamp that is an instant shows its offset.
 */
export const parquetRows = (file: string, columns: readonly string[]): string => {
  const texts = columns.map((name) => `nullif(${identifier(name)}::varchar, '') as ${identifier(name)}`);
  return `(select ${[...texts, 'file_row_number + 1 as _record'].join(', ')}
    from read_parquet(${literal(globless(file))}, file_row_number = true))`;
};

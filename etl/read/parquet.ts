import { open } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { HeldError } from '../error.ts';
import { globless } from './csv.ts';

const mark = 'PAR1';

/** @throws HeldError when a file begins as Parquet does and has not the footer that is written last */
export const refuseTornParquet = async (file: string, name: string): Promise<void> => {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const markAt = async (position: number): Promise<string> => {
      const { buffer } = await handle.read(Buffer.alloc(mark.length), 0, mark.length, Math.max(0, position));
      return buffer.toString('latin1');
    };
    if ((await markAt(0)) !== mark || (await markAt(size - mark.length)) === mark) return;
  } finally {
    await handle.close();
  }
  throw new HeldError(
    `${name} is held by rule torn-parquet: its footer is missing, which is written last`,
    'It broke off, or is still being written: transfer it again under another name, and rename it when it is whole.',
  );
};

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

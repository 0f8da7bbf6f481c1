import { DuckDBInstance, type DuckDBAppender } from '@duckdb/node-api';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifier, literal } from '../quote.ts';
import { isValid, type Column, type ColumnTable } from './column-table.ts';

/**
 * A table as the bytes of a Parquet file (zstd); metadata goes into the file's own key-value list.
 *
 * Numbers are DOUBLE, dates DATE, timestamps TIMESTAMP. Written by a DuckDB of its own, since readers of a release may
 * write no file, by way of a temporary folder that is removed again.
 */
export const tableToParquet = async (
  table: ColumnTable,
  metadata: Readonly<Record<string, string>> = {},
): Promise<Uint8Array<ArrayBuffer>> => {
  const folder = await mkdtemp(join(tmpdir(), 'himsight-parquet-'));
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  try {
    const connection = await instance.connect();
    await connection.run(
      `create table rows (${table.columns.map((column) => `${identifier(column.name)} ${sqlType(column)}`).join(', ')})`,
    );
    const appender = await connection.createAppender('rows');
    for (let row = 0; row < table.rows; row++) {
      for (const column of table.columns) append(appender, column, row);
      appender.endRow();
    }
    appender.closeSync();
    const file = join(folder, 'rows.parquet');
    const pairs = Object.entries(metadata).map(([key, value]) => `${identifier(key)}: ${literal(value)}`);
    const keyValues = pairs.length > 0 ? `, kv_metadata {${pairs.join(', ')}}` : '';
    await connection.run(
      `copy (${selectTyped(table)}) to ${literal(file)} (format parquet, compression zstd${keyValues})`,
    );
    connection.closeSync();
    return new Uint8Array(await readFile(file));
  } finally {
    instance.closeSync();
    await rm(folder, { recursive: true, force: true });
  }
};

/** Dates and timestamps travel as milliseconds and become what they are on the way out. */
const selectTyped = ({ columns }: ColumnTable): string =>
  `select ${columns
    .map(({ kind, name }) => {
      const column = identifier(name);
      if (kind === 'date') return `cast(epoch_ms(${column}) as date) as ${column}`;
      return kind === 'timestamp' ? `epoch_ms(${column}) as ${column}` : column;
    })
    .join(', ')} from rows`;

const sqlType = ({ kind }: Column): string =>
  ({ number: 'DOUBLE', date: 'BIGINT', timestamp: 'BIGINT', text: 'VARCHAR', boolean: 'BOOLEAN' })[kind];

const append = (appender: DuckDBAppender, column: Column, row: number): void => {
  const value = column.kind === 'text' ? 0 : column.values[row];
  if (!isValid(column, row) || value === undefined || Number.isNaN(value)) {
    appender.appendNull();
    return;
  }
  if (column.kind === 'text') {
    appender.appendVarchar(column.dictionary[column.codes[row] ?? 0] ?? '');
    return;
  }
  if (column.kind === 'boolean') {
    appender.appendBoolean(value === 1);
    return;
  }
  if (column.kind === 'number') {
    appender.appendDouble(value);
    return;
  }
  appender.appendBigInt(BigInt(Math.round(value)));
};

import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';

/** A row as DuckDB gives it, by place of the column; texts, numbers and lists of texts as such, everything else as its text. */
export type TextRow = readonly (string | readonly string[] | null)[];

/** The rows of a query one after the other, in a memory that does not grow with them. */
export const rowsOf = async function* (connection: DuckDBConnection, sql: string): AsyncGenerator<TextRow> {
  const result = await connection.stream(sql);
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
    for (const row of chunk.getRows()) yield row.map(plain);
};

const plain = (value: DuckDBValue): string | readonly string[] | null => {
  if (value === null || typeof value === 'string') return value;
  if (value instanceof DuckDBListValue) return value.items.map(String);
  return String(value);
};

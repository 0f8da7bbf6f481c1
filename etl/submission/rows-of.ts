import type { DuckDBConnection } from '@duckdb/node-api';
import { DuckDBListValue, type DuckDBValue } from '@duckdb/node-api';

/** A row as DuckDB gives it, by place of the column; texts, numbers and lists of texts as such, everything else as its text. */
export type TextRow = readonly (string | readonly string[] | null)[];

/** The rows of a query one after the other, in a memory that does not grow with them. */
export const rowsOf = async function* (connection: DuckDBConnection, sql: string): AsyncGenerator<TextRow> {
  for await (const batch of batchesOf(connection, sql)) yield* batch;
};

/** The same some at a time, up to two thousand; each is made when it is asked for. */
export const batchesOf = async function* (
  connection: DuckDBConnection,
  sql: string,
): AsyncGenerator<IterableIterator<TextRow>> {
  const result = await connection.stream(sql);
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const rows = chunk;
    yield (function* () {
      for (let i = 0; i < rows.rowCount; i++) yield rows.getRowValues(i).map(plain);
    })();
  }
};

const plain = (value: DuckDBValue): string | readonly string[] | null => {
  if (value === null || typeof value === 'string') return value;
  if (value instanceof DuckDBListValue) return value.items.map(String);
  return String(value);
};

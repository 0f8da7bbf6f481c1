import type { DuckDBConnection } from '@duckdb/node-api';

/**
 * The columns of a query as plain numbers, eight bytes each: for lists as long as a file.
 *
 * @param sql of DOUBLE columns without nulls
 */
export const readNumbers = async (connection: DuckDBConnection, sql: string): Promise<readonly Float64Array[]> => {
  const result = await connection.stream(sql);
  const columns = Array.from({ length: result.columnCount }, () => new Float64Array(1024));
  let rows = 0;
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    const end = rows + chunk.rowCount;
    for (const [i, column] of columns.entries()) {
      if (end > column.length) {
        columns[i] = new Float64Array(2 * end);
        columns[i].set(column.subarray(0, rows));
      }
      columns[i]!.set(chunk.getColumnValues(i) as number[], rows);
    }
    rows = end;
  }
  return columns.map((column) => column.slice(0, rows));
};

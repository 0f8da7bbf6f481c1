import {
  DuckDBDecimalValue,
  DuckDBListValue,
  DuckDBStructValue,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api';

/** A value as plain JavaScript: dates and timestamps are ISO-like text, unknown is null. */
export type PlainValue =
  string | number | boolean | null | readonly PlainValue[] | { readonly [name: string]: PlainValue };

/** One row, by column name. */
export type PlainRow = Readonly<Record<string, PlainValue>>;

/** Integers of any width, DECIMAL and DOUBLE become numbers (exact up to 2^53); everything else its text. */
const plain = (value: DuckDBValue): PlainValue => {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBDecimalValue) return value.toDouble();
  if (value instanceof DuckDBListValue) return value.items.map(plain);
  if (value instanceof DuckDBStructValue)
    return Object.fromEntries(Object.entries(value.entries).map(([name, entry]) => [name, plain(entry)]));
  return value.toString();
};

/**
 * All rows of a query as plain objects, for results of modest size (catalogue, meta tables, tests).
 * Parameters are bound as `$1`, `$2` … in order.
 */
export const readRows = async (
  connection: DuckDBConnection,
  sql: string,
  parameters: DuckDBValue[] = [],
): Promise<PlainRow[]> => {
  const reader = await connection.runAndReadAll(sql, parameters);
  const names = reader.deduplicatedColumnNames();
  return reader
    .getRows()
    .map((row) => Object.fromEntries(names.map((name, index) => [name, plain(row[index] ?? null)])));
};

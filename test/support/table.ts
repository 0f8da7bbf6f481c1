import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal, relationName } from '../../warehouse/quote.ts';
import { readRows, type PlainRow } from '../../warehouse/rows.ts';

/** A table drawn as text: column names, and cells (null where the drawing is empty). */
export interface TextTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/**
 * Reads a table drawn as text: a line of column names, a ruler (`---+---`, may be left out), then a line a row, cells
 * apart by `|`. An empty cell is null; `""` is the empty text.
 */
export const readTextTable = (text: string): TextTable => {
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^[\s+-]+$/.test(line));
  const cells = lines.map((line) => line.split('|').map((cell) => cell.trim()));
  const [columns, ...rows] = cells;
  if (columns === undefined) throw new Error('a text table needs a line of column names');
  for (const row of rows)
    if (row.length !== columns.length)
      throw new Error(`a row has ${row.length} cells, the table ${columns.length} columns: ${row.join(' | ')}`);
  return { columns, rows: rows.map((row) => row.map((cell) => (cell === '' ? null : cell === '""' ? '' : cell))) };
};

const KINDS: readonly (readonly [type: string, looksLike: RegExp])[] = [
  ['BIGINT', /^-?(0|[1-9]\d{0,17})$/],
  ['DECIMAL(18,4)', /^-?(0|[1-9]\d*)(\.\d{1,4})?$/],
  ['DATE', /^\d{4}-\d\d-\d\d$/],
  ['TIMESTAMP', /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d(\.\d+)?)?$/],
  ['BOOLEAN', /^(true|false)$/],
];

/** The first type that every written cell looks like, else VARCHAR ('01' is a text: its zero matters). */
const typeOf = (cells: readonly (string | null)[]): string => {
  const written = cells.filter((cell) => cell !== null);
  if (written.length === 0) return 'VARCHAR';
  return KINDS.find(([, looksLike]) => written.every((cell) => looksLike.test(cell)))?.[0] ?? 'VARCHAR';
};

const existingTypes = async (connection: DuckDBConnection, table: string): Promise<Map<string, string>> => {
  const found = await readRows(
    connection,
    `select column_name, data_type from duckdb_columns()
     where database_name = current_database() and schema_name || '.' || table_name = $1`,
    [table],
  );
  return new Map(found.map((row) => [String(row.column_name), String(row.data_type)]));
};

/**
 * Creates a table (and its schema) from a drawing, for example `createTable(connection, 'raw.audit_code', text)`.
 *
 * Column types are read off the cells; where the table exists already its own types are used and the rows are added,
 * columns not drawn staying null.
 */
export const createTable = async (connection: DuckDBConnection, table: string, text: string): Promise<void> => {
  const { columns, rows } = readTextTable(text);
  const existing = await existingTypes(connection, table);
  if (existing.size === 0) {
    const defined = columns.map((name, at) => `${identifier(name)} ${typeOf(rows.map((row) => row[at] ?? null))}`);
    if (table.includes('.')) await connection.run(`create schema if not exists ${identifier(table.split('.')[0]!)}`);
    await connection.run(`create table ${relationName(table)} (${defined.join(', ')})`);
  }
  for (const name of columns)
    if (existing.size > 0 && !existing.has(name)) throw new Error(`${table} has no column ${name}`);
  if (rows.length === 0) return;
  const tuples = rows.map((row) => `(${row.map((cell) => (cell === null ? 'null' : literal(cell))).join(', ')})`);
  const names = columns.map(identifier).join(', ');
  await connection.run(`insert into ${relationName(table)} (${names}) values ${tuples.join(', ')}`);
};

/** Rows of a query as plain objects: numbers are JavaScript numbers, dates and timestamps are text, unknown is null. */
export const rows = (connection: DuckDBConnection, sql: string): Promise<PlainRow[]> => readRows(connection, sql);

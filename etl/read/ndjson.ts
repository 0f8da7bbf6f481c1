import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { readNumbers } from './read-numbers.ts';
import type { Rejects } from './reject.ts';
import { loadLines, type LinesFile } from './text-lines.ts';

/** Lines of an NDJSON file in a table. */
export interface NdjsonLines {
  /** Keys met in any object, in name order. */
  readonly columns: readonly string[];
  /** Numbers, from 1, of the lines that are not one JSON object, among the lines read, ascending; blank lines are not counted. */
  readonly broken: Float64Array;
  /** Lines that could not even be read as text. */
  readonly rejects: Rejects;
  /** Lines read, broken ones among them. */
  readonly lines: number;
}

// `case`, since DuckDB may put the halves of an `and` the other way round, and json_type fails on what is no JSON.
const isObject = `case when json_valid(line) then json_type(line) = 'OBJECT' else false end`;

/** Loads the lines of an NDJSON file into a new table with the one column `line`, in file order. */
export const loadNdjson = async (
  connection: DuckDBConnection,
  table: string,
  file: LinesFile,
): Promise<NdjsonLines> => {
  const { lines, rejects } = await loadLines(connection, table, file);
  const from = `from ${identifier(table)}`;
  const [broken] = await readNumbers(
    connection,
    `select (rowid + 1)::double ${from} where not coalesce(${isObject}, false) order by 1`,
  );
  const keys = await readRows(
    connection,
    `select distinct unnest(json_keys(line)) as key ${from} where ${isObject} order by 1`,
  );
  return {
    columns: keys.map(({ key }) => key as string),
    broken: broken!,
    rejects,
    lines,
  };
};

/**
 * SQL of the objects in a table of lines: every column as text, and `_record`, the number of the line among those read.
 *
 * Null, the empty text and a key left out are all null; lists and objects are their JSON.
 */
export const ndjsonRows = (table: string, columns: readonly string[]): string => {
  const paths = columns.map((name) => literal(`$."${name.replaceAll(/["\\]/g, '\\$&')}"`));
  const values = columns.map((name, i) => `nullif(_values[${i + 1}], '') as ${identifier(name)}`);
  return `(select ${[...values, '_record'].join(', ')} from (
    select json_extract_string(line, [${paths.join(', ')}]::varchar[]) as _values, rowid + 1 as _record
    from ${identifier(table)} where ${isObject}))`;
};

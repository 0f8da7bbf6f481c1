import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError, messageOf } from './error.ts';
import { digest } from './model/fingerprint.ts';
import { readHeader, type Header } from './model/header.ts';
import { filesOf } from './model/model.ts';
import { identifier, literal, relationName } from './quote.ts';
import { readRows } from './rows.ts';

/** A small public fact table: `sql/reference/<name>.csv`, kept in every release as `reference.<name>`. */
export interface Reference {
  readonly name: string;
  /** Comment lines at the top of the file (`# One row per …`, `# Version`, `# Source`). */
  readonly header: Header;
  readonly file: string;
  readonly path: string;
  /** Lines before the line of column names. */
  readonly skip: number;
  /** Hash of the whole file. */
  readonly fingerprint: string;
}

/** Types tried in this order; a column gets the first whose values are written back exactly as they stood. */
const TYPES = ['BIGINT', 'DATE', 'TIMESTAMP', 'BOOLEAN', 'DECIMAL(18,4)'] as const;

/**
 * Reads the reference files of several `sql` folders.
 *
 * @throws UserError when two folders hold the same table
 */
export const readReferences = (folders: readonly string[]): Reference[] =>
  filesOf(folders, 'reference', '.csv', /^[a-z][a-z0-9_]*$/).map(({ name, file, path, text }) => ({
    name: `reference.${name}`,
    header: readHeader(text, '#'),
    file,
    path,
    skip: text.split('\n').findIndex((line) => !line.startsWith('#')),
    fingerprint: digest([text]),
  }));

/** `Types  due_days BIGINT, valid_from DATE` in the header, by column. */
const statedTypes = (reference: Reference): ReadonlyMap<string, string> =>
  new Map(
    (reference.header.fields.types ?? '')
      .split(/,(?![^(]*\))/)
      .map((each) => each.trim().split(/\s+/))
      .filter((pair) => pair.length === 2)
      .map(([name, type]) => [name!, type!]),
  );

const roundTrips = (column: string, type: string): string => {
  if (type.startsWith('DECIMAL')) return `regexp_full_match(${column}, '-?(0|[1-9]\\d*)(\\.\\d{1,4})?')`;
  if (type === 'TIMESTAMP') return `regexp_full_match(${column}, '\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d')`;
  return `(${column} is null or coalesce(try_cast(${column} as ${type})::varchar = ${column}, false))`;
};

/** Types of the columns of `table` (all text): stated ones first, else the narrowest that loses nothing ('01' stays text). */
const typesOf = async (
  connection: DuckDBConnection,
  table: string,
  names: readonly string[],
  stated: ReadonlyMap<string, string>,
): Promise<string[]> => {
  const tests = names.map((name) => {
    const column = identifier(name);
    const cases = TYPES.map((type) => `when bool_and(${roundTrips(column, type)}) then '${type}'`).join(' ');
    return `case when count(${column}) = 0 then 'VARCHAR' ${cases} else 'VARCHAR' end as ${column}`;
  });
  const [row] = await readRows(connection, `select ${tests.join(', ')} from ${table}`);
  return names.map((name) => stated.get(name) ?? String(row?.[name]));
};

/**
 * Loads a reference file as `reference.<name>` with its header as the comment. Empty cells are null.
 *
 * @throws UserError when the file is not a CSV with a line of column names, or a stated type does not fit
 */
export const loadReference = async (connection: DuckDBConnection, reference: Reference): Promise<void> => {
  const { name, file, path, skip, header } = reference;
  try {
    await connection.run(`create or replace temp table reference_text as from read_csv(${literal(path)},
      skip = ${Math.max(skip, 0)}, header = true, all_varchar = true, delim = ',', quote = '"', escape = '"', nullstr = '')`);
    const found = await readRows(connection, `select column_name from (describe reference_text)`);
    const names = found.map((row) => String(row.column_name));
    const types = await typesOf(connection, 'reference_text', names, statedTypes(reference));
    const columns = names.map((column, at) => `cast(${identifier(column)} as ${types[at]}) as ${identifier(column)}`);
    await connection.run(
      `create or replace table ${relationName(name)} as select ${columns.join(', ')} from reference_text`,
    );
    await connection.run(`comment on table ${relationName(name)} is ${literal(header.summary || file)}`);
    await connection.run('drop table reference_text');
  } catch (cause) {
    throw new UserError(`${file}: cannot be read as a reference table: ${messageOf(cause).split('\n')[0]}`, { cause });
  }
};

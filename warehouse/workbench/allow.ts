import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../error.ts';
import { parseQuery } from '../model/query.ts';
import { readRows } from '../rows.ts';
import { allowedFunctions, allowedTableFunctions } from './allowed-functions.ts';

/** Schemas a person's SQL may read: what models make, the tables they go by, and what is told of them. */
export const openSchemas = ['core', 'mart', 'reference', 'meta'] as const;

/**
 * Reads a person's SQL off DuckDB's own syntax tree, and refuses all but one SELECT over the tables of the release with
 * functions that compute values.
 *
 * @returns the statement, without a semicolon at its end
 * @throws UserError with what is not allowed and what is
 */
export const allow = async (connection: DuckDBConnection, text: string): Promise<string> => {
  const sql = text.trim().replace(/\s*;$/, '');
  if (sql === '') throw new UserError('There is no SQL here yet.', { mend: 'Write a SELECT.' });
  const query = await parseQuery(connection, sql, 'SQL').catch(tellInPlace);
  const own = await readRows(
    connection,
    `select distinct lower(function_name) as name from duckdb_functions()
     where not internal and function_type in ('macro', 'table_macro') and database_name = current_database()`,
  );
  const macros = new Set(own.map(({ name }) => String(name)));
  const known = await readRows(
    connection,
    `select lower(table_schema || '.' || table_name) as name from information_schema.tables
     where table_catalog = current_database() and table_schema in (${openSchemas.map((name) => `'${name}'`).join(', ')})`,
  );
  const tables = new Set(known.map(({ name }) => String(name)));
  for (const name of query.relations)
    if (!tables.has(name))
      throw new UserError(`\`${name}\` is not a table that may be read here.`, {
        mend: `Tables are named with their schema (${openSchemas.join(', ')}), as in mart.encounter_day; the list beside shows them.`,
      });
  for (const name of query.functions) if (!allowedFunctions.has(name) && !macros.has(name)) throw notAllowed(name);
  for (const name of query.tableFunctions)
    if (!allowedTableFunctions.has(name) && !macros.has(name)) throw notAllowed(name);
  return sql;
};

const notAllowed = (name: string): UserError =>
  new UserError(`\`${name}\` may not be called here.`, {
    mend: 'Functions that compute a value from values may, and the macros of the release; none that reads files, settings or the engine.',
  });

/** `SQL:3: …` told as `Line 3: …`; several statements and other kinds than SELECT in words of a person. */
const tellInPlace = (error: unknown): never => {
  if (!(error instanceof UserError)) throw error;
  const [, line, says] = /^SQL:(\d+): ([\s\S]*)$/.exec(error.message) ?? [];
  if (line === undefined || says === undefined || /Only SELECT statements/i.test(says))
    throw new UserError('Only one SELECT at a time may be run: a release never changes.', {
      mend: 'Leave one statement that begins with select, with or from.',
      cause: error,
    });
  throw new UserError(`Line ${line}: ${says}`, { cause: error });
};

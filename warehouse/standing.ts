import type { DuckDBConnection } from '@duckdb/node-api';
import { relationName } from './quote.ts';
import { readRows } from './rows.ts';

/** What stands in a schema of the default database: `table` or `view`, by full name (`core.encounter`). */
export const standing = async (connection: DuckDBConnection, schema: string): Promise<Map<string, string>> => {
  const rows = await readRows(
    connection,
    `select table_name, case table_type when 'VIEW' then 'view' else 'table' end as kind
     from information_schema.tables where table_catalog = current_database() and table_schema = $1 order by 1`,
    [schema],
  );
  return new Map(rows.map((row) => [`${schema}.${String(row.table_name)}`, String(row.kind)]));
};

/** Drops every table and view of a schema of the default database but the named ones. */
export const dropAll = async (
  connection: DuckDBConnection,
  schema: string,
  but: ReadonlySet<string> = new Set(),
): Promise<void> => {
  for (const [name, kind] of await standing(connection, schema))
    if (!but.has(name)) await connection.run(`drop ${kind} ${relationName(name)}`);
};

import { listValue, type DuckDBConnection, type DuckDBValue } from '@duckdb/node-api';
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type RawBuilder,
} from 'kysely';
import { untilAborted } from '../interrupt.ts';
import type { ColumnTable } from './column-table.ts';
import { readColumns } from './duckdb-columns.ts';

/** A value that travels beside the SQL, never inside it; a list is one parameter. */
export type Parameter = string | readonly string[];

/** SQL as it is run, with `$1`, `$2` … for its parameters in order. */
export interface Statement {
  readonly sql: string;
  readonly parameters: readonly Parameter[];
}

/** Kysely writes SQL here and never runs it; PostgreSQL's placeholders and quotes are DuckDB's too. */
const writer = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** A piece of SQL text. */
export type Sql = RawBuilder<unknown>;

/** A column, quoted. */
export const column = (name: string): Sql => sql`${sql.id(name)}`;

/** A relation with its schema (`mart.coding`), quoted. */
export const relation = (name: string): Sql => sql`${sql.id(...name.split('.'))}`;

/** A calendar day or moment as a parameter, cast once. */
export const day = (iso: string): Sql => sql`cast(${iso} as date)`;

/** Text and parameters of a query put together. */
export const statementOf = (query: Sql): Statement => {
  const { sql: text, parameters } = query.compile(writer);
  return { sql: text, parameters: parameters as readonly Parameter[] };
};

/**
 * Runs a statement and reads all of it as columns.
 *
 * @throws the signal's reason once it is aborted; the connection stays usable
 */
export const runStatement = (
  connection: DuckDBConnection,
  { sql: text, parameters }: Statement,
  signal?: AbortSignal,
): Promise<ColumnTable> =>
  untilAborted(connection, signal, async () => readColumns(await connection.run(text, parameters.map(bound))));

const bound = (parameter: Parameter): DuckDBValue =>
  typeof parameter === 'string' ? parameter : listValue([...parameter]);

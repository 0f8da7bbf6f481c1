import type { DuckDBConnection } from '@duckdb/node-api';
import type { Accepted } from './check/audit-checks.ts';
import { RESULT_TABLE } from './check/run-checks.ts';
import { META_LAYOUT, ownTables, type About } from './meta-table.ts';
import type { Previous, PreviousInput } from './plan.ts';
import { identifier, literal, relationName } from './quote.ts';
import type { RawPart } from './raw-part.ts';
import { readRows, type PlainRow } from './rows.ts';
import { dropAll } from './standing.ts';
import { inTransaction } from './transaction.ts';

/** A table that describes the release, handed in by whoever lands the data (`batch`, `reconciliation`, `gate_check` …). */
export interface MetaTable {
  /** Name without schema. */
  readonly name: string;
  /** "One row per …": becomes the comment. */
  readonly summary: string;
  /** DuckDB types by column. */
  readonly columns: Readonly<Record<string, string>>;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Up to when a contract of a source is known. */
export interface Coverage {
  readonly contract: string;
  readonly source_id: string;
  /** ISO timestamp, UTC; null when the source does not say. */
  readonly as_of: string | null;
  /** Last calendar day that is wholly in; null when not known. */
  readonly through: string | null;
}

/** What a release says of the data in it. */
export interface ReleaseMeta {
  /** ISO timestamp, UTC: the moment the data speaks of; null when nothing landed. */
  readonly asOf: string | null;
  /** ISO date; null when not known. */
  readonly completeThrough: string | null;
  readonly coverage: readonly Coverage[];
  /** Rows in it of which somebody decided that they may break a rule; none where left out. */
  readonly accepted?: Accepted;
  /** Further tables of the meta schema. */
  readonly tables: readonly MetaTable[];
}

/** Nothing known of the data: for tests, and before anything landed. */
export const NO_META: ReleaseMeta = { asOf: null, completeThrough: null, coverage: [], tables: [] };

/** Makes `meta.<name>`; rows travel as one JSON parameter, typed by DuckDB. */
export const writeTable = async (
  connection: DuckDBConnection,
  { name, summary, columns, rows }: MetaTable,
): Promise<void> => {
  const table = relationName(`meta.${name}`);
  const defined = Object.entries(columns).map(([column, type]) => `${identifier(column)} ${type}`);
  await connection.run(`create or replace table ${table} (${defined.join(', ')})`);
  const shape = JSON.stringify([columns]);
  if (rows.length > 0)
    await connection.run(
      `insert into ${table} select each.* from (select unnest(from_json($1::json, ${literal(shape)})) as each)`,
      [JSON.stringify(rows)],
    );
  await connection.run(`comment on table ${table} is ${literal(summary)}`);
};

/** Everything that describes a release, written as its meta schema in one transaction. */
export const writeMeta = async (connection: DuckDBConnection, about: About): Promise<void> => {
  const tables = [...ownTables(about), ...about.meta.tables];
  await inTransaction(connection, async () => {
    // What an earlier release was told and this one is not must not seem to be true of it.
    await dropAll(connection, 'meta', new Set(['meta.period', RESULT_TABLE]));
    for (const table of tables) await writeTable(connection, table);
  });
};

const text = (row: PlainRow, column: string): string => String(row[column]);

const inputOf = (row: PlainRow): PreviousInput => ({
  fingerprint: text(row, 'fingerprint'),
  ...(row.parts === null ? {} : { parts: JSON.parse(text(row, 'parts')) as RawPart[] }),
  ...(row.query === null ? {} : { query: text(row, 'query') }),
});

/** Reads back what `plan` needs to know of a release; null when it was written by a version that kept other meta tables. */
export const readPrevious = async (connection: DuckDBConnection): Promise<Previous | null> => {
  const [release] = await readRows(connection, 'from meta.release');
  if (release?.layout !== META_LAYOUT) return null;
  const models = await readRows(connection, 'select name, definition, fingerprint, row_count from meta.model');
  const inputs = new Map<string, PreviousInput & { months?: Record<string, string> }>();
  for (const row of await readRows(
    connection,
    'select relation, period, fingerprint, parts, query from meta.input order by relation, period nulls first',
  )) {
    if (row.period === null) inputs.set(text(row, 'relation'), inputOf(row));
    else (inputs.get(text(row, 'relation'))!.months ??= {})[text(row, 'period')] = text(row, 'fingerprint');
  }
  return {
    release: String(release.release),
    models: new Map(
      models.map((row) => [
        text(row, 'name'),
        {
          definition: text(row, 'definition'),
          fingerprint: text(row, 'fingerprint'),
          rows: row.row_count === null ? null : Number(row.row_count),
        },
      ]),
    ),
    inputs,
    asserts: new Map(
      (
        await readRows(
          connection,
          'select definition, examined, violations from meta.assert where definition is not null',
        )
      ).map((row) => [
        text(row, 'definition'),
        { examined: row.examined === null ? null : Number(row.examined), violations: Number(row.violations) },
      ]),
    ),
  };
};

import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from '../rows.ts';
import { GIVEN } from './query.ts';
import { walkPlan } from './plan-walk.ts';
import type { Derivation, Influence } from './trace.ts';

/**
 * One step of lineage: a column of a model and a column it is made of, one hop back.
 *
 * `column` null: the source shapes the whole model (it filters, joins, groups or sorts rows) or, with `sourceColumn` null
 * and kind RELATION, the model reads that relation. RELATION edges are always there, so a walk over
 * relations reaches everything, `count(*)` included.
 */
export interface LineageEdge {
  readonly column: string | null;
  readonly sourceRelation: string;
  readonly sourceColumn: string | null;
  readonly kind: Derivation | Influence | 'RELATION';
}

const splitSource = (source: string): Pick<LineageEdge, 'sourceRelation' | 'sourceColumn'> => {
  const [schema, table, ...column] = source.split('.');
  return { sourceRelation: `${schema}.${table}`, sourceColumn: column.join('.') };
};

const PLANS = `select json_serialize_plan(sql, optimize := false) as plan from ${GIVEN} order by place`;

/**
 * DuckDB's unoptimised logical plans of queries, in order; null where one cannot be written down. One question for all of
 * them: asked one by one, most of the time goes into the asking.
 */
export const plansOf = async (connection: DuckDBConnection, queries: readonly string[]): Promise<unknown[]> =>
  (await readRows(connection, PLANS, [JSON.stringify(queries)])).map((row) => {
    const { error, plans } = JSON.parse(String(row.plan)) as { error: boolean; plans?: readonly unknown[] };
    return error || plans?.length !== 1 ? null : plans[0];
  });

/** `plansOf` of one. */
export const planOf = async (connection: DuckDBConnection, sql: string): Promise<unknown> =>
  (await plansOf(connection, [sql]))[0];

/**
 * Where each column of a query comes from, read off DuckDB's own binder, so macros, `*`, `using` and subqueries are
 * resolved exactly as they run. The tables it reads must exist (empty ones do).
 *
 * Where the plan holds an operator not known here, only the RELATION edges are returned: less, never wrong.
 *
 * @param plan from `planOf`
 * @param columns names of the query's columns, in order
 * @param relations what the query reads, as its parser says
 */
export const lineageOf = (
  plan: unknown,
  columns: readonly string[],
  relations: readonly string[],
): readonly LineageEdge[] => {
  const edges: LineageEdge[] = relations.map((relation) => ({
    ...{ column: null, sourceRelation: relation, sourceColumn: null },
    kind: 'RELATION',
  }));
  if (plan === null) return edges;
  const walk = walkPlan(plan);
  if (walk.unknown.size > 0 || walk.columns.length !== columns.length) return edges;
  for (const [at, column] of columns.entries())
    for (const source of [...walk.columns[at]!.sources].sort())
      edges.push({ column, ...splitSource(source), kind: walk.columns[at]!.kind });
  for (const [source, kinds] of [...walk.influences].sort())
    for (const kind of [...kinds].sort()) edges.push({ column: null, ...splitSource(source), kind });
  return edges;
};

import type { DuckDBConnection } from '@duckdb/node-api';
import { sql } from 'kysely';
import type { Metric } from '../metric/metric.ts';
import type { Block } from './block.ts';
import { relation, runStatement, statementOf } from './sql-text.ts';

/**
 * What each metric cannot be known without and this release has not: a sentence for each relation it `needs` that has no
 * row. A number taken without it would be a zero nobody counted.
 *
 * @returns sentences by metric, none for a metric whose needs are met
 */
export const unmetNeeds = async (
  connection: DuckDBConnection,
  metrics: readonly Metric[],
): Promise<ReadonlyMap<Metric, readonly string[]>> => {
  const empty = new Map<string, boolean>();
  for (const name of new Set(metrics.flatMap(({ needs = [] }) => needs.map((need) => need.relation)))) {
    const { rows } = await runStatement(connection, statementOf(sql`select 1 from ${relation(name)} limit 1`));
    empty.set(name, rows === 0);
  }
  return new Map(
    metrics.map((metric) => [
      metric,
      (metric.needs ?? []).filter((need) => empty.get(need.relation) === true).map(({ says }) => says),
    ]),
  );
};

/** The block with nothing in it known, and why: it rests on nothing. */
export const notKnown = (block: Block, says: string): Block => {
  const blank = Float64Array.from({ length: block.rows }, () => NaN);
  return {
    ...block,
    notKnown: says,
    value: blank,
    numerator: blank,
    denominator: blank,
    lower: blank,
    upper: blank,
    n: new Float64Array(block.rows),
  };
};

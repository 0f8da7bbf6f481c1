import type { DuckDBConnection } from '@duckdb/node-api';
import { sql } from 'kysely';
import { groupKeys } from './grouped.ts';
import type { Unit } from './plan.ts';
import { selectedRows, type Range } from './selected-rows.ts';
import { cell, columnNamed } from './column-table.ts';
import { column, relation, runStatement, statementOf } from './sql-text.ts';

/** The DuckDB type of each of these columns, in their order; `*`, the number of rows, is whole. */
const typesOf = async (
  connection: DuckDBConnection,
  from: string,
  columns: readonly string[],
): Promise<readonly string[]> => {
  if (columns.length === 0) return [];
  const types = columns.map((name, i) =>
    name === '*' ? sql`'BIGINT' as ${column(`t${i}`)}` : sql`typeof(any_value(${column(name)})) as ${column(`t${i}`)}`,
  );
  const one = statementOf(sql`select ${sql.join(types)} from (select * from ${relation(from)} limit 1) as one_row`);
  const result = await runStatement(connection, one);
  return columns.map((_, i) => String(cell(columnNamed(result, `t${i}`), 0)));
};

const isWhole = (type: string): boolean => /^(U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER)$/.test(type);

/** Parts that a sum of this type is a whole number of: 1, 10000 of four decimals; null of fractions, which have no such part. */
const scaleOf = (type: string): number | null => {
  const decimals = /^DECIMAL\(\d+,(\d+)\)$/.exec(type)?.[1];
  if (decimals !== undefined) return 10 ** Number(decimals);
  return isWhole(type) ? 1 : null;
};

/**
 * For each metric of a unit the scale of both its sums; null where one of them is a sum of fractions: that depends on the
 * order they are added in, so no two ways of adding it agree to the last bit. Over clusters whole numbers
 * alone will do, as there squares are added.
 */
export const sumScales = async (
  connection: DuckDBConnection,
  { from, shape, metrics }: Unit,
): Promise<readonly (readonly [number, number])[] | null> => {
  const columns = metrics.flatMap(({ measure }) =>
    measure.kind === 'ratio'
      ? [measure.numerator, measure.denominator]
      : measure.kind === 'count'
        ? [measure.count, '*']
        : [],
  );
  const scales = (await typesOf(connection, from, columns)).map(scaleOf);
  if (scales.some((scale) => scale === null || (shape === 'clusters' && scale !== 1))) return null;
  return metrics.map((_, i) => [scales[i * 2] ?? 1, scales[i * 2 + 1] ?? 1] as const);
};

/** A column split by whose values are not ordered and written alike by the engine and here; null where all are. */
export const unfitDimension = async (connection: DuckDBConnection, { from, by }: Unit): Promise<string | null> => {
  const types = await typesOf(connection, from, by);
  return by.find((_, i) => !(isWhole(types[i]!) || /^(VARCHAR|BOOLEAN|DATE)$/.test(types[i]!))) ?? null;
};

/** Whether each cluster lies within one cell: then what is summed over clusters adds up over cells too. */
export const keepsClustersApart = async (
  connection: DuckDBConnection,
  unit: Unit,
  range: Range,
  signal: AbortSignal | undefined,
): Promise<boolean> => {
  const named = [sql`${column(unit.cluster ?? '')} as ${column('_cluster')}`];
  const keys = [...groupKeys(range.grain, unit.by), '_cluster'].map(column);
  const counted = statementOf(sql`select cast(count(*) as double) as pairs,
  cast(count(distinct _cluster) as double) as clusters, cast(count(case when _cluster is null then 1 end) as double) as unnamed
from (select distinct ${sql.join(keys)} from (${selectedRows(unit, range, [], named)}) as selected) as cells`);
  const result = await runStatement(connection, counted, signal);
  const [pairs, clusters, unnamed] = ['pairs', 'clusters', 'unnamed'].map((name) =>
    Number(cell(columnNamed(result, name), 0)),
  );
  return unnamed! <= 1 && pairs === clusters! + unnamed!;
};

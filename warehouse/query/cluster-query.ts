import { sql } from 'kysely';
import type { RatioMeasure } from '../metric/metric.ts';
import { grouped, total } from './grouped.ts';
import type { Unit } from './plan.ts';
import { knownRows, selectedRows, type Range } from './selected-rows.ts';
import { column, type Sql } from './sql-text.ts';

const measuresOf = ({ metrics }: Unit): RatioMeasure[] =>
  metrics.map(({ measure }) => measure).filter((measure) => measure.kind === 'ratio');

/** One row per group and cluster (and stratum, as `_stratum`) with `_m{i}` and `_n{i}`, sums of metric i's columns. */
const clusterRows = (unit: Unit, range: Range, keys: readonly string[]): Sql => {
  const measures = measuresOf(unit);
  const parts = measures.flatMap((measure, i) => [
    sql`coalesce(sum(${column(measure.numerator)}), 0) as ${column(`_m${i}`)}`,
    sql`coalesce(sum(${column(measure.denominator)}), 0) as ${column(`_n${i}`)}`,
  ]);
  const needed = measures.flatMap((measure) => [measure.numerator, measure.denominator]);
  const stratum = unit.sample === null ? [] : [sql`${column(unit.sample.stratum)} as ${column('_stratum')}`];
  const named = [sql`${column(unit.cluster ?? '')} as ${column('_cluster')}`, ...stratum];
  const groups = [...keys, ...(unit.sample === null ? [] : ['_stratum'])].map(column);
  return sql`
  select ${sql.join([...groups, ...parts])}
  from (${selectedRows(unit, range, needed, named)}) as selected
  group by ${sql.join([...groups, column('_cluster')])}
`;
};

/** Sums over clusters, of each metric as in ClusterSums; the least m, and the most that m is above n, as in Reach. */
const sumsOver = (unit: Unit): Sql[] =>
  measuresOf(unit).flatMap((_, i) => {
    const [m, n] = [column(`_m${i}`), column(`_n${i}`)];
    const product = (a: Sql, b: Sql): Sql => sql`sum(cast(${a} as double) * cast(${b} as double))`;
    return [
      sql`cast(count(case when ${m} <> 0 or ${n} <> 0 then 1 end) as double) as ${column(`k${i}`)}`,
      sql`${total(m)} as ${column(`m${i}`)}`,
      sql`${total(n)} as ${column(`n${i}`)}`,
      sql`${product(m, m)} as ${column(`mm${i}`)}`,
      sql`${product(m, n)} as ${column(`mn${i}`)}`,
      sql`${product(n, n)} as ${column(`nn${i}`)}`,
      sql`cast(min(${m}) as double) as ${column(`low${i}`)}`,
      sql`cast(max(${m} - ${n}) as double) as ${column(`over${i}`)}`,
    ];
  });

/** `k{i}`, `m{i}`, `n{i}`, `mm{i}`, `mn{i}`, `nn{i}`, `low{i}`, `over{i}` by group. */
export const clustersQuery = (unit: Unit, range: Range, keys: readonly string[]): Sql =>
  sql`with clusters as (${clusterRows(unit, range, keys)})
select ${sql.join([...keys.map(column), ...sumsOver(unit)])}
from clusters${grouped(keys)}`;

/**
 * The same by group and stratum, with `_sampled` and `_population` (null where it is not known, or not one number). What
 * was drawn is counted over the whole relation as known then: days and filters cut groups out of a sample, not samples.
 */
export const strataQuery = (unit: Unit, range: Range, keys: readonly string[]): Sql => {
  const { stratum, population } = unit.sample!;
  const drawn = knownRows(unit, range, {
    extra: [
      sql`${column(stratum)} as _drawn_from`,
      sql`${column(unit.cluster ?? '')} as _cluster`,
      sql`cast(${column(population)} as double) as _size`,
    ],
  });
  const sizes = ['_sampled', '_population'].map((name) => sql`any_value(${column(name)}) as ${column(name)}`);
  return sql`with clusters as (${clusterRows(unit, range, keys)}), drawn as (
  select _drawn_from, _cluster, min(_size) as _low, max(_size) as _high, count(_size) = count(*) as _is_known
  from (${drawn}) as selected
  group by _drawn_from, _cluster
), sample as (
  select _drawn_from, cast(count(*) as double) as _sampled,
    case when _drawn_from is not null and bool_and(_is_known) and min(_low) = max(_high) then min(_low) end as _population
  from drawn
  group by _drawn_from
)
select ${sql.join([...keys, '_stratum'].map(column))}, ${sql.join([...sizes, ...sumsOver(unit)])}
from clusters join sample on _stratum is not distinct from _drawn_from${grouped([...keys, '_stratum'])}`;
};

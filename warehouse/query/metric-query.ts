import { sql } from 'kysely';
import type { Metric } from '../metric/metric.ts';
import { dayAfter } from './calendar.ts';
import type { Unit } from './plan.ts';
import { selectedRows, type Range } from './selected-rows.ts';
import { column, statementOf, type Sql, type Statement } from './sql-text.ts';

/**
 * The statement of a unit. Columns: `_period` (date, where there is a grain), `_by0` … as they stand in the relation, then
 * by shape, `i` being the metric's place in the unit:
 * `sums`: `a{i}` and `b{i}`: numerator and denominator, or quantile and number of values; of a count `a{i}` alone;
 * `clusters`: `k{i}`, `m{i}`, `n{i}`, `mm{i}`, `mn{i}`, `nn{i}` as in ClusterSums;
 * `times`: `_time` (whole microseconds, ascending in its group), `events`, `censored`.
 * Rows come in the order period, groups (unknown last); without both there is exactly one, but for `times`.
 */
export const unitStatement = (unit: Unit, range: Range): Statement => {
  const keys = [...(range.grain === null ? [] : ['_period']), ...unit.by.map((_, i) => `_by${i}`)];
  if (unit.shape === 'sums') return statementOf(sumsQuery(unit, range, keys));
  if (unit.shape === 'clusters') return statementOf(clustersQuery(unit, range, keys));
  return statementOf(timesQuery(unit, range, keys));
};

const sumsQuery = (unit: Unit, range: Range, keys: readonly string[]): Sql => {
  const parts = unit.metrics.flatMap((metric, i) => sumsOf(metric, unit.metrics, i));
  const needed = unit.metrics.flatMap(({ measure }) =>
    measure.kind === 'ratio'
      ? [measure.numerator, measure.denominator]
      : measure.kind === 'quantile'
        ? [measure.value]
        : measure.kind === 'count' && measure.count !== '*'
          ? [measure.count]
          : [],
  );
  return sql`select ${sql.join([...keys.map(column), ...parts])}
from (${selectedRows(unit, range, needed)}) as selected${grouped(keys)}`;
};

/** Sums leave DuckDB as doubles: sum() of integers is HUGEINT. */
const sumsOf = ({ measure }: Metric, all: readonly Metric[], i: number): Sql[] => {
  const [a, b] = [column(`a${i}`), column(`b${i}`)];
  switch (measure.kind) {
    case 'ratio':
      return [sql`${total(column(measure.numerator))} as ${a}`, sql`${total(column(measure.denominator))} as ${b}`];
    case 'count':
      return [sql`${measure.count === '*' ? sql`cast(count(*) as double)` : total(column(measure.count))} as ${a}`];
    case 'quantile': {
      // All quantiles of one column are one aggregate: two calls cost double.
      const shares = [
        ...new Set(
          all.flatMap((other) =>
            other.measure.kind === 'quantile' && other.measure.value === measure.value ? [other.measure.p] : [],
          ),
        ),
      ];
      const value = column(measure.value);
      const quantiles = sql`quantile_cont(cast(${value} as double), [${sql.join(shares.map((p) => sql.lit(p)))}])`;
      return [
        sql`${quantiles}[${sql.lit(shares.indexOf(measure.p) + 1)}] as ${a}`,
        sql`cast(count(${value}) as double) as ${b}`,
      ];
    }
    default:
      throw new Error(`${measure.kind} does not add up`);
  }
};

const clustersQuery = (unit: Unit, range: Range, keys: readonly string[]): Sql => {
  const measures = unit.metrics.map(({ measure }) => measure).filter((measure) => measure.kind === 'ratio');
  const cluster = column('_cluster');
  const parts = measures.flatMap((measure, i) => [
    sql`coalesce(sum(${column(measure.numerator)}), 0) as ${column(`_m${i}`)}`,
    sql`coalesce(sum(${column(measure.denominator)}), 0) as ${column(`_n${i}`)}`,
  ]);
  const sums = measures.flatMap((_, i) => {
    const [m, n] = [column(`_m${i}`), column(`_n${i}`)];
    const product = (a: Sql, b: Sql): Sql => sql`sum(cast(${a} as double) * cast(${b} as double))`;
    return [
      sql`cast(count(case when ${m} <> 0 or ${n} <> 0 then 1 end) as double) as ${column(`k${i}`)}`,
      sql`${total(m)} as ${column(`m${i}`)}`,
      sql`${total(n)} as ${column(`n${i}`)}`,
      sql`${product(m, m)} as ${column(`mm${i}`)}`,
      sql`${product(m, n)} as ${column(`mn${i}`)}`,
      sql`${product(n, n)} as ${column(`nn${i}`)}`,
    ];
  });
  const needed = measures.flatMap((measure) => [measure.numerator, measure.denominator]);
  const rows = selectedRows(unit, range, needed, [sql`${column(unit.cluster ?? '')} as ${cluster}`]);
  return sql`with clusters as (
  select ${sql.join([...keys.map(column), ...parts])}
  from (${rows}) as selected
  group by ${sql.join([...keys.map(column), cluster])}
)
select ${sql.join([...keys.map(column), ...sums])}
from clusters${grouped(keys)}`;
};

/** Moments become whole microseconds, so that equal times are equal. */
const timesQuery = (unit: Unit, range: Range, keys: readonly string[]): Sql => {
  const { start, event, until } = unit.clock!;
  const moment = (name: string): Sql => sql`cast(${column(name)} as timestamp)`;
  const end = range.asOf === null ? null : sql`cast(${dayAfter(range.asOf)} as timestamp)`;
  const clock = [
    sql`epoch_us(${moment(start)}) as ${column('_start')}`,
    sql`epoch_us(${moment(event)}) as ${column('_event')}`,
    sql`epoch_us(${end === null ? moment(until) : sql`least(${moment(until)}, ${end})`}) as ${column('_until')}`,
  ];
  // What happened after the watch ended is not known yet.
  const happened = sql`_event is not null and (_until is null or _event <= _until)`;
  const groups = [...keys, '_time'].map(column);
  return sql`select ${sql.join(groups)},
  cast(count(case when _happened then 1 end) as double) as events,
  cast(count(case when not _happened then 1 end) as double) as censored
from (
  select ${sql.join([...keys.map(column), sql`${happened} as _happened`])},
    case when ${happened} then _event else _until end - _start as _time
  from (${selectedRows(unit, range, [], clock)}) as selected
  where _start is not null${end === null ? sql`` : sql` and _start < epoch_us(${end})`}
) as timed
where _time is not null
group by ${sql.join(groups)}
order by ${inOrder(groups)}`;
};

const inOrder = (keys: readonly Sql[]): Sql => sql.join(keys.map((key) => sql`${key} nulls last`));

const total = (expression: Sql): Sql => sql`cast(sum(${expression}) as double)`;

/** By alias: a parameter within a GROUP BY expression would make it another expression. */
const grouped = (keys: readonly string[]): Sql =>
  keys.length === 0
    ? sql``
    : sql`
group by ${sql.join(keys.map(column))}
order by ${inOrder(keys.map(column))}`;

import { sql } from 'kysely';
import { dayAfter } from '../additive/calendar.ts';
import { countsThings } from '../additive/sums.ts';
import type { Metric } from '../metric/metric.ts';
import { clustersQuery, strataQuery } from './cluster-query.ts';
import { grouped, groupKeys, inOrder, total } from './grouped.ts';
import { pairsQuery } from './pairs-query.ts';
import type { Unit } from './plan.ts';
import { selectedRows, type Range } from './selected-rows.ts';
import { column, statementOf, type Sql, type Statement } from './sql-text.ts';

/**
 * The statement of a unit. Columns: `_period` (date, where there is a grain), `_by0` … as they stand in the relation, then
 * by shape, `i` being the metric's place in the unit:
 * `sums`: `a{i}` and `b{i}`: numerator and denominator, or quantile and number of values; of a count of things `a{i}` alone;
 * `clusters`: `k{i}`, `m{i}`, `n{i}`, `mm{i}`, `mn{i}`, `nn{i}` as in ClusterSums, `low{i}` and `over{i}` as in Reach;
 * `strata`: the same a `_stratum` of the group, with `_sampled` and `_population`;
 * `pairs`: `units` a `_first` and `_second` category of the group;
 * `times`: `_time` (whole microseconds, ascending in its group), `events`, `censored`.
 * Rows come in the order period, groups (unknown last); without both there is exactly one, but for the
 * last three.
 */
export const unitStatement = (unit: Unit, range: Range): Statement => {
  return statementOf(queries[unit.shape](unit, range, groupKeys(range.grain, unit.by)));
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

const sumsOf = ({ measure, unit }: Metric, all: readonly Metric[], i: number): Sql[] => {
  const [a, b] = [column(`a${i}`), column(`b${i}`)];
  switch (measure.kind) {
    case 'ratio':
      return [sql`${total(column(measure.numerator))} as ${a}`, sql`${total(column(measure.denominator))} as ${b}`];
    case 'count':
      return [
        sql`${measure.count === '*' ? sql`cast(count(*) as double)` : total(column(measure.count))} as ${a}`,
        ...(countsThings(unit) ? [] : [sql`cast(count(${column(measure.count)}) as double) as ${b}`]),
      ];
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
  // What happened after the watch ended is not known yet; the day asked about ends before the midnight that follows it.
  const seen = sql`_event is not null and (_until is null or _event <= _until)`;
  const happened = end === null ? seen : sql`${seen} and _event < epoch_us(${end})`;
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

type Query = (unit: Unit, range: Range, keys: readonly string[]) => Sql;

const queries: Readonly<Record<Unit['shape'], Query>> = {
  sums: sumsQuery,
  clusters: clustersQuery,
  strata: strataQuery,
  pairs: pairsQuery,
  times: timesQuery,
};

import { sql } from 'kysely';
import type { Grain } from '../metric/metric.ts';
import { dayAfter } from '../additive/calendar.ts';
import type { Unit } from './plan.ts';
import { column, day, relation, type Sql } from './sql-text.ts';
import type { ViewState } from './view-state.ts';

/** The days a statement looks at. */
export type Range = Pick<ViewState, 'grain' | 'from' | 'to' | 'asOf'>;

/** Above this many values a list parameter is joined to, instead of one placeholder a value. */
const manyValues = 50;

/**
 * The rows a unit counts: everything that narrows, nothing that adds up. Columns: `_period` where there is a grain, `_by0` …,
 * then those needed under their own names, and `extra` expressions.
 */
export const selectedRows = (unit: Unit, range: Range, needed: readonly string[], extra: readonly Sql[] = []): Sql => {
  const columns = [
    ...(range.grain === null ? [] : [sql`${periodOf(unit.date, range.grain)} as ${column('_period')}`]),
    ...unit.by.map((name, i) => sql`${column(name)} as ${column(`_by${i}`)}`),
    ...[...new Set(needed)].map(column),
    ...extra,
  ];
  const conditions = [
    ...within(unit, range),
    ...(unit.last ? [isLast(unit, range)] : []),
    ...unit.where.map(([name, values]) => isOneOf(name, values)),
  ];
  return sql`
    select ${columns.length === 0 ? sql`1 as ${column('_row')}` : sql.join(columns)}
    from ${relation(unit.from)}
    ${where(conditions)}
  `;
};

/**
 * Every row of the unit's relation known on the day of the view, whatever is split or ranged over; of all filters only
 * those `kept`, by column; where `isDated` those alone that tell a day.
 */
export const knownRows = (
  unit: Unit,
  { asOf }: Pick<Range, 'asOf'>,
  {
    extra = [],
    kept = null,
    isDated = false,
  }: { readonly extra?: readonly Sql[]; readonly kept?: string | null; readonly isDated?: boolean } = {},
): Sql =>
  selectedRows(
    { ...unit, by: [], where: unit.where.filter(([name]) => name === kept), last: false },
    { grain: null, from: isDated ? '0001-01-01' : null, to: null, asOf },
    [],
    extra,
  );

const where = (conditions: readonly Sql[]): Sql =>
  conditions.length === 0 ? sql`` : sql`where ${sql.join(conditions, sql` and `)}`;

const periodOf = (date: string, grain: Grain): Sql => sql`cast(date_trunc(${sql.lit(grain)}, ${column(date)}) as date)`;

const within = ({ date, known }: Pick<Unit, 'date' | 'known'>, { from, to, asOf }: Range): Sql[] => [
  ...(from === null ? [] : [sql`${column(date)} >= ${day(from)}`]),
  ...(to === null ? [] : [sql`${column(date)} < ${day(to)}`]),
  ...(asOf === null ? [] : [sql`${column(date)} < ${day(dayAfter(asOf))}`]),
  // A row not settled, or settled later, was not known then: null falls out of the comparison.
  ...(asOf === null || known === null ? [] : [sql`${column(known)} < ${day(dayAfter(asOf))}`]),
];

/** The last date of each period is the relation's, whatever is filtered, so that parts still add up to the whole. */
const isLast = (unit: Unit, range: Range): Sql => {
  const date = sql`cast(${column(unit.date)} as date)`;
  const group = range.grain === null ? sql`` : sql`group by ${periodOf(unit.date, range.grain)}`;
  return sql`${date} in (
      select max(${date}) from ${relation(unit.from)} ${where(within(unit, range))} ${group}
    )`;
};

/** Whether a column holds one of these values as text; the empty text stands for unknown. */
export const isOneOf = (name: string, values: readonly string[]): Sql => {
  const known = values.filter((value) => value !== '');
  const text = sql`cast(${column(name)} as varchar)`;
  const among =
    known.length > manyValues
      ? sql`${text} in (select unnest(cast(${known} as varchar[])))`
      : sql`${text} in (${sql.join(known)})`;
  if (known.length === values.length) return among;
  const unknown = sql`${column(name)} is null`;
  return known.length === 0 ? unknown : sql`(${unknown} or ${among})`;
};

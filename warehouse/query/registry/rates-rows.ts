import type { DuckDBConnection } from '@duckdb/node-api';
import { sql } from 'kysely';
import { cell, columnNamed, type ColumnTable } from '../column-table.ts';
import { isOneOf } from '../selected-rows.ts';
import { column, runStatement, statementOf, type Sql } from '../sql-text.ts';
import { placeKey } from './basis.ts';
import type { RateCases, RateDimension } from './rates-view.ts';
import type { RatesQuestion } from './resolve-rates.ts';

/** Why cases of a question are in no rate, in the order asked; `group`: in the total, and in none of the groups. */
export const leftOutReasons = ['year', 'place', 'sex', 'age', 'group'] as const;
export type LeftOut = (typeof leftOutReasons)[number];

/** Cases of one group and age. */
export interface CaseRow {
  readonly group: string | null;
  readonly age: number | null;
  readonly leftOut: LeftOut | null;
  readonly count: number;
}

/** People of one group and range of ages. */
export interface PeopleRow {
  readonly group: string | null;
  readonly from: number;
  readonly to: number | null;
  readonly count: number;
}

export interface StandardRow {
  readonly from: number;
  readonly to: number | null;
  readonly count: number;
}

export interface RatesRows {
  readonly cases: readonly CaseRow[];
  readonly people: readonly PeopleRow[];
  readonly standard: readonly StandardRow[];
}

const behaviors: Readonly<Record<RateCases, Sql>> = {
  malignant: sql`(behavior = '3' or behavior_recode in ('3', '4', '6'))`,
  invasive: sql`behavior = '3'`,
  in_situ: sql`(behavior = '2' and behavior_recode <> '3')`,
};

/** Cases, people and standard of a question. */
export const ratesRows = async (
  connection: DuckDBConnection,
  question: RatesQuestion,
  signal?: AbortSignal,
): Promise<RatesRows> => {
  const run = (query: Sql) => runStatement(connection, statementOf(query), signal);
  const cases = await run(casesQuery(question));
  const people = await run(peopleQuery(question));
  const standard = await run(
    sql`select age_from, age_to, people as n from core.standard_population where standard = ${question.standard} order by age_from`,
  );
  return {
    cases: rowsOf(cases, (at) => ({
      ...{ group: textOr(at('_group')), age: numberOr(at('age')), count: Number(at('n')) },
      leftOut: textOr(at('left_out')) as LeftOut | null,
    })),
    people: rowsOf(people, (at) => ({ group: textOr(at('_group')), ...rangeOf(at), count: Number(at('n')) })),
    standard: rowsOf(standard, (at) => ({ ...rangeOf(at), count: Number(at('n')) })),
  };
};

type At = (name: string) => string | number | boolean | null;

const rowsOf = <T>(table: ColumnTable, read: (at: At) => T): T[] => {
  const columns = new Map(table.columns.map(({ name }) => [name, columnNamed(table, name)]));
  return Array.from({ length: table.rows }, (_, row) => read((name) => cell(columns.get(name)!, row)));
};

const textOr = (value: ReturnType<At>): string | null => (value === null ? null : String(value));
const numberOr = (value: ReturnType<At>): number | null => (value === null ? null : Number(value));
const rangeOf = (at: At) => ({ from: Number(at('age_from')), to: numberOr(at('age_to')) });

const yearsList = ({ years }: RatesQuestion): Sql => sql`(${sql.join(years.map((year) => sql.lit(year)))})`;

const place = ({ population: { states } }: RatesQuestion): Sql => sql.raw(placeKey((states?.length ?? 0) > 1));

const siteColumn = ({ recode }: RatesQuestion): string => `site_recode_${recode ?? '2023'}`;

/**
 * Whether cases and people are of places the registry covers: those of the population table in which it has any case. A
 * county that never had one is another registry's, and its people are nobody's denominator.
 */
const isCovered = (question: RatesQuestion): Sql =>
  question.population.counties === null
    ? sql`true`
    : sql`${place(question)} in (select ${place(question)} from mart.incidence_count where county is not null)`;

const filtersOf = (question: RatesQuestion, columns: Partial<Record<keyof RatesQuestion['where'], string>>): Sql[] =>
  Object.entries(columns).flatMap(([key, name]) => {
    const values = question.where[key as keyof RatesQuestion['where']];
    return values.length === 0 ? [] : [isOneOf(name, values)];
  });

const casesQuery = (question: RatesQuestion): Sql => {
  const { by, cases, from, to, population, where } = question;
  const groups: Readonly<Record<RateDimension, Sql>> = {
    year: sql`cast(diagnosis_year as varchar)`,
    site: column(siteColumn(question)),
    sex: sql`sex`,
    race: sql`race_group`,
    county: place(question),
    age: sql`null`,
  };
  const group = by === null ? sql`null` : groups[by];
  const isNobodys =
    by === 'race' || by === 'county'
      ? sql`_group is null or not exists (select 1 from people where people._group = counted._group)`
      : by === 'site'
        ? sql`_group is null`
        : sql`false`;
  const conditions = [
    behaviors[cases],
    ...(from === null ? [] : [sql`diagnosis_year >= ${sql.lit(from)}`]),
    ...(to === null ? [] : [sql`diagnosis_year < ${sql.lit(to)}`]),
    ...filtersOf(question, { site: siteColumn(question), sex: 'sex', race: 'race_group', state: 'state' }),
    ...(where.county.length === 0 ? [] : [sql`${place(question)} in (${sql.join(where.county)})`]),
  ];
  const isElsewhere =
    population.states !== null
      ? sql`state is null or state not in (${sql.join(population.states)})`
      : population.counties !== null
        ? sql`county = '998'`
        : sql`false`;
  return sql`
    with people as (${peopleQuery(question)}),
    counted as (
      select ${group} as _group, age, case_count,
        diagnosis_year is null or diagnosis_year not in ${yearsList(question)} as is_other_year,
        ${isElsewhere} as is_elsewhere,
        sex is null or sex not in ('1', '2') as is_of_other_sex
      from mart.incidence_count
      where ${sql.join(conditions, sql` and `)}
    )
    select _group, age,
      case
        when is_other_year then 'year'
        when is_elsewhere then 'place'
        when is_of_other_sex then 'sex'
        when age is null then 'age'
        when ${isNobodys} then 'group'
      end as left_out,
      cast(sum(case_count) as double) as n
    from counted
    group by all
    order by all`;
};

const peopleQuery = (question: RatesQuestion): Sql => {
  const { by, where } = question;
  const groups: Readonly<Record<RateDimension, Sql>> = {
    year: sql`cast(year as varchar)`,
    site: sql`null`,
    sex: sql`sex`,
    race: sql`race`,
    county: place(question),
    age: sql`null`,
  };
  const conditions = [
    sql`year in ${yearsList(question)}`,
    isCovered(question),
    ...filtersOf(question, { sex: 'sex', race: 'race', state: 'state' }),
    ...(where.county.length === 0 ? [] : [sql`${place(question)} in (${sql.join(where.county)})`]),
  ];
  return sql`
    select ${by === null ? sql`null` : groups[by]} as _group, age_from, age_to, cast(sum(people) as double) as n
    from core.population
    where ${sql.join(conditions, sql` and `)}
    group by all
    order by all`;
};

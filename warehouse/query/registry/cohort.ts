import type { DuckDBConnection } from '@duckdb/node-api';
import { sql } from 'kysely';
import type { MatchedCase } from '../../statistics/expected-survival.ts';
import type { LifeTableRow } from '../../statistics/population-life-table.ts';
import { readRows } from '../../rows.ts';
import { cell, columnNamed } from '../column-table.ts';
import { isOneOf } from '../selected-rows.ts';
import { column, runStatement, statementOf, type Sql } from '../sql-text.ts';
import type { RecodeScheme } from './basis.ts';
import type { CancerSurvivalView, SurvivalDimension } from './survival-view.ts';

/** Ages that survival is told by: those of the International Cancer Survival Standards; Corazziari 2004. Children apart. */
export const survivalAges: readonly { readonly value: string; readonly from: number; readonly to: number | null }[] = [
  { value: '0-14', from: 0, to: 14 },
  { value: '15-44', from: 15, to: 44 },
  { value: '45-54', from: 45, to: 54 },
  { value: '55-64', from: 55, to: 64 },
  { value: '65-74', from: 65, to: 74 },
  { value: '75+', from: 75, to: null },
];

/** A case under watch. */
export interface CohortCase extends MatchedCase {
  /** null: not known. */
  readonly group: string | null;
  readonly outcome: 'died' | 'alive';
}

/** Who is watched, and how many are not, by the reason of `mart.survival_case`, `not_first` besides. */
export interface Cohort {
  readonly cases: readonly CohortCase[];
  readonly excluded: Readonly<Record<string, number>>;
}

/** Columns by dimension. */
const columnsOf = (recode: RecodeScheme | null): Readonly<Record<SurvivalDimension, Sql>> => ({
  site: column(`site_recode_${recode ?? '2023'}`),
  sex: sql`sex`,
  race: sql`race_group`,
  age: sql`case ${sql.join(
    survivalAges.map(({ value, to }) =>
      to === null ? sql`else ${value}` : sql`when age <= ${sql.lit(to)} then ${value}`,
    ),
    sql` `,
  )} end`,
  stage: sql`summary_stage`,
});

/** The cohort of a question, `mart.survival_case` narrowed to it. */
export const cohortOf = async (
  connection: DuckDBConnection,
  view: CancerSurvivalView,
  recode: RecodeScheme | null,
  signal?: AbortSignal,
): Promise<Cohort> => {
  const columns = columnsOf(recode);
  const presumed = view.presumedAlive ? '_presumed_alive' : '';
  const conditions = [
    sql`true`,
    ...(view.from === null ? [] : [sql`diagnosis_year >= ${sql.lit(view.from)}`]),
    ...(view.to === null ? [] : [sql`diagnosis_year < ${sql.lit(view.to)}`]),
    ...Object.entries(view.where).flatMap(([dimension, values]) =>
      values.length === 0 ? [] : [isOneOf(`_${dimension}`, values)],
    ),
  ];
  // Filters are by name, so every dimension has one here.
  const named = Object.entries(columns).map(
    ([dimension, expression]) => sql`${expression} as ${column(`_${dimension}`)}`,
  );
  const selected = sql`
    select *, ${view.by === null ? sql`null` : column(`_${view.by}`)} as _group
    from (
      select *, ${sql.join(named)},
        coalesce(${column(`excluded${presumed}`)}, ${view.tumors === 'first' ? sql`case when is_first then null else 'not_first' end` : sql`null`}) as _excluded
      from mart.survival_case
    )
    where ${sql.join(conditions, sql` and `)}`;
  const table = await runStatement(
    connection,
    statementOf(sql`
      select cast(_group as varchar) as _group, age, sex, race_group, diagnosis_year, diagnosis_month,
        ${column(`survival_months${presumed}`)} as months, is_dead, cast(count(*) as double) as n
      from (${selected}) where _excluded is null group by all order by all`),
    signal,
  );
  const left = await runStatement(
    connection,
    statementOf(sql`
      select _excluded as reason, cast(count(*) as double) as n from (${selected})
      where _excluded is not null group by all order by all`),
    signal,
  );
  const at = (from: typeof table, name: string, row: number) => cell(columnNamed(from, name), row);
  const excluded = Object.fromEntries(
    Array.from({ length: left.rows }, (_, row) => [String(at(left, 'reason', row)), Number(at(left, 'n', row))]),
  );
  const cases: CohortCase[] = [];
  for (let row = 0; row < table.rows; row++) {
    const [group, race] = [at(table, '_group', row), at(table, 'race_group', row)];
    const one: CohortCase = {
      group: group === null ? null : String(group),
      months: Number(at(table, 'months', row)),
      outcome: at(table, 'is_dead', row) === true ? 'died' : 'alive',
      age: Number(at(table, 'age', row)),
      sex: String(at(table, 'sex', row)),
      race: race === null ? '' : String(race),
      year: Number(at(table, 'diagnosis_year', row)),
      month: Number(at(table, 'diagnosis_month', row)),
    };
    for (let n = Number(at(table, 'n', row)); n > 0; n--) cases.push(one);
  }
  return { cases, excluded };
};

/** The configured life table. */
export const lifeTableRows = async (connection: DuckDBConnection): Promise<readonly LifeTableRow[]> =>
  (await readRows(connection, 'select sex, race, year, age, survival from core.life_table')).map((row) => ({
    ...{ sex: String(row.sex), race: String(row.race) },
    ...{ year: Number(row.year), age: Number(row.age), survival: Number(row.survival) },
  }));

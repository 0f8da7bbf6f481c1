import type { DuckDBConnection } from '@duckdb/node-api';
import type { Model } from './model/model.ts';
import { identifier, literal, relationName } from './quote.ts';

/** Condition for the rows of one month, half-open: from its first day to before the next month's. */
const inMonth = (column: string, month: string): string =>
  month === ''
    ? `${identifier(column)} is null`
    : `${identifier(column)} >= date ${literal(month)} and ${identifier(column)} < date ${literal(month)} + interval 1 month`;

/**
 * Makes `meta.period` where it is missing, a ledger in rows of the months that stand in the release, and forgets models that
 * are no longer of the kind `period`.
 */
export const layPeriodLedger = async (connection: DuckDBConnection, models: readonly Model[]): Promise<void> => {
  await connection.run('create table if not exists meta.period (model varchar, period date, row_count bigint)');
  await connection.run(
    `comment on table meta.period is 'One row per month of a period model that stands in this release'`,
  );
  const names = models.filter((model) => model.kind === 'period').map((model) => literal(model.name));
  await connection.run(`delete from meta.period where model not in (${[`''`, ...names].join(', ')})`);
};

const noteMonths = async (connection: DuckDBConnection, model: Model, where: string): Promise<void> => {
  const month = `date_trunc('month', ${identifier(model.periodColumn!)})::date`;
  await connection.run(
    `delete from meta.period where model = ${literal(model.name)} and (${where.replaceAll('@month', 'period')})`,
  );
  await connection.run(`insert into meta.period select ${literal(model.name)}, ${month} as month, count(*)
    from ${relationName(model.name)} where ${where.replaceAll('@month', month)} group by month order by month`);
};

/** Notes every month of a period model that was just built whole. */
export const notePeriods = async (connection: DuckDBConnection, model: Model): Promise<void> => {
  await noteMonths(connection, model, 'true');
};

/**
 * Replaces the given months of a period model: the model's own text narrowed from outside, old rows out, new rows in.
 * The other months are not touched.
 */
export const replacePeriods = async (
  connection: DuckDBConnection,
  model: Model,
  months: readonly string[],
): Promise<void> => {
  for (const month of months) {
    const rows = inMonth(model.periodColumn!, month);
    await connection.run(`delete from ${relationName(model.name)} where ${rows}`);
    await connection.run(`insert into ${relationName(model.name)} select * from (\n${model.sql}\n) where ${rows}`);
    await noteMonths(connection, model, month === '' ? '@month is null' : `@month = date ${literal(month)}`);
  }
};

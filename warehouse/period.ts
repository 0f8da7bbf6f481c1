import type { DuckDBConnection } from '@duckdb/node-api';
import type { Model } from './model/model.ts';
import { identifier, literal, relationName } from './quote.ts';

/** A run of months of a period model. */
export interface Span {
  /** First day of its first month; `''`: the rows without a date. */
  readonly from: string;
  /** First day of the month after its last; null: it goes on to the last there is. */
  readonly to: string | null;
}

const monthAfter = (month: string): string => {
  const day = new Date(`${month}T00:00:00Z`);
  day.setUTCMonth(day.getUTCMonth() + 1);
  return day.toISOString().slice(0, 10);
};

/** Months as runs of months that follow each other; `''` stands alone. */
export const spansOf = (months: Iterable<string>): readonly Span[] => {
  const spans: { from: string; to: string }[] = [];
  for (const month of [...new Set(months)].sort()) {
    const last = spans.at(-1);
    if (last?.to === month) last.to = monthAfter(month);
    else spans.push({ from: month, to: month === '' ? '' : monthAfter(month) });
  }
  return spans;
};

/** Months of which the first of those with a date goes on to the last there is. */
export const onwardFrom = (months: readonly string[]): readonly Span[] => {
  const [first] = months.filter((month) => month !== '').sort();
  return [
    ...(months.includes('') ? [{ from: '', to: '' }] : []),
    ...(first === undefined ? [] : [{ from: first, to: null }]),
  ];
};

/** Spans in which every month stands once, those that meet as one. */
export const joinedSpans = (spans: readonly Span[]): readonly Span[] => {
  const joined: { from: string; to: string | null }[] = [];
  for (const { from, to } of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = joined.at(-1);
    const meets = last !== undefined && last.from !== '' && (last.to === null || from <= last.to);
    if (meets) last.to = last.to === null || to === null ? null : last.to > to ? last.to : to;
    else if (from !== '' || last === undefined) joined.push({ from, to });
  }
  return joined;
};

/** SQL condition for the rows of a span, half open: from its first day to before the next month's. */
export const inSpan = (column: string, { from, to }: Span): string => {
  if (from === '') return `${column} is null`;
  const begun = `${column} >= date ${literal(from)}`;
  return to === null ? begun : `${begun} and ${column} < date ${literal(to)}`;
};

/** SQL condition for the rows of any of the spans. */
export const inSpans = (column: string, spans: readonly Span[]): string =>
  spans.length === 0 ? 'false' : spans.map((span) => `(${inSpan(column, span)})`).join(' or ');

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
 * Replaces months of a period model: the model's own text narrowed from outside, old rows out, new rows in, each run of
 * months in one go. The other months are not touched.
 */
export const replacePeriods = async (
  connection: DuckDBConnection,
  model: Model,
  spans: readonly Span[],
): Promise<void> => {
  for (const span of spans) {
    const rows = inSpan(identifier(model.periodColumn!), span);
    await connection.run(`delete from ${relationName(model.name)} where ${rows}`);
    await connection.run(`insert into ${relationName(model.name)} select * from (\n${model.sql}\n) where ${rows}`);
    await noteMonths(connection, model, inSpan('@month', span));
  }
};

import type { DuckDBConnection } from '@duckdb/node-api';
import { sql } from 'kysely';
import type { Metric } from '../metric/metric.ts';
import { column, relation, runStatement, statementOf } from './sql-text.ts';

/** What is said of a metric that has rows, none of which tells a day. */
export const undatedSentence =
  'None of its rows tells a day, so it is known in total and in no period: of a source de-identified by Safe Harbor the year is all that is left of a date.';

/** The metrics whose relation has rows and not one with a date: whatever period is asked, nothing of it is known. */
export const undatedMetrics = async (
  connection: DuckDBConnection,
  metrics: readonly Metric[],
): Promise<ReadonlySet<Metric>> => {
  const found = new Map<string, boolean>();
  const undated = new Set<Metric>();
  for (const metric of metrics) {
    const { from, date } = metric.measure;
    const key = `${from}\0${date}`;
    if (!found.has(key)) {
      const all = await runStatement(connection, statementOf(sql`select 1 from ${relation(from)} limit 1`));
      const dated = await runStatement(
        connection,
        statementOf(sql`select 1 from ${relation(from)} where ${column(date)} is not null limit 1`),
      );
      found.set(key, all.rows > 0 && dated.rows === 0);
    }
    if (found.get(key) === true) undated.add(metric);
  }
  return undated;
};

import type { DuckDBConnection } from '@duckdb/node-api';
import { kindOf } from '../error.ts';
import { literal } from '../quote.ts';
import { readRows } from '../rows.ts';
import { standing } from '../standing.ts';
import type { Check, CheckScan } from './check.ts';
import { countSql, withinMonths } from './scan-sql.ts';
import type { CheckCounts } from './status.ts';

/** One row per check, facility and month that holds rows it applies to. */
export const RESULT_TABLE = 'meta.check_result';

const RESULT_SUMMARY =
  'One row per check, facility and month with rows it applies to: how many there are, and how many of them break it';

/** What is to be counted: a scan, and the months of it. */
export interface ScanWork<Scan extends CheckScan = CheckScan> {
  readonly scan: Scan;
  /** First days of months (null: of rows without one) counted anew; null: all of them. */
  readonly months: readonly (string | null)[] | null;
}

/** Makes the table of results where there is none yet: a release begun as a copy brings that of the one before. */
export const layResults = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run('create schema if not exists meta');
  if ((await standing(connection, 'meta')).has(RESULT_TABLE)) return;
  await connection.run(
    `create table ${RESULT_TABLE} (check_id varchar, facility_id varchar, month date, examined bigint, violated bigint)`,
  );
  await connection.run(`comment on table ${RESULT_TABLE} is ${literal(RESULT_SUMMARY)}`);
};

/**
 * Counts checks, one pass a scan, into meta.check_result: the rows of the months counted are replaced, all others stay as
 * they were. Call `layResults` first.
 *
 * Where a scan fails on the data, its checks are asked one by one, so that one that cannot be run costs no other its answer.
 *
 * @returns the kind of failure (`Conversion Error`) by id of the check that could not be run: never a value of a row
 */
export const runChecks = async (
  connection: DuckDBConnection,
  work: readonly ScanWork[],
): Promise<ReadonlyMap<string, string>> => {
  const errors = new Map<string, string>();
  for (const { scan, months } of work) {
    if ((await countInto(connection, scan, scan.checks, months)) === null) continue;
    for (const check of scan.checks) {
      const failure = await countInto(connection, scan, [check], months);
      if (failure === null) continue;
      errors.set(check.id, failure);
      await forget(connection, [check], null);
    }
  }
  return errors;
};

/** @returns the kind of its failure; null where it went well */
const countInto = async (
  connection: DuckDBConnection,
  scan: CheckScan,
  checks: readonly Check[],
  months: ScanWork['months'],
): Promise<string | null> => {
  await forget(connection, checks, months);
  try {
    await connection.run(`insert into ${RESULT_TABLE} by name\n${countSql(scan, checks, months)}`);
    return null;
  } catch (cause) {
    return kindOf(cause);
  }
};

const forget = async (
  connection: DuckDBConnection,
  checks: readonly Check[],
  months: ScanWork['months'],
): Promise<void> => {
  const ids = checks.map(({ id }) => literal(id)).join(', ');
  const within = months === null ? '' : ` and (${withinMonths(months, 'month')})`;
  await connection.run(`delete from ${RESULT_TABLE} where check_id in (${ids})${within}`);
};

/** What each check found over all facilities and months; a check without rows is not among them. */
export const totals = async (connection: DuckDBConnection): Promise<ReadonlyMap<string, CheckCounts>> => {
  const rows = await readRows(
    connection,
    `select check_id, cast(sum(examined) as double) as examined, cast(sum(violated) as double) as violated
    from ${RESULT_TABLE} group by check_id`,
  );
  return new Map(
    rows.map((row) => [String(row.check_id), { examined: Number(row.examined), violated: Number(row.violated) }]),
  );
};

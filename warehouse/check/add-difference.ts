import type { DuckDBConnection } from '@duckdb/node-api';
import type { Increment } from '../increment.ts';
import { literal } from '../quote.ts';
import { readRows } from '../rows.ts';
import type { CompiledScan } from './check.ts';
import { RESULT_TABLE } from './run-checks.ts';
import { countSql } from './scan-sql.ts';

const CHANGE = 'dirty.main.check_change';
const MERGED = 'dirty.main.check_merged';

/**
 * Brings the counts of a scan up to date by its rows of changed units alone: what they were is taken off, what they are is
 * added. Its checks must have counts of the release before, taken under the same definition.
 *
 * @returns false where that can not be done, and everything must be counted: a check that fails on the data, or counts
 *   that would fall below zero
 */
export const addDifference = async (
  connection: DuckDBConnection,
  scan: CompiledScan,
  increment: Increment,
): Promise<boolean> => {
  const ids = scan.checks.map(({ id }) => literal(id)).join(', ');
  try {
    await connection.run(`create or replace table ${CHANGE} as from wh.${RESULT_TABLE} where false`);
    await increment.inBothEras(scan.relations, async (era) => {
      const sign = era === 'was' ? '-' : '';
      await connection.run(`insert into ${CHANGE}
        select check_id, facility_id, month, ${sign}examined, ${sign}violated from (\n${countSql(scan, scan.checks)}\n)`);
    });
  } catch {
    return false;
  }
  await connection.run(`create or replace table ${MERGED} as
    select check_id, facility_id, month, cast(sum(examined) as bigint) as examined, cast(sum(violated) as bigint) as violated
    from (from wh.${RESULT_TABLE} where check_id in (${ids}) union all from ${CHANGE})
    group by check_id, facility_id, month`);
  const [row] = await readRows(
    connection,
    `select count(*) as n from ${MERGED} where violated not between 0 and examined`,
  );
  if (Number(row?.n) > 0) return false;
  await connection.run(`delete from wh.${RESULT_TABLE} where check_id in (${ids})`);
  await connection.run(`insert into wh.${RESULT_TABLE} from ${MERGED} where examined > 0`);
  return true;
};

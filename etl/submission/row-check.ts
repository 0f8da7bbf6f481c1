import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../../warehouse/error.ts';
import { identifier } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { namedKeys } from './body.ts';
import type { ProfileCheck } from './profile.ts';
import type { RowKey } from './row-digest.ts';

/** What one of a profile's own checks found among the rows that are sent. */
export interface RowCheckResult extends Omit<ProfileCheck, 'violated'> {
  readonly violated: number;
  /** Keys of the first rows: surrogates. */
  readonly keys: readonly RowKey[];
}

/**
 * Puts a profile's own checks to the rows that are sent. Not known counts as no.
 *
 * @throws UserError naming the check whose condition is none
 */
export const askChecks = async (
  connection: DuckDBConnection,
  checks: readonly ProfileCheck[],
  judged: string,
  key: readonly string[],
): Promise<readonly RowCheckResult[]> => {
  const results: RowCheckResult[] = [];
  for (const { id, says, level, violated } of checks) {
    const keys = `[${key.map((column) => `coalesce(cast(${identifier(column)} as varchar), '')`).join(', ')}]`;
    const sql = `select count(*) as n, list(key order by key)[:${namedKeys}] as keys
      from (select ${keys} as key from (${judged}) where _left_out is null and coalesce((\n${violated}\n), false))`;
    const [row] = await readRows(connection, sql).catch(() => {
      throw new UserError(`The check ${id} of the profile could not be asked.`, {
        mend: 'Its `violated` must be a condition on columns of the rows.',
      });
    });
    results.push({ id, says, level, violated: Number(row?.n), keys: (row?.keys ?? []) as readonly RowKey[] });
  }
  return results;
};

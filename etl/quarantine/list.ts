import type { DuckDBConnection } from '@duckdb/node-api';
import { openBuilder } from '../../warehouse/open.ts';
import { readRows, type PlainRow } from '../../warehouse/rows.ts';
import { matching, showRows, type QuarantineState, type RowFilter } from './shown-rows.ts';

/** Refused rows that break one rule, counted. A row that breaks two rules stands in two lines. */
export interface QuarantineCount {
  readonly source: string;
  /** Null of records the reader refused, in a batch of several contracts. */
  readonly contract: string | null;
  readonly rule: string;
  readonly state: QuarantineState;
  readonly rows: number;
  /** Ids of the first and the last run that met one of them. */
  readonly firstRun: string;
  readonly lastRun: string;
}

/** Some refused rows, and how many there are. */
export interface QuarantineList {
  readonly count: number;
  readonly rows: readonly PlainRow[];
}

const order = `array_position(['open', 'accepted', 'discarded', 'replayed', 'superseded'], state)`;

/**
 * Refused rows of all batches, open ones first, then newest run first, without their text and key: what may be shown on
 * a screen.
 *
 * @param limit how many rows at most; `count` tells of all
 */
export const listQuarantine = async (
  connection: DuckDBConnection,
  folders: { readonly dataFolder: string; readonly ledgerFolder: string },
  filter: RowFilter = {},
  limit = Infinity,
): Promise<QuarantineList> => {
  await showRows(connection, folders);
  const { where, parameters } = matching(filter);
  const [total] = await readRows(connection, `select count(*) as rows from shown where ${where}`, [...parameters]);
  const rows = await readRows(
    connection,
    `select id, source_id, file_name, line, byte_position, contract, rule, first_run, last_run, state, decision
     from shown where ${where}
     order by ${order}, last_run desc, source_id, file_name, line, contract, rule
     ${Number.isFinite(limit) ? `limit ${limit}` : ''}`,
    [...parameters],
  );
  return { count: Number(total?.rows), rows };
};

/** Refused rows by source, contract, rule and state: open ones first, most rows first. */
export const countQuarantine = async (
  connection: DuckDBConnection,
  folders: { readonly dataFolder: string; readonly ledgerFolder: string },
  filter: RowFilter = {},
): Promise<readonly QuarantineCount[]> => {
  await showRows(connection, folders);
  const { where, parameters } = matching(filter);
  const rows = await readRows(
    connection,
    `select source_id as source, contract, one as rule, state, count(*) as rows,
       min(first_run) as "firstRun", max(last_run) as "lastRun"
     from (select *, unnest(rule) as one from shown where ${where})
     where $2::varchar is null or one = $2 or starts_with(one, $2 || ':')
     group by source_id, contract, one, state
     order by ${order}, rows desc, source, contract, rule`,
    [...parameters],
  );
  return rows as unknown as readonly QuarantineCount[];
};

/** What stands in quarantine, for `/api/quarantine`: counts alone, never a row. */
export const quarantineSummary = (dataFolder: string, ledgerFolder: string): Promise<readonly QuarantineCount[]> =>
  onStore((connection) => countQuarantine(connection, { dataFolder, ledgerFolder }));

/** Runs something on a small engine of its own. */
export const onStore = async <T>(use: (connection: DuckDBConnection) => Promise<T>, temp?: string): Promise<T> => {
  const builder = await openBuilder(null, { threads: 1, temp });
  try {
    return await use(builder.connection);
  } finally {
    await builder.close();
  }
};

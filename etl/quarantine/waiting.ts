import { existsSync } from 'node:fs';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from '../../warehouse/rows.ts';
import type { BatchReport } from '../land/batch-report.ts';
import { decisionsOn, readDecisions } from './decision.ts';
import { loadDecisions, ruledRows } from './ruling.ts';
import { matching, type RowFilter } from './shown-rows.ts';
import { storeFile, storedRows } from './store-file.ts';

/** Rows of a batch that wait in the store. */
export interface Waiting {
  /** That can be judged again from the store: they stand in the temp table `waiting`. */
  readonly rows: number;
  /** That cannot, since the store does not hold their whole text, or the reader refused them. */
  readonly withoutText: number;
}

/**
 * Makes the temp tables `stored`, the store of a batch, and `waiting`, its rows to be judged again: those open and those
 * that landed by a decision that holds no more.
 *
 * @param hasText whether the store keeps the text of the format
 */
export const waitingRows = async (
  connection: DuckDBConnection,
  dataFolder: string,
  { source, batch, files }: BatchReport,
  filter: RowFilter,
  hasText: boolean,
): Promise<Waiting> => {
  const file = storeFile(dataFolder, batch);
  const { where, parameters } = matching({ ...filter, source });
  await connection.run(
    `create or replace temp table stored as select * from ${storedRows(existsSync(file) ? [file] : [])}`,
  );
  await loadDecisions(
    connection,
    decisionsOn(
      readDecisions(dataFolder),
      source,
      files.map(({ digest }) => digest),
    ),
  );
  await connection.run(
    `create or replace temp table waiting as
     with ruled as (${ruledRows(
       `(select rowid as _id, source_id as source, file_digest as digest, contract, record, rule as rules from stored)`,
     )}),
     undecided as (
       select stored.*, stored.rowid as stored_row from stored left join ruled on stored.rowid = _id
       where state = 'open'
         or state = 'accepted' and len(list_filter(rule, lambda one: not list_contains(coalesce(overridden, []), one))) > 0
     )
     select *, coalesce(${hasText} and not is_unread and is_whole and not contains(raw_text, chr(65533)), false) as has_text
     from undecided semi join (from undecided where ${where}) as meant
       on meant.contract is not distinct from undecided.contract and meant.record = undecided.record`,
    [...parameters],
  );
  const [row] = await readRows(
    connection,
    'select count_if(has_text) as rows, count_if(not has_text) as others from waiting',
  );
  await connection.run('delete from waiting where not has_text');
  return { rows: Number(row?.rows), withoutText: Number(row?.others) };
};

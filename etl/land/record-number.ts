import type { DuckDBConnection } from '@duckdb/node-api';
import type { ReadFile } from './load.ts';

/** SQL expression of a row's record number in its file, given `_record`, and the join that it needs. */
export interface RecordNumber {
  readonly sql: string;
  readonly join: string;
}

/**
 * Records to a bucket, by which rows find how far they are moved. A join on equal buckets runs as rows stream by, where
 * one by order alone sorts every row with all its columns. Few enough that a bucket with a refused record beside every
 * good one is still looked through at once.
 */
const bucketSize = 128;

/**
 * `_record` counts through all files and leaves out what a CSV reader refused; this undoes both, by the temp table
 * `placed` of what was refused.
 *
 * @param unread records of the batch that the reader did not hand on
 */
export const recordNumber = async (
  connection: DuckDBConnection,
  files: readonly ReadFile[],
  unread: number,
): Promise<RecordNumber> => {
  const here = await numberHere(connection, files, unread);
  const originals = files[0]?.originals;
  return originals === undefined
    ? here
    : { sql: 'original.record', join: `${here.join} join ${originals} as original on original.ordinal = ${here.sql}` };
};

const numberHere = async (
  connection: DuckDBConnection,
  files: readonly ReadFile[],
  unread: number,
): Promise<RecordNumber> => {
  const [only, ...more] = files;
  if (more.length + unread === 0) return { sql: `_record - ${only?.start ?? 0}`, join: '' };
  const starts = files.map(({ start, read }, file) => `(${file}, ${start}, ${start + read})`);
  const end = Math.max(...files.map(({ start, read }) => start + read));
  // From `_record` on, so much is to be added; of several steps at one place the last counts. What was refused behind
  // the last row of a file moves none of its rows.
  await connection.run(
    `create or replace temp table step as
     with place(file, _start, _end) as (values ${starts.join(', ')}),
     refused as (select file, record, row_number() over (partition by file order by record) - 1 as _before from placed where is_unread),
     shift as (
       select _from, max(_add) as _add from (
         select _start + 1 as _from, -_start as _add from place
         union all
         select _start + record - _before, _before + 1 - _start from refused join place using (file)
         where _start + record - _before <= _end
       ) group by _from
     ),
     stretch as (select _from, lead(_from, 1, ${end + 1}) over (order by _from) as _until, _add from shift)
     select unnest(range(_from // ${bucketSize}, (_until - 1) // ${bucketSize} + 1)) as _bucket, _from, _until, _add
     from stretch where _from < _until`,
  );
  return {
    sql: '_record + _add',
    join: `join step on _record // ${bucketSize} = _bucket and _record >= _from and _record < _until`,
  };
};

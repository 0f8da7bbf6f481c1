import type { DuckDBConnection } from '@duckdb/node-api';
import type { ReadFile } from './load.ts';
import type { JudgedBatch } from './read-batch.ts';
import { findRecords } from '../read/find-records.ts';
import type { RejectRule } from '../read/reject.ts';
import type { SourceFormat } from '../workspace/config.ts';

/** A refused record, found again in its file. */
export interface PlacedRecord {
  readonly file: ReadFile;
  /** Its number in its file, from 1. */
  readonly record: number;
  /** `_record` of the rows made from it, or null: the reader refused it. */
  readonly read: number | null;
  /** Whether the reader did not even hand it on; a line that is broken by itself it did. */
  readonly isUnread: boolean;
  /** Physical line on which it begins; of formats without lines the number of the record. */
  readonly line: number;
  readonly lines: number;
  readonly byte: number | null;
  /** As it stands in the file; null of formats that are no text. */
  readonly text: string | null;
  /** Why the reader refused it; empty where the gate did. */
  readonly rules: readonly RejectRule[];
}

/** Whether the records of a format are found by a second look at its text. */
const isFoundAgain = (format: SourceFormat): boolean =>
  format === 'csv' || format === 'ndjson' || format === 'fixed-width';

/** Rows of a held batch whose place is looked up: enough to see what is wrong. */
const heldLimit = 10_000;

/** Every record that was refused, by its reader or by the gate, where it lies in its file; in that order. */
export const placeRefused = async (
  connection: DuckDBConnection,
  format: SourceFormat,
  { files, verdicts }: JudgedBatch,
  isHeld: boolean,
): Promise<readonly PlacedRecord[]> => {
  const wanted = new Set<number>();
  for (const { view, broken } of verdicts) {
    if (broken.size === 0) continue;
    const rows = await connection.runAndReadAll(
      `select distinct _record::double from ${view} where _broken is not null order by 1 ${isHeld ? `limit ${heldLimit}` : ''}`,
    );
    for (const record of rows.getColumns()[0] ?? []) wanted.add(Number(record));
    for (const { first } of broken.values()) wanted.add(first);
  }
  const placed: PlacedRecord[] = [];
  for (const file of files) placed.push(...(await placeIn(format, file, [...wanted])));
  return placed;
};

/** The records of one file that its reader refused, and those with a `_record` in `wanted`. */
const placeIn = async (
  format: SourceFormat,
  file: ReadFile,
  wanted: readonly number[],
): Promise<readonly PlacedRecord[]> => {
  const { start, read, rejects, scan, broken, brokenRule } = file;
  const own = new Set(
    wanted.filter((record) => record > start && record <= start + read).map((record) => record - start),
  );
  if (!isFoundAgain(format))
    return [...own].map((record) => ({
      file,
      record,
      read: record + start,
      isUnread: false,
      line: file.lines?.[record - 1] ?? record,
      lines: 1,
      byte: null,
      text: null,
      rules: [],
    }));
  if (own.size + rejects.length + broken.length === 0) return [];
  const torn = new Set(broken);
  const found = await findRecords(
    scan.content,
    {
      isGzip: scan.isGzip,
      dialect: file.splits ?? { delimiter: null },
      hasHeader: format === 'csv',
      sentAs: file.sentAs,
    },
    { refusedAt: rejects.map(({ offset }) => offset), read: new Set([...own, ...torn]) },
  );
  return found.map(({ record, read: number, refusedAt, line, lines, byte, text }) => {
    const isBroken = number !== null && torn.has(number);
    const rules: RejectRule[] = isBroken
      ? [brokenRule]
      : [...new Set(rejects.filter(({ offset }) => refusedAt.includes(offset)).map(({ rule }) => rule))];
    const isUnread = number === null;
    return {
      file,
      record,
      read: isUnread || isBroken ? null : number + start,
      isUnread,
      line,
      lines,
      byte,
      text,
      rules,
    };
  });
};

/** SQL expression of a row's record number in its file, given `_record`, and the join that it needs. */
export interface RecordNumber {
  readonly sql: string;
  readonly join: string;
}

/** `_record` counts through all files and leaves out what a CSV reader refused; this undoes both. */
export const recordNumber = async (
  connection: DuckDBConnection,
  files: readonly ReadFile[],
  placed: readonly PlacedRecord[],
): Promise<RecordNumber> => {
  const [only, ...more] = files;
  const unread = placed.filter((one) => one.isUnread);
  if (more.length + unread.length === 0) return { sql: `_record - ${only?.start ?? 0}`, join: '' };
  // From `_record` on, so much is to be added; of several steps at one place the last counts.
  const steps = new Map<number, number>();
  for (const file of files) {
    steps.set(file.start + 1, -file.start);
    const refused = unread.filter((one) => one.file === file);
    for (const [i, { record }] of refused.entries()) steps.set(file.start + record - i, i + 1 - file.start);
  }
  await connection.run('create or replace temp table step (_from bigint, _add bigint)');
  const appender = await connection.createAppender('step', null, 'temp');
  for (const [from, add] of steps) {
    appender.appendBigInt(BigInt(from));
    appender.appendBigInt(BigInt(add));
    appender.endRow();
  }
  appender.closeSync();
  return { sql: '_record + _add', join: 'asof join step on _record >= _from' };
};

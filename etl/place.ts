import type { DuckDBConnection } from '@duckdb/node-api';
import type { ReadFile } from './load.ts';
import type { JudgedBatch } from './read-batch.ts';
import { findRecords } from './read/find-records.ts';
import type { RejectRule } from './read/reject.ts';
import type { Dialect } from './read/record-scanner.ts';
import type { SourceFormat } from './workspace/config.ts';

/** A refused record, found again in its file. */
export interface PlacedRecord {
  readonly file: ReadFile;
  /** Its number in its file, from 1. */
  readonly record: number;
  /** `_record` of the rows made from it, or null: the reader refused it. */
  readonly read: number | null;
  /** Physical line on which it begins; of formats without lines the record. */
  readonly line: number;
  readonly lines: number;
  readonly byte: number | null;
  /** As it stands in the file; null of formats that are no text. */
  readonly text: string | null;
  /** Why the reader refused it; empty where the gate did. */
  readonly rules: readonly RejectRule[];
}

/** How a format separates its records, or null: it has no lines. */
export const dialectOf = (format: SourceFormat): Dialect | null => {
  if (format === 'parquet') return null;
  return { delimiter: format === 'csv' ? 44 : null };
};

/** Whether the records of a format are found by a second look at its text. */
const hasRecords = (format: SourceFormat): boolean => format === 'csv' || format === 'ndjson';

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
  const { start, read, rejects, scan, broken } = file;
  const own = new Set(wanted.filter((record) => record > start && record <= start + read).map((record) => record - start));
  if (!hasRecords(format))
    return [...own].map((record) => ({ file, record, read: record + start, line: record, lines: 1, byte: null, text: null, rules: [] }));
  if (own.size + rejects.length + broken.length === 0) return [];
  const torn = new Set(broken);
  const found = await findRecords(
    file.path,
    { isGzip: scan.isGzip, dialect: dialectOf(format) ?? { delimiter: null }, hasHeader: format === 'csv' },
    { refusedAt: rejects.map(({ offset }) => offset), read: new Set([...own, ...torn]) },
  );
  return found.map(({ record, read: number, refusedAt, line, lines, start: byte, text }) => {
    const isBroken = number !== null && torn.has(number);
    const rules: RejectRule[] = isBroken
      ? ['broken-json']
      : [...new Set(rejects.filter(({ offset }) => refusedAt.includes(offset)).map(({ rule }) => rule))];
    return { file, record, read: number === null || isBroken ? null : number + start, line, lines, byte, text, rules };
  });
};

/** SQL expression of a row's record number in its file, given `_record`, and the join that it needs. */
export interface RecordNumber {
  readonly sql: string;
  readonly join: string;
}

/** `_record` counts through all files and leaves out what a CSV reader refused; this undoes both. */
export const recordNumber = (files: readonly ReadFile[], placed: readonly PlacedRecord[]): RecordNumber => {
  const steps = files.flatMap((file) => {
    const refused = placed.filter((one) => one.file === file && one.read === null && !one.rules.includes('broken-json'));
    return [
      { from: file.start + 1, add: -file.start },
      ...refused.map(({ record }, i) => ({ from: file.start + record - i, add: i + 1 - file.start })),
    ];
  });
  const [only] = steps;
  if (!only || steps.length === 1) return { sql: `_record + ${only?.add ?? 0}`, join: '' };
  // Of several steps at one place the last counts.
  const last = new Map(steps.map(({ from, add }) => [from, add]));
  const values = [...last].map(([from, add]) => `(${from}, ${add})`).join(', ');
  return { sql: '_record + _add', join: `asof join (values ${values}) as step(_from, _add) on _record >= _from` };
};

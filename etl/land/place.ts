import type { DuckDBAppender, DuckDBConnection } from '@duckdb/node-api';
import type { ReadFile } from './load.ts';
import type { JudgedBatch } from './read-batch.ts';
import { readRows } from '../../warehouse/rows.ts';
import { findRecords, type RecordText } from '../read/find-records.ts';
import { readNumbers } from '../read/read-numbers.ts';
import { rejectRuleNames, type RejectRule } from '../read/reject.ts';
import type { SourceFormat } from '../workspace/config.ts';

/** Where a refused record lies. */
export interface Place {
  readonly file: ReadFile;
  /** Physical line on which it begins; of formats without lines the number of the record. */
  readonly line: number;
  readonly lines: number;
}

/**
 * What was refused of a batch, found again in its files.
 *
 * The records themselves stand in the temp table `placed`: `file` (place in the batch), `record` (its number in its
 * file, from 1), `read` (`_record` of the rows made from it, null: the reader refused it), `is_unread` (it was not even
 * handed on), `line`, `byte`, `rules` (bits of `rejectRuleNames`, 0 where the gate refused it), `text` as it stands in
 * the file (null of formats that are no text) and `is_whole`.
 */
export interface Placing {
  /** Records the reader refused. */
  readonly rejected: number;
  /** Of each file, the records that the reader did not even hand on; a broken line of JSON it did. */
  readonly unread: ReadonlyMap<ReadFile, number>;
  /** Why the reader refused records, with the first of each. */
  readonly torn: ReadonlyMap<RejectRule, { readonly count: number; readonly first: Place }>;
  /** Where the first row that broke a rule lies, by its `_record`. */
  readonly firsts: ReadonlyMap<number, Place>;
  /** The first record of several lines that the reader refused, or null: an open quote may have swallowed good rows. */
  readonly swallowing: Place | null;
  /** Records refused, and how many of them stand in `placed`: all, but of a held batch the first ones. */
  readonly refused: number;
  readonly kept: number;
}

/** Whether the text of a refused record may be kept: a resource of FHIR holds more than its view reads, names among it. */
export const keepsText = (format: SourceFormat): boolean =>
  format === 'csv' || format === 'ndjson' || format === 'fixed-width';

/** Whether the records of a format are found by a second look at its text. */
const isFoundAgain = (format: SourceFormat): boolean => keepsText(format) || format === 'fhir-ndjson';

/** Refused records of a held batch that are kept: enough to see what is wrong, and the file is still there. */
export const heldLimit = 10_000;

/** Finds every record that was refused, by its reader or by the gate, where it lies in its file. */
export const placeRefused = async (
  connection: DuckDBConnection,
  format: SourceFormat,
  { files, verdicts }: Pick<JudgedBatch, 'files' | 'verdicts'>,
  isHeld: boolean,
): Promise<Placing> => {
  const broken = verdicts.flatMap(({ view, broken }) =>
    broken.size === 0 ? [] : [`select _record from ${view} where _broken is not null or _overridden is not null`],
  );
  const distinct = `(select distinct _record from (${broken.join(' union all ')}))`;
  const [wanted = new Float64Array()] =
    broken.length === 0
      ? []
      : await readNumbers(
          connection,
          `select _record::double from ${distinct} order by 1 ${isHeld ? `limit ${heldLimit}` : ''}`,
        );
  const firsts = new Set(verdicts.flatMap(({ broken: rules }) => [...rules.values()].map(({ first }) => first)));
  const placer = await makePlacer(connection, firsts, isHeld ? heldLimit : Infinity);
  const all = isHeld ? Float64Array.from(new Set([...wanted, ...firsts])).sort() : wanted;
  for (const [position, file] of files.entries()) await placeIn(placer, format, file, position, all);
  const placing = placer.end();
  if (!isHeld || broken.length === 0) return placing;
  const [row] = await readRows(connection, `select count(*) as records from ${distinct}`);
  return { ...placing, refused: placing.rejected + Number(row?.records) };
};

interface Found {
  readonly record: number;
  readonly read: number | null;
  readonly isUnread: boolean;
  readonly line: number;
  readonly lines: number;
  readonly byte: number | null;
  readonly rules: ReadonlySet<number>;
}

interface Placer {
  readonly take: (file: ReadFile, position: number, found: Found, text: (() => RecordText) | null) => void;
  readonly end: () => Placing;
}

const makePlacer = async (
  connection: DuckDBConnection,
  wantedFirsts: ReadonlySet<number>,
  limit: number,
): Promise<Placer> => {
  await connection.run(
    `create or replace temp table placed (file integer, record bigint, "read" bigint, is_unread boolean, line bigint,
       byte bigint, rules integer, text varchar, is_whole boolean)`,
  );
  const appender = await connection.createAppender('placed', null, 'temp');
  const unread = new Map<ReadFile, number>();
  const torn = new Map<RejectRule, { count: number; first: Place }>();
  const firsts = new Map<number, Place>();
  let [rejected, refused, kept] = [0, 0, 0];
  let swallowing: Place | null = null;
  return {
    take: (file, position, found, text) => {
      const { read, isUnread, line, lines, rules } = found;
      const place: Place = { file, line, lines };
      refused += 1;
      if (rules.size > 0) {
        rejected += 1;
        if (lines > 1) swallowing ??= place;
      }
      if (isUnread) unread.set(file, (unread.get(file) ?? 0) + 1);
      for (const rule of rules) {
        const known = torn.get(rejectRuleNames[rule]!);
        if (known) known.count += 1;
        else torn.set(rejectRuleNames[rule]!, { count: 1, first: place });
      }
      const isFirst = read !== null && wantedFirsts.has(read);
      if (isFirst) firsts.set(read, place);
      if (kept >= limit && !isFirst) return;
      kept += 1;
      append(appender, position, found, text?.() ?? null);
    },
    end: () => {
      appender.closeSync();
      return { rejected, unread, torn, firsts, swallowing, refused, kept };
    },
  };
};

const append = (
  appender: DuckDBAppender,
  position: number,
  { record, read, isUnread, line, byte, rules }: Found,
  text: RecordText | null,
): void => {
  const appendWhole = (value: number | null): void => {
    if (value === null) appender.appendNull();
    else appender.appendBigInt(BigInt(value));
  };
  appender.appendInteger(position);
  appendWhole(record);
  appendWhole(read);
  appender.appendBoolean(isUnread);
  appendWhole(line);
  appendWhole(byte);
  appender.appendInteger([...rules].reduce((bits, rule) => bits | (1 << rule), 0));
  if (text === null) appender.appendNull();
  else appender.appendVarchar(text.text);
  appender.appendBoolean(text?.isWhole ?? false);
  appender.endRow();
};

const noRule: ReadonlySet<number> = new Set();

/** The records of one file that its reader refused, and those with a `_record` in `wanted`. */
const placeIn = async (
  { take }: Placer,
  format: SourceFormat,
  file: ReadFile,
  position: number,
  wanted: Float64Array,
): Promise<void> => {
  const { start, read, rejects, scan, broken } = file;
  const brokenRule: ReadonlySet<number> = new Set([rejectRuleNames.indexOf(file.brokenRule)]);
  const own = wanted
    .subarray(countUpTo(wanted, start), countUpTo(wanted, start + read))
    .map((record) => record - start);
  if (!isFoundAgain(format)) {
    for (const record of own) {
      const line = file.lines?.[record - 1] ?? record;
      take(
        file,
        position,
        { record, read: record + start, isUnread: false, line, lines: 1, byte: null, rules: noRule },
        null,
      );
    }
    return;
  }
  if (own.length + rejects.offsets.length + broken.length === 0) return;
  let nextBroken = 0;
  await findRecords(
    scan.content,
    {
      isGzip: scan.isGzip,
      dialect: file.splits ?? { delimiter: null },
      hasHeader: format === 'csv',
      sentAs: file.sentAs,
    },
    { refusedAt: rejects.offsets, read: broken.length === 0 ? own : merged(own, broken) },
    ({ record, read: number, refusals: [from, to], line, lines, byte }, text) => {
      while (number !== null && nextBroken < broken.length && broken[nextBroken]! < number) nextBroken += 1;
      const isBroken = number !== null && broken[nextBroken] === number;
      const rules = isBroken ? brokenRule : from === to ? noRule : new Set(rejects.rules.subarray(from, to));
      const place = { record, line, lines, byte, rules, isUnread: number === null };
      take(
        file,
        position,
        { ...place, read: number === null || isBroken ? null : number + start },
        keepsText(format) ? text : null,
      );
    },
  );
};

/** How many of some ascending numbers are at most `limit`. */
const countUpTo = (numbers: Float64Array, limit: number): number => {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle]! <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** Two ascending lists without a number in common as one. */
const merged = (a: Float64Array, b: Float64Array): Float64Array => {
  const both = new Float64Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both.sort();
};

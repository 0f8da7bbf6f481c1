import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { unitWidth, unitsIn, type Encoding } from './encoding.ts';
import { RecordScanner, type Dialect, type RecordPlace } from './record-scanner.ts';

/** Records of one file that somebody wants to see again. */
export interface Wanted {
  /** Offsets at which the reader refused a record, ascending; one record may have several. */
  readonly refusedAt: Float64Array;
  /** Numbers, from 1, of records among those the reader did not refuse; ascending. */
  readonly read: Float64Array;
}

/** A wanted record. */
export interface FoundRecord {
  /** Its number in its file, from 1; a CSV file's header is not counted. */
  readonly record: number;
  /** Its number among the records the reader did not refuse, or null: it was refused. */
  readonly read: number | null;
  /** Which of the offsets given lie in it, first and one after the last; the same number twice where none does. */
  readonly refusals: readonly [from: number, to: number];
  /** Physical line on which it begins, from 1. */
  readonly line: number;
  readonly lines: number;
  /** Offset of its first byte in the file as it was sent, after decompression. */
  readonly byte: number;
}

/** The text of a record, and whether it is all of it. */
export interface RecordText {
  /** At most 64 KiB; bytes that are no UTF-8 are shown as �. */
  readonly text: string;
  readonly isWhole: boolean;
}

const textLimit = 1 << 16;

/** A text in UTF-8, and what it was before. */
export interface FoundIn {
  readonly isGzip: boolean;
  readonly dialect: Dialect;
  readonly hasHeader: boolean;
  /** Encoding the text had when it was sent, with the length of its byte order mark; null: it is as it was sent. */
  readonly sentAs: { readonly encoding: Encoding; readonly mark: number } | null;
}

/**
 * A second pass over a text, taken only when something was refused: where the wanted records lie, and their own text.
 *
 * The reader knows refused records by an offset that lies in them or in the line break before them, and the others by
 * their order; between the two every record is accounted for. No more is kept in memory than one block of the file.
 *
 * @param take told of each wanted record in the order of the file; its text is cut out only when asked for at once
 */
export const findRecords = async (
  file: string,
  { isGzip, dialect, hasHeader, sentAs }: FoundIn,
  { refusedAt, read }: Wanted,
  take: (found: FoundRecord, text: () => RecordText) => void,
): Promise<void> => {
  let found: (Omit<FoundRecord, 'byte'> & { readonly start: number; readonly end: number })[] = [];
  let nextOffset = 0;
  let nextRead = 0;
  let refused = 0;
  const look = ({ ordinal, line, lines, start, end }: RecordPlace): void => {
    const record = ordinal + (hasHeader ? 0 : 1);
    if (record === 0) return;
    const from = nextOffset;
    while (nextOffset < refusedAt.length && refusedAt[nextOffset]! <= end) nextOffset += 1;
    const isRefused = nextOffset > from;
    if (isRefused) refused += 1;
    const number = isRefused ? null : record - refused;
    if (number !== null) {
      while (nextRead < read.length && read[nextRead]! < number) nextRead += 1;
      if (read[nextRead] !== number) return;
    }
    found.push({ record, read: number, refusals: [from, nextOffset], line, lines, start, end });
  };
  const scanner = new RecordScanner(dialect, look);
  // The bytes from the start of the record being read, so that a record may span chunks.
  let kept: Buffer = Buffer.alloc(0);
  let keptFrom = 0;
  // Offset up to which the units of the text as it was sent were counted, and how many there were.
  let countedTo = 0;
  let units = 0;
  const sentByte = (offset: number): number => {
    if (!sentAs) return offset;
    units += unitsIn(kept.subarray(countedTo - keptFrom, offset - keptFrom));
    countedTo = offset;
    return sentAs.mark + units * unitWidth(sentAs.encoding);
  };
  const handOver = (): void => {
    for (const one of found) {
      const { start, end } = one;
      take({ ...one, byte: sentByte(start) }, () => ({
        text: kept.toString('utf8', start - keptFrom, Math.min(end, start + textLimit) - keptFrom),
        isWhole: end - start <= textLimit,
      }));
    }
    found = [];
  };
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  for await (const chunk of (isGzip ? raw.pipe(createGunzip({ chunkSize: 1 << 20 })) : raw) as AsyncIterable<Buffer>) {
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    scanner.write(chunk);
    handOver();
    sentByte(scanner.recordStart);
    kept = kept.subarray(scanner.recordStart - keptFrom);
    keptFrom = scanner.recordStart;
  }
  scanner.end();
  handOver();
};

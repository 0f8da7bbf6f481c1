import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { unitWidth, unitsIn, type Encoding } from './encoding.ts';
import { RecordScanner, type Dialect, type RecordPlace } from './record-scanner.ts';

/** Records of one file that somebody wants to see again. */
export interface Wanted {
  /** Offsets at which the reader refused a record, in any order; one record may have several. */
  readonly refusedAt: readonly number[];
  /** Numbers, from 1, of records among those the reader did not refuse; in any order. */
  readonly read: ReadonlySet<number>;
}

/** A wanted record. */
export interface FoundRecord {
  /** Its number in its file, from 1; a CSV file's header is not counted. */
  readonly record: number;
  /** Its number among the records the reader did not refuse, or null: it was refused. */
  readonly read: number | null;
  /** Offsets at which the reader refused it; empty where it did not. */
  readonly refusedAt: readonly number[];
  /** Physical line on which it begins, from 1. */
  readonly line: number;
  readonly lines: number;
  /** Offset of its first byte in the file as it was sent, after decompression. */
  readonly byte: number;
  /** Its text, at most 64 KiB of it; bytes that are no UTF-8 are shown as �. */
  readonly text: string;
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
 * their order; between the two every record is accounted for.
 */
export const findRecords = async (
  file: string,
  { isGzip, dialect, hasHeader, sentAs }: FoundIn,
  { refusedAt, read }: Wanted,
): Promise<readonly FoundRecord[]> => {
  const offsets = [...refusedAt].sort((a, b) => a - b);
  const found: (Omit<FoundRecord, 'text' | 'byte'> & { readonly start: number; readonly end: number })[] = [];
  const texts: Pick<FoundRecord, 'text' | 'byte'>[] = [];
  let next = 0;
  let refused = 0;
  const look = (place: RecordPlace): void => {
    const record = place.ordinal + (hasHeader ? 0 : 1);
    if (record === 0) return;
    const from = next;
    while (next < offsets.length && offsets[next]! <= place.end) next += 1;
    const isRefused = next > from;
    if (isRefused) refused += 1;
    const number = isRefused ? null : record - refused;
    if (!isRefused && !read.has(number!)) return;
    const { line, lines, start, end } = place;
    found.push({ record, read: number, refusedAt: offsets.slice(from, next), line, lines, start, end });
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
  const cutTexts = (): void => {
    for (const { start, end } of found.slice(texts.length)) {
      const text = kept.toString('utf8', start - keptFrom, Math.min(end, start + textLimit) - keptFrom);
      texts.push({ text, byte: sentByte(start) });
    }
  };
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  for await (const chunk of (isGzip ? raw.pipe(createGunzip({ chunkSize: 1 << 20 })) : raw) as AsyncIterable<Buffer>) {
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    scanner.write(chunk);
    cutTexts();
    sentByte(scanner.recordStart);
    kept = kept.subarray(scanner.recordStart - keptFrom);
    keptFrom = scanner.recordStart;
  }
  scanner.end();
  cutTexts();
  return found.map(({ start: _start, end: _end, ...place }, i) => ({ ...place, ...texts[i]! }));
};

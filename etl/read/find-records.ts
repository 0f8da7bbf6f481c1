import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
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
  /** Offset of its first byte, after decompression. */
  readonly start: number;
  /** Offset after its last byte. */
  readonly end: number;
  /** Its text, at most 64 KiB of it; bytes that are no UTF-8 are shown as �. */
  readonly text: string;
}

const textLimit = 1 << 16;

/**
 * A second pass over a text, taken only when something was refused: where the wanted records lie, and their own text.
 *
 * The reader knows refused records by an offset that lies in them or in the line break before them, and the others by
 * their order; between the two every record is accounted for.
 */
export const findRecords = async (
  file: string,
  { isGzip, dialect, hasHeader }: { readonly isGzip: boolean; readonly dialect: Dialect; readonly hasHeader: boolean },
  { refusedAt, read }: Wanted,
): Promise<readonly FoundRecord[]> => {
  const offsets = [...refusedAt].sort((a, b) => a - b);
  const found: Omit<FoundRecord, 'text'>[] = [];
  const texts: string[] = [];
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
  const cutTexts = (): void => {
    for (const { start, end } of found.slice(texts.length))
      texts.push(kept.toString('utf8', start - keptFrom, Math.min(end, start + textLimit) - keptFrom));
  };
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  for await (const chunk of (isGzip ? raw.pipe(createGunzip({ chunkSize: 1 << 20 })) : raw) as AsyncIterable<Buffer>) {
    kept = kept.length === 0 ? chunk : Buffer.concat([kept, chunk]);
    scanner.write(chunk);
    cutTexts();
    kept = kept.subarray(scanner.recordStart - keptFrom);
    keptFrom = scanner.recordStart;
  }
  scanner.end();
  cutTexts();
  return found.map((place, i) => ({ ...place, text: texts[i] ?? '' }));
};

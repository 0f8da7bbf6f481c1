import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { inUtf8, utf16Of, Utf8Witness, type Encoding } from './encoding.ts';
import { firstBytes, isGzip } from './head.ts';
import { RecordScanner, type Dialect } from './record-scanner.ts';

/** What one pass over a file's bytes tells, before any reader has touched it. */
export interface FileScan {
  /** sha256 of the file as it lies there, hex. */
  readonly digest: string;
  /** Size as it lies there. */
  readonly bytes: number;
  /** Where its contents lie as they are to be read: the file itself, or what it became in UTF-8. */
  readonly content: string;
  /** Whether `content` is compressed. */
  readonly isGzip: boolean;
  /** Physical lines; a last line without a line break counts. 0 of binary files. */
  readonly lines: number;
  /** Records, a CSV file's header among them. Blank lines are none. 0 of binary files. */
  readonly records: number;
  /** Lines of the record of most lines. */
  readonly longest: number;
  /** Line of the record of most bytes. */
  readonly largestLine: number;
  /** The first line of a text, at most 64 KiB of it, without its line break. */
  readonly header: string;
  /** Of CSV: whether there is no first row with as many columns as the header. */
  readonly isFirstRowOdd: boolean;
  /** Why this file cannot be read at all, or null. */
  readonly flaw: FileFlaw | null;
  /** Size and time of change, to notice a file that is still being written. */
  readonly stamp: string;
}

/** What is wrong with a file as a whole, and the line where that shows, if one can be named. */
export interface FileFlaw {
  readonly kind: FlawKind;
  readonly line: number | null;
}

/** In the order in which they are looked for. */
export type FlawKind =
  | 'empty'
  | 'utf-16'
  | 'utf-8'
  | 'zip'
  | 'truncated-gzip'
  | 'damaged-gzip'
  | 'unterminated-quote'
  | 'stray-quote'
  | 'hidden-rows'
  | 'carriage-returns'
  | 'mixed-line-ends'
  | 'empty-columns';

const blockSize = 1 << 20;
const headerLimit = 1 << 16;

/** How the bytes of a text are to be taken, and where they go in UTF-8 if they are not. */
export interface Reading extends Dialect {
  /** UTF-8 where left out. */
  readonly encoding?: Encoding;
  /** File to write the text to in UTF-8; asked for where `encoding` is another. */
  readonly utf8File?: string;
}

/**
 * Digest, size, lines and records of a file in one streaming pass, compressed or not.
 *
 * @param reading how the text is written and separates its records, or null for a binary file
 * @param onBytes told how many bytes were read so far, after each block
 */
export const scanFile = async (
  file: string,
  reading: Reading | null,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<FileScan> => {
  const { encoding = 'utf-8', utf8File: content = file } = reading ?? {};
  const isTurned = encoding !== 'utf-8';
  const { size, mtimeMs } = await stat(file);
  const first = await firstBytes(file);
  const isPacked = isGzip(first);
  const hash = createHash('sha256');
  const scanner = new RecordScanner(reading ?? { delimiter: null });
  const witness = new Utf8Witness();
  const turned = isTurned ? await open(content, 'w', 0o600) : null;
  let header = '';
  let damage: FlawKind | null = null;
  const take = async (chunks: AsyncIterable<Buffer>): Promise<void> => {
    const bytes = encoding === 'windows-1252' ? seenBy(witness, chunks) : chunks;
    for await (const chunk of inUtf8(bytes, encoding)) {
      if (!reading) continue;
      if (scanner.bytes === 0) header = firstLine(chunk);
      scanner.write(chunk);
      await turned?.writeFile(chunk);
    }
  };
  const blocks = () => hashedBlocks(file, hash, onBytes);
  try {
    if (isPacked) {
      const gunzip = createGunzip({ chunkSize: blockSize });
      await pipeline(blocks, gunzip, take);
      // Zeros behind the last member end a text for some readers, and are damage to others.
      if (gunzip.bytesWritten < size) damage = 'damaged-gzip';
    } else await take(blocks());
  } catch (error) {
    damage = gzipDamage(error);
  } finally {
    await turned?.close();
  }
  const openQuote = scanner.end();
  return {
    digest: damage === null ? hash.digest('hex') : await digestOf(file),
    bytes: size,
    content,
    isGzip: isPacked && !isTurned,
    lines: scanner.lines,
    records: scanner.records,
    longest: scanner.longest,
    largestLine: scanner.largestLine,
    header,
    isFirstRowOdd: scanner.isFirstRowOdd,
    flaw: flawOf({ size, first, reading, damage, scanner, openQuote, isUtf8: isTurned && witness.end() }),
    stamp: `${size} ${mtimeMs}`,
  };
};

/** Size and time of change of a file. */
export const stampOf = async (file: string): Promise<string> => {
  const { size, mtimeMs } = await stat(file);
  return `${size} ${mtimeMs}`;
};

/** Whether the file is no longer what it was when it was scanned, or is no longer there. */
export const hasChanged = async (file: string, { stamp }: Pick<FileScan, 'stamp'>): Promise<boolean> =>
  (await stampOf(file).catch(() => '')) !== stamp;

const hashedBlocks = async function* (
  file: string,
  hash: Hash,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const block of createReadStream(file, { highWaterMark: blockSize }) as AsyncIterable<Buffer>) {
    hash.update(block);
    bytes += block.length;
    onBytes(bytes);
    yield block;
  }
};

const digestOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const block of createReadStream(file) as AsyncIterable<Buffer>) hash.update(block);
  return hash.digest('hex');
};

async function* seenBy(witness: Utf8Witness, chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    witness.write(chunk);
    yield chunk;
  }
}

const firstLine = (chunk: Buffer): string => {
  const end = chunk.indexOf(10);
  const line = chunk.subarray(0, Math.min(end < 0 ? chunk.length : end, headerLimit)).toString('utf8');
  return line.replace(/^\uFEFF/, '').replace(/\r$/, '');
};

const gzipDamage = (error: unknown): FlawKind => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'Z_BUF_ERROR') return 'truncated-gzip';
  if (code.startsWith('Z_')) return 'damaged-gzip';
  throw error;
};

interface Findings {
  readonly size: number;
  readonly first: Uint8Array;
  readonly reading: Reading | null;
  readonly damage: FlawKind | null;
  readonly scanner: RecordScanner;
  readonly openQuote: number | null;
  /** The text is UTF-8, though it was to be read as another. */
  readonly isUtf8: boolean;
}

const flawOf = ({ size, first, reading, damage, scanner, openQuote, isUtf8 }: Findings): FileFlaw | null => {
  const [a, b, c, d] = first;
  if (size === 0) return { kind: 'empty', line: null };
  if (damage !== null) return { kind: damage, line: null };
  if (a === 0x50 && b === 0x4b && c === 3 && d === 4) return { kind: 'zip', line: null };
  if (reading === null) return null;
  if (scanner.bytes === 0) return { kind: 'empty', line: null };
  if (isUtf8) return { kind: 'utf-8', line: null };
  if ((reading.encoding ?? 'utf-8') === 'utf-8' && utf16Of(first) !== null) return { kind: 'utf-16', line: 1 };
  if (reading.delimiter === null) return null;
  if (openQuote !== null) return { kind: 'unterminated-quote', line: openQuote };
  if (scanner.strayQuoteLine !== null) return { kind: 'stray-quote', line: scanner.strayQuoteLine };
  if (scanner.hidingLine !== null) return { kind: 'hidden-rows', line: scanner.hidingLine };
  if (scanner.returnLine !== null) return { kind: 'carriage-returns', line: scanner.returnLine };
  if (scanner.mixedLine !== null) return { kind: 'mixed-line-ends', line: scanner.mixedLine };
  return scanner.overlongLine === null ? null : { kind: 'empty-columns', line: scanner.overlongLine };
};

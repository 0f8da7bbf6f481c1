import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { HeldError } from '../error.ts';
import type { Dialect } from './record-scanner.ts';
import type { FileScan } from './scan.ts';

/**
 * Records with too few or too many columns that a file may hold at most, whatever its source says. DuckDB's reader takes a
 * kilobyte of memory for each, beyond any limit set, and 30 µs: ten million of them would need 11 GB.
 */
export const tornLimit = 200_000;

const LF = 10;
const blocks = 64;
const blockSize = 1 << 16;

/** What is known of a file before its rows are read. */
interface ScannedText {
  readonly name: string;
  readonly scan: Pick<FileScan, 'content' | 'isGzip' | 'records'>;
}

/**
 * Looks for rows of another number of columns than the header's: at some of them, and only where these make it likely that
 * there are too many, at all of them.
 *
 * @throws HeldError when there are more than can be set aside
 */
export const refuseTorn = async ({ name, scan }: ScannedText, dialect: Dialect): Promise<void> => {
  const { content: path, isGzip, records } = scan;
  if (records <= tornLimit) return;
  const header = new ColumnCount(dialect, null);
  await eachBlock(path, isGzip, blockSize, (block) => !header.read(block, 1));
  const sample = new ColumnCount(dialect, header.wanted);
  if (isGzip) await eachBlock(path, true, blocks * blockSize, (block) => !sample.read(block));
  else await sampleBlocks(path, (block) => sample.readApart(block));
  if (sample.rows === 0 || (sample.torn / sample.rows) * records <= tornLimit / 2) return;
  const all = new ColumnCount(dialect, header.wanted);
  await eachBlock(path, isGzip, Infinity, (block) => !all.read(block));
  if (all.torn <= tornLimit) return;
  const counted = (number: number): string => number.toLocaleString('en-US');
  throw new HeldError(
    `${name} line ${all.firstLine} is held by rule torn-row: ${counted(all.torn)} of its ${counted(records - 1)} rows have fewer or more columns than the header, the first of them there, and more than ${counted(tornLimit)} are never set aside`,
    'Look for another delimiter, for quotes left out, and for a column that came or went half way; then export the file again.',
  );
};

/** Counts rows by their number of delimiters outside quotes; blank lines are no rows. */
class ColumnCount {
  rows = 0;
  torn = 0;
  /** Physical line of the first torn row. */
  firstLine = 0;
  /** Delimiters of the header: taken from the first row where none is given. */
  wanted: number;
  readonly #delimiter: number;
  readonly #quote: number;
  #isQuoted = false;
  #count = 0;
  #bytes = 0;
  #line = 1;
  #rowLine = 1;

  constructor({ delimiter, quote = 34 }: Dialect, wanted: number | null) {
    this.#delimiter = delimiter ?? -1;
    this.#quote = quote ?? -1;
    this.wanted = wanted ?? -1;
  }

  /** Goes on reading; true once `rows` rows have been read. */
  read(block: Uint8Array, rows = Infinity): boolean {
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    for (const byte of block) {
      if (byte === quote) this.#isQuoted = !this.#isQuoted;
      if (byte === LF) {
        this.#line += 1;
        if (!this.#isQuoted) this.#endRow();
        if (this.rows === rows) return true;
      } else {
        if (byte === delimiter && !this.#isQuoted) this.#count += 1;
        if (byte !== 13) this.#bytes += 1;
      }
    }
    return false;
  }

  /** Reads the whole lines of a block cut out of the file. */
  readApart(block: Uint8Array): void {
    this.#isQuoted = false;
    this.#count = this.#bytes = 0;
    this.read(block.subarray(block.indexOf(LF) + 1));
  }

  #endRow(): void {
    if (this.#bytes > 0) {
      this.rows += 1;
      if (this.wanted < 0) this.wanted = this.#count;
      if (this.#count !== this.wanted) {
        if (this.torn === 0) this.firstLine = this.#rowLine;
        this.torn += 1;
      }
    }
    this.#count = this.#bytes = 0;
    this.#rowLine = this.#line;
  }
}

const eachBlock = async (
  path: string,
  isGzip: boolean,
  limit: number,
  take: (block: Uint8Array) => boolean,
): Promise<void> => {
  const raw = createReadStream(path, { highWaterMark: 1 << 20 });
  let seen = 0;
  for await (const block of (isGzip ? raw.pipe(createGunzip({ chunkSize: 1 << 20 })) : raw) as AsyncIterable<Buffer>) {
    if (!take(block) || (seen += block.length) >= limit) break;
  }
  raw.destroy();
};

const sampleBlocks = async (path: string, take: (block: Uint8Array) => void): Promise<void> => {
  const handle = await open(path);
  try {
    const { size: bytes } = await handle.stat();
    const block = new Uint8Array(blockSize);
    for (let i = 0; i < blocks; i++) {
      const { bytesRead } = await handle.read(block, 0, blockSize, Math.floor((bytes / blocks) * i));
      take(block.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
};

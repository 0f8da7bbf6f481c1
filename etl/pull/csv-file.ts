import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/** Texts put together before they go through the compressor. */
const blockLength = 1 << 16;

/**
 * Writes rows of texts as a compressed CSV file, the header first; null is nothing between commas.
 *
 * @param onRows told how many rows there are so far, now and then
 * @returns how many rows were written, and the sha256 of the file
 */
export const writeCsv = async (
  file: string,
  columns: readonly string[],
  rows: AsyncIterable<readonly (string | null)[]>,
  onRows: (count: number) => void = () => undefined,
): Promise<{ readonly rows: number; readonly sha256: string }> => {
  let count = 0;
  const blocks = async function* (): AsyncGenerator<string> {
    let block = line(columns);
    for await (const row of rows) {
      block += line(row);
      count += 1;
      if (block.length < blockLength) continue;
      yield block;
      block = '';
      onRows(count);
    }
    yield block;
  };
  await pipeline(Readable.from(blocks()), createGzip({ level: 1 }), createWriteStream(file, { mode: 0o600 }));
  return { rows: count, sha256: await digestOf(file) };
};

// A line of one empty value would be a blank line, which is no row.
const line = (values: readonly (string | null)[]): string => {
  const text = values.map((value) => (value === null ? '' : quoted(value))).join(',');
  return text === '' ? '""\n' : `${text}\n`;
};

const quoted = (value: string): string => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

const digestOf = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const block of createReadStream(file) as AsyncIterable<Buffer>) hash.update(block);
  return hash.digest('hex');
};

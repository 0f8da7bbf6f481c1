import { createHash } from 'node:crypto';
import { renameSync, rmSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { naaccrXml, type NaaccrFile, type NaaccrPatient, type Written } from './naaccr-xml.ts';

/** What a file is known by. */
export interface FileBytes {
  readonly bytes: number;
  /** Of the file as it lies on the disk, hexadecimal. */
  readonly sha256: string;
}

/** What was written, and what the file is known by. */
export interface WrittenFile extends Written, FileBytes {}

/**
 * Writes a NAACCR XML file, gzipped where its name ends in .gz. It stands under its name once it is whole; after an error
 * there is none, and one that stood there before still does.
 *
 * @throws NaaccrWriteError
 */
export const writeNaaccrFile = async (
  path: string,
  file: NaaccrFile,
  patients: AsyncIterable<NaaccrPatient> | Iterable<NaaccrPatient>,
): Promise<WrittenFile> => {
  const result: { written?: Written } = {};
  const known = await writePieces(path, pieces(naaccrXml(file, patients), result));
  return { ...result.written!, ...known };
};

/**
 * Writes bytes to a file, gzipped where its name ends in .gz: the same bytes each time, on every system. It stands under its
 * name once it is whole; after an error there is none, and one that stood there before still does.
 */
export const writePieces = async (path: string, source: AsyncIterable<Buffer>): Promise<FileBytes> => {
  const partial = `${path}.partial`;
  const target = await open(partial, 'w', 0o600);
  const hash = createHash('sha256');
  const bytes = Readable.from(source, { objectMode: false });
  const digested = async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let isFirst = path.endsWith('.gz');
    for await (const piece of source) {
      // The tenth byte of a gzip names the system that made it: not known, so that every system makes the same.
      if (isFirst && piece.length > 9) piece[9] = 255;
      isFirst = false;
      hash.update(piece);
      yield piece;
    }
  };
  try {
    if (path.endsWith('.gz'))
      await pipeline(bytes, createGzip({ level: 6, chunkSize: 1 << 16 }), digested, target.createWriteStream());
    else await pipeline(bytes, digested, target.createWriteStream());
    const size = statSync(partial).size;
    renameSync(partial, path);
    return { bytes: size, sha256: hash.digest('hex') };
  } catch (error) {
    await target.close();
    rmSync(partial, { force: true });
    throw error;
  }
};

async function* pieces(text: AsyncGenerator<string, Written>, result: { written?: Written }): AsyncGenerator<Buffer> {
  for (let next = await text.next(); ; next = await text.next()) {
    if (next.done === true) {
      result.written = next.value;
      return;
    }
    yield Buffer.from(next.value);
  }
}

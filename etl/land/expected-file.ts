import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { HeldError } from '../error.ts';
import type { Arrival } from './arrival.ts';
import { fileName } from '../find.ts';
import { isArchive, readEntries } from '../read/archive.ts';
import { headFrom, headLength } from '../read/head.ts';
import { fileKey, readingOf, type ReadingContext } from './scan-arrival.ts';

/** An extract file as a run would find it. */
export interface ExpectedFile extends Arrival {
  /** sha256, hex; empty where it is an archive that cannot be unpacked. */
  readonly digest: string;
  /** By what a batch knows it; null where it is an archive that cannot be unpacked. */
  readonly key: string | null;
}

/** The extract files that one file of a source is or holds; nothing is written to look. */
export const expectedFiles = async (
  context: ReadingContext,
  workspaceFolder: string,
  file: string,
): Promise<readonly ExpectedFile[]> => {
  const name = fileName(workspaceFolder, file);
  const { format } = context.source;
  const itself = { path: file, name, arrived: file, stamp: '' };
  const asItIs = async () => [
    { ...itself, ...(await keyOf(context, createReadStream(file, { highWaterMark: 1 << 20 }))) },
  ];
  if (!(await isArchive(file, format))) return asItIs();
  try {
    const entries = await readEntries({ file, name, format }, async (entry, content) => ({
      ...itself,
      // Nothing lies there: what a manifest in an archive says, only a run sees.
      path: join(file, entry),
      name: `${name}/${entry}`,
      ...(await keyOf(context, content())),
    }));
    return entries ?? (await asItIs());
  } catch (error) {
    if (error instanceof HeldError) return [{ ...itself, digest: '', key: null }];
    throw error;
  }
};

const keyOf = async (
  context: ReadingContext,
  content: AsyncIterable<Buffer>,
): Promise<Pick<ExpectedFile, 'digest' | 'key'>> => {
  const hash = createHash('sha256');
  const first: Buffer[] = [];
  let length = 0;
  for await (const block of content) {
    hash.update(block);
    if (length < headLength) first.push(block);
    length += block.length;
  }
  const head = headFrom(Buffer.concat(first).subarray(0, headLength));
  const digest = hash.digest('hex');
  return { digest, key: fileKey(digest, readingOf(context, head), context.layout) };
};

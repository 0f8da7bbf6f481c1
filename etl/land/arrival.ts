import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HeldError, TransientError } from '../error.ts';
import { fileName, manifestName } from '../find.ts';
import { isArchive, unpack } from '../read/archive.ts';
import type { CsvDialect } from '../read/dialect.ts';
import type { Encoding } from '../read/encoding.ts';
import type { Dialect } from '../read/record-scanner.ts';
import { hasChanged, stampOf, type FileScan } from '../read/scan.ts';
import type { Source, Workspace } from '../workspace/workspace.ts';
import { refuseOtherArchive, type Manifest } from './manifest.ts';

/** An extract file that has arrived, by itself or in an archive. */
export interface Arrival {
  /** Absolute: where its bytes lie, and its manifest beside it. */
  readonly path: string;
  /** As messages and the ledger give it: relative to the workspace; `archive.zip/entry.csv` of an archive. */
  readonly name: string;
  /** Absolute: what lies in the source's folder, the file or the archive it came in. */
  readonly arrived: string;
  /** Size and time of change of `arrived` before anybody read it. */
  readonly stamp: string;
}

/** An arrival whose bytes have been counted. */
export interface ScannedFile extends Omit<Arrival, 'stamp'> {
  readonly scan: FileScan;
  /**
   * Of a file made of some records of another one: temp table of `ordinal`, their numbers here, and `record`, those there.
   * Digest and name are the other one's then.
   */
  readonly originals?: string;
  /** What its sender says of it and of the files that came with it, or null. */
  readonly manifest: Manifest | null;
  /** What the batch is known by of this file: its digest, and how it is read where that is not as plain as can be. */
  readonly key: string;
  /** How its text separates its records; null of formats that are no text. */
  readonly splits: Dialect | null;
  /** Of CSV. */
  readonly dialect: CsvDialect | null;
  /** Of CSV: why its dialect is not the one its source keeps to, as a sentence, or null. */
  readonly otherDialect: HeldError | null;
  /** Where `scan.content` is not the text as it was sent: how that was encoded, and its byte order mark's length. */
  readonly sentAs: { readonly encoding: Encoding; readonly mark: number } | null;
}

/** A file somebody is still writing. */
export const stillGrowing = (name: string, says: string): TransientError =>
  new TransientError(
    `${name} is held by rule still-growing: ${says}`,
    undefined,
    'Write it under another name and rename it when it is whole; the next run takes it.',
  );

const scratchName = 'input-';

/** Does something with a folder for unpacked and re-encoded extracts that is gone afterwards. */
export const withScratch = async <T>(
  { dataFolder }: Pick<Workspace, 'dataFolder'>,
  work: (folder: string) => Promise<T>,
): Promise<T> => {
  const parent = join(dataFolder, 'tmp');
  mkdirSync(parent, { recursive: true });
  // What a run left that was killed; only one run at a time lands.
  for (const left of readdirSync(parent).filter((name) => name.startsWith(scratchName)))
    rmSync(join(parent, left), { recursive: true, force: true });
  const folder = mkdtempSync(join(parent, scratchName));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/**
 * The extract files that a file of a source is or holds: an archive is unpacked, with the manifest beside it where it has
 * none of its own.
 *
 * @param place folder to unpack to; made where it is needed
 * @throws HeldError when an archive cannot be unpacked, or the file was changed so lately that it may not be whole
 */
export const arrivalsOf = async (
  { format, settleSeconds }: Source,
  { folder }: Pick<Workspace, 'folder'>,
  arrived: string,
  place: string,
): Promise<readonly Arrival[]> => {
  const name = fileName(folder, arrived);
  const stamp = await stampOf(arrived);
  refuseUnsettled(name, stamp, settleSeconds);
  const itself = { path: arrived, name, arrived, stamp };
  if (!(await isArchive(arrived, format))) return [itself];
  await refuseOtherArchive(arrived, name);
  const unpacked = await unpackInto(place, { file: arrived, name, format }).catch(async (error: unknown) => {
    // What is wrong with an archive that grows meanwhile is that it is not whole.
    const hasGrown = error instanceof HeldError && (await hasChanged(arrived, { stamp }));
    throw hasGrown ? stillGrowing(name, 'it changed while it was read') : error;
  });
  return unpacked?.map(({ entry, path }) => ({ path, name: `${name}/${entry}`, arrived, stamp })) ?? [itself];
};

const unpackInto = async (place: string, archive: Parameters<typeof unpack>[0]): ReturnType<typeof unpack> => {
  mkdirSync(place, { recursive: true, mode: 0o700 });
  const unpacked = await unpack(archive, place);
  const beside = join(dirname(archive.file), manifestName);
  if (existsSync(beside))
    for (const folder of new Set((unpacked ?? []).map(({ path }) => dirname(path))))
      if (!existsSync(join(folder, manifestName))) copyFileSync(beside, join(folder, manifestName));
  return unpacked;
};

/** A time of change ahead of the clock by more than the source waits is a wrong clock, and tells nothing. */
const refuseUnsettled = (name: string, stamp: string, settleSeconds: number | undefined): void => {
  const seconds = (Date.now() - Number(stamp.split(' ')[1])) / 1000;
  if (settleSeconds === undefined || Math.abs(seconds) >= settleSeconds) return;
  throw stillGrowing(name, `it changed less than ${settleSeconds} seconds ago`);
};

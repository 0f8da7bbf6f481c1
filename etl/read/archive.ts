import { createWriteStream, mkdirSync, statfsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Entry } from 'yauzl';
import { HeldError } from '../error.ts';
import { comparePaths, isLeftOut, manifestName } from '../find.ts';
import type { SourceFormat } from '../workspace/config.ts';
import { endingsOf, isNamedAs } from '../workspace/format.ts';
import { contentOf, openArchive, ZipError, type Archive, type ZipFlaw } from '../zip.ts';
import { firstBytes } from './head.ts';

/** One extract file of an archive, unpacked. */
export interface Unpacked {
  /** Its path in the archive. */
  readonly entry: string;
  /** Where it lies. */
  readonly path: string;
}

/** An archive, and what messages call it. */
export interface ArchiveFile {
  readonly file: string;
  readonly name: string;
  /** Of the extracts in it. */
  readonly format: SourceFormat;
}

/**
 * Whether a file is a zip archive by its first bytes, be it an empty one. A workbook is one itself, so that among
 * workbooks the ending tells.
 */
export const isArchive = async (file: string, format: SourceFormat): Promise<boolean> =>
  (format !== 'xlsx' || /\.zip$/i.test(file)) && isZip(await firstBytes(file));

const isZip = ([a, b, c, d]: Uint8Array): boolean =>
  a === 0x50 && b === 0x4b && ((c === 3 && d === 4) || (c === 5 && d === 6));

/**
 * Unpacks the extracts of an archive into a folder, with the manifest among them, in path order.
 *
 * @param room bytes that it may unpack to; half of what the disk has free where left out
 * @returns null where the archive is a workbook, and workbooks are what is to be read
 * @throws HeldError when it cannot be unpacked whole, must not be, or holds no extract
 */
export const unpack = async (
  archive: ArchiveFile,
  folder: string,
  room = roomIn(folder),
): Promise<readonly Unpacked[] | null> =>
  withEntries(
    archive,
    async (zip, wanted) => {
      const unpacked: Unpacked[] = [];
      for (const entry of wanted) {
        const path = join(folder, entry.fileName);
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
        await pipeline(contentOf(zip, entry), createWriteStream(path, { mode: 0o600 }));
        if (basename(path) === manifestName) continue;
        // A workbook is an archive that is read as one.
        if (archive.format !== 'xlsx' && (await isArchive(path, archive.format)))
          throw refusal(archive.name, 'nested-zip');
        unpacked.push({ entry: entry.fileName, path });
      }
      return unpacked;
    },
    room,
  );

const roomIn = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return (bavail * bsize) / 2;
};

/**
 * Goes through the extracts of an archive without writing anything.
 *
 * @returns null where it is a workbook that is to be read as one
 * @throws HeldError as `unpack`
 */
export const readEntries = async <T>(
  archive: ArchiveFile,
  read: (entry: string, content: () => AsyncIterable<Buffer>) => Promise<T>,
): Promise<readonly T[] | null> =>
  withEntries(
    archive,
    async (zip, wanted) => {
      const results: T[] = [];
      for (const entry of wanted)
        if (basename(entry.fileName) !== manifestName)
          results.push(await read(entry.fileName, () => contentOf(zip, entry)));
      return results;
    },
    Infinity,
  );

const withEntries = async <T>(
  archive: ArchiveFile,
  work: (zip: Archive, wanted: readonly Entry[]) => Promise<T>,
  room: number,
): Promise<T | null> => {
  try {
    const zip = await openArchive(archive.file);
    try {
      if (zip.entries.some(({ fileName }) => fileName === '_rels/.rels')) return asWorkbook(archive);
      return await work(zip, wantedOf(zip, archive, room));
    } finally {
      zip.file.close();
    }
  } catch (error) {
    if (error instanceof ZipError) throw refusal(archive.name, error.flaw);
    throw error;
  }
};

const asWorkbook = ({ name, format }: ArchiveFile): null => {
  if (format === 'xlsx') return null;
  throw new HeldError(
    `${name} is held by rule workbook: it is an Excel workbook, and its source says ${format}`,
    'Say `format: xlsx`, or export the sheet in the format its source says.',
  );
};

const wantedOf = ({ entries }: Archive, { name, format }: ArchiveFile, room: number): readonly Entry[] => {
  const files = entries.filter(({ fileName }) => !fileName.endsWith('/') && !isHidden(fileName));
  const wanted = files.filter(({ fileName }) => isWanted(format, basename(fileName)));
  const size = wanted.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  if (files.some(isNested)) throw refusal(name, 'nested-zip');
  if (files.some(isLink)) throw refusal(name, 'unsafe-zip');
  if (hasTwins(wanted.map(({ fileName }) => fileName))) throw refusal(name, 'twin-entries');
  if (wanted.some((entry) => entry.isEncrypted())) throw refusal(name, 'encrypted-zip');
  if (size > room) throw refusal(name, 'oversized-zip');
  if (!wanted.some(({ fileName }) => basename(fileName) !== manifestName))
    throw new HeldError(
      `${name} is held by rule empty-zip: it holds no file that ends in ${endingsOf(format)}`,
      'Pack the extracts under such names, or mend `format` of the source.',
    );
  return wanted.toSorted((a, b) => comparePaths(a.fileName, b.fileName));
};

/** What a system puts beside the files for itself is hidden as well. */
const isHidden = (entry: string): boolean =>
  entry.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

const isWanted = (format: SourceFormat, name: string): boolean =>
  name === manifestName || (!isLeftOut(name) && isNamedAs(format, name));

const isNested = ({ fileName }: Entry): boolean => /\.zip$/i.test(fileName);

/** How Unix marks a symbolic link in the upper half of the attributes. */
const isLink = ({ externalFileAttributes }: Entry): boolean =>
  ((externalFileAttributes >>> 16) & 0o170000) === 0o120000;

/** Whether two would come to lie in the same place, or one in the other; also where capitals make no difference. */
const hasTwins = (names: readonly string[]): boolean => {
  const plain = names.map((name) => name.toLowerCase());
  const taken = new Set(plain);
  return taken.size < plain.length || plain.some((name) => parentsOf(name).some((parent) => taken.has(parent)));
};

const parentsOf = (name: string): readonly string[] => {
  const parts = name.split('/');
  return parts.slice(1).map((_, i) => parts.slice(0, i + 1).join('/'));
};

type ArchiveFlaw = ZipFlaw | 'twin-entries' | 'nested-zip';

const flaws: Readonly<Record<ArchiveFlaw, readonly [says: string, mend: string]>> = {
  'torn-zip': ['is a zip archive that breaks off before its end', 'Transfer it again, whole.'],
  'damaged-zip': ['is a zip archive that is damaged: its contents are not those it was made of', 'Transfer it again.'],
  'encrypted-zip': ['is a zip archive whose files are encrypted', 'Pack them without a password.'],
  'oversized-zip': [
    'is a zip archive that unpacks to more than half of what the disk has free',
    'Make room, or send the files compressed with gzip, which are read without being unpacked.',
  ],
  'unsafe-zip': [
    'is a zip archive with a link, or with a path that leads out of it',
    'Pack plain files under relative paths.',
  ],
  'twin-entries': ['is a zip archive that holds two files under one name', 'Give each file a name of its own.'],
  'nested-zip': ['is a zip archive that holds another one', 'Pack the extracts themselves.'],
};

const refusal = (name: string, flaw: ArchiveFlaw): HeldError =>
  new HeldError(`${name} is held by rule ${flaw}: it ${flaws[flaw][0]}`, flaws[flaw][1]);

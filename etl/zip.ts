import { crc32 } from 'node:zlib';
import { fromBuffer, type Entry, type ZipFile } from 'yauzl';

/** What is wrong with an archive as a whole, or one of its entries. */
export type ZipFlaw = 'torn-zip' | 'damaged-zip' | 'encrypted-zip' | 'oversized-zip';

/** An archive that cannot be read whole, or must not be. */
export class ZipError extends Error {
  readonly flaw: ZipFlaw;

  constructor(flaw: ZipFlaw) {
    super(flaw);
    this.flaw = flaw;
  }
}

/** Bytes that the entries of an archive may unpack to, all together. */
const largest = 1 << 29;

/** What was unpacked of an archive, by name, and the names of all that is in it. */
export interface Unzipped {
  readonly entries: ReadonlyMap<string, Buffer>;
  readonly names: readonly string[];
}

/**
 * The entries of a zip archive that are wanted by their name, unpacked, each held to the checksum that the archive gives.
 *
 * @throws ZipError
 */
export const unzip = async (bytes: Buffer, wanted: (name: string) => boolean): Promise<Unzipped> => {
  const entries = new Map<string, Buffer>();
  const names: string[] = [];
  const zip = await opened(bytes);
  let size = 0;
  for (let entry = await nextEntry(zip); entry !== null; entry = await nextEntry(zip)) {
    names.push(entry.fileName);
    if (!wanted(entry.fileName)) continue;
    if (entry.isEncrypted()) throw new ZipError('encrypted-zip');
    size += entry.uncompressedSize;
    if (size > largest) throw new ZipError('oversized-zip');
    entries.set(entry.fileName, await bytesOf(zip, entry));
  }
  return { entries, names };
};

/** Its directory stands at the end of an archive: one that cannot be opened has lost it. */
const opened = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (error, zip) => {
      if (error) reject(new ZipError('torn-zip'));
      else resolve(zip);
    });
  });

const nextEntry = (zip: ZipFile): Promise<Entry | null> =>
  new Promise((resolve, reject) => {
    const done = (settle: () => void): void => {
      zip.removeAllListeners();
      settle();
    };
    zip
      .once('entry', (entry: Entry) => done(() => resolve(entry)))
      .once('end', () => done(() => resolve(null)))
      .once('error', () => done(() => reject(new ZipError('damaged-zip'))))
      .readEntry();
  });

const bytesOf = async (zip: ZipFile, entry: Entry): Promise<Buffer> => {
  const content = await inflated(zip, entry).catch(() => {
    throw new ZipError('damaged-zip');
  });
  if (crc32(content) !== entry.crc32 >>> 0) throw new ZipError('damaged-zip');
  return content;
};

const inflated = async (zip: ZipFile, entry: Entry): Promise<Buffer> => {
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    zip.openReadStream(entry, (error, opening) => {
      if (error) reject(error);
      else resolve(opening);
    });
  });
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

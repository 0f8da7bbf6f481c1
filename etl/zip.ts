import { crc32 } from 'node:zlib';
import { fromBuffer, open, type Entry, type Options, type ZipFile } from 'yauzl';

/** What is wrong with an archive as a whole, or one of its entries. */
export type ZipFlaw = 'torn-zip' | 'damaged-zip' | 'encrypted-zip' | 'oversized-zip' | 'unsafe-zip';

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

const options: Options = { lazyEntries: true, validateEntrySizes: true, autoClose: false };

/** An archive that lies on the disk, and all that its directory names. */
export interface Archive {
  /** To be closed by whoever opened it. */
  readonly file: ZipFile;
  readonly entries: readonly Entry[];
}

/** Opens an archive and reads its directory. @throws ZipError */
export const openArchive = async (path: string): Promise<Archive> => {
  const file = await new Promise<ZipFile>((resolve, reject) => {
    open(path, options, (error, zip) => {
      if (!error) resolve(zip);
      else reject('code' in error ? error : new ZipError('torn-zip'));
    });
  });
  const entries: Entry[] = [];
  try {
    for (let entry = await nextEntry(file); entry !== null; entry = await nextEntry(file)) entries.push(entry);
  } catch (error) {
    file.close();
    throw error;
  }
  return { file, entries };
};

/** The bytes of an entry, unpacked as they are read, held to their checksum at the end. @throws ZipError */
export async function* contentOf({ file }: Archive, entry: Entry): AsyncGenerator<Buffer> {
  let sum = 0;
  try {
    for await (const part of (await streamOf(file, entry)) as AsyncIterable<Buffer>) {
      sum = crc32(part, sum);
      yield part;
    }
  } catch (error) {
    // A disk that cannot be read is no fault of the archive's.
    if (error instanceof Error && 'syscall' in error) throw error;
    throw new ZipError('damaged-zip');
  }
  if (sum !== entry.crc32 >>> 0) throw new ZipError('damaged-zip');
}

/** Its directory stands at the end of an archive: one that cannot be opened has lost it. */
const opened = (bytes: Buffer): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    fromBuffer(bytes, options, (error, zip) => {
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
      .once('error', (error: Error) => done(() => reject(new ZipError(flawOf(error)))))
      .readEntry();
  });

/** The library names paths that lead out of the archive, and ciphers, in words only. */
const flawOf = ({ message }: Error): ZipFlaw => {
  if (/relative path|absolute path|characters in fileName/.test(message)) return 'unsafe-zip';
  return message.includes('encryption') ? 'encrypted-zip' : 'damaged-zip';
};

const bytesOf = async (zip: ZipFile, entry: Entry): Promise<Buffer> => {
  const content = await inflated(zip, entry).catch(() => {
    throw new ZipError('damaged-zip');
  });
  if (crc32(content) !== entry.crc32 >>> 0) throw new ZipError('damaged-zip');
  return content;
};

const streamOf = (zip: ZipFile, entry: Entry): Promise<NodeJS.ReadableStream> =>
  new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, opening) => {
      if (error) reject(error);
      else resolve(opening);
    });
  });

const inflated = async (zip: ZipFile, entry: Entry): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of await streamOf(zip, entry)) parts.push(part as Buffer);
  return Buffer.concat(parts);
};

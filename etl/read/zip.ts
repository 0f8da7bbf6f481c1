import { crc32, inflateRawSync } from 'node:zlib';

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

/** Where an entry lies in its archive. */
interface Entry {
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Bytes an entry may unpack to: a workbook of a million rows has a quarter of it. */
const largest = 1 << 29;

/**
 * The entries of a zip archive by name, unpacked when asked for and held to the checksum the archive gives.
 *
 * Sizes are taken from the central directory, at the end of the file, so an archive that breaks off is found at once.
 *
 * @throws ZipError
 */
export const openZip = (bytes: Buffer): ReadonlyMap<string, () => Buffer> => {
  const end = endOf(bytes);
  const entries = new Map<string, () => Buffer>();
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) throw new ZipError('torn-zip');
    if ((bytes.readUInt16LE(at + 8) & 1) === 1) throw new ZipError('encrypted-zip');
    const [name, extra, comment] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [
      number,
      number,
      number,
    ];
    const entry: Entry = {
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    };
    entries.set(bytes.toString('utf8', at + 46, at + 46 + name), () => unpack(bytes, entry));
    at += 46 + name + extra + comment;
  }
  return entries;
};

/** Offset of the end record: the last one, behind which lies nothing but its own comment. */
const endOf = (bytes: Buffer): number => {
  for (let at = bytes.length - 22; at >= Math.max(0, bytes.length - 22 - 0xffff); at--)
    if (bytes.readUInt32LE(at) === 0x06054b50 && at + 22 + bytes.readUInt16LE(at + 20) === bytes.length) return at;
  throw new ZipError('torn-zip');
};

const unpack = (bytes: Buffer, { method, crc, packed, size, offset }: Entry): Buffer => {
  // 0xffffffff says that the size stands elsewhere, since the file is larger than 4 GB.
  if (size > largest || packed === 0xffffffff) throw new ZipError('oversized-zip');
  if (offset + 30 > bytes.length || bytes.readUInt32LE(offset) !== 0x04034b50) throw new ZipError('damaged-zip');
  const start = offset + 30 + bytes.readUInt16LE(offset + 26) + bytes.readUInt16LE(offset + 28);
  const content = inflated(bytes.subarray(start, start + packed), method);
  if (content.length !== size || crc32(content) !== crc) throw new ZipError('damaged-zip');
  return content;
};

const inflated = (content: Buffer, method: number): Buffer => {
  if (method === 0) return content;
  if (method !== 8) throw new ZipError('damaged-zip');
  try {
    return inflateRawSync(content, { maxOutputLength: largest });
  } catch {
    throw new ZipError('damaged-zip');
  }
};

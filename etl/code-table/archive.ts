import { basename } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { UserError, messageOf } from '../../warehouse/error.ts';
import { unzip, ZipError, type ZipFlaw } from '../zip.ts';
import type { PublishedText } from './parsed-table.ts';

/** No published code table is larger; what unpacks to more is no code table. */
const mostBytes = 300_000_000;

/** Which member of an archive is meant. */
export interface Member {
  readonly pattern: RegExp;
  /** As people call it, for messages: `icd10cm_order_2026.txt`. */
  readonly example: string;
}

/**
 * The text of a published file: as it stands, from gzip, or the one member of a zip that is meant. Told by content, not
 * by the name's ending. Every byte of a member is checked against the archive's own sum.
 *
 * @throws UserError for an empty or broken file, and for an archive without the member or with several
 */
export const publishedText = async (name: string, bytes: Buffer, member: Member): Promise<PublishedText> => {
  const title = basename(name);
  if (bytes.length === 0) throw broken(name, 'is empty (0 bytes)');
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') {
    const inside = await memberOf(name, bytes, member);
    return { name: `${name}/${inside.title}`, title: basename(inside.title), text: textOf(name, inside.bytes) };
  }
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return { name, title, text: textOf(name, unpacked(name, bytes)) };
  return { name, title, text: textOf(name, bytes) };
};

const flaws: Readonly<Record<ZipFlaw, string>> = {
  'torn-zip': 'it is broken off or damaged',
  'damaged-zip': 'it is broken off or damaged',
  'encrypted-zip': 'it is encrypted',
  'oversized-zip': 'it unpacks to more than any code table',
  'unsafe-zip': 'it holds a path that leads out of it',
};

const broken = (name: string, says: string, cause?: unknown): UserError =>
  new UserError(`${name} ${says}.`, { mend: 'Download it again from where it is published.', cause });

const unpacked = (name: string, bytes: Buffer): Buffer => {
  try {
    return gunzipSync(bytes, { maxOutputLength: mostBytes });
  } catch (cause) {
    throw broken(name, 'cannot be unpacked: it is broken off or damaged', cause);
  }
};

const textOf = (name: string, bytes: Buffer): string => {
  if (bytes.includes(0)) throw broken(name, 'is no text file: a spreadsheet or PDF does not do');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Older files of CMS are Windows-1252: one accented title is enough.
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

const memberOf = async (
  name: string,
  archive: Buffer,
  { pattern, example }: Member,
): Promise<{ readonly title: string; readonly bytes: Buffer }> => {
  const { entries, names } = await unzip(archive, (entry) => pattern.test(basename(entry))).catch((cause: unknown) => {
    throw broken(
      name,
      `cannot be unpacked: ${cause instanceof ZipError ? flaws[cause.flaw] : messageOf(cause)}`,
      cause,
    );
  });
  const found = [...entries].map(([title, bytes]) => ({ title, bytes }));
  const listed = names.map((entry) => basename(entry));
  const [one, ...others] = found;
  if (one !== undefined && others.length === 0) return one;
  throw new UserError(
    one === undefined
      ? `${name} holds no file such as ${example}; in it are ${listed.slice(0, 8).join(', ')}.`
      : `${name} holds ${found.length} files such as ${example}.`,
    { mend: 'Name the archive that CMS publishes, or the file inside it, under the kind it belongs to.' },
  );
};

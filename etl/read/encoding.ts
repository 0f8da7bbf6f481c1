import { isAscii } from 'node:buffer';

/** How the characters of a text are written as bytes. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

/** UTF-16 and its byte order, as the first bytes of a text show it: by the mark, or by zeros in every other byte; else null. */
export const utf16Of = (head: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  const [a, b] = head;
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  const first = [...head.subarray(0, 8)];
  if (first.length < 4 || first.length % 2 > 0) return null;
  const areZero = (parity: number): boolean => first.every((byte, i) => i % 2 !== parity || byte === 0);
  if (areZero(1) && !areZero(0)) return 'utf-16le';
  return areZero(0) && !areZero(1) ? 'utf-16be' : null;
};

/** Bytes of a code unit. */
export const unitWidth = (encoding: Encoding): number => (encoding.startsWith('utf-16') ? 2 : 1);

/** Stands in UTF-8 for what is no character in the encoding it came from: there it is none either. */
const noCharacter = Buffer.from([0xff]);

/**
 * A text in UTF-8, without byte order mark, whatever it was written in.
 *
 * Bytes that mean nothing in their encoding (half a surrogate pair, the five bytes windows-1252 leaves open) become a
 * byte that means nothing in UTF-8: the row they stand in is refused as in any file, and the others are read.
 */
export async function* inUtf8(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  if (encoding === 'utf-8') yield* chunks;
  else if (encoding === 'windows-1252') yield* fromWindows1252(chunks);
  else yield* fromUtf16(chunks, encoding);
}

async function* fromWindows1252(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const decoder = new TextDecoder('windows-1252');
  for await (const chunk of chunks)
    yield isAscii(chunk) ? chunk : joined(decoder.decode(chunk).split(/[\x81\x8d\x8f\x90\x9d]/));
}

async function* fromUtf16(chunks: AsyncIterable<Buffer>, encoding: Encoding): AsyncGenerator<Buffer> {
  let rest = Buffer.alloc(0);
  let isFirst = true;
  const take = (bytes: Buffer): string => {
    // A copy: turning the bytes round must not touch the chunk somebody else may hash.
    const units = Buffer.from(bytes);
    if (encoding === 'utf-16be') units.swap16();
    const text = units.toString('utf16le');
    const own = isFirst ? text.replace(/^\uFEFF/, '') : text;
    if (bytes.length > 0) isFirst = false;
    return own;
  };
  for await (const chunk of chunks) {
    const bytes = Buffer.concat([rest, chunk]);
    let end = bytes.length - (bytes.length % 2);
    // The first half of a pair waits for its second one.
    const last = end < 2 ? 0 : encoding === 'utf-16be' ? bytes[end - 2]! : bytes[end - 1]!;
    if (last >= 0xd8 && last <= 0xdb) end -= 2;
    rest = bytes.subarray(end);
    yield joined(take(bytes.subarray(0, end)).split(/\p{Surrogate}/u));
  }
  if (rest.length > 0) yield noCharacter;
}

const joined = (texts: readonly string[]): Buffer =>
  Buffer.concat(texts.flatMap((text, i) => (i === 0 ? [Buffer.from(text)] : [noCharacter, Buffer.from(text)])));

/** Code units, in UTF-16 or a one-byte encoding, that a text had which `inUtf8` wrote. */
export const unitsIn = (utf8: Uint8Array): number => {
  let units = 0;
  for (const byte of utf8) {
    if ((byte & 0xc0) !== 0x80) units += 1;
    if (byte >= 0xf0 && byte !== 0xff) units += 1;
  }
  return units;
};

/**
 * Tells whether bytes that came in chunks are UTF-8 with a character beyond ASCII in it: a text that is so is in no
 * other encoding, but for very odd texts.
 */
export class Utf8Witness {
  readonly #decoder = new TextDecoder('utf-8', { fatal: true });
  #isValid = true;
  #isAscii = true;

  write(chunk: Buffer): void {
    if (!this.#isValid) return;
    if (this.#isAscii && isAscii(chunk)) return;
    this.#isAscii = false;
    this.#decode(chunk, true);
  }

  /** To be called once, after the last chunk. */
  end(): boolean {
    if (this.#isValid && !this.#isAscii) this.#decode(Buffer.alloc(0), false);
    return this.#isValid && !this.#isAscii;
  }

  #decode(chunk: Buffer, stream: boolean): void {
    try {
      this.#decoder.decode(chunk, { stream });
    } catch {
      this.#isValid = false;
    }
  }
}

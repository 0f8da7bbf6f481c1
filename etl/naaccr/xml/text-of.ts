import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { XmlFault } from './fault.ts';

/** Bytes read at once; the unit in which memory is used. */
const pieceBytes = 1 << 16;

/**
 * The text of a file, piece by piece: unpacked where its first bytes are those of gzip, whatever it is called, and UTF-8 to
 * the last byte. A piece never ends within a character.
 *
 * @param onBytes told how many bytes of the file were read since it was told last
 * @throws XmlFault `truncated-gzip`, `broken-gzip`, `bad-encoding` with the line of the first byte that is not UTF-8; what
 *   stands before it was given out. Errors of the disk pass through
 */
export async function* textOf(file: string, onBytes: (bytes: number) => void = () => {}): AsyncGenerator<string> {
  yield* textOfBytes(await bytesOf(file, onBytes));
}

/** The same of bytes that are unpacked already. */
export async function* textOfBytes(source: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let rest: Uint8Array = new Uint8Array();
  let line = 1;
  for await (const piece of unpacked(source, () => line)) {
    const bytes: Buffer =
      rest.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.length) : Buffer.concat([rest, piece]);
    const end = wholeCharacters(bytes);
    const whole = bytes.subarray(0, end);
    if (!isUtf8(whole)) {
      const good = whole.subarray(0, goodBytes(whole));
      yield good.toString('utf8');
      throw new XmlFault('bad-encoding', line + lineBreaks(good));
    }
    yield whole.toString('utf8');
    line += lineBreaks(whole);
    rest = bytes.subarray(end);
  }
  if (rest.length > 0) throw new XmlFault('bad-encoding', line);
}

async function* unpacked(source: AsyncIterable<Uint8Array>, line: () => number): AsyncGenerator<Uint8Array> {
  try {
    yield* source;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'Z_BUF_ERROR') throw new XmlFault('truncated-gzip', line());
    if (code.startsWith('Z_')) throw new XmlFault('broken-gzip', line());
    throw error;
  }
}

const bytesOf = async (file: string, onBytes: (bytes: number) => void): Promise<AsyncIterable<Uint8Array>> => {
  const source = counted(createReadStream(file, { highWaterMark: pieceBytes }), onBytes);
  // The file is opened once: a pipe gives its first bytes once.
  let head: Uint8Array = new Uint8Array();
  for (let next = await source.next(); next.done !== true; next = await source.next()) {
    head = Buffer.concat([head, next.value]);
    if (head.length > 1) break;
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield head;
    yield* source;
  };
  if (head[0] !== 0x1f || head[1] !== 0x8b) return all();
  // An error comes out of the stream that is read.
  return pipeline(all, createGunzip({ chunkSize: pieceBytes }), () => {});
};

async function* counted(
  source: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const bytes of source) {
    onBytes(bytes.length);
    yield bytes;
  }
}

/** How many of the bytes make whole characters: one that the piece cuts has its first byte among the last three. */
const wholeCharacters = (bytes: Uint8Array): number => {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
};

/** How many bytes stand before the first that is not UTF-8. A replacement character that was sent as one is a character. */
const goodBytes = (bytes: Buffer): number => {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  let [from, offset] = [0, 0];
  for (let at = text.indexOf('\uFFFD'); at >= 0; at = text.indexOf('\uFFFD', from)) {
    offset += Buffer.byteLength(text.slice(from, at));
    if (bytes[offset] !== 0xef || bytes[offset + 1] !== 0xbf || bytes[offset + 2] !== 0xbd) return offset;
    [from, offset] = [at + 1, offset + 3];
  }
  return bytes.length;
};

const lineBreaks = (bytes: Buffer): number => {
  let breaks = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) breaks++;
  return breaks;
};

import { expect, test } from 'vitest';
import { inUtf8, unitsIn, utf16Of, Utf8Witness, type Encoding } from '../../../etl/read/encoding.ts';

const turned = async (bytes: Buffer, encoding: Encoding, size = bytes.length): Promise<Buffer> => {
  const chunks = (async function* () {
    for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size));
  })();
  const out: Buffer[] = [];
  for await (const chunk of inUtf8(chunks, encoding)) out.push(chunk);
  return Buffer.concat(out);
};

const written = (text: string, encoding: 'utf-16le' | 'utf-16be'): Buffer => {
  const bytes = Buffer.from(text, 'utf16le');
  return encoding === 'utf-16be' ? bytes.swap16() : bytes;
};

const text = 'a,é,日,😀\n"x"';

test.each(['utf-16le', 'utf-16be'] as const)('%s becomes UTF-8, however it is cut', async (encoding) => {
  for (const mark of ['', '\uFEFF'])
    for (const size of [1, 2, 3, 5, 100])
      expect((await turned(written(mark + text, encoding), encoding, size)).toString()).toBe(text);
});

test('windows-1252 becomes UTF-8; a byte it leaves open stays no character', async () => {
  const bytes = Buffer.from([0x63, 0x61, 0x66, 0xe9, 0x80, 0x92, 0x81, 0x7a]);
  expect(await turned(bytes, 'windows-1252')).toEqual(
    Buffer.concat([Buffer.from('café€’'), Buffer.from([0xff, 0x7a])]),
  );
});

test.each(['utf-16le', 'utf-16be'] as const)('half a pair of %s stays no character', async (encoding) => {
  const bad = Buffer.from([0xff]);
  expect(await turned(written('a\uD83Db', encoding), encoding, 1)).toEqual(
    Buffer.concat([Buffer.from('a'), bad, Buffer.from('b')]),
  );
  expect(await turned(written('a\uD83D', encoding), encoding)).toEqual(Buffer.concat([Buffer.from('a'), bad]));
  expect(await turned(written('a\uDE00', encoding), encoding)).toEqual(Buffer.concat([Buffer.from('a'), bad]));
  expect(await turned(written('ab', encoding).subarray(0, 3), encoding)).toEqual(
    Buffer.concat([Buffer.from('a'), bad]),
  );
});

test('units are those of the text as it was', async () => {
  expect(unitsIn(Buffer.from(text))).toBe(text.length);
  expect(unitsIn(await turned(written('a\uD83Db', 'utf-16le'), 'utf-16le'))).toBe(3);
  expect(unitsIn(await turned(Buffer.from([0xe9, 0x81, 0x41]), 'windows-1252'))).toBe(3);
});

test('UTF-16 is known by its mark, or by zeros in every other byte', () => {
  expect(utf16Of(Buffer.from([0xff, 0xfe]))).toBe('utf-16le');
  expect(utf16Of(Buffer.from([0xfe, 0xff]))).toBe('utf-16be');
  expect(utf16Of(written('abcd', 'utf-16le'))).toBe('utf-16le');
  expect(utf16Of(written('abcd', 'utf-16be'))).toBe('utf-16be');
  expect(utf16Of(Buffer.from('a\0bcdefg'))).toBe(null);
  expect(utf16Of(Buffer.from('abcdefgh'))).toBe(null);
  expect(utf16Of(Buffer.alloc(8))).toBe(null);
  expect(utf16Of(Buffer.from([0x61]))).toBe(null);
});

test('a text is a witness to UTF-8 by a character beyond ASCII, wherever it is cut', () => {
  const isUtf8 = (...chunks: readonly (string | number[])[]): boolean => {
    const witness = new Utf8Witness();
    for (const chunk of chunks) witness.write(Buffer.from(chunk as string));
    return witness.end();
  };
  expect(isUtf8('abc')).toBe(false);
  expect(isUtf8('é')).toBe(true);
  expect(isUtf8('ab', [0xc3], [0xa9])).toBe(true);
  expect(isUtf8([0xe9])).toBe(false);
  expect(isUtf8('é', [0xe9], 'é')).toBe(false);
  expect(isUtf8('é', [0xc3])).toBe(false);
});

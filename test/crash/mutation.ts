// Ways in which a file is spoilt on its way, or by who wrote it. Each takes numbers that depend on the seed alone.
import type { GoodFile } from './good-file.ts';

export type Mutation = (bytes: Buffer, random: () => number, file: GoodFile) => Buffer;

const at = (bytes: Buffer, random: () => number): number => Math.floor(random() * (bytes.length + 1));

const insert = (bytes: Buffer, position: number, what: Buffer | string): Buffer =>
  Buffer.concat([bytes.subarray(0, position), Buffer.from(what as string), bytes.subarray(position)]);

const inserted =
  (...what: readonly string[]): Mutation =>
  (bytes, random) =>
    insert(bytes, at(bytes, random), Buffer.from(what[Math.floor(random() * what.length)]!, 'latin1'));

/** Something done to the lines of a text; a file that is none is cut at its line feeds all the same. */
const onLines =
  (change: (lines: string[], random: () => number, file: GoodFile) => void): Mutation =>
  (bytes, random, file) => {
    const lines = bytes.toString('latin1').split(/(?<=\n)/);
    change(lines, random, file);
    return Buffer.from(lines.join(''), 'latin1');
  };

const some = (lines: readonly string[], random: () => number): number => Math.floor(random() * lines.length);

const swapFields = (line: string, delimiter: string, a: number, b: number): string => {
  const [, body = '', end = ''] = /^([^\r\n]*)([\r\n]*)$/.exec(line) ?? [];
  const fields = body.split(delimiter);
  const [x, y] = [fields[a], fields[b]];
  if (x === undefined || y === undefined) return line;
  fields[a] = y;
  fields[b] = x;
  return fields.join(delimiter) + end;
};

/** By name, so that figures tell which were tried. */
export const mutations: Readonly<Record<string, Mutation>> = {
  none: (bytes) => bytes,
  'flip a byte': (bytes, random) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[Math.floor(random() * copy.length)]! ^= 1 << Math.floor(random() * 8);
    return copy;
  },
  'flip many bytes': (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let i = 0; i < copy.length / 50; i++)
      copy[Math.floor(random() * copy.length)]! ^= 1 << Math.floor(random() * 8);
    return copy;
  },
  'cut a piece': (bytes, random) => {
    const from = at(bytes, random);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + Math.floor(random() * 60))]);
  },
  truncate: (bytes, random) => bytes.subarray(0, at(bytes, random)),
  'copy a piece elsewhere': (bytes, random) => {
    const from = at(bytes, random);
    return insert(bytes, at(bytes, random), bytes.subarray(from, from + Math.floor(random() * 80)));
  },
  'insert NUL': inserted('\0', '\0\0\0\0'),
  'insert quotes': inserted('"', "'", '""', '"\n"', '\\"'),
  'insert line ends': inserted('\r', '\n', '\r\n', '\n\n', '\n\r'),
  'insert delimiters': inserted(',', ';', '\t', '|', ',,,,,,,,'),
  'insert odd bytes': inserted('\xff', '\xfe\xff', '\xc3', '\x81', '\x1a', '\xef\xbb\xbf', '\u0001'),
  'insert a huge value': (bytes, random) =>
    insert(bytes, at(bytes, random), 'h'.repeat(random() < 0.1 ? 3_000_000 : 70_000)),
  'put a mark in front': (bytes, random) =>
    insert(
      bytes,
      0,
      Buffer.from(
        ['\xef\xbb\xbf', '\xff\xfe', '\xfe\xff', 'PK\x03\x04', '\x1f\x8b', 'PAR1'][Math.floor(random() * 6)]!,
        'latin1',
      ),
    ),
  'duplicate a line': onLines((lines, random) => {
    const line = some(lines, random);
    lines.splice(some(lines, random), 0, lines[line] ?? '');
  }),
  'drop a line': onLines((lines, random) => void lines.splice(some(lines, random), 1)),
  'swap two lines': onLines((lines, random) => {
    const [a, b] = [some(lines, random), some(lines, random)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
  }),
  'end a line otherwise': onLines((lines, random) => {
    const line = some(lines, random);
    lines[line] = (lines[line] ?? '').replace(/\r?\n$/, (end) => (end === '\n' ? '\r\n' : '\n'));
  }),
  'swap two columns': onLines((lines, random, { delimiter }) => {
    const [a, b] = [Math.floor(random() * 6), Math.floor(random() * 6)];
    for (const [i, line] of lines.entries()) lines[i] = swapFields(line, delimiter, a, b);
  }),
  'swap two values': onLines((lines, random, { delimiter }) => {
    const line = some(lines, random);
    lines[line] = swapFields(lines[line] ?? '', delimiter, Math.floor(random() * 6), Math.floor(random() * 6));
  }),
  'change the delimiter': onLines((lines, random, { delimiter }) => {
    const other = [',', ';', '\t', '|', ':', '^'][Math.floor(random() * 6)]!;
    for (const [i, line] of lines.entries()) lines[i] = line.replaceAll(delimiter, other);
  }),
  'change the delimiter of a line': onLines((lines, random, { delimiter }) => {
    const line = some(lines, random);
    lines[line] = (lines[line] ?? '').replaceAll(delimiter, ';');
  }),
  'join it to itself': (bytes) => Buffer.concat([bytes, bytes]),
  'empty it': () => Buffer.alloc(0),
};

export const mutationNames = Object.keys(mutations);

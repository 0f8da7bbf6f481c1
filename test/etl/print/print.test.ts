import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { listTable } from '../../../etl/print/list-table.ts';
import { makeOutput, type Format, type Sink } from '../../../etl/print/output.ts';
import { printTable } from '../../../etl/print/print-table.ts';
import { bar, progressOn } from '../../../etl/print/progress.ts';
import { textTable } from '../../../etl/print/text-table.ts';

/** A stream that remembers what went through it. */
const sink = (isTTY = false): Sink & { readonly chunks: (string | Uint8Array)[] } => {
  const chunks: (string | Uint8Array)[] = [];
  return {
    isTTY,
    columns: 60,
    chunks,
    write: (chunk, done) => {
      chunks.push(chunk);
      done?.();
      return true;
    },
  };
};

const outputIn = (format: Format, { isTTY = false, quiet = false, env = {} } = {}) => {
  const [stdout, stderr] = [sink(isTTY), sink(isTTY)];
  return { output: makeOutput({ format, quiet, stdout, stderr, env }), stdout, stderr };
};

const people = listTable(
  ['name', 'age', 'isHere'],
  [
    { name: 'Ada', age: 36, isHere: true },
    { name: null, age: 1234.5, isHere: null },
  ],
);

const printed = async (format: Format): Promise<string | Uint8Array> => {
  const { output, stdout } = outputIn(format);
  await printTable(output, { table: people, about: { release: 'r1' } });
  expect(stdout.chunks).toHaveLength(1);
  return stdout.chunks[0]!;
};

test('a table for people sets numbers flush right and unknown as a dash', async () => {
  expect(await printed('table')).toBe(
    ['name      age  isHere', 'Ada        36  yes', '–     1,234.5  –', ''].join('\n'),
  );
});

test('JSON says the release before the rows; CSV has the rows alone', async () => {
  expect(JSON.parse(String(await printed('json')))).toEqual({
    release: 'r1',
    rows: [
      { name: 'Ada', age: 36, isHere: true },
      { name: null, age: 1234.5, isHere: null },
    ],
  });
  expect(new TextDecoder().decode((await printed('csv')) as Uint8Array)).toBe(
    'name,age,isHere\r\nAda,36,true\r\n,1234.5,\r\n',
  );
});

test('Arrow and Parquet are bytes that others read', async () => {
  const arrow = tableFromIPC((await printed('arrow')) as Uint8Array);
  expect([arrow.schema.metadata.get('release'), arrow.getChild('age')?.get(1)]).toEqual(['r1', 1234.5]);
  const parquet = (await printed('parquet')) as Uint8Array;
  expect(new TextDecoder().decode(parquet.slice(-4))).toBe('PAR1');
});

test('colour only on a terminal, and never where NO_COLOR is set', () => {
  expect(outputIn('table', { isTTY: true }).output.colour).toBe(true);
  expect(outputIn('table', { isTTY: true, env: { NO_COLOR: '1' } }).output.colour).toBe(false);
  expect(outputIn('table').output.colour).toBe(false);
});

test('quiet leaves out words but not errors, and draws no bar', () => {
  const { output, stderr } = outputIn('table', { isTTY: true, quiet: true });
  output.say('all is well');
  output.warn('something failed');
  progressOn(output).progress('Reading', 1, 2);
  expect(stderr.chunks).toEqual(['something failed\n']);
});

test('a bar is drawn on a terminal only, and counts where no end is known', () => {
  const { output, stderr } = outputIn('table', { isTTY: true });
  progressOn(output).progress('Reading', 1, 2);
  progressOn(output).progress('Reading', 1234, null);
  expect(stderr.chunks.map(String)).toEqual([
    expect.stringContaining(`${'█'.repeat(12)}${' '.repeat(12)}  50 %`),
    expect.stringContaining('1,234'),
  ]);
  const piped = outputIn('table');
  progressOn(piped.output).progress('Reading', 1, 2);
  expect(piped.stderr.chunks).toEqual([]);
});

test.each([
  [0, `${' '.repeat(24)}   0 %`],
  [1, `${'█'.repeat(24)} 100 %`],
  [1 / (24 * 8), `▏${' '.repeat(23)}   1 %`],
])('a share of %d fills its cells', (share, text) => {
  expect(bar(share)).toBe(text);
});

test('wide characters take two cells, and the last text column gives way on a narrow terminal', () => {
  const columns = [{ name: 'a', align: 'left' } as const, { name: 'b', align: 'left' } as const];
  expect(
    textTable(columns, [
      ['日本', 'x'],
      ['ab', 'y'],
    ]),
  ).toBe('a     b\n日本  x\nab    y\n');
  expect(textTable(columns, [['one', 'a sentence that is too long']], { width: 20 })).toBe(
    'a    b\none  a sentence tha…\n',
  );
});

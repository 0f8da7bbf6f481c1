import { spawn } from 'node:child_process';
import fs, { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { standing } from '../../../dashboard/store/kept.ts';
import { StoreFault } from '../../../dashboard/store/store-fault.ts';
import { openStore } from '../../../dashboard/store/store.ts';
import { UserError } from '../../../warehouse/error.ts';
import { seeded } from '../../support/seeded.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';

const CHILD = fileURLToPath(new URL('write-child.ts', import.meta.url));

const writer = (...args: readonly string[]): Promise<string | null> =>
  new Promise((resolve) =>
    spawn(process.execPath, [CHILD, ...args], { stdio: 'inherit' }).on('close', (code, signal) =>
      resolve(signal ?? String(code)),
    ),
  );

const newFolder = (): string => join(temporaryFolder(), 'data', 'store');
const view = (name: string) => ({ name, address: '/explore?metrics=encounters', author: 'R. Okafor' });
const thrownBy = async (work: () => unknown): Promise<Error> => {
  try {
    await work();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
};

test('what is kept stands in a YAML file that a person reads, open to its owner alone', async () => {
  const folder = newFolder();
  const { views } = openStore(folder);
  expect(views.read()).toEqual([]);
  const first = await views.keep(
    { ...view('Weekly'), note: 'For Mondays:\n- bring it' },
    new Date('2026-03-01T08:00:00Z'),
  );
  expect(first).toMatchObject({ name: 'Weekly', at: '2026-03-01T08:00:00.000Z' });
  await views.retire(first.id, 'A. Li', new Date('2026-03-02T08:00:00Z'));
  await views.keep(view('Monthly'), new Date('2026-03-03T08:00:00Z'));
  const file = join(folder, 'view.yaml');
  expect(readFileSync(file, 'utf8').replaceAll(/id: .*/g, 'id: …')).toMatchInlineSnapshot(`
    "# Kept by Himsight, one view an entry; dashboard/store/README.md says what each key means.
    version: 1
    views:
      - id: …
        name: Weekly
        address: /explore?metrics=encounters
        author: R. Okafor
        note: |-
          For Mondays:
          - bring it
        at: 2026-03-01T08:00:00.000Z
        retired:
          author: A. Li
          at: 2026-03-02T08:00:00.000Z
      - id: …
        name: Monthly
        address: /explore?metrics=encounters
        author: R. Okafor
        at: 2026-03-03T08:00:00.000Z
    "
  `);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(views.read().map(({ name }) => name)).toEqual(['Weekly', 'Monthly']);
  expect(standing(views.read()).map(({ name }) => name)).toEqual(['Monthly']);
});

test('any text comes back as it was given', async () => {
  const store = openStore(newFolder());
  const random = seeded(7);
  const pieces = [
    'a',
    ' ',
    ':',
    '#',
    '- ',
    '\n',
    '\t',
    '"',
    "'",
    '{',
    '&x',
    '*y',
    '!',
    '%',
    '|',
    '>',
    'é',
    '😀',
    '\u2028',
    '\u0085',
    '\ufeff',
    '0',
    '~',
    'null',
    'yes',
    '<<',
    '---',
    '...',
    '\\',
    '`',
    '@',
    ',',
    ']',
  ];
  const texts = Array.from({ length: 60 }, () =>
    Array.from({ length: 1 + Math.floor(random() * 12) }, () => pieces[Math.floor(random() * pieces.length)]!).join(''),
  ).filter((text) => /\S/.test(text));
  for (const text of texts)
    await store.annotations.keep({
      metric: 'encounters',
      where: { unit: [text, ''] },
      period: '2026-03-01',
      kind: 'note',
      text,
      author: 'x',
    });
  expect(
    openStore(store.folder)
      .annotations.read()
      .map(({ text, where }) => [text, where.unit![0]]),
  ).toEqual(texts.map((text) => [text, text]));
  expect((parse(store.yaml()) as { annotations: unknown[] }).annotations).toEqual(store.annotations.read());
});

test('half a surrogate pair, which no file can hold, is replaced before it is answered', async () => {
  const store = openStore(newFolder());
  expect((await store.views.keep({ ...view('x'), name: 'a\ud800b' })).name).toBe('a\ufffdb');
  expect(openStore(store.folder).views.read()[0]?.name).toBe('a\ufffdb');
});

test('several processes that write at once lose nothing, nor do many writes of one', async () => {
  const folder = newFolder();
  const { views } = openStore(folder);
  const own = Array.from({ length: 8 }, (_, at) => views.keep(view(`own ${at}`)));
  expect(await Promise.all(['a', 'b', 'c'].map((name) => writer(folder, name, '12')))).toEqual(['0', '0', '0']);
  await Promise.all(own);
  const expected = ['a', 'b', 'c'].flatMap((name) => Array.from({ length: 12 }, (_, at) => `${name} ${at}`));
  expect(
    views
      .read()
      .map(({ name }) => name)
      .sort(),
  ).toEqual([...expected, ...own.map((_, at) => `own ${at}`)].sort());
  expect(new Set(views.read().map(({ id }) => id)).size).toBe(44);
});

test('a writer killed before the rename leaves what was there, and the next goes on', async () => {
  const folder = newFolder();
  const { views } = openStore(folder);
  await views.keep(view('before'));
  const text = readFileSync(join(folder, 'view.yaml'), 'utf8');
  expect(await writer(folder, 'dead', '1', 'die')).toBe('SIGKILL');
  expect(readFileSync(join(folder, 'view.yaml'), 'utf8')).toBe(text);
  expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toHaveLength(1);
  await views.keep(view('after'));
  expect(views.read().map(({ name }) => name)).toEqual(['before', 'after']);
  expect(readdirSync(folder).sort()).toEqual(['build.lock', 'view.yaml']);
});

test.each([
  ['torn off', 'version: 1\nviews:\n  - id: "0123', /store\/view\.yaml:\d+: not readable as YAML/],
  [
    'an unknown key',
    'version: 1\nviews:\n  - {id: 01234abc, nam: x}\n',
    /store\/view\.yaml:3 `views\[0\]\.nam`: unknown key.*/,
  ],
  [
    'a wrong value',
    'version: 1\nviews:\n  - id: 01234abc\n    name: x\n    address: http://a\n    author: x\n    at: 2026-03-01T00:00:00Z\n',
    /store\/view\.yaml:5 `views\[0\]\.address`/,
  ],
  ['another version', 'version: 2\nviews: []\n', /store\/view\.yaml:1 `version`/],
  ['empty', '', /store\/view\.yaml:1/],
  [
    'one id twice',
    `version: 1\nviews:\n${['x', 'y'].map((name) => `  - {id: 01234abc, name: ${name}, address: /, author: x, at: 2026-03-01T00:00:00Z}\n`).join('')}`,
    /store\/view\.yaml:4 `views\[1\]\.id`: stands there twice/,
  ],
  [
    'one name twice',
    `version: 1\nviews:\n${['01234abc', '01234abd'].map((id) => `  - {id: ${id}, name: x, address: /, author: x, at: 2026-03-01T00:00:00Z}\n`).join('')}`,
    /store\/view\.yaml:4 `views\[1\]\.name`: there is a saved view/,
  ],
])('a damaged file is a sentence with file and line, and is not written over: %s', async (_name, text, sentence) => {
  const folder = newFolder();
  const { views, annotations, look } = openStore(folder);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'view.yaml');
  writeFileSync(file, text);
  for (const each of [() => views.read(), () => views.keep(view('new')), () => views.retire('01234abc', 'x')]) {
    const error = await thrownBy(each);
    expect(error).toBeInstanceOf(StoreFault);
    expect(error.message).toMatch(sentence);
  }
  expect(readFileSync(file, 'utf8')).toBe(text);
  expect(annotations.read()).toEqual([]);
  expect(look().map(({ fault }) => fault !== null)).toEqual([false, true, false, false]);
});

test('what a person changes by hand is seen, and their comments stay', async () => {
  const folder = newFolder();
  const { views } = openStore(folder);
  const kept = await views.keep(view('Weekly'));
  const file = join(folder, 'view.yaml');
  writeFileSync(file, readFileSync(file, 'utf8').replace('name: Weekly', 'name: Every week # as agreed'));
  expect(views.read()[0]?.name).toBe('Every week');
  await views.retire(kept.id, 'A. Li');
  await views.keep(view('Monthly'));
  expect(readFileSync(file, 'utf8')).toContain('name: Every week # as agreed');
});

test('taking back what is not there, or was taken back, is a sentence', async () => {
  const { views } = openStore(newFolder());
  const { id } = await views.keep(view('Weekly'));
  await expect(views.retire('ffffffff', 'x')).rejects.toThrow('There is no view of this id.');
  await expect(views.retire(id, ' ')).rejects.toThrow('`retired.author`');
  await views.retire(id, 'x');
  await expect(views.retire(id, 'x')).rejects.toThrow('taken back already');
  // The name is free again.
  expect((await views.keep(view('Weekly'))).id).not.toBe(id);
});

test.skipIf(!existsSync('/dev/full'))('a full disk is a sentence, and what was kept stands', async () => {
  const folder = newFolder();
  const { views } = openStore(folder);
  await views.keep(view('before'));
  const text = readFileSync(join(folder, 'view.yaml'), 'utf8');
  const write = fs.writeFileSync;
  onTestFinished(() => {
    fs.writeFileSync = write;
    syncBuiltinESMExports();
  });
  // The device that is always full, in place of the file beside.
  fs.writeFileSync = (path, data) => write(String(path).endsWith('.tmp') ? '/dev/full' : path, data);
  syncBuiltinESMExports();
  const error = await thrownBy(() => views.keep(view('after')));
  expect(error).toBeInstanceOf(StoreFault);
  expect(error.message).toBe('It could not be kept: the disk is full.');
  expect(readFileSync(join(folder, 'view.yaml'), 'utf8')).toBe(text);
  fs.writeFileSync = write;
  syncBuiltinESMExports();
  await views.keep(view('after'));
  expect(views.read().map(({ name }) => name)).toEqual(['before', 'after']);
});

test('a folder that cannot be made or written is a sentence', async () => {
  const folder = newFolder();
  mkdirSync(join(folder, '..'), { recursive: true });
  writeFileSync(folder, 'a file where the folder should be');
  const error = await thrownBy(() => openStore(folder).views.keep(view('x')));
  expect(error).toBeInstanceOf(UserError);
  expect(error.message).toBe('It could not be kept: a file stands where the folder should be.');
  expect(readFileSync(folder, 'utf8')).toBe('a file where the folder should be');
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '../../support/sql-folder.ts';
import { baseText, changed, goodText, userText } from '../naaccr/small-registry.ts';
import { himsight } from './himsight.ts';

// Each command is a process of its own, and machines are busy.
vi.setConfig({ testTimeout: 180_000 });

const folderWith = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const folder = temporaryFolder();
  const all = { 'base.xml': baseText, 'state.xml': userText, 'good.xml': goodText, ...files };
  for (const [name, content] of Object.entries(all)) writeFileSync(join(folder, name), content);
  return folder;
};
const given = ['--dictionary', 'base.xml', '--dictionary', 'state.xml'];

test('valid files end in 0, errors in 3, wrong usage in 2', () => {
  const folder = folderWith({
    'bad.xml.gz': gzipSync(changed(goodText, 'C501', 'Secret')),
    'torn.xml': '<NaaccrDictionary',
  });
  const good = himsight(folder, 'validate', 'good.xml', ...given);
  expect([good.code, good.err]).toEqual([0, '']);
  expect(good.out).toContain('good.xml: valid\n');

  const bad = himsight(folder, 'validate', 'bad.xml.gz', 'good.xml', ...given, '--format', 'json');
  expect(bad.code).toBe(3);
  const { errors, files } = JSON.parse(bad.out);
  expect(errors).toMatchObject([
    { file: 'bad.xml.gz', line: 10, patient: 1, tumor: 1, item: 'primarySite', rule: 'too-long' },
  ]);
  expect(files).toMatchObject([
    { file: 'bad.xml.gz', errors: 1 },
    { file: 'good.xml', errors: 0 },
  ]);
  expect(bad.out + bad.err).not.toContain('Secret');

  const alone = himsight(folder, 'validate', ...given);
  expect([alone.code, alone.out]).toEqual([
    0,
    'base.xml: valid, a dictionary of 14 items\n\nstate.xml: valid, a dictionary of 2 items\n',
  ]);
  const mistaken = himsight(folder, 'validate', 'base.xml');
  expect([mistaken.code, mistaken.out.includes('This is a dictionary: give it with --dictionary.')]).toEqual([3, true]);

  const csv = himsight(folder, 'validate', 'bad.xml.gz', ...given, '--format', 'csv');
  expect([csv.code, csv.out.split(/\r?\n/)[1]]).toEqual([
    3,
    'bad.xml.gz,10,1,1,primarySite,too-long,standard,"Item `primarySite` has 6 characters, 4 at most."',
  ]);
  for (const [words, sentence] of [
    [['validate'], 'There is nothing to validate.'],
    [['validate', 'gone.xml'], 'gone.xml: there is no such file.'],
    [['validate', '.'], '. is a folder.'],
    [['validate', 'good.xml', '--dictionary', 'torn.xml'], 'torn.xml:1 is not well-formed XML'],
    [['validate', 'good.xml', '--code-lists', 'base.xml'], 'is no zip archive'],
    [['validate', 'good.xml', '--without', 'too-long'], 'there is calendar-date, record-version'],
  ] as const) {
    const ended = himsight(folder, ...words);
    expect([words, ended.code, ended.out]).toEqual([words, 2, '']);
    expect(ended.err).toContain(sentence);
  }
});

test('dictionaries and code lists of a workspace are found; checks of our own can be left out', () => {
  const folder = folderWith({
    'himsight.yaml': 'version: 1\nsources: []\nregistry: { dictionaries: [base.xml, state.xml] }\n',
    'date.xml': changed(goodText, '19600229', '20210231'),
  });
  const found = himsight(folder, 'validate', 'date.xml', '--all');
  expect(found.code).toBe(3);
  expect(found.out).toContain(
    'date.xml:8: calendar-date: Item `dateOfBirth` has a day that its month has not. (patient 1)\n',
  );
  const left = himsight(folder, 'validate', 'date.xml', '--without', 'calendar-date');
  expect([left.code, left.out.includes('Switched off: calendar-date.')]).toEqual([0, true]);
});

import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
import type { SourceFormat } from '../../etl/workspace/config.ts';
import { comparePaths, fileName, findFiles } from '../../etl/find.ts';

const folderWith = (...names: readonly string[]): string => {
  const folder = mkdtempSync(join(tmpdir(), 'find-'));
  for (const name of names) writeFileSync(join(folder, name), '');
  return folder;
};

test('a glob finds files in path order, numbers as numbers, but no folder and no manifest', () => {
  const folder = folderWith('day-10.csv', 'day-9.csv', 'manifest.json', 'b.csv');
  mkdirSync(join(folder, 'c.csv'));
  expect(findFiles(join(folder, '*'), 'csv').map((file) => basename(file))).toEqual([
    'b.csv',
    'day-9.csv',
    'day-10.csv',
  ]);
  expect(findFiles(join(folder, 'nothing*'), 'csv')).toEqual([]);
});

test('a path that is there means itself, whatever its characters', () => {
  const folder = folderWith('a[1].csv', 'a1.csv');
  expect(findFiles(join(folder, 'a[1].csv'), 'csv').map((file) => basename(file))).toEqual(['a[1].csv']);
});

test('a folder means the files of the format directly in it; a path means itself whatever its name', () => {
  const names = [
    'a.csv',
    'b.TSV.gz',
    'c.zip',
    'd.csv.zip',
    'e.parquet',
    '.f.csv',
    'g.csv.part',
    'h.csv.tmp',
    'manifest.json',
  ];
  const more = ['i.csv.filepart', 'j.csv.crdownload', '~$k.csv', 'l.csv.partial', 'm.txt'];
  const folder = folderWith(...names, ...more);
  mkdirSync(join(folder, 'deep'));
  writeFileSync(join(folder, 'deep/n.csv'), '');
  const found = (path: string, format: SourceFormat = 'csv') => findFiles(path, format).map((file) => basename(file));
  expect(found(folder)).toEqual(['a.csv', 'b.TSV.gz', 'c.zip', 'd.csv.zip', 'm.txt']);
  expect(found(folder, 'parquet')).toEqual(['c.zip', 'e.parquet']);
  expect(found(join(folder, '**/*.csv'))).toEqual(['a.csv', 'n.csv']);
  expect(found(join(folder, '*'))).toEqual(['a.csv', 'b.TSV.gz', 'c.zip', 'd.csv.zip', 'e.parquet', 'm.txt']);
  expect(found(join(folder, 'g.csv.part'))).toEqual(['g.csv.part']);
});

test('names are told as the workspace sees them', () => {
  expect(fileName('/w', '/w/extract/a.csv')).toBe('extract/a.csv');
  expect([1, 0, -1].map(Math.sign)).toEqual([comparePaths('b', 'a'), comparePaths('a', 'a'), comparePaths('a', 'b')]);
});

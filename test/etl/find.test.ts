import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { expect, test } from 'vitest';
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

test('names are told as the workspace sees them', () => {
  expect(fileName('/w', '/w/extract/a.csv')).toBe('extract/a.csv');
  expect([1, 0, -1].map(Math.sign)).toEqual([comparePaths('b', 'a'), comparePaths('a', 'a'), comparePaths('a', 'b')]);
});

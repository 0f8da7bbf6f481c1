import { appendFileSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  noteSubmission,
  readSubmissions,
  submittedReleases,
  withdrawSubmission,
  type Submission,
} from '../../../etl/submission/submission-ledger.ts';

const made = (id: string, release: string): Submission => ({
  ...{ id, profile: 'incidence', release, from: '2023-01-01', to: '2024-01-01', madeAt: '2026-09-01T00:00:00.000Z' },
  ...{ file: 'a.xml', sha256: '0', rows: 1, patients: 1 },
  ...{ byYear: { '2023': 1 }, profileVersion: 'f00d', dictionary: 'NAACCR 260' },
  digestKey: null,
  difference: { before: null, added: 0, modified: 0, gone: 0 },
});

test('packages are remembered in order, and the releases they were made from', () => {
  const folder = join(mkdtempSync(join(tmpdir(), 'submission-')), 'submission');
  expect(readSubmissions(folder)).toEqual([]);
  for (const [id, release] of [
    ['a', 'r1'],
    ['b', 'r2'],
    ['c', 'r1'],
  ] as const)
    noteSubmission(folder, made(id, release));
  expect(readSubmissions(folder).map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(submittedReleases(folder)).toEqual(['r1', 'r2']);
});

test('a package that could not be put in its place was none; a torn line hides no other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'submission-'));
  noteSubmission(folder, made('a', 'r1'));
  noteSubmission(folder, made('b', 'r2'));
  withdrawSubmission(folder, 'b');
  appendFileSync(join(folder, 'submission.ndjson'), '{"id":"torn","prof');
  noteSubmission(folder, made('c', 'r3'));
  expect(readSubmissions(folder).map(({ id }) => id)).toEqual(['a', 'c']);
  expect(submittedReleases(folder)).toEqual(['r1', 'r3']);
});

test('a package of before years and versions were kept has none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'submission-'));
  const { byYear: _byYear, profileVersion: _version, dictionary: _dictionary, ...then } = made('a', 'r1');
  appendFileSync(join(folder, 'submission.ndjson'), `${JSON.stringify(then)}\n`);
  expect(readSubmissions(folder)).toEqual([{ ...then, byYear: null, profileVersion: null, dictionary: null }]);
});

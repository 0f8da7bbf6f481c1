import { expect, test } from 'vitest';
import {
  changeTables,
  changeWords,
  cleanOf,
  commandOf,
  differenceWords,
  failingEdits,
  periodWords,
  profileWords,
  type SubmissionPackage,
} from '../../../dashboard/data/submission.ts';

const made = (more: Partial<SubmissionPackage> = {}): SubmissionPackage => ({
  ...{ id: 'a', release: 'r', from: '2023-01-01', to: '2024-01-01', madeAt: '2026-09-01T00:00:00.000Z' },
  ...{ file: 'a.xml.gz', sha256: '0', rows: 1, patients: 1 },
  ...{ byYear: null, profileVersion: null, dictionary: null },
  difference: { before: 'z', added: 0, modified: 0, gone: 0 },
  ...more,
});

test('a period is told with its last day, whole years as years', () => {
  expect(periodWords(made())).toBe('2023');
  expect(periodWords(made({ from: '2004-01-01' }))).toBe('2004–2023');
  expect(periodWords(made({ to: '2023-12-31' }))).toBe('1 Jan 2023 – 30 Dec 2023');
  expect(periodWords(made({ from: '2023-01-02' }))).toBe('2 Jan 2023 – 31 Dec 2023');
});

test('the difference is told by what there is of it; the first package has none', () => {
  const words = (difference: Partial<SubmissionPackage['difference']>) =>
    differenceWords(made({ difference: { before: 'z', added: 0, modified: 0, gone: 0, ...difference } }));
  expect(words({})).toBe('nothing new');
  expect(words({ added: 1200, gone: 1 })).toBe('1,200 new, 1 gone');
  expect(words({ modified: 3 })).toBe('3 modified');
  expect(words({ before: null, added: 9 })).toBe('the first');
});

test('changes are tables of keys by their columns; a kind without any has none', () => {
  const changes = {
    added: { count: 2, keys: [['7', 'north']] },
    modified: { count: 0, keys: [] },
    gone: { count: 1, keys: [['8']] },
  };
  const tables = changeTables({ id: 'b', before: 'a', columns: ['patient', 'facility'], changes });
  expect(tables.map(({ kind, count, keys }) => [changeWords(kind, count), keys.rows, keys.more])).toEqual([
    ['2 new', [{ patient: '7', facility: 'north' }], true],
    ['1 gone', [{ patient: '8', facility: null }], false],
  ]);
});

test('the command names the profile, the days and a new folder', () => {
  expect(commandOf('incidence', { from: '2004-01-01', to: '2025-01-01' }, '2026-11-22')).toBe(
    'npx himsight submit incidence --from 2004-01-01 --to 2025-01-01 --out incidence-2026-11-22',
  );
});

test('a profile is told by its last package', () => {
  expect(profileWords({ packages: [] })).toBe('no package yet');
  expect(profileWords({ packages: [made()] })).toBe('last package 1 Sep 2026: 1 row of 2023, nothing new');
});

test('failing edits: errors before warnings, those that most fail first; what nothing fails is left out', () => {
  const edit = (id: string, level: 'error' | 'warning', failing: number) => ({
    ...{ id, level, failing, of: 'case' as const, examined: 10, says: '', means: '', source: '', items: [] },
  });
  const edits = [edit('a', 'warning', 9), edit('b', 'error', 1), edit('c', 'error', 0), edit('d', 'error', 3)];
  expect(failingEdits(edits).map(({ id }) => id)).toEqual(['d', 'b', 'a']);
  expect(cleanOf({ years: [2, 3].map((cases) => ({ year: null, cases, withoutErrors: 1 })) })).toEqual({
    clean: 1 + 1,
    cases: 2 + 3,
  });
});

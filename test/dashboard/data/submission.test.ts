import { expect, test } from 'vitest';
import { commandOf, differenceWords, periodWords, type SubmissionPackage } from '../../../dashboard/data/submission.ts';

const made = (more: Partial<SubmissionPackage> = {}): SubmissionPackage => ({
  ...{ id: 'a', release: 'r', from: '2023-01-01', to: '2024-01-01', madeAt: '2026-09-01T00:00:00.000Z' },
  ...{ file: 'a.xml.gz', sha256: '0', rows: 1, patients: 1 },
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

test('the next package is of the period of the last one, else of the last whole year', () => {
  const profile = { profile: 'incidence', describes: '', format: 'naaccr-xml', packages: [] };
  expect(commandOf(profile, '2026-11-22')).toBe(
    'npx himsight submit incidence --from 2025 --to 2026 --out incidence-2026-11-22',
  );
  expect(commandOf({ ...profile, packages: [made()] }, '2026-11-22')).toContain('--from 2023-01-01 --to 2024-01-01');
});

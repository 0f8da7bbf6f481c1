import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { packageDifference } from '../../../etl/submission/package-difference.ts';
import { DigestFile, type RowKey } from '../../../etl/submission/row-digest.ts';
import { noteSubmission, submissionFolder, type Submission } from '../../../etl/submission/submission-ledger.ts';

const dataFolder = mkdtempSync(join(tmpdir(), 'himsight-difference-'));
afterAll(() => rmSync(dataFolder, { recursive: true }));
const workspace = { config: { sources: [] }, dataFolder };
const folder = submissionFolder(workspace);

const keyOf = (patient: number): RowKey => [
  String(patient).padStart(8, '0'),
  'north',
  `p${patient}`,
  '01',
  '00',
  'C504',
];

const made = (id: string, before: string | null, rows: Readonly<Record<number, string>>): void => {
  mkdirSync(folder, { recursive: true });
  const file = new DigestFile(join(folder, `${id}.digest.gz`));
  for (const [patient, digest] of Object.entries(rows))
    file.add({ key: keyOf(Number(patient)), digest: digest.repeat(22) });
  file.close();
  noteSubmission(folder, {
    ...{ id, profile: 'incidence', release: 'r', from: '2020-01-01', to: '2021-01-01', madeAt: '2026-01-01T00:00:00Z' },
    ...{ file: 'a.xml', sha256: '0', rows: 1, patients: 1, byYear: null, profileVersion: null, dictionary: null },
    digestKey: null,
    difference: { before, added: 0, modified: 0, gone: 0 },
  } satisfies Submission);
};

made('a', null, { 1: 'a', 2: 'a', 3: 'a' });
made('b', 'a', { 2: 'a', 3: 'b', 4: 'a', 5: 'a', 6: 'a' });

test('what is new, modified and gone is counted to the last and named up to the limit, without the site', async () => {
  const told = await packageDifference(workspace, { profile: 'incidence', id: 'b', limit: 2 });
  expect(told.columns).toEqual([
    ...['patientIdNumber', 'facility_id', 'patient_key', 'tumorRecordNumber', 'sequenceNumberHospital'],
  ]);
  expect(told.changes).toEqual({
    added: { count: 3, keys: [keyOf(4).slice(0, -1), keyOf(5).slice(0, -1)] },
    modified: { count: 1, keys: [keyOf(3).slice(0, -1)] },
    gone: { count: 1, keys: [keyOf(1).slice(0, -1)] },
  });
});

test('the first package of a profile has nothing before it', async () => {
  const told = await packageDifference(workspace, { profile: 'incidence', id: 'a', limit: 2 });
  expect([told.before, told.changes.added]).toEqual([null, { count: 0, keys: [] }]);
});

test.each([
  [{ profile: 'incidence', id: 'c', limit: 2 }, /There is no such package/],
  [{ profile: 'seer-prep', id: 'b', limit: 2 }, /There is no such package/],
  [{ profile: 'incidence', id: 'b', limit: 0 }, /`limit` must be a whole number from 1 to 1000/],
  [{ profile: 'incidence', id: 'b', limit: 1.5 }, /`limit` must be/],
  [{ profile: 'nowhere', id: 'b', limit: 2 }, /There is no profile `nowhere`/],
])('refused: %o', async (asked, says) => {
  await expect(packageDifference(workspace, asked)).rejects.toThrow(says);
});

test('rows of which nothing is kept any more are told to be gone', async () => {
  made('d', 'lost', { 1: 'a' });
  await expect(packageDifference(workspace, { profile: 'incidence', id: 'd', limit: 2 })).rejects.toThrow(
    /no longer there/,
  );
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { previewPeriod, previewSubmission } from '../../../etl/submission/preview.ts';
import { previewEdits, previewKeys } from '../../../etl/submission/preview-edits.ts';
import type { Workspace } from '../../../etl/workspace/workspace.ts';
import { buildInMemory, type MemoryWarehouse } from '../../support/warehouse.ts';
import { memoryReader } from '../../warehouse/query/memory-reader.ts';

let built: MemoryWarehouse;

/** p1 and p2 are sent in 2020; p3 is of 2021; p4 is benign; p5 has no date. p1 is a man with a cancer of the uterus. */
beforeAll(async () => {
  built = await buildInMemory({
    raw: {
      tumor: `
        facility_id | patient_key | patientIdNumber | tumorRecordNumber | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | sexAssignedAtBirth | dateOfDiagnosis | race1
        north       | p1          | 00000001        | 01                | C541        | 8380                | 3                 | 1                  | 20200615        | 01
        north       | p1          | 00000001        | 02                | C509        | 8500                | 3                 | 1                  | 20200616        |
        north       | p2          | 00000002        | 01                | C509        | 8500                | 2                 | 2                  | 20200701        | 02
        north       | p3          | 00000003        | 01                | C541        | 8380                | 3                 | 1                  | 20210101        | 01
        north       | p4          | 00000004        | 01                | C509        | 8010                | 0                 | 2                  | 20200101        | 01
        north       | p5          | 00000005        | 01                | C509        | 8500                | 3                 | 2                  |                 | 01
      `,
    },
  });
});
afterAll(() => built.close());

const profiles = {
  flat: {
    ...{ describes: 'Rows', format: 'csv', file: 'a.csv', rows: 'core.tumor', period: 'diagnosis_date' },
    key: ['patient_key', 'tumorRecordNumber'],
    columns: {
      Race: { from: 'race1', values: { '01': 'W' } },
      Site: { from: 'primarySite' },
      Kind: { constant: 'x' },
      None: { constant: '' },
    },
    required: ['Race', 'Site', 'Kind', 'None'],
    checks: [{ id: 'not_2020', says: 'Not of 2020.', violated: 'diagnosis_year = 2020', level: 'error' }],
  },
  elsewhere: { like: 'flat', rows: 'core.nothing' },
  full: { like: 'incidence', record_type: 'A' },
  again: { like: 'incidence', record_type: 'M', modifies: 'full' },
  confidential: { like: 'incidence', record_type: 'C' },
};

const request = async (profile: string, from = '2020-01-01', to = '2021-01-01') => ({
  workspace: { folder: '/', config: { sources: [], registry: { profiles } } } as unknown as Workspace,
  reader: await memoryReader(built.connection),
  profile,
  period: previewPeriod(from, to),
});
const preview = async (...asked: Parameters<typeof request>) => previewSubmission(await request(...asked));

test('the cases that would be sent, by year, and why the others are not', async () => {
  expect(await preview('incidence')).toMatchObject({
    rows: 6,
    dates: { first: '2020-01-01', last: '2021-01-01' },
    sent: 3,
    patients: 2,
    byYear: [{ year: 2020, rows: 3 }],
    leftOut: [
      { reason: 'undated', rows: 1 },
      { reason: 'period', rows: 1 },
      { reason: 'behavior', rows: 1 },
    ],
  });
  expect((await preview('incidence', '2020-01-01', '2022-01-01')).byYear).toEqual([
    { year: 2020, rows: 3 },
    { year: 2021, rows: 1 },
  ]);
  expect(await preview('incidence', '1950-01-01', '1951-01-01')).toMatchObject({ sent: 0, patients: 0, byYear: [] });
});

test('without its dictionary nothing can be written, and it says so; the cases are counted all the same', async () => {
  const { refusal, required } = await preview('incidence');
  expect(refusal).toMatch(/dictionary 260 is not at hand.*registry\.dictionaries/);
  expect(required).toEqual([]);
});

test.each([
  ['full', 'A'],
  ['again', 'M'],
  ['confidential', 'C'],
])('a profile of record type of names and texts (%s) is refused with the reason', async (name, type) => {
  const { refusal, required } = await preview(name);
  expect(refusal).toMatch(
    new RegExp(
      `record type ${type} carries names and texts, which never enter this warehouse.*kept apart.*full_abstracts.*record type I`,
    ),
  );
  expect(required).toEqual([]);
});

test('of rows that are no abstracts: a value without a code is missing, a constant is there', async () => {
  expect(await preview('flat')).toMatchObject({
    sent: 4,
    patients: null,
    required: [
      { item: 'Race', missing: 2 }, // one blank, one without a code of the receiver's
      { item: 'Site', missing: 0 },
      { item: 'Kind', missing: 0 },
      { item: 'None', missing: 4 },
    ],
    refusal: null,
  });
  await expect(preview('elsewhere')).rejects.toThrow(/the release has no core\.nothing/);
});

test('edits are put to exactly the cases that are sent, and their keys name no site', async () => {
  const { edits, years, checks } = await previewEdits(await request('incidence'));
  expect(edits!.find(({ id }) => id === 'site_fits_sex')).toMatchObject({ examined: 3, failing: 1, level: 'error' });
  expect(years).toEqual([{ year: 2020, cases: 3, withoutErrors: 2 }]);
  expect(checks).toEqual([]);
  const asked = await request('incidence');
  const keys = await previewKeys({ ...asked, edit: 'site_fits_sex', limit: 10 });
  expect(keys).toEqual({
    release: asked.reader.release,
    columns: ['facility_id', 'patient_key', 'tumorRecordNumber', 'sequenceNumberHospital'],
    rows: [{ facility_id: 'north', patient_key: 'p1', tumorRecordNumber: '01', sequenceNumberHospital: null }],
    more: false,
  });
  const both = { ...(await request('incidence', '2020-01-01', '2022-01-01')), edit: 'site_fits_sex' };
  expect((await previewKeys({ ...both, limit: 2 })).more).toBe(false);
  expect(await previewKeys({ ...both, limit: 1 })).toMatchObject({ rows: [{ patient_key: 'p1' }], more: true });
});

test('a profile’s own checks are asked too; of rows that are no abstracts nothing else', async () => {
  const { edits, checks, key } = await previewEdits(await request('flat'));
  expect(edits).toBeNull();
  expect(key).toEqual(['patient_key', 'tumorRecordNumber']);
  expect(checks).toMatchObject([{ id: 'not_2020', level: 'error', violated: 4 }]);
  expect(checks[0]!.keys[0]).toEqual(['p1', '01']);
  await expect(previewKeys({ ...(await request('flat')), edit: 'site_fits_sex', limit: 1 })).rejects.toThrow(
    /no abstracts/,
  );
});

test('what is asked wrongly is refused with a sentence', async () => {
  await expect(preview('incidense')).rejects.toThrow(/did you mean `incidence`/);
  expect(() => previewPeriod('2020', '2021-01-01')).toThrow(/`from` is a day/);
  expect(() => previewPeriod('2020-02-30', '2021-01-01')).toThrow(/`from` is a day/);
  expect(() => previewPeriod('2021-01-01', '2021-01-01')).toThrow(/`from` must come before `to`/);
  for (const limit of [0, 1001, NaN])
    await expect(previewKeys({ ...(await request('incidence')), edit: 'site_fits_sex', limit })).rejects.toThrow(
      /`limit`/,
    );
  await expect(previewKeys({ ...(await request('incidence')), edit: 'site_fits_sexx', limit: 1 })).rejects.toThrow(
    /no edit of this id/,
  );
});

test('a question given up is not answered', async () => {
  const signal = AbortSignal.abort(new Error('the page moved on'));
  for (const ask of [previewSubmission, previewEdits])
    await expect(ask({ ...(await request('incidence')), signal })).rejects.toThrow('the page moved on');
});

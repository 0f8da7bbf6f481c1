import { afterAll, beforeAll, expect, test } from 'vitest';
import { settingsOf, withOverrides } from '../../../warehouse/check/settings.ts';
import { editReport, failingCasesSql } from '../../../warehouse/query/edit-report.ts';
import { buildInMemory, rows, type MemoryWarehouse } from '../../support/warehouse.ts';

let built: MemoryWarehouse;

/**
 * p1: a man with a cancer of the uterus. p2: nothing wrong. p3: two abstracts of one tumor, told twice. p4: a carcinoma of the
 * skin, unusual only. p5: no date of diagnosis, right side unknown. p6: at no facility, site and sex at odds.
 */
beforeAll(async () => {
  built = await buildInMemory({
    raw: {
      tumor: `
        facility_id | patient_key | tumorRecordNumber | primarySite | histologicTypeIcdO3 | laterality | sexAssignedAtBirth | dateOfDiagnosis
        north       | p1          | 01                | C541        | 8380                | 0          | 1                  | 20200615
        north       | p2          | 01                | C509        | 8500                | 1          | 2                  | 20200701
        north       | p3          | 01                | C509        | 8500                | 1          | 2                  | 20210101
        north       | p3          | 02                | C509        | 8500                | 1          | 2                  | 20210101
        south       | p4          | 01                | C449        | 8070                | 0          | 2                  | 20210301
        south       | p5          | 01                | C342        | 8140                | 2          | 2                  |
                    | p6          | 01                | C619        | 8140                | 0          | 2                  | 20210301
      `,
    },
  });
});
afterAll(() => built.close());

const settings = (overrides = {}) => settingsOf(withOverrides(built.compiled.project.checks, overrides));
const report = (cases: string | null = null, overrides = {}) =>
  editReport(built.connection, { settings: settings(overrides), cases });
const failing = async (cases: string | null = null, overrides = {}): Promise<string[]> => {
  const sql = await failingCasesSql(built.connection, { settings: settings(overrides), cases });
  const found = await rows(built.connection, `select * from (${sql}) order by all`);
  return found.map(
    (row) => `${row.facility_id ?? '–'} ${row.patient_key} ${row.tumorRecordNumber ?? '–'} ${row.edit_id}`,
  );
};

test('each case with the edits it fails; an edit between records names the patient', async () => {
  expect(await failing()).toEqual([
    'north p1 01 site_fits_sex',
    'north p3 – tumor_told_once',
    'south p4 01 skin_carcinoma_is_not_reportable',
    'south p5 01 middle_lobe_is_right',
    '– p6 01 site_fits_sex',
  ]);
});

test('every edit is told with its totals, its meaning and the items to look at', async () => {
  const { edits } = await report();
  const of = (id: string) => edits.find((edit) => edit.id === id)!;
  expect(of('site_fits_sex')).toMatchObject({ of: 'case', level: 'error', examined: 7, failing: 2 });
  expect(of('tumor_told_once')).toMatchObject({ of: 'patient', level: 'error', examined: 6, failing: 1 });
  expect(of('skin_carcinoma_is_not_reportable')).toMatchObject({ level: 'warning', examined: 1, failing: 1 });
  expect(of('middle_lobe_is_right').items).toEqual(['primarySite', 'laterality']);
  expect(of('middle_lobe_is_right').means).toContain('lingula');
  expect(edits.map(({ id }) => id)).toEqual(edits.map(({ id }) => id).sort());
  expect(edits.length).toBe(
    built.compiled.checks.flatMap(({ checks }) => checks).filter(({ kind }) => kind === 'edit').length,
  );
});

test('by year of diagnosis, cases without an error of their own or of their patient; a warning is none', async () => {
  expect((await report()).years).toEqual([
    { year: 2020, cases: 2, withoutErrors: 1 },
    { year: 2021, cases: 4, withoutErrors: 1 },
    { year: null, cases: 1, withoutErrors: 0 },
  ]);
});

test('only the cases asked for, whose facility may not be known; their patients are looked at whole', async () => {
  const cases = `select facility_id, patient_key, tumorRecordNumber, sequenceNumberHospital, primarySite
    from core.tumor where tumorRecordNumber = '02' or patient_key in ('p2', 'p6')`;
  expect(await failing(cases)).toEqual(['north p3 – tumor_told_once', '– p6 01 site_fits_sex']);
  const { edits, years } = await report(cases);
  expect(edits.find(({ id }) => id === 'site_fits_sex')).toMatchObject({ examined: 3, failing: 1 });
  expect(edits.find(({ id }) => id === 'tumor_told_once')).toMatchObject({ examined: 3, failing: 1 });
  expect(years).toEqual([
    { year: 2020, cases: 1, withoutErrors: 1 },
    { year: 2021, cases: 2, withoutErrors: 0 },
  ]);
});

test('no case at all fails nothing', async () => {
  const none = 'select * from core.tumor where false';
  expect(await failing(none)).toEqual([]);
  expect((await report(none)).years).toEqual([]);
  expect((await report(none)).edits.every(({ examined, failing: bad }) => examined === 0 && bad === 0)).toBe(true);
});

test('what a workspace sets anew holds: an edit set off is not asked, one made a warning fails no case', async () => {
  const overrides = {
    site_fits_sex: { off: 'asked elsewhere' },
    middle_lobe_is_right: { severity: 'characterisation' },
  };
  expect(await failing(null, overrides)).toEqual([
    'north p3 – tumor_told_once',
    'south p4 01 skin_carcinoma_is_not_reportable',
    'south p5 01 middle_lobe_is_right',
  ]);
  const { edits, years } = await report(null, overrides);
  expect(edits.some(({ id }) => id === 'site_fits_sex')).toBe(false);
  expect(years.map(({ withoutErrors }) => withoutErrors)).toEqual([2, 2, 1]);
});

test('a release without edits says so', async () => {
  await built.connection.run('begin');
  await built.connection.run(`delete from meta."check" where kind = 'edit'`);
  await expect(report()).rejects.toThrow('The release has no edits.');
  await built.connection.run('alter table meta."check" drop column kind');
  await expect(report()).rejects.toThrow('The release was built before there were edits.');
  await built.connection.run('rollback');
});

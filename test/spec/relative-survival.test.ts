import { afterAll, beforeAll, expect, test } from 'vitest';
import { actuarialSurvival, countByInterval } from '../../warehouse/statistics/actuarial-survival.ts';
import { expectedSurvival } from '../../warehouse/statistics/expected-survival.ts';
import { lifeTable } from '../../warehouse/statistics/population-life-table.ts';
import { relativeSurvival } from '../../warehouse/statistics/relative-survival.ts';
import { buildInMemory, rows, type MemoryWarehouse } from '../support/warehouse.ts';

let warehouse: MemoryWarehouse;

beforeAll(async () => {
  warehouse = await buildInMemory({
    raw: {
      source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2022-03-16 00:00:00`,
      metric_setting: `name | value\n survival_cutoff_year | 2020`,
      life_table: `
        sex | race | year | age | survival
        2   | all  | 2019 | 0   | 0.5
        2   | all  | 2019 | 1   | 0.25`,
      tumor: `
        patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | sequenceNumberCentral | dateOfDiagnosis | dateOfLastContact | vitalStatus | ageAtDiagnosis | sexAssignedAtBirth | typeOfReportingSource
        soon        | C509        | 8500                | 3                 | 00                    | 20190105        | 20190110          | 0           | 060            | 2                  | 1
        later       | C509        | 8500                | 3                 | 00                    | 20190105        | 20190220          | 0           | 060            | 2                  | 1
        lost        | C509        | 8500                | 3                 | 01                    | 20190105        | 20190301          | 1           | 060            | 2                  | 1
        living      | C509        | 8500                | 3                 | 02                    | 20190105        | 20201231          | 1           | 060            | 2                  | 1
        insitu      | C509        | 8500                | 2                 | 00                    | 20190105        | 20201231          | 1           | 060            | 2                  | 1
        certificate | C509        | 8500                | 3                 | 00                    | 20190105        | 20190105          | 0           | 060            | 2                  | 7
        sameday     | C509        | 8500                | 3                 | 00                    | 20190105        | 20190105          | 1           | 060            | 2                  | 1
        silent      | C509        | 8500                | 3                 | 00                    | 20190105        |                   | 0           | 060            | 2                  | 1
        ageless     | C509        | 8500                | 3                 | 00                    | 20190105        | 20190220          | 0           | 999            | 2                  | 1
        sexless     | C509        | 8500                | 3                 | 00                    | 20190105        | 20190220          | 0           | 060            | 9                  | 1`,
    },
  });
}, 120_000);
afterAll(() => warehouse.close());

test('who counts, and why the others do not', async () => {
  const found = await rows(
    warehouse.connection,
    'select patient_key, excluded, excluded_presumed_alive as presumed, is_first from mart.survival_case order by 1',
  );
  expect(found.map((row) => Object.values(row).join(' '))).toEqual([
    'ageless age_not_known age_not_known true',
    'certificate from_death_alone from_death_alone true',
    'insitu not_malignant not_malignant true',
    'later   true',
    'living   false',
    'lost   true',
    'sameday alive_without_survival  true', // presumed alive to the cut-off it has nearly two years
    'sexless sex_not_known sex_not_known true',
    'silent survival_not_known survival_not_known true',
    'soon   true',
  ]);
});

test('relative survival after two months, worked by hand from the warehouse’s own rows', async () => {
  const cases = (
    await rows(warehouse.connection, 'select * from mart.survival_case where excluded is null order by patient_key')
  ).map((row) => ({
    months: Number(row.survival_months),
    outcome: row.is_dead === true ? ('died' as const) : ('alive' as const),
    ...{ age: Number(row.age), sex: String(row.sex), race: 'all' },
    ...{ year: Number(row.diagnosis_year), month: Number(row.diagnosis_month) },
  }));
  expect(cases.map(({ months }) => months)).toEqual([1, 23, 1, 0]);
  const observed = actuarialSurvival(countByInterval(cases, 24));
  // Month 1: 4 at risk, one dies. Month 2: 3 alive, one dies, one is lost: 2.5 at risk.
  expect(observed.survival[1]).toBeCloseTo((1 - 1 / 4) * (1 - 1 / 2.5), 12);
  const table = lifeTable(
    (await rows(warehouse.connection, 'select * from core.life_table')).map((row) => ({
      ...{ sex: String(row.sex), race: String(row.race) },
      ...{ year: Number(row.year), age: Number(row.age), survival: Number(row.survival) },
    })),
  );
  const expected = expectedSurvival(cases, table, 24);
  // All are older than the table's last age: a quarter survive a year, two months its sixth root.
  expect(expected.cumulative[1]).toBeCloseTo(0.25 ** (2 / 12), 12);
  expect(expected.outOfYears).toBe(1); // one lives on into 2020, which the table does not have
  expect(relativeSurvival(observed, expected)[1]?.value).toBeCloseTo(0.45 / 0.25 ** (1 / 6), 12);
});

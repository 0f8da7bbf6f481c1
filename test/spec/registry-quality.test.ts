import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { ask, type Asking } from '../support/ask.ts';
import { rows } from '../support/warehouse.ts';

let asked: Asking;

beforeAll(async () => {
  asked = await ask({
    source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2022-03-16 00:00:00`,
    tumor: `
      patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis | ageAtDiagnosis | sex | race1 | countyAtDx | typeOfReportingSource | diagnosticConfirmation | summaryStage2018 | derivedSs2000
      whole       | C504        | 8500                | 3                 | 20200105        | 060            | 2   | 01    | 001        | 1                     | 1                      | 1                | 1
      certificate | C809        | 8000                | 3                 | 202002          | 080            | 1   | 02    | 001        | 7                     | 9                      | 9                |
      autopsy     | C250        | 8140                | 3                 | 2020            | 070            | 1   | 01    | 998        | 6                     | 1                      | 7                |
      blank       | C504        | 8500                | 3                 | 20200105        |                |     |       |            | 1                     | 6                      |                  |
      nines       | C504        | 8500                | 3                 | 20200105        | 999            | 9   | 99    | 999        | 1                     | 2                      | 9                |
      transsexual | C504        | 8500                | 3                 | 20200105        | 050            | 4   | 01    | 001        | 1                     | 4                      | 2                |
      bladder     | C670        | 8130                | 2                 | 20200105        | 050            | 1   | 01    | 001        | 1                     | 1                      | 0                |
      early       | C504        | 8500                | 3                 | 20170105        | 050            | 2   | 01    | 001        | 1                     | 1                      |                  | 1
      insitu      | C504        | 8500                | 2                 | 20200105        | 999            | 9   | 99    | 999        | 1                     | 1                      | 0                |
      benign      | C700        | 9530                | 0                 | 20200105        | 999            | 9   | 99    | 999        | 1                     | 1                      | 8                |`,
  });
}, 120_000);
afterAll(() => asked.close());

test('what is lacking of eight malignant cases, in situ of the bladder among them', async () => {
  const shares = await asked.values(
    ...['death_certificate_only_share', 'microscopically_confirmed', 'microscopically_confirmed_of_witnessed'],
    ...['age_unknown_share', 'sex_unknown_share', 'race_unknown_share', 'county_unknown_share'],
    ...['unstaged_share', 'ill_defined_site_share', 'cancer_cases'],
  );
  expect(shares).toEqual({
    death_certificate_only_share: 1 / 8,
    microscopically_confirmed: 6 / 8, // not the certificate, not the radiological one
    microscopically_confirmed_of_witnessed: 5 / 6, // without certificate and autopsy
    age_unknown_share: 2 / 8,
    sex_unknown_share: 2 / 8, // 4 is a known value
    race_unknown_share: 2 / 8,
    county_unknown_share: 2 / 8, // 998 is known
    unstaged_share: 3 / 7, // certificate, blank, nines; the diagnosis of 2017 has no Summary Stage 2018
    ill_defined_site_share: 1 / 8,
    cancer_cases: 10,
  });
});

test('frequencies by behavior recode', async () => {
  // The bladder's in situ counts as malignant, the meninges' benign tumor is told apart.
  expect(await asked.by('cancer_cases', 'behavior_recode')).toEqual({ '0': 1, '2': 1, '3': 8 });
  expect(await asked.by('cancer_cases', 'site_recode_2008')).toEqual({ '': 10 }); // no table is configured
});

test('stages of 2018 and of 2000 are two lists: each for its years', async () => {
  expect(await asked.by('cancer_cases', 'stage')).toEqual({ '': 2, '0': 2, '1': 1, '2': 1, '7': 1, '8': 1, '9': 2 });
  expect(await asked.by('cancer_cases', 'stage_2000')).toEqual({ '': 9, '1': 1 });
});

test('criteria by year: below its threshold, or at most', async () => {
  const found = await rows(
    asked.connection,
    `select diagnosis_year, standard, numerator, denominator, is_met from mart.registry_criterion
     where criterion = 'death_certificate_only' order by 1, 2`,
  );
  expect(found.map((row) => Object.values(row).join(' '))).toEqual([
    '2017 naaccr_gold 0 1 true',
    '2017 naaccr_silver 0 1 true',
    '2017 npcr_national 0 1 true',
    '2017 uscs 0 1 true',
    '2020 naaccr_gold 1 7 false',
    '2020 naaccr_silver 1 7 false',
    '2020 npcr_national 1 7 false',
    '2020 uscs 1 7 false',
  ]);
});

test('on the threshold itself: 3 of 100 are at most 3 %, and not below it', async () => {
  const lines = Array.from({ length: 100 }, (_, i) => `p${i} | C504 | 8500 | 3 | 2020 | ${i < 3 ? '7' : '1'}`);
  const { connection, close } = await ask({
    tumor: [
      'patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis | typeOfReportingSource',
      ...lines,
    ].join('\n'),
  });
  onTestFinished(close);
  const found = await rows(
    connection,
    `select standard, is_met from mart.registry_criterion
     where criterion = 'death_certificate_only' and threshold = 0.03 order by 1`,
  );
  expect(found).toEqual([
    { standard: 'naaccr_gold', is_met: false },
    { standard: 'npcr_national', is_met: true },
  ]);
}, 60_000);

test('of a source that sends no reporting source and no confirmation nothing is said of either', async () => {
  const silent = await ask({
    tumor:
      'patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis\n p | C504 | 8500 | 3 | 2020',
  });
  onTestFinished(silent.close);
  expect(await silent.values('death_certificate_only_share', 'microscopically_confirmed', 'age_unknown_share')).toEqual(
    {
      death_certificate_only_share: null,
      microscopically_confirmed: null,
      age_unknown_share: 1,
    },
  );
  const [row] = await rows(
    silent.connection,
    `select is_met from mart.registry_criterion where criterion = 'death_certificate_only' and standard = 'uscs'`,
  );
  expect(row).toEqual({ is_met: null });
}, 60_000);

test('what the figures stand on is told', async () => {
  const basis = await rows(
    asked.connection,
    'select basis, name, row_count::int as n from mart.registry_basis order by 1, 2',
  );
  expect(basis).toEqual([
    { basis: 'cutoff', name: '2021-12-31', n: 1 },
    { basis: 'naaccr_version', name: 'not told', n: 10 },
  ]);
});

test('denominators told in two ways would count people twice, and keep a release back', async () => {
  const people = `
    year | county | race  | sex | age_from | age_to | people
    2020 | 001    | white | 1   | 0        |        | 10
    2020 | 001    |       | 1   | 0        |        | 12
    2021 | 001    | white | 1   | 0        |        | 10`;
  const twice = await ask({ population: people });
  onTestFinished(twice.close);
  expect(twice.broken.population_told_one_way).toBe(1);
  expect(asked.findings).not.toContain('population_told_one_way');
}, 60_000);

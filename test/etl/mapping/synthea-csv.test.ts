import { expect, test } from 'vitest';
import { csvOf, landMapping } from './land-mapping.ts';

test('encounters.csv: encounters of a hospital, their patients looked up; stays elsewhere passed over', async () => {
  const visit = (id: string, kind: string): string =>
    `${id} | 2025-09-05T10:00:00Z | 2025-09-05T11:00:00Z | p1 | o1 | d1 | y1 | ${kind} | 185349003 | Check up | 84.76 | 207.23 | 0.00 | |`;
  const landed = await landMapping('synthea-csv', {
    'encounters.csv': csvOf(`
      Id | START | STOP | PATIENT | ORGANIZATION | PROVIDER | PAYER | ENCOUNTERCLASS | CODE | DESCRIPTION | BASE_ENCOUNTER_COST | TOTAL_CLAIM_COST | PAYER_COVERAGE | REASONCODE | REASONDESCRIPTION
      ${visit('e1', 'inpatient')}
      ${visit('e2', 'emergency')}
      ${visit('e3', 'wellness')}
      ${visit('e4', 'hospice')}
    `),
    'patient.csv': csvOf(`
      Id | BIRTHDATE  | SSN         | LAST         | RACE  | ETHNICITY   | GENDER
      p1 | 1960-09-06 | 999-69-2367 | Franecki195  | white | nonhispanic | M
    `),
  });
  expect(await landed.rows('encounter')).toEqual(
    ['inpatient', 'ed', 'outpatient'].map((patient_class, i) => ({
      encounter_id: `e${i + 1}`,
      patient_key: 'p1',
      facility_id: 'o1',
      patient_class,
      admit_ts: '2025-09-05 10:00:00',
      discharge_ts: '2025-09-05 11:00:00',
      age_years: 64,
      sex: 'male',
      race: 'white',
      ethnicity: 'nonhispanic',
      attending_provider_id: 'd1',
      total_charges: 207.23,
    })),
  );
  expect(await landed.unfilled()).toEqual([]);
});

test('conditions.csv: codes of ICD-10, none of them principal; the other files are not taken for it', async () => {
  const conditions = csvOf(`
    START      | STOP | PATIENT | ENCOUNTER | SYSTEM    | CODE     | DESCRIPTION
    2025-09-05 |      | p1      | e1        | SNOMED-CT | 80967001 | Dental caries
    2025-09-05 |      | p1      | e1        | ICD10     | K12.2    | Cellulitis of mouth
    2025-09-05 |      | p1      | e1        | ICD10     | C09.8    | Neoplasm of tonsil
  `);
  const landed = await landMapping('synthea-conditions', { 'conditions.csv': conditions });
  const always = { encounter_id: 'e1', code_set: 'ICD10CM', stage: 'final' };
  expect(await landed.rows('encounter_code')).toEqual([
    { ...always, seq: 2, code: 'C09.8' },
    { ...always, seq: 3, code: 'K12.2' },
  ]);
  expect(await landed.unfilled()).toEqual([]);
  const patients = 'Id,BIRTHDATE,RACE,ETHNICITY,GENDER\n';
  const { report } = await landMapping('synthea-csv', { 'conditions.csv': conditions, 'patient.csv': patients });
  expect([report.status, report.message]).toEqual([
    'held',
    expect.stringContaining('undeclared `ENCOUNTER`, `SYSTEM`'),
  ]);
});

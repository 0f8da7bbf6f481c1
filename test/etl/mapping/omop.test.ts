import { expect, test } from 'vitest';
import { csvOf, landMapping } from './land-mapping.ts';

const concepts = csvOf(`
  concept_id | concept_name | domain_id | vocabulary_id | concept_code
  1001       | Sepsis       | Condition | ICD10CM       | A41.9
  1002       | Hypertension | Condition | ICD10CM       | I10
  1003       | Sepsis       | Condition | SNOMED        | 91302008
  1004       | Sepsis, old  | Condition | ICD9CM        | 038.9
  2001       | Resection    | Procedure | ICD10PCS      | 0DTJ4ZZ
  2002       | Visit        | Procedure | CPT4          | 99285
  2003       | Supply       | Procedure | HCPCS         | A4550
  2004       | Old          | Procedure | ICD9Proc      | 96.71
  2005       | Other        | Procedure | SNOMED        | 430193006
`);

test('visit_occurrence: concepts to classes, sex and age from person, stays elsewhere passed over', async () => {
  const visit = (id: string, concept: string, more = ' | | 0 | | |'): string =>
    `${id} | p1 | ${concept} | 2025-09-05 | 2025-09-05 10:00:00 | 2025-09-07 | 2025-09-07 12:00:00 | 32817 | d1 | 9 ${more}`;
  const landed = await landMapping('omop-visit-occurrence', {
    'visit_occurrence.csv': csvOf(`
      visit_occurrence_id | person_id | visit_concept_id | visit_start_date | visit_start_datetime | visit_end_date | visit_end_datetime | visit_type_concept_id | provider_id | care_site_id | visit_source_value | visit_source_concept_id | admitted_from_concept_id | admitted_from_source_value | discharged_to_concept_id | discharged_to_source_value | preceding_visit_occurrence_id
      ${visit('v1', '9201', '| IP | 0 | 0 | | 8863 | | ')}
      v2 | p2 | 9203 | 2025-09-05 | | 2025-09-05 | | 32817 | 0 | 9 | | | | | 0 | |
      ${visit('v3', '42898160', '| | | | | | | ')}
      ${visit('v4', '77', '| | | | | | | ')}
    `),
    'person.csv': csvOf(`
      person_id | gender_concept_id | year_of_birth | month_of_birth | day_of_birth | birth_datetime      | person_source_value
      p1        | 8532              | 1980          | 9              | 6            | 1980-09-06 00:00:00 | MRN 1
      p2        | 8507              | 1980          |                |              |                     | MRN 2
    `),
  });
  expect(landed.report.reasons.map(({ rule, line }) => [rule, line])).toEqual([['value:patient_class', 5]]);
  expect(await landed.rows('encounter')).toEqual([
    {
      encounter_id: 'v1',
      patient_key: 'p1',
      facility_id: '9',
      patient_class: 'inpatient',
      admit_ts: '2025-09-05 10:00:00',
      discharge_ts: '2025-09-07 12:00:00',
      age_years: 44,
      sex: 'female',
      discharge_disposition: '03',
      attending_provider_id: 'd1',
    },
    {
      encounter_id: 'v2',
      patient_key: 'p2',
      facility_id: '9',
      patient_class: 'ed',
      admit_ts: '2025-09-05 00:00:00',
      discharge_ts: '2025-09-05 00:00:00',
      age_years: 45,
      sex: 'male',
    },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

test('condition_occurrence: ICD alone, what is called primary first, the others from 2 on', async () => {
  const condition = (id: number, concept: number, status: number): string =>
    `${id} | p1 | 132797 | 2025-09-05 | | | | 32817 | ${status} | | | v1 | | text | ${concept} | `;
  const landed = await landMapping('omop-condition-occurrence', {
    'condition_occurrence.csv': csvOf(`
      condition_occurrence_id | person_id | condition_concept_id | condition_start_date | condition_start_datetime | condition_end_date | condition_end_datetime | condition_type_concept_id | condition_status_concept_id | stop_reason | provider_id | visit_occurrence_id | visit_detail_id | condition_source_value | condition_source_concept_id | condition_status_source_value
      ${condition(1, 1002, 32908)}
      ${condition(2, 1001, 32903)}
      ${condition(3, 1003, 32908)}
      ${condition(4, 1004, 0)}
      ${condition(5, 1001, 32890)}
      ${condition(6, 1002, 32908)}
    `),
    'concept.csv': concepts,
  });
  expect(landed.report.contracts).toMatchObject([{ mapped: 4, accepted: 3, duplicates: 1 }]);
  const always = { encounter_id: 'v1', stage: 'final' };
  expect(await landed.rows('encounter_code')).toEqual([
    { ...always, code_set: 'ICD10CM', seq: 1, code: 'A41.9' },
    { ...always, code_set: 'ICD10CM', seq: 3, code: 'I10' },
    { ...always, code_set: 'ICD9CM', seq: 2, code: '038.9' },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

test('procedure_occurrence: ICD, CPT and HCPCS by day', async () => {
  const procedure = (id: number, concept: number, day: string): string =>
    `${id} | p1 | 4125906 | ${day} | ${day} 08:00:00 | | | 32817 | | 2 | d1 | v1 | | text | ${concept} | `;
  const landed = await landMapping('omop-procedure-occurrence', {
    'procedure_occurrence.csv': csvOf(`
      procedure_occurrence_id | person_id | procedure_concept_id | procedure_date | procedure_datetime | procedure_end_date | procedure_end_datetime | procedure_type_concept_id | modifier_concept_id | quantity | provider_id | visit_occurrence_id | visit_detail_id | procedure_source_value | procedure_source_concept_id | modifier_source_value
      ${procedure(2, 2001, '2025-09-06')}
      ${procedure(1, 2002, '2025-09-05')}
      ${procedure(3, 2003, '2025-09-05')}
      ${procedure(4, 2004, '2025-09-05')}
      ${procedure(5, 2005, '2025-09-05')}
      ${procedure(9, 2001, '2025-09-05')}
    `),
    'concept.csv': concepts,
  });
  const always = { encounter_id: 'v1', stage: 'final', provider_id: 'd1', units: 2 };
  const early = '2025-09-05 08:00:00';
  expect(await landed.rows('encounter_code')).toEqual([
    { ...always, code_set: 'CPT', seq: 2, code: '99285', proc_ts: early },
    { ...always, code_set: 'HCPCS', seq: 2, code: 'A4550', proc_ts: early },
    { ...always, code_set: 'ICD10PCS', seq: 2, code: '0DTJ4ZZ', proc_ts: early },
    { ...always, code_set: 'ICD10PCS', seq: 3, code: '0DTJ4ZZ', proc_ts: '2025-09-06 08:00:00' },
    { ...always, code_set: 'ICD9PCS', seq: 2, code: '96.71', proc_ts: early },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

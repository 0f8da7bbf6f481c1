import type { Example } from './example.ts';

/** Coded records of one facility, so many a month over months of 2025 and 2026, with the counts given by SQL of `month` (1 …). */
const records = (months: number, each: number, counts: string): string => `
  insert into mart.coded_record (encounter_id, facility_id, code_date, dx_record_count, dx_count, titled_record_count, has_unspecified)
  select month || '-' || n, 'north', (date '2025-01-01' + to_months((month - 1)::int))::date, 1, ${counts}
  from range(1, ${months + 1}) as months(month), range(${each}) as copies(n)`;

export const codeExamples: readonly Example[] = [
  {
    tables: {
      'core.encounter': `
        encounter_id | facility_id | admit_date | discharge_date | discharge_period_date
        e1           | north       | 2026-02-10 | 2026-02-12     | 2026-02-12
      `,
      'core.encounter_code': `
        encounter_id | stage | code_set  | seq | code    | is_well_formed | poa | proc_date
        e1           | final | ICD10CM   | 1   | E119    | true           | Y   |
        e1           | final | ICD10CM   | 2   | 4280    | false          | X   |
        e1           | final | ICD10PCS  | 1   | 0DTJ4ZZ | true           |     | 2026-02-03
        e1           | final | ICD10PCS  | 2   | 0DTJ4ZO | false          |     | 2026-02-20
        e1           | final | SNOMED    | 1   | 73211   |                |     |
        e2           | final | ICD10CM   | 1   | I10     | true           | N   |
      `,
    },
    breaks: {
      orphan_code: ['e2 final ICD10CM 1'],
      icd10cm_has_its_shape: ['e1 final ICD10CM 2'],
      icd10pcs_has_its_shape: ['e1 final ICD10PCS 2'],
      poa_in_value_set: ['e1 final ICD10CM 2'],
      code_set_in_value_set: ['e1 final SNOMED 1'],
      procedure_within_stay: ['e1 final ICD10PCS 2'],
    },
  },
  {
    tables: {
      'core.poa_teller': `
        facility_key
        north
      `,
      'core.procedure_teller': `
        facility_key
        north
      `,
      'core.encounter_code': `
        encounter_id | stage | code_set | seq | code    | proc_date
        e1           | final | ICD10PCS | 1   | 0DTJ4ZZ | 2026-02-03
      `,
      'core.reported_code': `
        encounter_id | code_set | seq | code    | code_class | facility_key | patient_class | poa | is_examined | is_listed | is_billable | is_poa_exempt
        e1           | ICD10CM  | 1   | V0001XA | dx         | north        | inpatient     | Y   | true        | true      | true        | false
        e1           | ICD10CM  | 2   | V0001XA | dx         | north        | inpatient     |     | true        | true      | false       | false
        e1           | ICD10CM  | 3   | Z9981   | dx         | north        | inpatient     | N   | true        | false     | false       | true
        e1           | ICD10CM  | 4   | Z9982   | dx         | north        | inpatient     | 1   | false       |           |             | true
        e1           | ICD10PCS | 1   | 0DTJ4ZZ | pcs        | north        | inpatient     |     | false       |           |             |
        e2           | ICD10CM  | 1   | I10     | dx         | north        | ed            |     | false       |           |             |
        e2           | ICD10PCS | 1   | 0DTJ4ZZ | pcs        | north        | ed            |     | false       |           |             |
        e3           | ICD10PCS | 1   | 0DTJ4ZZ | pcs        | north        | inpatient     |     | false       |           |             |
      `,
    },
    breaks: {
      code_in_force: ['e1 ICD10CM 3'],
      code_is_billable: ['e1 ICD10CM 2'],
      poa_of_exempt_code: ['e1 ICD10CM 3'],
      icd10pcs_inpatient_only: ['e2 ICD10PCS 1'],
      poa_told: ['e1 ICD10CM 2'],
      procedure_is_dated: ['e3 ICD10PCS 1'],
      external_cause_not_principal: ['e1 ICD10CM 1'],
      secondary_differs_from_principal: ['e1 ICD10CM 2'],
    },
  },
  {
    tables: {
      'core.reported_code': `
        encounter_id | code_set | seq | code | facility_key | patient_class
        fine         | ICD10CM  | 1   | I10  | north        | inpatient
        fine         | ICD10CM  | 2   | E119 | north        | inpatient
        headless     | ICD10CM  | 2   | I10  | north        | inpatient
        gap          | ICD10CM  | 1   | I10  | north        | ed
        gap          | ICD10CM  | 3   | E119 | north        | ed
        twice        | ICD10CM  | 1   | I10  | north        | inpatient
        twice        | ICD9CM   | 1   | 4019 | north        | inpatient
      `,
    },
    breaks: {
      principal_diagnosis_missing: ['headless'],
      principal_diagnosis_once: ['twice'],
      code_sequence_without_gap: ['gap', 'headless'],
    },
  },
  {
    tables: {
      'mart.coded_record': `
        encounter_id | facility_id | dx_record_count | dx_count
        e1           | north       | 1               | 0
        e2           | north       | 1               | 1
        e3           | south       | 0               | 0
      `,
    },
    breaks: { diagnosis_on_coded_record: ['e1'] },
  },
  {
    // Three standard deviations beyond none beside are 3: four records heap, three do not.
    also: [
      `insert into mart.coded_record (encounter_id, facility_id, dx_record_count, dx_count)
       select 'n' || n, 'north', 1, 25 from range(4) as t(n) union all select 's' || n, 'south', 1, 25 from range(3) as t(n)`,
    ],
    breaks: { diagnoses_cut_off_at_25: ['north'] },
  },
  {
    // Ten diagnoses a record for twelve months and a tenth of them unspecified; then five and nearly all.
    also: [
      records(13, 20, 'case when month < 13 then 10 else 4 end, 1, case when month = 13 or n < 2 then 1 else 0 end'),
      records(14, 20, '10, 1, case when n < 2 then 1 else 0 end').replaceAll("'north'", "'south'"),
    ],
    breaks: {
      diagnoses_per_record_as_usual: ['north 2026-01-01'],
      unspecified_share_as_usual: ['north 2026-01-01'],
    },
  },
  {
    // Chapter I alone for twelve months, then chapter J alone; the other facility keeps to I.
    also: [
      `insert into core.reported_code (encounter_id, code_set, seq, code, facility_key, code_date)
       select month || '-' || n, 'ICD10CM', 1, case when month = 13 and facility = 'north' then 'J189' else 'I10' end, facility,
         (date '2025-01-01' + to_months((month - 1)::int))::date
       from range(1, 14) as months(month), range(500) as copies(n), (values ('north'), ('south')) as f(facility)`,
    ],
    breaks: { code_mix_as_usual: ['north 2026-01-01'] },
  },
];

export const codeEditorExamples: readonly Example[] = [
  {
    tables: {
      'core.encounter': `
        encounter_id | facility_id
        e1           | north
        e2           | north
      `,
      'core.mce_examined': `
        encounter_id | edit
        e1           | 4
        e1           | 5
        e1           | 6
        e1           | 9
        e2           | 4
        e2           | 5
        e2           | 6
        e2           | 9
      `,
      'core.mce_hit': `
        encounter_id | edit
        e1           | 4
        e1           | 5
        e1           | 6
        e1           | 9
      `,
    },
    breaks: {
      code_fits_age: ['e1 4'],
      code_fits_sex: ['e1 5'],
      manifestation_not_principal: ['e1 6'],
      principal_diagnosis_acceptable: ['e1 9'],
    },
  },
];

export const drgExamples: readonly Example[] = [
  {
    tables: {
      'core.encounter': `
        encounter_id | facility_id
        e1           | north
        e2           | north
        e3           | north
        e4           | north
      `,
      'core.ms_drg': `
        drg_code | drg_version
        291      | 43
      `,
      'core.ms_drg_assignment': `
        encounter_id | stage | drg_code | drg_version | stated_version | discharge_date | is_ungroupable | relative_weight
        e1           | final | 291      | 43          | 43             | 2025-10-01     | false          | 1.3
        e2           | final | 292      | 43          | 43             | 2025-09-30     | false          |
        e3           | final | 999      |             |                | 2025-10-01     | true           |
        e4           | final | 291      | 43          | 43.1           | 2026-03-31     | false          | 1.3
      `,
    },
    breaks: {
      drg_exists_in_version: ['e2 final'],
      drg_version_in_force: ['e2 final', 'e4 final'],
      drg_ungroupable: ['e3 final'],
      weights_missing: ['e2 final'],
    },
  },
  {
    tables: {
      'core.encounter': `
        encounter_id | facility_id
        e1           | north
      `,
      'core.ms_drg_assignment': `
        encounter_id | stage
        e1           | final
      `,
      'core.encounter_drg': `
        encounter_id | stage
        e1           | final
        e2           | working
      `,
      'mart.coded_record': `
        encounter_id | facility_id | patient_class | icd10_record_count
        e1           | north       | inpatient     | 1
        e2           | north       | inpatient     | 1
        e3           | south       | inpatient     | 1
      `,
    },
    breaks: { drg_on_coded_inpatient: ['e2'] },
  },
  {
    tables: {
      'core.encounter': `
        encounter_id | facility_id
        e1           | north
        e2           | north
      `,
      'core.encounter_drg': `
        encounter_id | stage   | drg_type | drg_version_number
        e1           | working | MS       | 42
        e1           | final   | MS       | 43
        e2           | working | MS       | 43
        e2           | final   | MS       | 43
      `,
    },
    breaks: { reconciled_drgs_of_one_version: ['e1'] },
  },
];

export const codingExamples: readonly Example[] = [
  {
    tables: {
      'core.encounter': `
        encounter_id | discharge_at
        e1           | 2026-02-10 12:00
        e2           | 2026-02-10 12:00
        e3           | 2026-02-10 12:00
      `,
      'core.coding_milestone': `
        encounter_id | ready_at         | first_coded_at   | final_coded_at
        e1           | 2026-02-11 08:00 | 2026-02-11 08:00 | 2026-02-11 08:00
        e2           | 2026-02-12 08:00 | 2026-02-11 08:00 | 2026-02-10 11:59
        e3           |                  | 2026-03-02 00:01 | 2026-03-02 00:01
        e4           |                  | 2026-02-11 08:00 |
      `,
    },
    breaks: {
      orphan_coding_event: ['e4'],
      final_coded_after_discharge: ['e2'],
      ready_before_coded: ['e2'],
    },
  },
  {
    tables: {
      'core.extract_as_of': `
        extract      | as_of_at
        coding_event | 2026-03-01 00:00
      `,
      'core.coding_milestone': `
        encounter_id | final_coded_at
        in_grace     | 2026-03-02 00:00
        after_it     | 2026-03-02 00:01
        open         |
      `,
    },
    breaks: { coding_not_in_the_future: ['after_it'] },
  },
  {
    tables: {
      'core.feed_precision': `
        extract    | facility_key | time_count | is_day_only
        deficiency | north        | 10         | true
        deficiency | south        | 10         | false
      `,
    },
    breaks: { date_only_times: ['deficiency north'] },
  },
];

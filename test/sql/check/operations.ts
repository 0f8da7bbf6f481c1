import type { Example } from './example.ts';

export const operationExamples: readonly Example[] = [
  {
    tables: {
      'core.operation_feed': `
        facility_key | has_review
        north        | true
      `,
      'core.cdi_review': `
        encounter_id | review_no
        e1           | 1
      `,
      'core.query': `
        query_id | encounter_id | facility_id | workflow | is_counted | is_answered | is_agreed | is_orphan | weight_before | weight_after | weight_change
        q1       | e1           | north       | cdi      | true       | true        | true      | false     | 1.0           | 1.2          | 0.2
        q2       | e2           | north       | cdi      | true       | true        |           | false     | 1.0           | 1.2          |
        q3       | e3           |             | cdi      | true       | false       |           | true      |               |              |
      `,
    },
    breaks: {
      orphan_query: ['q3'],
      query_follows_a_review: ['q2'],
      query_answer_tells_its_outcome: ['q2'],
      query_weights_of_one_version: ['q2'],
    },
  },
  {
    tables: {
      'core.encounter': `
        encounter_id
        e1
      `,
      'core.cdi_review': `
        encounter_id | review_no | query_opportunities | missed_opportunities | compliance_errors
        e1           | 1         | 2                   | 0                    | 2
        e1           | 2         | 2                   | 0                    | 3
        e1           | 3         | 2                   |                      | 0
        e2           | 1         |                     |                      |
      `,
    },
    breaks: { orphan_cdi_review: ['e2 1'], cdi_audit_adds_up: ['e1 2', 'e1 3'] },
  },
  {
    tables: {
      'core.denial': `
        denial_id | level   | is_orphan | category          | billed_amt | denied_amt | recovered_amt | outcome    | resolved_at
        n1        | initial | false     | coding            | 10         | 5          | 5             | overturned | 2026-02-01 08:00
        n2        | initial | true      | unmapped          | 10         | 5          |               | partial    |
        n3        | initial | false     |                   |            |            |               |            | 2026-02-01 08:00
        n4        | second  | false     |                   |            |            |               |            |
      `,
    },
    breaks: {
      orphan_denial: ['n2'],
      denial_reason_is_mapped: ['n2', 'n3'],
      denial_tells_its_amounts: ['n2', 'n3'],
      denial_tells_its_outcome: ['n2', 'n3'],
    },
  },
  {
    tables: {
      'core.roi_request': `
        request_id | status | requestor_type | done_at
        r1         | denied | patient_access |
        r2         | denied | patient_access | 2026-02-01 08:00
        r3         | denied | attorney       |
      `,
    },
    breaks: { roi_denial_has_a_time: ['r1'] },
  },
  {
    tables: {
      'core.period_stat': `
        facility_id | month      | primary_remits | primary_remits_zero_paid
        north       | 2026-01-01 | 10             | 10
        south       | 2026-01-01 | 10             | 11
      `,
    },
    breaks: { remits_within_total: ['south 2026-01-01 – –'] },
  },
  {
    tables: {
      'core.period_stat': `
        facility_id | month      | coder_id | coder_productive_hours
        north       | 2026-02-01 | c1       | 672
        south       | 2026-02-01 | c1       | 0.5
        north       | 2026-02-01 | c2       | 672
      `,
    },
    breaks: { hours_within_the_clock: ['c1 2026-02-01'] },
  },
  {
    tables: {
      'core.mpi_stat': `
        system_id | count_date | records_total | possible_dup_pairs
        m1        | 2026-01-31 | 10            | 5
        m1        | 2026-02-28 | 10            | 6
      `,
    },
    breaks: { mpi_pairs_within_records: ['m1 2026-02-28'] },
  },
];

export const tumorExamples: readonly Example[] = [
  {
    tables: {
      'core.tumor': `
        source_id | facility_id | patient_key | tumorRecordNumber | sequenceNumberHospital | primarySite | site_code | histologicTypeIcdO3 | behaviorCodeIcdO3 | ageAtDiagnosis | sexAssignedAtBirth | race1 | countyAtDxAnalysis | typeOfReportingSource | rxSummTreatmentStatus | summary_stage | summaryStage2018 | is_analytic | dateOfBirth | diagnosis_year | diagnosis_date | first_contact_date | is_diagnosis_date_partial | is_first_contact_date_partial | dateOfLastContact | laterality | completed_date
        r         | north       | p1          | 01                | 00                     | C509        | C50       | 8500                | 3                 | 060            | 2                  | 01    | 001                | 1                     | 1                     | 1             | 1                | true        | 19660101    | 2026           | 2026-02-01     | 2026-02-01         | false                     | false                         | 20260201          | 1          | 2026-08-01
        r         | north       | p2          | 01                | 00                     | D509        | D50       | 7999                | 4                 | 062            | 2                  | 01    | 001                | 7                     | 0                     | 9             | 9                | true        | 19660101    | 2026           | 2026-02-01     | 2026-02-01         | false                     | false                         | 20260131          | 1          | 2026-08-02
        r         | north       | p3          | 01                | 00                     | C809        | C80       | 8000                | 3                 | 999            | 9                  | 99    | 999                | 7                     | 1                     | 1             | 1                | true        | 20270101    | 2026           | 2026-02-01     | 2026-02-01         | false                     | false                         | 20260201          | 0          | 2026-08-01
        r         | north       | p4          | 01                | 00                     | C541        | C54       | 8380                | 3                 | 061            | 1                  | 01    | 001                | 1                     | 1                     | 1             | 1                | true        | 19660101    | 2026           | 2026-02-01     | 2026-02-01         | false                     | false                         | 20260201          | 0          | 2026-08-01
        r         | north       | p5          | 01                | 00                     | C341        | C34       | 8140                | 3                 | 060            | 1                  | 01    | 001                | 1                     | 1                     | 1             | 1                | true        | 19660101    | 2026           | 2026-02-01     | 2026-02-01         | false                     | false                         | 20260201          | 0          | 2026-08-01
      `,
    },
    breaks: {
      primary_site_in_range: ['north p2 01 00'],
      histology_in_range: ['north p2 01 00'],
      behavior_in_range: ['north p2 01 00'],
      tumor_age_known: ['north p3 01 00'],
      tumor_sex_known: ['north p3 01 00'],
      tumor_race_known: ['north p3 01 00'],
      tumor_county_known: ['north p3 01 00'],
      death_certificate_only: ['north p2 01 00', 'north p3 01 00'],
      primary_site_specific: ['north p3 01 00'],
      stage_known: ['north p2 01 00'],
      abstracted_in_time: ['north p2 01 00'],
    },
  },
];

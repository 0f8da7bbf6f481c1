import type { Example } from './example.ts';

export const auditExamples: readonly Example[] = [
  {
    tables: {
      'core.coding_milestone': `
        encounter_id | final_coded_at
        e1           | 2026-02-10 08:00
      `,
      'core.audit_review': `
        audit_id | encounter_id | facility_id | audit_type     | status  | coder_id | auditor_id | audit_opened_at  | audit_date | is_closed | is_own_work | is_second_review_of | is_orphan
        a1       | e1           | north       | routine_random | final   | c1       | x1         | 2026-02-10 08:00 | 2026-02-12 | true      | false       |                     | false
        a2       | e1           | north       | routine_random | final   | c1       | c1         | 2026-02-10 07:59 | 2026-02-12 | true      | true        | a1                  | false
        a3       | e2           | north       | surprise       | final   | c1       |            |                  | 2026-02-12 | true      | false       | a1                  | true
        a4       | e1           | north       | prebill        | open    | c1       | x1         | 2026-02-10 07:59 |            | false     | false       |                     | false
      `,
    },
    breaks: {
      orphan_audit: ['a3'],
      audit_words_known: ['a3'],
      audit_tells_who_and_when: ['a3'],
      nobody_audits_own_work: ['a2'],
      audit_after_final_coding: ['a2'],
      second_review_pairs: ['a3'],
    },
  },
  {
    tables: {
      'core.audit_review': `
        audit_id | facility_id
        a1       | north
        a2       | north
        a3       | north
      `,
      'core.audit_drg': `
        audit_id | is_other_version | is_comparable | weight_change
        a1       | true             | false         |
        a2       | false            | true          |
        a3       | false            | true          | 0.1
      `,
    },
    breaks: { audit_drg_version: ['a1'], audit_weight_known: ['a2'] },
  },
  {
    tables: {
      'core.audit_review': `
        audit_id | facility_id
        a1       | north
      `,
      'core.audit_code': `
        audit_id | code_class | coder_line | coder_code | auditor_code | stated_error
        a1       | sdx        | 1          | I10        | I10          | match
        a1       | sdx        | 2          | I10        | I110         | match
        a1       | sdx        | 3          | I10        | I10          | revised
        a1       | sdx        | 4          | I10        | I10          | poa_changed
      `,
    },
    breaks: { verdict_fits_codes: ['a1 2', 'a1 3'] },
  },
  {
    tables: {
      'core.audit_review': `
        audit_id | facility_id
        a1       | north
      `,
      'core.audit_entry': `
        audit_id | line
        a1       | 1
        a2       | 1
        a2       | 2
      `,
    },
    breaks: { orphan_worksheet: ['a2'] },
  },
];

export const deficiencyExamples: readonly Example[] = [
  {
    tables: {
      'core.provider': `
        provider_id
        d1
      `,
      'core.deficiency': `
        deficiency_id | provider_id | is_orphan | was_counted | status    | action_type | doc_type | admit_at         | admit_date | assigned_at      | assigned_date | completed_at     | cancelled_at     | closed_date | turnaround_days
        f1            | d1          | false     | true        | completed | sign        | DS       | 2026-02-01 08:00 | 2026-02-01 | 2026-02-01 08:00 | 2026-02-01    | 2026-02-01 08:00 |                  | 2026-02-01  | 0
        f2            | d2          | true      | true        | waiting   | sign        | DS       | 2026-02-01 08:00 | 2026-02-01 | 2026-02-01 07:59 | 2026-02-01    | 2026-02-01 07:58 |                  | 2026-02-01  | 0
        f3            | d1          | false     | true        | open      | sign        |          |                  |            | 2025-02-28 08:00 | 2025-02-28    |                  |                  |             |
        f4            | d1          | false     | true        | open      | sign        | HP       |                  |            | 2025-03-01 08:00 | 2025-03-01    | 2026-01-01 08:00 |                  | 2026-01-01  |
        f5            | d1          | false     | true        | open      | sign        | HP       |                  |            | 2025-03-01 08:00 | 2025-03-01    |                  |                  |             |
      `,
    },
    breaks: {
      orphan_deficiency: ['f2'],
      deficiency_of_unknown_provider: ['f2'],
      deficiency_words_known: ['f2'],
      deficiency_tells_kind_and_start: ['f3'],
      deficiency_completed_after_assigned: ['f2'],
      deficiency_before_admission: ['f2'],
      status_fits_times: ['f4'],
    },
  },
  {
    tables: {
      'core.extract_as_of': `
        extract    | as_of_date
        deficiency | 2026-03-01
      `,
      'core.deficiency': `
        deficiency_id | was_counted | assigned_date | closed_date
        a_year        | true        | 2025-03-01    |
        over_a_year   | true        | 2025-02-28    |
        closed        | true        | 2025-02-28    | 2026-02-28
        not_counted   | false       | 2025-02-28    |
      `,
    },
    breaks: { deficiency_open_over_a_year: ['over_a_year'] },
  },
  {
    also: [
      `insert into core.deficiency (deficiency_id, provider_id, completed_at)
       select 'a' || n, 'd1', timestamp '2026-02-01 08:00:00.5' from range(51) as t(n)
       union all select 'b' || n, 'd2', timestamp '2026-02-01 08:00:00.5' from range(50) as t(n)`,
    ],
    breaks: { deficiency_closed_in_bulk: ['d1 2026-02-01 08:00:00'] },
  },
  {
    tables: {
      'core.encounter': `
        encounter_id | admit_at
        e1           | 2026-03-04 08:00
      `,
      'core.document': `
        document_id | encounter_id | event    | event_at
        d1          | e1           | authored | 2026-03-05 08:00
        d1          | e1           | signed   | 2026-02-01 08:00
        d2          | e1           | signed   | 2026-02-01 07:59
        d3          | e2           | authored | 2026-03-05 08:00
      `,
    },
    breaks: { orphan_document: ['d3 authored'], document_signed_within_its_time: ['d2 signed'] },
  },
  {
    tables: {
      'core.encounter': `
        encounter_id
        e1
      `,
      'core.procedure_case': `
        procedure_case_id | encounter_id | start_at         | end_at
        s1                | e1           | 2026-03-04 08:00 | 2026-03-06 08:00
        s2                | e2           | 2026-03-04 08:00 | 2026-03-06 08:01
      `,
    },
    breaks: { orphan_surgery: ['s2'], surgery_within_two_days: ['s2'] },
  },
];

export const billingExamples: readonly Example[] = [
  {
    tables: {
      'core.account': `
        account_id | facility_count | exclusion | discharge_at
        k1         | 1              |           | 2026-02-01 08:00
        k2         | 2              | combined  | 2026-02-01 08:00
        k3         | 1              | undated   | 2026-02-01 08:00
      `,
      'core.account_bill': `
        account_id | is_first | final_billed_at
        k1         | true     | 2026-02-01 08:00
        k2         | true     | 2026-02-01 07:59
      `,
      'core.account_stretch': `
        account_id | gross_cents
        k1         | 0
        k2         | 100
        k2         | -1
      `,
    },
    breaks: {
      account_of_two_facilities: ['k2'],
      account_left_out: ['k2'],
      bill_without_date: ['k3'],
      bill_before_discharge: ['k2'],
      account_balance_negative: ['k2'],
    },
  },
  ...(
    [
      ['orphan_billing', 'core.billing', 'bill_no', 'e2 1'],
      ['orphan_hold', 'core.billing_hold', 'reason_code', 'e2 1'],
    ] as const
  ).map(([check, table, column, key]): Example => ({
    tables: {
      'core.encounter': `
          encounter_id
          e1
        `,
      [table]: `
          encounter_id | ${column}
          e1           | 1
          e2           | 1
        `,
    },
    breaks: { [check]: [key] },
  })),
  {
    tables: {
      'core.encounter': `
        encounter_id
        e1
      `,
      'core.charge_event': `
        charge_event_id | encounter_id
        g1              | e1
        g2              | e2
      `,
    },
    breaks: { orphan_charge: ['g2'] },
  },
  {
    tables: {
      'core.account_charge': `
        account_id
        k1
      `,
      'mart.unbilled_account': `
        account_id | stage    | age_days
        k1         | unbilled | 4
        k2         | unbilled | 4
        k3         | unbilled | 3
      `,
    },
    breaks: { unbilled_without_charges: ['k2'] },
  },
];

import { operationsSources } from './bad-row-operations.ts';

/** One way a row can be bad, as seeded into one source. */
export interface BadKind {
  /** Rule id the gate must give as the row's one reason; `duplicate` is counted and not quarantined. */
  readonly rule: string;
  /** Which good rows it may be modelled on: column → value, or `*` for any value at all. */
  readonly like?: Readonly<Record<string, string>>;
  /** Columns it changes in the copy. Text that stands for a byte that is no UTF-8 is written as `\u{fffd}`. */
  readonly set?: Readonly<Record<string, string>>;
  /** Columns that take the value of another column of the same row. */
  readonly swap?: readonly [string, string];
  /** What is done to the line itself, after that. */
  readonly line?: 'tear' | 'widen' | 'break';
  /** A second row under the same key that differs in this column; both must be quarantined. */
  readonly twin?: Readonly<Record<string, string>>;
}

/** The bad rows of one source. */
export interface BadSource {
  /** Column of the key that gets a value no good row has, so that nothing good refers to a bad row or collides with it. */
  readonly key: string;
  readonly kinds: readonly BadKind[];
}

/** A social security number that was printed on a wallet card in 1938 and has been void ever since. */
const voidNumber = '078-05-1120';
const badByte = '\u{fffd}';
const impossible = '2026-02-30 10:00:00';

/** Bad rows by source, in the order in which they are seeded. Sources not named get none: their files are compressed. */
export const badSources: Readonly<Record<string, BadSource>> = {
  encounter: {
    key: 'encounter_id',
    kinds: [
      { rule: 'torn-row', line: 'tear' },
      { rule: 'too-many-columns', line: 'widen' },
      { rule: 'bad-encoding', set: { service_line: `m${badByte}decine` } },
      { rule: 'required:patient_key', set: { patient_key: '' } },
      { rule: 'type:admit_ts', set: { admit_ts: impossible } },
      { rule: 'value:sex', set: { sex: 'Q' } },
      {
        rule: 'discharge-not-before-admission',
        swap: ['admit_ts', 'discharge_ts'],
        like: { patient_class: 'inpatient', discharge_ts: '*' },
      },
      { rule: 'disposition-two-characters', set: { discharge_disposition: '1' } },
      { rule: 'unique-key', twin: { sex: 'unknown' } },
      { rule: 'identifier:service_line', set: { service_line: voidNumber } },
      { rule: 'identifier:admit_source', set: { admit_source: 'someone@example.org' } },
      { rule: 'age-0-to-90', set: { age_years: '91' } },
      { rule: 'los-not-negative', set: { los_days: '-3' } },
      { rule: 'pattern:zip3', set: { zip3: '43' } },
      { rule: 'duplicate' },
    ],
  },
  encounter_code: {
    key: 'encounter_id',
    kinds: [
      { rule: 'torn-row', line: 'tear' },
      { rule: 'icd10cm-shape', like: { code_set: 'ICD10CM' }, set: { code: '250.0' } },
      // 00142 as a spreadsheet leaves it.
      { rule: 'cpt-shape', like: { code_set: 'ICD10CM' }, set: { code_set: 'CPT', code: '142', poa: '' } },
      { rule: 'value:stage', set: { stage: 'coded' } },
      { rule: 'type:seq', set: { seq: 'first' } },
      { rule: 'sequence-from-1', set: { seq: '0' } },
      { rule: 'required:code', set: { code: '' } },
      { rule: 'unique-key', like: { code_set: 'ICD10CM' }, twin: { code: 'R69' } },
      { rule: 'bad-encoding', set: { modifiers: badByte } },
      { rule: 'too-many-columns', line: 'widen' },
      { rule: 'duplicate' },
    ],
  },
  encounter_drg: {
    key: 'encounter_id',
    kinds: [
      // 065 as a spreadsheet leaves it.
      { rule: 'ms-drg-three-digits', set: { drg_code: '65' } },
      { rule: 'weight-not-negative', set: { relative_weight: '-1.2' } },
      { rule: 'value:drg_type', set: { drg_type: 'CMS' } },
    ],
  },
  coding_event: {
    key: 'encounter_id',
    kinds: [
      { rule: 'value:event', set: { event: 'finished' } },
      { rule: 'required:event_ts', set: { event_ts: '' } },
      { rule: 'type:event_ts', set: { event_ts: impossible } },
      { rule: 'minutes-not-negative', set: { minutes_spent: '-5' } },
      { rule: 'identifier:coder_id', set: { coder_id: voidNumber } },
    ],
  },
  audit_review: {
    key: 'audit_id',
    kinds: [
      { rule: 'final-audit-is-closed', like: { status: 'final' }, set: { audit_closed_ts: '' } },
      { rule: 'closed-not-before-opened', like: { status: 'final' }, set: { audit_closed_ts: '2019-01-01 09:00:00' } },
      { rule: 'pattern:audit_period', set: { audit_period: '2026Q1' } },
      { rule: 'value:rebuttal_outcome', set: { rebuttal_outcome: 'upheld' } },
      { rule: 'summary-counts-not-negative', set: { dx_edited: '-1' } },
    ],
  },
  audit_code: {
    key: 'audit_id',
    kinds: [
      { rule: 'a-code-on-either-side', set: { coder_code: '', auditor_code: '' } },
      { rule: 'line-from-1', set: { line: '0' } },
      { rule: 'value:error_type', set: { error_type: 'wrong' } },
      { rule: 'torn-row', line: 'tear' },
    ],
  },
  deficiency: {
    key: 'deficiency_id',
    kinds: [
      {
        rule: 'completed-not-before-assigned',
        like: { status: 'completed' },
        set: { completed_ts: '2019-01-01 09:00:00' },
      },
      { rule: 'completed-has-a-time', like: { status: 'completed' }, set: { completed_ts: '' } },
      { rule: 'open-has-no-completion', like: { status: 'completed' }, set: { status: 'open' } },
      { rule: 'value:doc_type', set: { doc_type: 'LETTER' } },
      { rule: 'identifier:provider_id', set: { provider_id: voidNumber } },
      { rule: 'unique-key', like: { status: 'completed' }, twin: { created_by: '' } },
      { rule: 'duplicate' },
    ],
  },
  procedure_case: {
    key: 'procedure_case_id',
    kinds: [
      { rule: 'broken-json', line: 'break' },
      { rule: 'value:location', set: { location: 'roof' } },
      { rule: 'end-not-before-start', like: { end_ts: '*' }, set: { end_ts: '2019-01-01 09:00:00' } },
    ],
  },
  billing: {
    key: 'encounter_id',
    kinds: [
      { rule: 'charges-not-negative', set: { gross_charges: '-100.00' } },
      { rule: 'bill-number-from-1', set: { bill_no: '0' } },
      { rule: 'type:gross_charges', set: { gross_charges: 'n/a' } },
    ],
  },
  billing_hold: {
    key: 'encounter_id',
    kinds: [
      { rule: 'end-not-before-start', like: { end_ts: '*' }, set: { end_ts: '2019-01-01 09:00:00' } },
      { rule: 'value:owner', set: { owner: 'nobody' } },
      { rule: 'required:reason_code', set: { reason_code: '' } },
    ],
  },
  ...operationsSources,
};

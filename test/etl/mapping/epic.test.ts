import { expect, test } from 'vitest';
import { csvOf, landMapping } from './land-mapping.ts';

test('HSP_ACCOUNT: encounters, bills and coding events of accounts that are neither combined nor voided', async () => {
  const landed = await landMapping('epic-hsp-account', {
    'hsp_account.csv': csvOf(`
      HSP_ACCOUNT_ID | PAT_ID | LOC_ID | ACCT_CLASS_HA_C_NAME | ACCT_FIN_CLASS_C_NAME | ACCT_BILLSTS_HA_C_NAME | ADM_DATE_TIME        | DISCH_DATE_TIME       | ADMISSION_TYPE_C_NAME | ADMISSION_SOURCE_C_NAME | PATIENT_STATUS_C_NAME | PRIM_SVC_HA_C_NAME | ATTENDING_PROV_ID | DISCH_DEPT_ID | TOT_CHGS | DRG_EXPECTED_REIMB | CODING_STATUS_C_NAME | CODING_DATETIME       | CODING_STS_USER_ID | INIT_CODING_DATE     | LAST_CODING_DATE | COMPLETION_DT_TM     | FIRST_BILLED_DATE    | FINAL_DRG_ID | BILL_DRG_IDTYPE_ID | BILL_DRG_MDC_VAL | BILL_DRG_WEIGHT | BILL_DRG_PS_NAME | BILL_DRG_ROM_NAME | BILL_DRG_AMLOS | BILL_DRG_GMLOS | HOLD_STATUS_C_NAME
      ---------------+--------+--------+----------------------+-----------------------+------------------------+----------------------+-----------------------+-----------------------+-------------------------+-----------------------+--------------------+-------------------+---------------+----------+--------------------+----------------------+-----------------------+--------------------+----------------------+------------------+----------------------+----------------------+--------------+--------------------+------------------+-----------------+------------------+-------------------+----------------+----------------+-------------------
      h1             | p1     | 10     | Inpatient            | Medicare              | Billed                 | 9/6/2025 1:05:00 AM  | 9/9/2025 2:30:00 PM   | Emergency             | Clinic                  | Expired               | Medicine           | d1                | 77            | 1234.5   | 900                | Completed            | 9/12/2025 10:00:00 AM | c1                 | 9/11/2025 12:00:00 AM | 9/12/2025       | 9/13/2025 9:00:00 AM | 9/15/2025 12:00:00 AM | 4711        | 1                  | 05               | 1.2             | 3                | 2                 | 4.1            | 3.3            |
      h2             | p2     | 10     | Observation          | Commercial            | Discharged/Not Billed  | 2025-09-06 01:05:00  | 2025-09-07 14:30:00   |                       |                         | 01                    |                    |                   |               | 10       |                    | On Hold              | 2025-09-08 08:00:00   |                    |                      |                  |                      |                      |              |                    |                  |                 |                  |                   |                |                | Held
      h3             | p2     | 10     | Emergency            |                       | Combined               | 2025-09-06 01:05:00  | 2025-09-06 14:30:00   |                       |                         |                       |                    |                   |               | 10       |                    |                      |                       |                    |                      |                  |                      |                      |              |                    |                  |                 |                  |                   |                |                |
      h4             | p2     | 10     | Emergency            |                       | Voided                 | 2025-09-06 01:05:00  | 2025-09-06 14:30:00   |                       |                         |                       |                    |                   |               | 10       |                    |                      |                       |                    |                      |                  |                      |                      |              |                    |                  |                 |                  |                   |                |                |
      h5             | p2     | 10     | Ward of the Month    |                       | Open                   | 2025-09-06 01:05:00  |                       |                       |                         |                       |                    |                   |               | 10       |                    | Not Started          |                       |                    |                      |                  |                      |                      |              |                    |                  |                 |                  |                   |                |                |
    `),
    'patient.csv': csvOf(`
      PAT_ID | PAT_NAME      | BIRTH_DATE            | SEX_C_NAME
      p1     | Doe, Jane     | 9/7/1930 12:00:00 AM  | Female
      p2     | Roe, Richard  | 1980-01-01            | Male
    `),
  });
  expect(landed.report.reasons.map(({ rule, count, line }) => [rule, count, line])).toEqual([
    ['value:patient_class', 1, 6],
  ]);
  expect(await landed.rows('encounter')).toEqual([
    {
      encounter_id: 'h1',
      patient_key: 'p1',
      facility_id: '10',
      patient_class: 'inpatient',
      admit_ts: '2025-09-06 01:05:00',
      discharge_ts: '2025-09-09 14:30:00',
      age_years: 90,
      sex: 'female',
      admit_type: 'Emergency',
      admit_source: 'Clinic',
      discharge_disposition: '20',
      service_line: 'Medicine',
      department_id: '77',
      attending_provider_id: 'd1',
      financial_class: 'Medicare',
      total_charges: 1234.5,
      expected_reimbursement: 900,
    },
    {
      encounter_id: 'h2',
      patient_key: 'p2',
      facility_id: '10',
      patient_class: 'observation',
      admit_ts: '2025-09-06 01:05:00',
      discharge_ts: '2025-09-07 14:30:00',
      age_years: 45,
      sex: 'male',
      discharge_disposition: '01',
      financial_class: 'Commercial',
      total_charges: 10,
    },
  ]);
  const billed = '2025-09-15 00:00:00';
  expect(await landed.rows('billing')).toEqual([
    {
      encounter_id: 'h1',
      bill_no: 1,
      gross_charges: 1234.5,
      first_billed_ts: billed,
      final_billed_ts: billed,
      bill_status: 'billed',
    },
    { encounter_id: 'h2', bill_no: 1, gross_charges: 10, bill_status: 'discharged_not_billed' },
    { encounter_id: 'h5', bill_no: 1, gross_charges: 10, bill_status: 'open' },
  ]);
  expect(await landed.rows('coding_event')).toEqual([
    { encounter_id: 'h1', event: 'abstract_complete', event_ts: '2025-09-13 09:00:00' },
    { encounter_id: 'h1', event: 'final_coded', event_ts: '2025-09-12 10:00:00', coder_id: 'c1' },
    { encounter_id: 'h1', event: 'first_coded', event_ts: '2025-09-11 00:00:00' },
    { encounter_id: 'h2', event: 'on_hold', event_ts: '2025-09-08 08:00:00' },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

test('HSP_ACCT_DX_LIST: codes by DX_ID, of several the first; one without a code is refused', async () => {
  const landed = await landMapping('epic-hsp-acct-dx-list', {
    'dx_list.csv': csvOf(`
      HSP_ACCOUNT_ID | LINE | DX_ID | FINAL_DX_POA_C_NAME     | DX_COMORBIDITY_C_NAME | DX_HAC_YN | DX_AFFECTS_DRG_YN | FINAL_DX_EXCLD_YN
      h1             | 1    | 501   | Yes                     | MCC                   | N         | Y                 | N
      h1             | 2    | 502   | Clinically Undetermined | No                    | Y         |                   |
      h1             | 3    | 503   | Exempt                  | CC                    |           |                   |
      h1             | 4    | 504   | No                      |                       |           |                   |
    `),
    'dx.csv': csvOf(`
      DX_ID | LINE | CODE
      501   | 1    | A41.9
      502   | 1    | I10
      502   | 2    | E11.9
      503   | 1    | Z79.4
    `),
  });
  expect(landed.report.reasons.map(({ rule, line }) => [rule, line])).toEqual([['required:code', 5]]);
  const always = { encounter_id: 'h1', code_set: 'ICD10CM', stage: 'final' };
  expect(await landed.rows('encounter_code')).toEqual([
    { ...always, seq: 1, code: 'A41.9', poa: 'Y', cc_level: 'MCC', hac_flag: false },
    { ...always, seq: 2, code: 'I10', poa: 'W', cc_level: 'N', hac_flag: true },
    { ...always, seq: 3, code: 'Z79.4', poa: 'E', cc_level: 'CC' },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

test('HSP_ACCT_PX_LIST: procedures with their day and who performed them', async () => {
  const landed = await landMapping('epic-hsp-acct-px-list', {
    'px_list.csv': csvOf(`
      HSP_ACCOUNT_ID | LINE | FINAL_ICD_PX_ID | PROC_DATE             | PROC_PERF_PROV_ID | AFFECTS_DRG_YN
      h1             | 1    | 9001            | 9/7/2025 12:00:00 AM  | d7                | Y
    `),
    'px.csv': csvOf(`
      ICD_PX_ID | ICD_PX_NAME | REF_BILL_CODE
      9001      | a name      | 0DTJ4ZZ
    `),
  });
  expect(await landed.rows('encounter_code')).toEqual([
    {
      encounter_id: 'h1',
      code_set: 'ICD10PCS',
      seq: 1,
      code: '0DTJ4ZZ',
      stage: 'final',
      proc_ts: '2025-09-07 00:00:00',
      provider_id: 'd7',
    },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

test('HSP_ACCT_MULT_DRGS: by kind; an unknown kind is refused, what-if DRGs are passed over', async () => {
  const landed = await landMapping('epic-hsp-acct-mult-drgs', {
    'drgs.csv': csvOf(`
      HSP_ACCOUNT_ID | LINE | DRG_ID_TYPE_ID | DRG_ID_TYPE_ID_ID_TYPE_NAME | DRG_MPI_CODE | DRG_WEIGHT | DRG_REIMBURSEMENT | DRG_MDC_VALUE | DRG_PS_NAME | DRG_ROM_NAME | DRG_AMLOS | DRG_GMLOS | DRG_BILLING_FLAG_YN | DRG_QLFR_C_NAME
      h1             | 1    | 11             | MS-DRG                      | 871          | 1.8        | 12000             | 18            |             |              | 6.2       | 4.8       | Y                   |
      h1             | 2    | 12             | APR-DRG                     | 720          | 1.5        |                   | 18            | 3           | 2            |           |           | N                   |
      h1             | 3    | 11             | MS-DRG                      | 872          | 1.0        |                   |               |             |              |           |           | N                   | Admission DRG
      h1             | 4    | 11             | MS-DRG                      | 870          | 6.0        |                   |               |             |              |           |           | N                   | HAC Dx Included
      h1             | 5    | 99             |                             | 123          | 1          |                   |               |             |              |           |           | N                   |
    `),
  });
  expect(landed.report.reasons.map(({ rule, line }) => [rule, line])).toEqual([['value:drg_type', 6]]);
  const always = { encounter_id: 'h1', stage: 'final' };
  expect(await landed.rows('encounter_drg')).toEqual([
    { ...always, drg_type: 'APR', drg_code: '720', relative_weight: 1.5, soi: '3', rom: '2', mdc: '18' },
    {
      ...always,
      drg_type: 'MS',
      drg_code: '871',
      relative_weight: 1.8,
      mdc: '18',
      gmlos: 4.8,
      amlos: 6.2,
      reimbursement: 12000,
    },
    { ...always, stage: 'working', drg_type: 'MS', drg_code: '872', relative_weight: 1 },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

const actions = csvOf(`
  NOTE_ID | LINE | ACTION_UTC_DTTM      | CCR_STATUS_AUDIT_C_NAME
  n1      | 1    | 2025-09-06 13:05:00  | Query Pending
  n1      | 2    | 9/6/2025 2:00:00 PM  | Query Sent
  n1      | 9    | 9/7/2025 8:00:00 AM  | Response Received
  n1      | 10   | 9/8/2025 8:00:00 AM  | Response Received
`);

test('CODING_CLA_NOTES: queries of every workflow and status; empty is coding', async () => {
  const landed = await landMapping('epic-coding-cla-notes', {
    'notes.csv': csvOf(`
      NOTE_ID | CCR_HOSP_ACCT_ID | CCR_EMP_ID | CCR_NOTE_INST_UTC_DTTM | CCR_STATUS_C_NAME | CCR_OUTCOME_C_NAME | QUERY_WORKFLOW_C_NAME            | COD_QRY_HNO_TYP_C_NAME | CDI_QRY_HNO_TYP_C_NAME | RESP_USER_ID | CODING_DOC_DFI_ID | QRY_IS_AI_SUGG_YN
      n1      | h1               | c1         | 9/6/2025 1:05:00 PM    | Response Received | Agree              | CDI Query                        |                        | Sepsis                 | d1           |                   | Y
      n2      | h1               | c1         | 2025-09-06 13:05:00    | Deleted           |                    |                                  | Specificity            |                        |              |                   | No
      n3      | h1               | c1         | 2025-09-06 13:05:00    | Query Sent        |                    | PB Coding Query                  |                        |                        |              | 7                 |
    `),
    'sent.csv': actions,
    'answer.csv': actions,
  });
  expect(landed.report).toMatchObject({ isInstant: true, contracts: [{ accepted: 3 }] });
  const always = { encounter_id: 'h1', author_id: 'c1', sent_ts: '2025-09-06 13:05:00' };
  expect(await landed.rows('query')).toEqual([
    {
      ...always,
      sent_ts: '2025-09-06 14:00:00',
      responded_ts: '2025-09-07 08:00:00',
      query_id: 'n1',
      workflow: 'cdi',
      type: 'Sepsis',
      provider_id: 'd1',
      status: 'responded',
      ai_suggested: true,
    },
    { ...always, query_id: 'n2', workflow: 'coding', type: 'Specificity', status: 'cancelled', ai_suggested: false },
    { ...always, query_id: 'n3', workflow: 'pb', status: 'sent' },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

test('BDC_INFO: denials that stand, their account by the bucket; a status that says otherwise passes over', async () => {
  const landed = await landMapping('epic-bdc-info', {
    'bdc.csv': csvOf(`
      BDC_ID | RECORD_TYPE_C_NAME | RECORD_STATUS_C_NAME | BUCKET_ID | CLAIM_PRINT_ID | REMIT_CODE_ID | EXTERNAL_CODE | BDC_RECEIVE_DATE     | BDC_COMPLETE_VOID_DATE | APPEAL_DEADLINE_DATE | DISCREPANCY_AMT_SYS | BILLING_DRG | PAYER_RECOMMENDED_DRG | FINAL_RESOLUTION_DRG | EXPECTED_RECOVERY_AMT | ACTUAL_RECOVERY_AMT_USER
      b1     | Denial             | Completed            | 71        | cl1            | 3001          | CO-50         | 9/6/2025 12:00:00 AM | 9/20/2025 12:00:00 AM  | 10/6/2025            | 500.25              | 871         | 872                   | 871                  | 500                   | 480
      b2     | Denial             | Voided               | 71        | cl1            |               |               | 2025-09-06           | 2025-09-07             |                      |                     |             |                       |                      |                       |
      b3     | Correspondence     | Completed            | 71        | cl1            |               |               | 2025-09-06           | 2025-09-07             |                      |                     |             |                       |                      |                       |
    `),
    'bucket.csv': csvOf(`
      BUCKET_ID | HSP_ACCOUNT_ID
      71        | h1
    `),
  });
  expect(await landed.rows('denial')).toEqual([
    {
      denial_id: 'b1',
      encounter_id: 'h1',
      claim_id: 'cl1',
      level: 'initial',
      received_ts: '2025-09-06 00:00:00',
      carc: 'CO-50',
      denied_amt: 500.25,
      resolved_ts: '2025-09-20 00:00:00',
      recovered_amt: 480,
      billed_drg: '871',
      payer_drg: '872',
      final_drg: '871',
    },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

import { expect, test } from 'vitest';
import { csvOf, landMapping } from './land-mapping.ts';

test('inpatient claims: the stay, its codes in order with POA, its DRG', async () => {
  const landed = await landMapping('cms-rif-inpatient', {
    'inpatient.csv': csvOf(`
      BENE_ID | CLM_ID | PRVDR_NUM | CLM_FROM_DT | CLM_THRU_DT | CLM_ADMSN_DT | NCH_BENE_DSCHRG_DT | CLM_IP_ADMSN_TYPE_CD | CLM_SRC_IP_ADMSN_CD | PTNT_DSCHRG_STUS_CD | CLM_TOT_CHRG_AMT | CLM_PMT_AMT | CLM_DRG_CD | ADMTG_DGNS_CD | PRNCPAL_DGNS_CD | ICD_DGNS_CD1 | ICD_DGNS_VRSN_CD1 | CLM_POA_IND_SW1 | ICD_DGNS_CD2 | ICD_DGNS_VRSN_CD2 | CLM_POA_IND_SW2 | ICD_DGNS_CD25 | CLM_POA_IND_SW25 | ICD_PRCDR_CD1 | ICD_PRCDR_VRSN_CD1 | PRCDR_DT1 | DOB_DT      | GNDR_CD | BENE_RACE_CD
      b1      | c1     | 010001    | 20150928    | 20151003    | 28-Sep-2015  | 20151003           | 1                    | 2                   | 01                  | 20000.10         | 9000        | 871        | R509          | A419            | A419         | 0                 | Y               | I10          |                   | Z               | E119          | N                | 0DTJ4ZZ       | 0                  | 20150929  | 28-SEP-1945 | 2       | 1
      b2      | c2     | 010001    | 01JAN2014   | 02JAN2014   | 01JAN2014    | 02JAN2014          | 3                    | 1                   | 20                  | 10               | 5           | 065        |               | 0389            | 0389         | 9                 | 1               |              |                   |                 |               |                  | 9671          | 9                  | 01JAN2014 | 01JAN1910   | 0       | 0
    `),
  });
  expect(
    landed.report.contracts.map(({ contract, accepted, quarantined }) => [contract, accepted, quarantined]),
  ).toEqual([
    ['encounter', 2, 0],
    ['encounter_code', 7, 0],
    ['encounter_drg', 2, 0],
  ]);
  const always = { facility_id: '010001', patient_class: 'inpatient', primary_payer_class: 'Medicare' };
  expect(await landed.rows('encounter')).toEqual([
    {
      ...always,
      encounter_id: 'c1',
      patient_key: 'b1',
      admit_ts: '2015-09-28 00:00:00',
      discharge_ts: '2015-10-03 00:00:00',
      age_years: 70,
      sex: 'female',
      race: 'White',
      admit_type: '1',
      admit_source: '2',
      discharge_disposition: '01',
      total_charges: 20000.1,
    },
    {
      ...always,
      encounter_id: 'c2',
      patient_key: 'b2',
      admit_ts: '2014-01-01 00:00:00',
      discharge_ts: '2014-01-02 00:00:00',
      age_years: 90,
      sex: 'unknown',
      admit_type: '3',
      admit_source: '1',
      discharge_disposition: '20',
      total_charges: 10,
    },
  ]);
  const billed = { encounter_id: 'c1', stage: 'billed' };
  expect(await landed.rows('encounter_code')).toEqual([
    { ...billed, code_set: 'ADMIT_DX', seq: 1, code: 'R509' },
    { ...billed, code_set: 'ICD10CM', seq: 1, code: 'A419', poa: 'Y' },
    { ...billed, code_set: 'ICD10CM', seq: 2, code: 'I10' },
    { ...billed, code_set: 'ICD10CM', seq: 25, code: 'E119', poa: 'N' },
    { ...billed, code_set: 'ICD10PCS', seq: 1, code: '0DTJ4ZZ', proc_ts: '2015-09-29 00:00:00' },
    { ...billed, encounter_id: 'c2', code_set: 'ICD9CM', seq: 1, code: '0389', poa: '1' },
    { ...billed, encounter_id: 'c2', code_set: 'ICD9PCS', seq: 1, code: '9671', proc_ts: '2014-01-01 00:00:00' },
  ]);
  expect((await landed.rows('encounter_drg')).map((row) => [row.stage, row.drg_type, row.drg_code])).toEqual([
    ['billed', 'MS', '871'],
    ['billed', 'MS', '065'],
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

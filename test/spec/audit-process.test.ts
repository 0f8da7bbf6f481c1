import { expect, test } from 'vitest';
import { ask, askOf } from '../support/ask.ts';

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | discharge_ts
  -------------+-------------+-------------+---------------+--------------------
  e1           | p1          | north       | inpatient     | 2026-01-05 10:00:00
  e2           | p2          | north       | inpatient     | 2026-01-05 10:00:00
  e3           | p3          | north       | inpatient     | 2026-01-05 10:00:00
  e4           | p4          | north       | inpatient     | 2026-01-05 10:00:00
`;

const worksheets = (...audits: readonly string[]): string =>
  [
    'audit_id | line | code_set | role | coder_code | auditor_code',
    // Two codes of the coder's, one replaced, one added by the auditor: 1 of 3 before a rebuttal.
    ...audits.flatMap((id) => [
      `${id} | 1 | ICD10CM | pdx | I10 | I10`,
      `${id} | 2 | ICD10CM | sdx | E11.9 | E11.65`,
      `${id} | 3 | ICD10CM | sdx | | D62`,
    ]),
  ].join('\n');

test('accuracy before and after rebuttals; how often findings are disputed, and fall', async () => {
  const audit_review = `
    audit_id | encounter_id | audit_type     | sample_method | coder_id | auditor_id | audit_closed_ts     | audit_period | status   | rebuttal_outcome
    ---------+--------------+----------------+---------------+----------+------------+---------------------+--------------+----------+-------------------
    agreed   | e1           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final    | none
    upheld   | e2           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final    | finding_upheld
    won      | e3           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final    | finding_overturned
    half     | e4           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final    | partial
    pending  | e1           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | rebutted |
    closed   | e2           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | closed   |
    open     | e3           | routine_random | srs           | kim      | lee        |                     | 2026-Q1      | open     |
    focused  | e4           | focused        | judgmental    | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final    | finding_overturned
  `;
  const audit_code = worksheets('agreed', 'upheld', 'won', 'half', 'pending', 'closed', 'open', 'focused');
  const metrics = [
    ...['code_accuracy_before_rebuttal', 'code_accuracy_auditor', 'rebuttal_rate', 'rebuttal_overturn_rate'],
    ...['rebuttal_partial_rate', 'audited_records'],
  ];
  const asked = await askOf(metrics, { encounter, audit_review, audit_code });
  expect(await asked.values(...metrics)).toEqual({
    code_accuracy_before_rebuttal: (6 * 1) / (6 * 3),
    code_accuracy_auditor: (3 * 1 + 2) / (3 * 3 + 2),
    rebuttal_rate: 4 / 6,
    rebuttal_overturn_rate: 1 / 3,
    rebuttal_partial_rate: 1 / 3,
    audited_records: 4,
  });
  await asked.close();
});

test('nobody audits their own coding: such an audit counts nowhere', async () => {
  const audit_review = `
    audit_id | encounter_id | audit_type     | sample_method | coder_id | auditor_id | audit_closed_ts     | audit_period | status
    ---------+--------------+----------------+---------------+----------+------------+---------------------+--------------+-------
    own      | e1           | routine_random | srs           | kim      | kim        | 2026-02-10 09:00:00 | 2026-Q1      | final
    other    | e2           | routine_random | srs           | kim      | lee        | 2026-02-10 09:00:00 | 2026-Q1      | final
  `;
  const asked = await askOf(['audited_records', 'code_accuracy_auditor', 'code_accuracy_before_rebuttal'], {
    encounter,
    audit_review,
    audit_code: worksheets('own', 'other'),
  });
  expect(await asked.values('audited_records', 'code_accuracy_auditor', 'code_accuracy_before_rebuttal')).toEqual({
    ...{ audited_records: 1, code_accuracy_auditor: 1 / 3, code_accuracy_before_rebuttal: 1 / 3 },
  });
  await asked.close();
});

const events = `
  encounter_id | event       | event_ts            | event_no | coder_id
  -------------+-------------+---------------------+----------+---------
  e1           | final_coded | 2026-01-31 09:00:00 | 1        | kim
  e2           | final_coded | 2026-01-31 09:00:00 | 1        | kim
  e3           | final_coded | 2026-02-01 09:00:00 | 1        | lee
  e3           | final_coded | 2026-03-01 09:00:00 | 2        | kim
  e4           | final_coded | 2026-02-02 09:00:00 | 1        |
`;

test('audit coverage: records by month of final coding, each audited once at most, by the coder who coded it', async () => {
  const audit_review = `
    audit_id | encounter_id | audit_type     | sample_method | coder_id | auditor_id | audit_closed_ts     | audit_period | status
    ---------+--------------+----------------+---------------+----------+------------+---------------------+--------------+-------
    a1       | e1           | routine_random | srs           | kim      | ray        | 2026-02-10 09:00:00 | 2026-Q1      | final
    a1twice  | e1           | routine_random | srs           | kim      | ray        | 2026-03-10 09:00:00 | 2026-Q1      | final
    focused  | e2           | focused        | srs           | kim      | ray        | 2026-02-10 09:00:00 | 2026-Q1      | final
    another  | e3           | routine_random | srs           | kim      | ray        | 2026-02-10 09:00:00 | 2026-Q1      | final
    a4       | e4           | routine_random | srs           | kim      | ray        | 2026-04-10 09:00:00 | 2026-Q1      | final
  `;
  const asked = await askOf(['audit_coverage'], { encounter, coding_event: events, audit_review });
  expect(await asked.view({ metrics: ['audit_coverage'], grain: 'month' })).toMatchObject([
    { period: '2026-01-01', numerator: 1, denominator: 2, value: 1 / 2 },
    { period: '2026-02-01', numerator: 1, denominator: 2, value: 1 / 2 },
  ]);
  // Before its first audit closed nobody could tell whether the facility audits at all; e4's closed later still.
  expect(await asked.view({ metrics: ['audit_coverage'], asOf: '2026-02-09' })).toMatchObject([{ value: null }]);
  expect(await asked.view({ metrics: ['audit_coverage'], asOf: '2026-02-10' })).toMatchObject([{ value: 1 / 4 }]);
  expect(await asked.view({ metrics: ['audit_coverage'], asOf: '2026-04-10' })).toMatchObject([{ value: 2 / 4 }]);
  await asked.close();
});

test('where no audit arrives coverage is not known; where only others were audited it is zero', async () => {
  const audit_review = `
    audit_id | encounter_id | audit_type | sample_method | coder_id | auditor_id | audit_closed_ts     | audit_period | status
    ---------+--------------+------------+---------------+----------+------------+---------------------+--------------+-------
    focused  | e2           | focused    | judgmental    | kim      | ray        | 2026-02-10 09:00:00 | 2026-Q1      | final
  `;
  const silent = await askOf(['audit_coverage'], { encounter, coding_event: events });
  expect(await silent.values('audit_coverage')).toEqual({ audit_coverage: null });
  await silent.close();
  const told = await askOf(['audit_coverage'], { encounter, coding_event: events, audit_review });
  expect(await told.values('audit_coverage')).toEqual({ audit_coverage: 0 / 4 });
  await told.close();
});

test('weighted accuracy: each record counts for as many as it was drawn from', async () => {
  const audit_review = `
    audit_id | encounter_id | audit_type     | sample_method | stratum    | stratum_N | frame_N | coder_id | auditor_id | audit_closed_ts     | audit_period | status
    ---------+--------------+----------------+---------------+------------+-----------+---------+----------+------------+---------------------+--------------+-------
    a1       | e1           | routine_random | stratified    | inpatient  | 40        | 100     | kim      | ray        | 2026-02-10 09:00:00 | 2026-Q1      | final
    a2       | e2           | routine_random | stratified    | inpatient  | 40        | 100     | kim      | ray        | 2026-02-10 09:00:00 | 2026-Q1      | final
    a3       | e3           | routine_random | stratified    | outpatient | 60        | 100     | kim      | ray        | 2026-02-10 09:00:00 | 2026-Q1      | final
    new      | e4           | new_coder      | systematic    |            |           | 100     | kim      | ray        | 2026-02-10 09:00:00 | 2026-Q1      | final
    unsaid   | e4           | routine_random | srs           |            |           |         | kim      | ray        | 2026-02-10 09:00:00 | 2026-Q1      | final
  `;
  const right = 'a3 | 1 | ICD10CM | pdx | I10 | I10\na3 | 2 | ICD10CM | sdx | E11.9 | E11.9';
  const audit_code = `${worksheets('a1', 'a2', 'new', 'unsaid')}\n${right}`;
  const asked = await ask({ encounter, audit_review, audit_code });
  const [inpatient, outpatient] = [40 / 2, 60 / 1];
  expect(await asked.values('code_accuracy_auditor_weighted')).toEqual({
    code_accuracy_auditor_weighted: (inpatient * (1 + 1) + outpatient * 2) / (inpatient * (3 + 3) + outpatient * 2),
  });
  expect(asked.broken).toEqual({});
  await asked.close();
  const disagreeing = audit_review.replace(
    '| 40        | 100     | kim      | ray        ',
    '| 41        | 100     | kim      | ray        ',
  );
  const twisted = await ask({ encounter, audit_review: disagreeing, audit_code });
  expect(twisted.broken).toEqual({ audit_frame_agrees: 1 });
  expect(await twisted.values('code_accuracy_auditor_weighted')).toEqual({ code_accuracy_auditor_weighted: null });
  await twisted.close();
});

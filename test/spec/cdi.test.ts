import { expect, test } from 'vitest';
import { ask, askOf } from '../support/ask.ts';

/** Extracts that speak until the end of 31 March 2026. */
const source = `
  source_id | timezone | is_instant | as_of_ts
  test      | UTC      | false      | 2026-04-01 00:00:00
`;

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | service_line | discharge_ts
  -------------+-------------+-------------+---------------+--------------+--------------------
  e1           | p1          | north       | inpatient     | medicine     | 2026-03-05 12:00:00
  e2           | p2          | north       | inpatient     | surgery      | 2026-03-06 12:00:00
  e3           | p3          | north       | inpatient     | surgery      | 2026-03-07 12:00:00
  e4           | p4          | north       | inpatient     | medicine     |
  e5           | p5          | north       | ed            | medicine     | 2026-03-07 12:00:00
  e6           | p6          | south       | inpatient     | medicine     | 2026-03-07 12:00:00
`;

const cdi_review = `
  encounter_id | review_no | reviewer_id | review_ts
  -------------+-----------+-------------+--------------------
  e1           | 1         | ann         | 2026-03-03 09:00:00
  e1           | 2         | ann         | 2026-03-04 09:00:00
  e2           | 1         | bob         | 2026-03-09 09:00:00
  e4           | 1         | ann         | 2026-03-30 09:00:00
`;

test('CD1: of the inpatient discharges, those ever reviewed; a later review counts from its day on', async () => {
  const { value, rows, close } = await askOf(['cdi_review_rate'], { source, encounter, cdi_review });
  // e1, e2 and e3 were discharged; e4 is in house, e5 is no inpatient, south sends no reviews.
  expect(await value('cdi_review_rate')).toBe(2 / 3);
  expect(await value('cdi_review_rate', { asOf: '2026-03-08' })).toBe(1 / 3);
  expect(await value('cdi_review_rate', { asOf: '2026-03-09' })).toBe(2 / 3);
  expect(await value('cdi_review_rate', { asOf: '2026-03-05' })).toBe(1 / 1);
  expect(await rows(['cdi_review_rate'], { by: ['facility'] })).toMatchObject([{ facility: 'north', value: 2 / 3 }]);
  // Not sent is not known, and not zero.
  expect(await value('cdi_review_rate', { where: { facility: ['south'] } })).toBeNull();
  await close();
});

const query = `
  query_id | encounter_id | workflow | timing        | provider_id | sent_ts             | responded_ts        | closed_ts           | status    | outcome
  ---------+--------------+----------+---------------+-------------+---------------------+---------------------+---------------------+-----------+-------------------
  q1       | e1           | cdi      | concurrent    | dr1         | 2026-03-03 10:00:00 | 2026-03-04 10:00:00 |                     | responded | agreed_updated
  q2       | e1           | cdi      | concurrent    | dr1         | 2026-03-03 10:00:00 | 2026-03-06 10:00:00 |                     | responded | disagreed
  q3       | e2           | cdi      | retrospective | dr2         | 2026-03-10 10:00:00 | 2026-03-20 10:00:00 |                     | closed    | agreed_not_updated
  q4       | e2           | cdi      | retrospective | dr2         | 2026-03-11 10:00:00 |                     |                     | sent      |
  q5       | e4           | cdi      | concurrent    | dr1         | 2026-03-30 10:00:00 |                     |                     | sent      |
  q6       | e4           | cdi      | concurrent    | dr1         | 2026-03-30 10:00:00 |                     |                     | cancelled | cancelled
  q7       | e2           | cdi      | retrospective | dr2         | 2026-03-11 10:00:00 |                     | 2026-03-12 10:00:00 | closed    | no_response
  q8       | e2           | coding   | pre_bill      | dr2         | 2026-03-11 10:00:00 | 2026-03-11 12:00:00 |                     | responded | no_opinion
`;

test('CD2: reviewed records with a CDI query, and CDI queries per reviewed record', async () => {
  const { value, findings, close } = await ask({ source, encounter, cdi_review, query });
  // Reviewed: e1 (q1, q2), e2 (q3, q4, q7; q8 is a coder's), e4 (q5; q6 was cancelled).
  expect(await value('query_rate')).toBe(3 / 3);
  expect(await value('queries_per_record')).toBe((2 + 3 + 1) / 3);
  // At the end of 10 March e1 and e2 were reviewed, q1 to q3 sent.
  expect(await value('queries_per_record', { asOf: '2026-03-10' })).toBe(3 / 2);
  expect(await value('query_rate', { asOf: '2026-03-09' })).toBe(1 / 2);
  expect(findings).toEqual([]);
  await close();
});

test('CD3: answered queries of those answered, closed or past their hours; and within the hours', async () => {
  const { value, close } = await askOf(['query_response_rate', 'query_response_in_policy'], {
    source,
    encounter,
    cdi_review,
    query,
  });
  // q1 q2 q3 q8 answered, q4 past due, q7 closed; q5 has until 2 April, q6 is cancelled.
  expect(await value('query_response_rate')).toBe(4 / 6);
  // q2 came after exactly 72 hours, q3 after ten days.
  expect(await value('query_response_in_policy')).toBe(3 / 6);
  expect(await value('query_response_rate', { where: { workflow: ['coding'] } })).toBe(1);
  await close();
});

test('CD3: the policy hours are a setting, and an answer a second late is late', async () => {
  const late = query.replace('2026-03-06 10:00:00', '2026-03-06 10:00:01');
  const { value, close } = await askOf(['query_response_in_policy'], { source, encounter, query: late });
  expect(await value('query_response_in_policy')).toBe(2 / 6);
  await close();
  const metric_setting = 'name | value\n query_policy_hours | 24';
  const short = await askOf(['query_response_rate', 'query_response_in_policy'], {
    source,
    encounter,
    query,
    metric_setting,
  });
  // Now q5 is past due as well, and only q1 and q8 came within 24 hours.
  expect(await short.value('query_response_rate')).toBe(4 / 7);
  expect(await short.value('query_response_in_policy')).toBe(2 / 7);
  await short.close();
});

test('CD3 and CD4 as they stood on a past day: a late answer changes what was known', async () => {
  const { value, close } = await askOf(['query_response_rate', 'query_agreement_responded', 'query_agreement_sent'], {
    source,
    encounter,
    query,
  });
  // At the end of the 13th q3 was past its 72 hours and unanswered; q4 is due on the 14th.
  expect(await value('query_response_rate', { asOf: '2026-03-13' })).toBe(3 / 5);
  expect(await value('query_response_rate', { asOf: '2026-03-14' })).toBe(3 / 6);
  expect(await value('query_response_rate', { asOf: '2026-03-20' })).toBe(4 / 6);
  expect(await value('query_agreement_responded', { asOf: '2026-03-19' })).toBe(1 / 3);
  expect(await value('query_agreement_sent', { asOf: '2026-03-19' })).toBe(1 / 6);
  await close();
});

test('CD4: agreed of answers, and of queries sent; no opinion is not agreed', async () => {
  const { rows, close } = await askOf(['query_agreement_responded', 'query_agreement_sent'], {
    source,
    encounter,
    query,
  });
  expect(await rows(['query_agreement_responded', 'query_agreement_sent'])).toMatchObject([
    { numerator: 2, denominator: 4, value: 2 / 4 },
    { numerator: 2, denominator: 6, value: 2 / 6 },
  ]);
  await close();
});

test('CD4: an answer without an outcome is left out of both bases, and named', async () => {
  const { value, findings, close } = await ask({
    source,
    encounter,
    query: query.replace('agreed_not_updated', '').replace('disagreed', ''),
  });
  expect(await value('query_agreement_responded')).toBe(1 / 2);
  expect(await value('query_agreement_sent')).toBe(1 / 4);
  expect(await value('query_response_rate')).toBe(4 / 6);
  // q3 had counted as sent without an answer before it came.
  expect(await value('query_agreement_sent', { asOf: '2026-03-19' })).toBe(1 / 5);
  expect(findings).toEqual(['query_answer_tells_its_outcome']);
  await close();
});

test('CD5: hours to the first answer, by the day of the answer', async () => {
  const { value, rows, close } = await askOf(['query_response_hours_p50', 'query_response_hours_p90'], {
    source,
    encounter,
    query,
  });
  // 2, 24, 72 and 240 hours.
  expect(await value('query_response_hours_p50')).toBe((24 + 72) / 2);
  expect(await value('query_response_hours_p90')).toBeCloseTo(72 + 0.7 * (240 - 72), 9);
  expect(await rows(['query_response_hours_p50'], { by: ['query_timing'] })).toMatchObject([
    { query_timing: 'concurrent', value: (24 + 72) / 2 },
    { query_timing: 'pre_bill', value: 2 },
    { query_timing: 'retrospective', value: 240 },
  ]);
  await close();
});

test('CD6: what answers changed, and the weight they moved, exact to four digits', async () => {
  const { value, findings, close } = await ask({
    source,
    encounter,
    encounter_drg: `
      encounter_id | stage   | drg_type | drg_version | drg_code
      e3           | working | MS       | 42          | 470
      e3           | final   | MS       | 43          | 470
    `,
    query: `
      query_id | encounter_id | workflow | sent_ts             | responded_ts        | status    | outcome        | drg_before | drg_after | weight_before | weight_after | impact_mcc
      q1       | e1           | cdi      | 2026-03-03 10:00:00 | 2026-03-03 11:00:00 | responded | agreed_updated | 193        | 177       | 1.2345        | 1.9346       |
      q2       | e1           | cdi      | 2026-03-03 10:00:00 | 2026-03-03 11:00:00 | responded | agreed_updated | 193        | 193       | 0.1000        | 0.3000       | true
      q3       | e2           | cdi      | 2026-03-03 10:00:00 | 2026-03-03 11:00:00 | responded | disagreed      |            |           |               | 1.0000       | false
      q4       | e2           | cdi      | 2026-03-03 10:00:00 | 2026-03-03 11:00:00 | responded | disagreed      | 193        |           |               |              |
      q5       | e3           | cdi      | 2026-03-03 10:00:00 | 2026-03-03 11:00:00 | responded | agreed_updated | 470        | 469       | 1.0000        | 9.0000       | true
    `,
  });
  // q4 tells nothing of impact.
  expect(await value('query_impact_rate')).toBe(3 / 4);
  // q3 tells one weight; the DRGs of e3 are of two versions, whose weights are not to be compared.
  expect(await value('query_weight_change')).toBe(0.9001);
  expect(findings).toEqual(expect.arrayContaining(['query_weights_of_one_version', 'reconciled_drgs_of_one_version']));
  await close();
});

test('CD6: where no query tells weights, the weight change is not known', async () => {
  const { value, close } = await askOf(['query_weight_change'], { source, encounter, query });
  expect(await value('query_weight_change')).toBeNull();
  await close();
});

test('CD7: final equals last working MS-DRG, of records with both, however a version is written', async () => {
  const { value, close } = await askOf(['cdi_drg_match'], {
    source,
    encounter,
    encounter_drg: `
      encounter_id | stage   | drg_type | drg_version | drg_code
      -------------+---------+----------+-------------+---------
      e1           | working | MS       | V43.0       | 193
      e1           | final   | MS       | 43          | 193
      e2           | working | MS       | 43          | 470
      e2           | final   | MS       |             | 469
      e3           | final   | MS       | 43          | 469
      e3           | working | APR      | 43          | 469
      e6           | working | MS       | 42          | 193
      e6           | final   | MS       | 43          | 193
    `,
    coding_event: `
      encounter_id | event       | event_ts            | coder_id
      e1           | final_coded | 2026-03-08 09:00:00 | kim
      e2           | final_coded | 2026-03-12 09:00:00 | kim
    `,
  });
  expect(await value('cdi_drg_match')).toBe(1 / 2);
  expect(await value('cdi_drg_match', { asOf: '2026-03-11' })).toBe(1 / 1);
  await close();
});

test('CD8: one less errors and missed opportunities, of all opportunities', async () => {
  const { value, findings, close } = await ask({
    source,
    encounter,
    cdi_review: `
      encounter_id | review_no | reviewer_id | review_ts           | query_opportunities | missed_opportunities | compliance_errors
      e1           | 1         | ann         | 2026-03-03 09:00:00 | 4                   | 1                    | 1
      e2           | 1         | ann         | 2026-03-03 09:00:00 | 6                   | 0                    | 0
      e3           | 1         | bob         | 2026-03-03 09:00:00 | 5                   |                      | 2
      e5           | 1         | bob         | 2026-03-03 09:00:00 |                     |                      |
    `,
  });
  expect(await value('query_compliance')).toBeCloseTo(1 - (1 + 0 + 1 + 0) / (4 + 6 + 1 + 0), 12);
  expect(findings).toEqual(['cdi_audit_adds_up']);
  await close();
});

test('queries and reviews of records that never arrived are named', async () => {
  const { value, findings, close } = await ask({
    source,
    encounter,
    cdi_review: `${cdi_review}  gone | 1 | ann | 2026-03-03 09:00:00\n`,
    query: `
      query_id | encounter_id | workflow | sent_ts             | responded_ts        | status    | outcome
      q1       | gone         | cdi      | 2026-03-03 10:00:00 | 2026-03-04 10:00:00 | responded | agreed_updated
      q2       | e3           | cdi      | 2026-03-03 10:00:00 | 2026-03-04 10:00:00 | responded | no_response
    `,
  });
  expect(findings.toSorted()).toEqual([
    'orphan_cdi_review',
    'orphan_query',
    'query_follows_a_review',
    'query_outcome_fits_its_answer',
  ]);
  // q2 tells of no response and of its time: it counts as not answered. The query of no record counts all the same.
  expect(await value('query_response_rate')).toBe(1 / 2);
  expect(await value('query_rate')).toBe(0 / 3);
  await close();
});

test('a source without times: outcomes alone tell the answers, hours are not known', async () => {
  const metrics = [
    ...['cdi_review_rate', 'query_response_rate', 'query_agreement_sent', 'query_response_in_policy'],
    'query_response_hours_p50',
  ];
  const { value, close } = await askOf(metrics, {
    encounter: 'encounter_id | facility_id | patient_class | discharge_year\n e1 | north | inpatient | 2025',
    cdi_review: 'encounter_id | review_no | reviewer_id\n e1 | 1 | ann',
    query: `
      query_id | encounter_id | workflow | status    | outcome
      q1       | e1           | cdi      | responded | agreed_updated
      q2       | e1           | cdi      | closed    | no_response
      q3       | e1           | cdi      | sent      |
    `,
  });
  expect(await value('cdi_review_rate')).toBe(1);
  expect(await value('query_response_rate')).toBe(1 / 2);
  expect(await value('query_agreement_sent')).toBe(1 / 2);
  expect(await value('query_response_in_policy')).toBeNull();
  expect(await value('query_response_hours_p50')).toBeNull();
  await close();
});

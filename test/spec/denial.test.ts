import { expect, test } from 'vitest';
import { ask } from '../support/ask.ts';

/** Extracts that speak until the end of 31 May 2026. */
const source = `
  source_id | timezone | is_instant | as_of_ts
  test      | UTC      | false      | 2026-06-01 00:00:00
`;

/** 6, 9 and 12 bills of 100 dollars are submitted in January, February and March, 12 in April. */
const submissions = [6, 9, 12, 12].flatMap((count, month) =>
  Array.from({ length: count }, (_, i) => ({ id: `e${month + 1}-${i}`, at: `2026-0${month + 1}-10 12:00:00` })),
);
const encounter = `encounter_id | patient_key | facility_id | patient_class | discharge_ts
${submissions.map(({ id, at }) => `${id} | p | north | inpatient | ${at}`).join('\n')}
s1 | p | south | inpatient | 2026-04-01 12:00:00`;
const billing = `encounter_id | bill_no | gross_charges | submitted_ts
${submissions.map(({ id, at }) => `${id} | 1 | 100 | ${at}`).join('\n')}
s1 | 1 | 100 | 2026-04-01 12:00:00`;

const denialHead =
  'denial_id | encounter_id | claim_id | line_no | received_ts | level | billed_amt | denied_amt | appealed_ts | resolved_ts | outcome | recovered_amt | category | carc | rarc';

test('DN1: claims and charges first denied, on the average of the three months before', async () => {
  const { value, rows, findings, close } = await ask({
    source,
    encounter,
    billing,
    denial: `${denialHead}
      d1 | e1-0 | c1 | 1 | 2026-04-02 00:00:00 | initial | 30  | | | | | | coding | |
      d2 | e1-0 | c1 | 2 | 2026-04-20 00:00:00 | initial | 20  | | | | | | coding | |
      d3 | e1-0 | c1 | 1 | 2026-05-02 00:00:00 | initial | 30  | | | | | | coding | |
      d4 | e1-1 | c2 |   | 2026-04-03 00:00:00 | initial | 100 | | | | | | coding | |
      d5 | e1-1 | c2 |   | 2026-04-20 00:00:00 | second  | 100 | | | | | | coding | |
      d6 | e2-1 | c3 |   | 2026-03-01 00:00:00 | initial | 100 | | | | | | coding | |
      d7 | e4-1 | c4 |   | 2026-05-04 00:00:00 | initial | 100 | | | | | | coding | |
    `,
  });
  // April: c1 and c2, on (6 + 9 + 12) / 3 claims; May: c4, on (9 + 12 + 12) / 3. March has no three months before it.
  expect(await rows(['initial_denial_rate'], { grain: 'month' })).toMatchObject([
    { period: '2026-04-01', numerator: 2, denominator: 9, value: 2 / 9 },
    { period: '2026-05-01', numerator: 1, denominator: 11, value: 1 / 11 },
  ]);
  // Line 1 counts at its first denial, in April.
  expect(await rows(['initial_denial_dollar_rate'], { grain: 'month' })).toMatchObject([
    { period: '2026-04-01', numerator: 30 + 20 + 100, denominator: 900 },
    { period: '2026-05-01', numerator: 100, denominator: 1100 },
  ]);
  // April counts when it is over: part of a month would be held against whole ones.
  expect(await value('initial_denial_rate', { asOf: '2026-04-29' })).toBeNull();
  expect(await value('initial_denial_rate', { asOf: '2026-05-30' })).toBe(2 / 9);
  // South has one month of bills and no denials.
  expect(await value('initial_denial_rate', { where: { facility: ['south'] } })).toBeNull();
  // The denial of 1 March came before the bill of e2-1 … was submitted on 10 February: in order.
  expect(findings).toEqual([]);
  await close();
});

test('DN1: denials of what was never submitted, of claims and their lines both, and without amounts are named', async () => {
  const { value, findings, close } = await ask({
    source,
    encounter,
    billing,
    denial: `${denialHead}
      d1 | e4-0 | c1 |   | 2026-04-02 00:00:00 | initial | 50 | | | | | | coding | |
      d2 | gone | c2 |   | 2026-04-02 00:00:00 | initial | 50 | | | | | | coding | |
      d3 | e1-0 | c3 |   | 2026-04-02 00:00:00 | initial | 70 | | | | | | coding | |
      d4 | e1-0 | c3 | 1 | 2026-04-02 00:00:00 | initial | 70 | | | | | | coding | |
      d5 | e1-1 | c5 |   | 2026-04-02 00:00:00 | initial |    | | | | | | coding | |
    `,
  });
  expect(findings.toSorted()).toEqual([
    'denial_of_claim_or_of_lines',
    'denial_tells_its_amounts',
    'denied_claim_was_submitted',
    'orphan_denial',
  ]);
  expect(await value('initial_denial_rate', { from: '2026-04-01', to: '2026-05-01' })).toBe(3 / 9);
  expect(await value('initial_denial_dollar_rate', { from: '2026-04-01', to: '2026-05-01' })).toBe((50 + 70) / 900);
  await close();
});

test('DN1: where no denial tells what was billed, the dollars are not known', async () => {
  const { value, close } = await ask({
    source,
    encounter,
    billing,
    denial: `${denialHead}\n d1 | e1-0 | c1 | | 2026-04-02 00:00:00 | initial | | | | | | | coding | |`,
  });
  expect(await value('initial_denial_dollar_rate')).toBeNull();
  expect(await value('initial_denial_rate')).toBe(1 / (9 + 11));
  await close();
});

test('DN2 and DN3: remittances that paid nothing, and write-offs on net revenue, of months told by both', async () => {
  const { value, rows, findings, close } = await ask({
    source,
    encounter,
    billing,
    period_stat: `
      facility_id | month      | coder_id | net_patient_revenue | primary_remits | primary_remits_zero_paid
      north       | 2026-03-01 |          | 10000.00            | 200            | 10
      north       | 2026-04-01 |          | 20000.00            | 100            | 8
      north       | 2026-05-01 |          |                     | 100            | 101
      north       | 2026-04-01 | kim      | 1.00                | 100            | 100
      south       | 2026-04-01 |          | 5000.00             | 50             |
    `,
    denial: `${denialHead}
      d1 | e1-0 | c1 | | 2026-03-02 00:00:00 | initial | 500 | 500 | | 2026-03-31 23:59:00 | written_off |    | coding | |
      d2 | e1-0 | c1 | | 2026-03-02 00:00:00 | second  | 500 | 500 | | 2026-04-02 00:00:00 | written_off |    | coding | |
      d3 | e1-1 | c2 | | 2026-04-02 00:00:00 | initial | 300 | 300 | | 2026-04-20 00:00:00 | written_off | 20 | coding | |
      d4 | e1-2 | c3 | | 2026-04-02 00:00:00 | initial | 300 | 300 | | 2026-04-20 00:00:00 | upheld      |    | coding | |
      d5 | e1-3 | c4 | | 2026-04-02 00:00:00 | initial | 300 |     | | 2026-04-21 00:00:00 | written_off |    | coding | |
    `,
  });
  expect(await value('primary_denial_rate')).toBe((10 + 8) / (200 + 100));
  // The month of April is told when it is over.
  expect(await value('primary_denial_rate', { asOf: '2026-04-29' })).toBe(10 / 200);
  expect(await rows(['denial_write_offs'], { grain: 'month', by: ['facility'] })).toMatchObject([
    { period: '2026-03-01', facility: 'north', value: 500 / 10_000 },
    { period: '2026-04-01', facility: 'north', value: (300 - 20) / 20_000 },
  ]);
  expect(findings.toSorted()).toEqual(['denial_tells_its_amounts', 'remits_within_total']);
  await close();
});

const settled = `${denialHead}
  d1 | e1-0 | c1 | | 2026-03-01 00:00:00 | initial | 100 | 100 | 2026-03-11 00:00:00 | 2026-03-31 00:00:00 | overturned  | 100 | coding           | |
  d2 | e1-1 | c2 | | 2026-03-01 00:00:00 | initial | 200 | 200 | 2026-03-06 12:00:00 | 2026-04-30 00:00:00 | partial     | 50  | drg_validation   | |
  d3 | e1-2 | c3 | | 2026-03-01 00:00:00 | initial | 300 | 300 |                     | 2026-03-11 00:00:00 | upheld      |     | authorization    | |
  d4 | e1-3 | c4 | | 2026-03-01 00:00:00 | initial | 400 | 400 | 2026-03-21 00:00:00 |                     |             |     | poa_hac          | |
  d5 | e1-3 | c4 | | 2026-03-21 00:00:00 | second  | 400 | 400 |                     | 2026-03-22 00:00:00 | upheld      |     | poa_hac          | |
`;

test('DN4 and DN5: days to the appeal and to the end; open denials count for as long as they were watched', async () => {
  const { value, close } = await ask({ source, encounter, billing, denial: settled });
  expect(await value('denial_to_appeal_p50')).toBe(10);
  expect(await value('denial_to_appeal_p90')).toBeCloseTo(10 + 0.8 * (20 - 10), 9);
  // 10, 30 and 60 days; d4 is open after 92.
  expect(await value('denial_to_resolution_p50')).toBe(30);
  expect(await value('denial_to_resolution_p90')).toBeCloseTo(30 + 0.8 * (60 - 30), 9);
  // Of four, two are resolved after 30 days: half lies between 30 and 60 (the field takes the middle).
  expect(await value('denial_to_resolution_km')).toBe((30 + 60) / 2);
  // At the end of 20 March one of four was resolved, the others watched for 20 days.
  expect(await value('denial_to_resolution_km', { asOf: '2026-03-20' })).toBeNull();
  expect(await value('denial_to_resolution_p50', { asOf: '2026-03-20' })).toBe(10);
  await close();
});

test('DN6: overturned in full, of those settled; and the dollars recovered', async () => {
  const { value, close } = await ask({ source, encounter, billing, denial: settled });
  expect(await value('denials_overturned')).toBe(1 / 3);
  expect(await value('denials_overturned_dollars')).toBe((100 + 50 + 0) / (100 + 200 + 300));
  expect(await value('denials_overturned', { asOf: '2026-03-30' })).toBe(0 / 1);
  await close();
  const untold = await ask({ source, encounter, billing, denial: settled.replace('| 100 | coding', '|     | coding') });
  expect(await untold.value('denials_overturned_dollars')).toBe((50 + 0) / (200 + 300));
  expect(Object.keys(untold.broken)).toEqual(['denial_tells_its_amounts']);
  await untold.close();
});

const reasons = `${denialHead}
  d1 | e1-0 | c1 | | 2026-03-01 00:00:00 | initial | 100 | | | | | | coding        |        |
  d2 | e1-1 | c2 | | 2026-03-01 00:00:00 | initial | 100 | | | | | | authorization | CO-11  |
  d3 | e1-2 | c3 | | 2026-03-01 00:00:00 | initial | 100 | | | | | |               | CO-11  |
  d4 | e1-3 | c4 | | 2026-03-01 00:00:00 | initial | 100 | | | | | |               | CO50   | n130
  d5 | e1-4 | c5 | | 2026-03-01 00:00:00 | initial | 100 | | | | | |               | 197    |
  d6 | e1-5 | c6 | | 2026-03-01 00:00:00 | initial | 100 | | | | | |               |        |
`;

test('DN7: coding-related by the sender’s category, else by the map: remark code before adjustment code', async () => {
  const { value, rows, findings, close } = await ask({
    source,
    encounter,
    billing,
    denial: reasons,
    reason_map: `
      kind | code  | category
      carc | CO-11 | coding
      carc | 50    | medical_necessity
      rarc | N130  | drg_validation
    `,
  });
  // d1, d3 and d4 of d1 to d5; 197 is not in the map, d6 tells nothing.
  expect(await value('coding_related_denials')).toBe(3 / 5);
  expect(await value('initial_denials')).toBe(6);
  expect(await value('initial_denials', { where: { denial_category: ['coding'] } })).toBe(2);
  expect(findings).toEqual(['denial_reason_is_mapped']);
  expect(
    (await rows(['coding_related_denials'], { by: ['denial_category'] })).map((row) => row.denial_category),
  ).toEqual(['authorization', 'coding', 'drg_validation', 'unmapped', null]);
  await close();
});

test('DN7: without a map only what tells its category counts', async () => {
  const { value, findings, close } = await ask({ source, encounter, billing, denial: reasons });
  expect(await value('coding_related_denials')).toBe(1 / 2);
  expect(findings).toEqual(['denial_reason_is_mapped']);
  await close();
});

import { expect, test } from 'vitest';
import { valuesOf } from '../support/ask.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';

const source = `
  source_id | timezone | is_instant | as_of_ts
  ----------+----------+------------+--------------------
  test      | UTC      | false      | 2026-03-11 00:00:00
`;

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | discharge_ts        | observed_until_ts
  -------------+-------------+-------------+---------------+---------------------+--------------------
  e1           | p1          | north       | inpatient     | 2026-03-01 12:00:00 |
  e2           | p2          | north       | inpatient     | 2026-03-05 12:00:00 |
  e3           | p3          | north       | ed            |                     | 2026-03-09 00:00:00
  e4           | p4          | south       | inpatient     | 2026-03-05 12:00:00 |
`;

const coding_event = `
  encounter_id | event        | event_ts            | event_no | coder_id
  -------------+--------------+---------------------+----------+---------
  e1           | coding_ready | 2026-03-02 00:00:00 | 1        |
  e1           | released     | 2026-03-02 12:00:00 | 2        |
  e1           | first_coded  | 2026-03-04 12:00:00 | 3        | kim
  e1           | final_coded  | 2026-03-05 00:00:00 | 4        | lee
  e1           | reopened     | 2026-03-07 00:00:00 | 5        | lee
  e1           | final_coded  | 2026-03-08 12:00:00 | 6        | lee
  e3           | coding_ready | 2026-03-06 12:00:00 | 1        |
  e3           | final_coded  | 2026-03-06 00:00:00 | 2        | kim
`;

const billing = `
  encounter_id | bill_no | gross_charges | first_billed_ts
  -------------+---------+---------------+--------------------
  e1           | 1       | 100           | 2026-03-12 00:00:00
  e1           | 2       | 120           | 2026-03-10 00:00:00
`;

test('each clock runs between the first events of its kinds; negative times are kept', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.coding_turnaround'],
    raw: { source, encounter, coding_event, billing },
  });
  expect(
    await rows(
      connection,
      `select encounter_id, coder_id, discharge_to_coded_days as discharge, ready_to_coded_days as ready,
         release_to_coded_days as release, ready_to_billed_days as billed
       from mart.coding_turnaround order by all`,
    ),
  ).toEqual([
    { encounter_id: 'e1', coder_id: 'kim', discharge: 3, ready: 2.5, release: 2, billed: 8 },
    { encounter_id: 'e2', coder_id: null, discharge: null, ready: null, release: null, billed: null },
    { encounter_id: 'e3', coder_id: 'kim', discharge: null, ready: -0.5, release: null, billed: null },
  ]);
  await close();
});

test('final coding is the first of its kind: what is coded again later does not move it', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.coding_turnaround'],
    raw: { source, encounter, coding_event, billing },
  });
  const ids = ['discharge_to_final_coded_p50', 'discharge_to_final_coded_p90'];
  // From 1 March 12:00 to 5 March 0:00.
  const days = 0.5 + 3;
  const known = { discharge_to_final_coded_p50: days, discharge_to_final_coded_p90: days };
  const unknown = { discharge_to_final_coded_p50: null, discharge_to_final_coded_p90: null };
  expect(await valuesOf(connection, ids)).toEqual(known);
  expect(await valuesOf(connection, ids, { asOf: '2026-03-04' })).toEqual(unknown);
  expect(await valuesOf(connection, ids, { asOf: '2026-03-05' })).toEqual(known);
  // Of two records one is final coded after 3.5 days, the other watched for 5.5: between the two the curve lies flat at a half.
  const { discharge_to_final_coded_km: median } = await valuesOf(connection, ['discharge_to_final_coded_km']);
  expect(median).toBe((days + 5.5) / 2);
  await close();
});

test('as of a past day nobody knew what was coded or billed later', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.coding_turnaround'],
    raw: { source, encounter, coding_event, billing },
  });
  const ids = ['discharge_to_coded_p50', 'discharge_to_coded_p90', 'release_to_coded_p50', 'ready_to_billed_p50'];
  const [coded, billed] = ['2026-03-04', '2026-03-10'];
  const unknown = Object.fromEntries(ids.map((id) => [id, null]));
  expect(await valuesOf(connection, ids, { asOf: '2026-03-03' })).toEqual(unknown);
  const first = { discharge_to_coded_p50: 3, discharge_to_coded_p90: 3, release_to_coded_p50: 2 };
  expect(await valuesOf(connection, ids, { asOf: coded })).toEqual({ ...unknown, ...first });
  expect(await valuesOf(connection, ids, { asOf: '2026-03-09' })).toEqual({ ...unknown, ...first });
  expect(await valuesOf(connection, ids, { asOf: billed })).toEqual({ ...first, ready_to_billed_p50: 8 });
  await close();
});

test('what is not coded or billed yet was watched until the feed’s last moment, or until its own', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.coding_turnaround'],
    raw: { source, encounter, coding_event, billing },
  });
  expect(
    await rows(
      connection,
      `select encounter_id, coding_until_at::varchar as coding, billing_until_at::varchar as billing from mart.coding_turnaround order by all`,
    ),
  ).toEqual([
    { encounter_id: 'e1', coding: '2026-03-11 00:00:00', billing: '2026-03-11 00:00:00' },
    { encounter_id: 'e2', coding: '2026-03-11 00:00:00', billing: '2026-03-11 00:00:00' },
    { encounter_id: 'e3', coding: '2026-03-09 00:00:00', billing: '2026-03-09 00:00:00' },
  ]);
  await close();
});

test('a facility that sends no coding events is silent, not uncoded', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.coding_turnaround', 'mart.dnfc_day'],
    raw: { source, encounter, coding_event, billing },
  });
  expect(await rows(connection, `select 1 from mart.coding_turnaround where facility_id = 'south'`)).toEqual([]);
  expect(await rows(connection, `select 1 from mart.dnfc_day where facility_id = 'south'`)).toEqual([]);
  await close();
});

test('hours from discharge stand in for times', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.coding_turnaround'],
    raw: {
      encounter: 'encounter_id | facility_id | discharge_year | discharge_ts\n e1 | north | 2026 | 2026-03-01 00:00:00',
      coding_event: 'encounter_id | event | hours_from_discharge\n e1 | final_coded | 60\n e1 | first_coded | 36',
    },
  });
  expect(await rows(connection, `select discharge_to_coded_days as days from mart.coding_turnaround`)).toEqual([
    { days: 36 / 24 },
  ]);
  await close();
});

const stockOf = async (coding: string) => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.dnfc_day'],
    raw: {
      source,
      encounter: `
        encounter_id | patient_key | facility_id | patient_class | discharge_ts
        e1           | p1          | north       | inpatient     | 2026-03-01 12:00:00
        other        | p2          | north       | inpatient     |
      `,
      coding_event: `encounter_id | event | event_ts | event_no\n other | coding_ready | 2026-02-01 00:00:00 | 1\n${coding}`,
    },
  });
  const found = await rows(
    connection,
    `select stock_date::varchar as day, coalesce(sum(case when availability = 'available' then uncoded_count end), 0) as ready,
       coalesce(sum(case when availability = 'unavailable' then uncoded_count end), 0) as waiting
     from mart.dnfc_day group by day order by day`,
  );
  await close();
  return found.map(({ day, ready, waiting }) => `${String(day).slice(8)} ${ready}${waiting}`);
};

test('DNFC counts each day’s end from discharge to final coding: ready or waiting', async () => {
  expect(
    await stockOf(`
      e1 | coding_ready | 2026-03-03 08:00:00 | 1
      e1 | on_hold      | 2026-03-04 08:00:00 | 2
      e1 | in_progress  | 2026-03-06 08:00:00 | 3
      e1 | first_coded  | 2026-03-06 09:00:00 | 4
      e1 | final_coded  | 2026-03-07 10:00:00 | 5
    `),
  ).toEqual(['01 01', '02 01', '03 10', '04 01', '05 01', '06 10', '07 00', '08 00', '09 00', '10 00']);
});

test('a record reopened after final coding counts again until it is coded anew', async () => {
  expect(
    await stockOf(`
      e1 | coding_ready | 2026-03-01 20:00:00 | 1
      e1 | final_coded  | 2026-03-03 10:00:00 | 2
      e1 | reopened     | 2026-03-05 10:00:00 | 3
      e1 | recoded      | 2026-03-08 10:00:00 | 4
    `),
  ).toEqual(['01 10', '02 10', '03 00', '04 00', '05 10', '06 10', '07 10', '08 00', '09 00', '10 00']);
});

test('a record coded on the day of discharge, or before it, is never in the stock', async () => {
  expect(
    await stockOf(`
      e1 | coding_ready | 2026-02-27 08:00:00 | 1
      e1 | final_coded  | 2026-02-28 10:00:00 | 2
    `),
  ).toEqual([]);
  expect(await stockOf('e1 | final_coded | 2026-03-01 23:00:00 | 1')).toEqual([]);
});

test('nothing coded yet: waiting to the last day told of', async () => {
  expect((await stockOf('')).at(-1)).toBe('10 01');
});

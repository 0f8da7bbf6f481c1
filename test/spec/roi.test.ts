import { expect, test } from 'vitest';
import { ask, askOf } from '../support/ask.ts';

/** Extracts that speak until the end of the day given. */
const source = (lastDay: string): string => {
  const next = new Date(Date.parse(`${lastDay}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  return `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${next} 00:00:00`;
};
const head = 'request_id | facility_id | requestor_type | received_ts | due_ts | extended_flag | fulfilled_ts | status';

/** A patient's request of 1 March, 15:00. */
const request = (id: string, fulfilled: string, extended = '', kind = 'patient_access'): string =>
  `${id} | north | ${kind} | 2026-03-01 15:00:00 | | ${extended} | ${fulfilled} | ${fulfilled === '' ? 'pending' : 'fulfilled'}`;

const inTime = async (lastDay: string, rows: readonly string[]) => {
  const { rows: asked, close } = await askOf(['roi_in_30_days'], {
    source: source(lastDay),
    roi_request: [head, ...rows].join('\n'),
  });
  const [row] = await asked(['roi_in_30_days']);
  await close();
  return row;
};

test('RO1: day 30 is in time, day 31 is late; with the extension day 60 and day 61', async () => {
  // Received on 1 March: 31 March is day 30, 30 April is day 60.
  expect(await inTime('2026-06-30', [request('r1', '2026-03-31 23:59:00')])).toMatchObject({ value: 1 });
  expect(await inTime('2026-06-30', [request('r1', '2026-04-01 00:00:00')])).toMatchObject({ value: 0 });
  expect(await inTime('2026-06-30', [request('r1', '2026-04-30 23:59:00', 'true')])).toMatchObject({ value: 1 });
  expect(await inTime('2026-06-30', [request('r1', '2026-05-01 00:00:00', 'true')])).toMatchObject({ value: 0 });
});

test('RO1: a pending request counts from the day after its due day', async () => {
  expect(await inTime('2026-03-31', [request('r1', '')])).toMatchObject({ value: null, denominator: 0 });
  expect(await inTime('2026-04-01', [request('r1', '')])).toMatchObject({ value: 0, denominator: 1 });
  expect(await inTime('2026-04-01', [request('r1', '', 'true')])).toMatchObject({ value: null, denominator: 0 });
});

test('RO1: the 30 days bind patients’ requests only; cancelled ones and denials without a time are left out', async () => {
  const { value, findings, close } = await ask({
    source: source('2026-06-30'),
    roi_request: `${head}
      ${request('r1', '2026-03-05 15:00:00')}
      ${request('r2', '2026-05-30 15:00:00', '', 'attorney')}
      r3 | north | patient_access | 2026-03-01 15:00:00 | | | | cancelled
      r4 | north | patient_access | 2026-03-01 15:00:00 | | | | denied
      r5 | north | patient_access | 2026-03-01 15:00:00 | | | 2026-04-15 12:00:00 | denied
    `,
  });
  expect(await value('roi_in_30_days')).toBe(1 / 2);
  expect(findings).toEqual(['roi_denial_has_a_time']);
  await close();
});

test('RO1 and RO5 as they stood on a past day', async () => {
  const { value, close } = await askOf(['roi_in_30_days', 'roi_extended'], {
    source: source('2026-06-30'),
    roi_request: `${head}
      ${request('done', '2026-03-05 15:00:00', 'false')}
      ${request('late', '2026-04-20 15:00:00', 'false')}
      ${request('long', '2026-04-20 15:00:00', 'true')}
      ${request('silent', '2026-04-20 15:00:00')}
    `,
  });
  expect(await value('roi_in_30_days', { asOf: '2026-03-04' })).toBeNull();
  expect(await value('roi_in_30_days', { asOf: '2026-03-31' })).toBe(1 / 1);
  expect(await value('roi_in_30_days', { asOf: '2026-04-01' })).toBe(1 / 3);
  expect(await value('roi_in_30_days', { asOf: '2026-04-20' })).toBe(2 / 4);
  // One of the three that tell was extended.
  expect(await value('roi_extended')).toBe(1 / 3);
  expect(await value('roi_extended', { asOf: '2026-03-31' })).toBe(0 / 1);
  expect(await value('roi_extended', { asOf: '2026-04-01' })).toBe(1 / 3);
  await close();
});

test('RO2: the request’s own due day, else the policy of its kind; neither is not known', async () => {
  const { value, rows, close } = await askOf(['roi_in_policy'], {
    source: source('2026-06-30'),
    metric_setting: 'name | value\n roi_policy_days.attorney | 10',
    roi_request: `${head}
      r1 | north | attorney | 2026-03-01 15:00:00 |                     | | 2026-03-11 23:00:00 | fulfilled
      r2 | north | attorney | 2026-03-01 15:00:00 |                     | | 2026-03-12 00:00:00 | fulfilled
      r3 | north | attorney | 2026-03-01 15:00:00 | 2026-03-12 08:00:00 | | 2026-03-12 17:00:00 | fulfilled
      r4 | north | payer    | 2026-03-01 15:00:00 | 2026-03-05 08:00:00 | |                     | open
      r5 | north | legal    | 2026-03-01 15:00:00 |                     | | 2026-03-02 15:00:00 | fulfilled
    `,
  });
  expect(await value('roi_in_policy')).toBe(2 / 4);
  expect(await rows(['roi_in_policy'], { by: ['requestor_type'] })).toMatchObject([
    { requestor_type: 'attorney', value: 2 / 3 },
    { requestor_type: 'legal', value: null },
    { requestor_type: 'payer', value: 0 },
  ]);
  expect(await value('roi_in_policy', { asOf: '2026-03-05' })).toBeNull();
  expect(await value('roi_in_policy', { asOf: '2026-03-06' })).toBe(0 / 1);
  await close();
});

test('RO3 and RO4: turnaround of what is done, age of what is pending at the month’s end', async () => {
  const { value, rows, close } = await askOf(
    ['roi_turnaround_p50', 'roi_turnaround_p90', 'roi_turnaround_mean', 'roi_pending_age'],
    {
      source: source('2026-04-10'),
      roi_request: `${head}
      r1 | north | attorney       | 2026-03-01 12:00:00 | | | 2026-03-02 18:00:00 | fulfilled
      r2 | north | payer          | 2026-03-01 12:00:00 | | | 2026-04-01 12:00:00 | fulfilled
      r3 | south | patient_access | 2026-03-21 12:00:00 | | |                     | open
      r4 | south | patient_access | 2026-03-21 12:00:00 | | |                     | cancelled
    `,
    },
  );
  expect(await value('roi_turnaround_p50')).toBe((1.25 + 31) / 2);
  expect(await value('roi_turnaround_p90')).toBeCloseTo(1.25 + 0.9 * (31 - 1.25), 9);
  expect(await value('roi_turnaround_mean')).toBe((1.25 + 31) / 2);
  expect(await rows(['roi_pending_age'], { grain: 'month' })).toMatchObject([
    { period: '2026-03-01', numerator: 30 + 10, denominator: 2, value: (30 + 10) / 2 },
    { period: '2026-04-01', numerator: 20, denominator: 1, value: 20 },
  ]);
  expect(await value('roi_pending_age', { where: { facility: ['north'] } })).toBeNull();
  await close();
});

test('the facility’s clock counts the days, not UTC', async () => {
  // 1 March 23:00 and 31 March 23:00 in Los Angeles are 2 March and 1 April in UTC.
  const { value, close } = await askOf(['roi_in_30_days'], {
    source: source('2026-06-30'),
    facility: 'facility_id | tz\n north | America/Los_Angeles',
    roi_request: `${head}\n r1 | north | patient_access | 2026-03-01 23:00:00 | | | 2026-03-31 23:30:00 | fulfilled`,
  });
  expect(await value('roi_in_30_days')).toBe(1);
  await close();
});

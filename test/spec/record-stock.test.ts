import { expect, test } from 'vitest';
import { askView, valuesOf } from '../support/ask.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';

const source = (asOf: string): string => `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${asOf}`;

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | admit_ts            | discharge_ts        | chart_analyzed_ts   | chart_status
  -------------+-------------+-------------+---------------+---------------------+---------------------+---------------------+---------------
  done         | p1          | north       | inpatient     | 2026-02-25 06:00:00 | 2026-03-01 15:00:00 | 2026-03-02 08:00:00 |
  two          | p2          | north       | inpatient     | 2026-02-25 06:00:00 | 2026-03-01 15:00:00 | 2026-03-02 08:00:00 |
  waiting      | p3          | north       | inpatient     | 2026-02-25 06:00:00 | 2026-03-01 15:00:00 |                     |
  late_look    | p4          | north       | inpatient     | 2026-02-25 06:00:00 | 2026-03-01 15:00:00 | 2026-03-10 08:00:00 |
  in_house     | p5          | north       | inpatient     | 2026-03-03 06:00:00 |                     |                     |
  exempt       | p6          | north       | inpatient     | 2026-03-03 06:00:00 |                     |                     | not_applicable
  emergency    | p7          | south       | ed            | 2026-03-01 06:00:00 | 2026-03-01 15:00:00 | 2026-03-02 08:00:00 |
`;

const deficiency = `
  deficiency_id | encounter_id | doc_type | action_type | provider_id | assigned_ts         | completed_ts        | cancelled_ts        | status
  --------------+--------------+----------+-------------+-------------+---------------------+---------------------+---------------------+----------
  d1            | done         | DS       | sign        | dr1         | 2026-03-02 09:00:00 | 2026-03-06 23:59:59 |                     | completed
  d2            | two          | DS       | sign        | dr1         | 2026-03-02 09:00:00 |                     |                     | open
  d3            | two          | OP       | sign        | dr2         | 2026-03-02 09:00:00 | 2026-03-20 09:00:00 |                     | completed
  d4            | waiting      | OP       | sign        | dr2         | 2026-02-26 09:00:00 |                     |                     | open
  d5            | late_look    | HP       | sign        | dr1         | 2026-02-26 09:00:00 |                     |                     | open
  d6            | in_house     | HP       | sign        | dr1         | 2026-03-04 09:00:00 | 2026-03-05 09:00:00 |                     | completed
  d7            | in_house     | OP       | sign        | dr1         | 2026-03-07 09:00:00 |                     |                     | open
  d8            | exempt       | OP       | sign        | dr1         | 2026-03-07 09:00:00 |                     |                     | open
  d9            | emergency    | ED       | sign        | dr3         | 2026-03-02 09:00:00 |                     | 2026-03-08 09:00:00 | cancelled
  d10           | emergency    | ED       | sign        | dr3         | 2026-03-02 09:00:00 |                     |                     | cancelled
  d11           | emergency    | ED       | sign        | dr3         | 2026-03-02 09:00:00 |                     |                     | in_error
`;

const build = (asOf: string, more: Readonly<Record<string, string>> = {}) =>
  buildInMemory({
    looksAt: [
      'mart.record_day',
      'mart.deficiency_stock',
      'mart.signature_worklist',
      'mart.record_completion',
      'mart.suspension_day',
      'mart.suspension',
    ],
    raw: { source: source(asOf), encounter, deficiency, ...more },
  });

test('incomplete records: discharged, analysed, something open; in house apart; as each day ended', async () => {
  const { connection, close } = await build('2026-03-15 00:00:00');
  const day = async (asOf: string) => {
    const found = await valuesOf(connection, ['incomplete_records', 'incomplete_in_house', 'open_deficiencies'], {
      asOf,
    });
    return [found.incomplete_records, found.incomplete_in_house, found.open_deficiencies];
  };
  // Before discharge: waiting's and late_look's deficiencies are open in house.
  expect(await day('2026-02-28')).toEqual([0, 2, null]);
  // 2 March: done, two, emergency; of emergency only the one whose cancelling has a time.
  expect(await day('2026-03-02')).toEqual([3, 0, 4]);
  expect(await day('2026-03-04')).toEqual([3, 1, 4]);
  // done closes in the last second of the 6th: that day ends without it.
  expect(await day('2026-03-05')).toEqual([3, 0, 4]);
  expect(await day('2026-03-06')).toEqual([2, 0, 3]);
  // 8 March: emergency's is cancelled; in_house has a new one.
  expect(await day('2026-03-08')).toEqual([1, 1, 2]);
  // 10 March: late_look is analysed, and counts from then on.
  expect(await day('2026-03-09')).toEqual([1, 1, 2]);
  expect(await day('2026-03-10')).toEqual([2, 1, 3]);
  await close();
});

test('a record counts once in its facility, and a facility without any is 0', async () => {
  const { connection, close } = await build('2026-03-15 00:00:00');
  expect(await valuesOf(connection, ['incomplete_records'], { by: ['facility'] })).toEqual({
    'incomplete_records north': 2,
    'incomplete_records south': 0,
  });
  await close();
});

test('the forecast: the 7 days before a record becomes delinquent, and not once it is', async () => {
  // two and late_look: discharged on 1 March, delinquent from 1 April. Within 7 days from 25 March on.
  const { connection, close } = await build('2026-04-10 00:00:00');
  const day = async (asOf: string) => {
    const found = await valuesOf(connection, ['suspension_forecast', 'delinquent_records'], { asOf });
    return [found.suspension_forecast, found.delinquent_records];
  };
  expect(await day('2026-03-24')).toEqual([0, 0]);
  expect(await day('2026-03-25')).toEqual([2, 0]);
  expect(await day('2026-03-31')).toEqual([2, 0]);
  expect(await day('2026-04-01')).toEqual([0, 2]);
  await close();
});

test('the worklist: who holds up what, and whose signatures clear a record', async () => {
  const both = deficiency
    .replace('2026-03-20 09:00:00 |', '                    |')
    .replace(/(d3 .*)completed/, '$1open');
  const { connection, close } = await build('2026-03-29 00:00:00', { deficiency: both });
  expect(
    await rows(
      connection,
      `select provider_id as who, encounter_id as record, open_count as open, soon_count as soon, next_date::varchar as next,
         record_open_count as all_open, is_clearing, forecast_count as forecast, clears_count as clears
       from mart.signature_worklist order by all`,
    ),
  ).toEqual([
    {
      ...{ who: 'dr1', record: 'late_look', open: 1, soon: 1, next: '2026-04-01' },
      ...{ all_open: 1, is_clearing: true, forecast: 1, clears: 1 },
    },
    {
      ...{ who: 'dr1', record: 'two', open: 1, soon: 1, next: '2026-04-01' },
      ...{ all_open: 2, is_clearing: false, forecast: 1, clears: 0 },
    },
    {
      ...{ who: 'dr2', record: 'two', open: 1, soon: 1, next: '2026-04-01' },
      ...{ all_open: 2, is_clearing: false, forecast: 1, clears: 0 },
    },
  ]);
  expect(
    await valuesOf(connection, ['suspension_forecast_provider', 'records_to_clear'], { by: ['provider'] }),
  ).toEqual({
    'suspension_forecast_provider dr1': 2,
    'suspension_forecast_provider dr2': 1,
    'records_to_clear dr1': 1,
    'records_to_clear dr2': 0,
  });
  expect(await valuesOf(connection, ['suspension_forecast'])).toEqual({ suspension_forecast: 2 });
  await close();
});

test('deficiencies per discharge, and records that never had one', async () => {
  const { connection, close } = await build('2026-03-15 00:00:00');
  // done 1, two 2, late_look 1, emergency none that counts: 4 ÷ 4; one of four was clean.
  expect(await valuesOf(connection, ['deficiencies_per_discharge', 'first_time_complete'])).toEqual({
    deficiencies_per_discharge: 4 / 4,
    first_time_complete: 1 / 4,
  });
  await close();
});

test('suspended providers on a day, suspension-days, and who is suspended again within a year', async () => {
  const provider_interval = `
    provider_id | type       | start_ts            | end_ts
    dr1         | suspension | 2025-01-10 08:00:00 | 2025-01-12 08:00:00
    dr1         | suspension | 2026-01-10 08:00:00 | 2026-01-20 08:00:00
    dr1         | suspension | 2026-01-15 08:00:00 | 2026-01-22 08:00:00
    dr2         | suspension | 2025-01-09 08:00:00 | 2025-01-09 20:00:00
    dr2         | suspension | 2026-01-10 08:00:00 |
    dr3         | hold       | 2026-01-01 08:00:00 | 2026-01-31 08:00:00
  `;
  const provider = 'provider_id | specialty | service_line\n dr1 | surgery | SURG\n dr2 | medicine | MED';
  const { connection, close } = await build('2026-02-01 00:00:00', { provider_interval, provider });
  const month = { from: '2026-01-01', to: '2026-02-01' };
  // dr1 10 to 21 January, 12 days, as one; dr2 from the 10th to the end of the month, 22 days.
  expect(await valuesOf(connection, ['suspension_days'], { ...month, by: ['provider'] })).toEqual({
    'suspension_days dr1': 12,
    'suspension_days dr2': 22,
    'suspension_days -': 0,
  });
  const on = async (asOf: string) =>
    (await valuesOf(connection, ['suspended_providers'], { asOf })).suspended_providers;
  expect(await on('2026-01-09')).toBe(0);
  expect(await on('2026-01-10')).toBe(2);
  expect(await on('2026-01-21')).toBe(2);
  expect(await on('2026-01-22')).toBe(1);
  // dr1 again after 365 days; dr2 after 366.
  const again = await askView(connection, { metrics: ['repeat_suspensions'], by: ['provider'], ...month });
  expect(again.map(({ provider: who, value }) => [who, value])).toEqual([
    ['dr1', 1],
    ['dr2', 0],
  ]);
  await close();
});

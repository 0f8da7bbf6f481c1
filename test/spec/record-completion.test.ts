import { expect, test } from 'vitest';
import { valuesOf } from '../support/ask.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';

const source = `
  source_id | timezone | is_instant | as_of_ts
  ----------+----------+------------+--------------------
  test      | UTC      | false      | 2026-05-01 00:00:00
`;

const encounter = `
  encounter_id | patient_key | facility_id | patient_class | discharge_ts        | chart_analyzed_ts   | chart_status
  -------------+-------------+-------------+---------------+---------------------+---------------------+------------------
  signed       | p1          | north       | inpatient     | 2026-03-01 12:00:00 | 2026-03-02 12:00:00 |
  open         | p2          | north       | inpatient     | 2026-03-01 12:00:00 | 2026-03-02 12:00:00 |
  clean        | p3          | north       | inpatient     | 2026-03-01 12:00:00 | 2026-03-02 00:00:00 |
  waiting      | p4          | north       | inpatient     | 2026-03-01 12:00:00 |                     |
  exempt       | p5          | north       | outpatient    | 2026-03-01 12:00:00 |                     | not_applicable
  in_house     | p6          | north       | inpatient     |                     |                     |
  early        | p7          | north       | inpatient     | 2026-03-01 12:00:00 | 2026-03-03 12:00:00 |
  elsewhere    | p8          | south       | inpatient     | 2026-03-01 12:00:00 |                     |
`;

const deficiency = `
  deficiency_id | encounter_id | doc_type | action_type | provider_id | assigned_ts         | completed_ts        | cancelled_ts        | status
  --------------+--------------+----------+-------------+-------------+---------------------+---------------------+---------------------+----------
  d1            | signed       | DS       | perform     | dr1         | 2026-03-02 12:00:00 | 2026-03-04 12:00:00 |                     | completed
  d2            | signed       | DS       | sign        | dr1         | 2026-03-04 12:00:00 | 2026-03-11 00:00:00 |                     | completed
  d3            | signed       | OP       | sign        | dr2         | 2026-03-02 12:00:00 |                     | 2026-03-03 00:00:00 | cancelled
  d4            | signed       | OP       | sign        | dr2         | 2026-03-02 12:00:00 |                     |                     | in_error
  d5            | open         | DS       | perform     | dr1         | 2026-03-02 12:00:00 | 2026-03-03 12:00:00 |                     | completed
  d6            | open         | HP       | sign        | dr1         | 2026-03-02 12:00:00 |                     |                     | open
  d7            | waiting      | HP       | sign        | dr1         | 2026-03-01 12:00:00 | 2026-03-02 12:00:00 |                     | completed
  d8            | early        | HP       | sign        | dr1         | 2026-03-01 00:00:00 | 2026-03-01 06:00:00 |                     | completed
`;

test('a record is complete with its last deficiency, one without deficiencies when analysed, an open one not yet', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.record_completion'],
    raw: { source, encounter, deficiency },
  });
  expect(
    await rows(
      connection,
      `select encounter_id, complete_days, until_at::varchar as until from mart.record_completion order by all`,
    ),
  ).toEqual([
    { encounter_id: 'clean', complete_days: 0.5, until: '2026-05-01 00:00:00' },
    // Its one deficiency was done before anybody had looked through the chart: complete when somebody had.
    { encounter_id: 'early', complete_days: 2, until: '2026-05-01 00:00:00' },
    { encounter_id: 'open', complete_days: null, until: '2026-05-01 00:00:00' },
    { encounter_id: 'signed', complete_days: 9.5, until: '2026-05-01 00:00:00' },
  ]);
  await close();
});

test('charts nobody has analysed are counted beside, and not where the facility never says', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.chart_analysis'],
    raw: { source, encounter, deficiency },
  });
  expect(
    await rows(
      connection,
      `select facility_id, sum(awaiting_count) as awaiting from mart.chart_analysis group by all order by all`,
    ),
  ).toEqual([{ facility_id: 'north', awaiting: 1 }]);
  const awaiting = async (asOf: string | null) =>
    await valuesOf(connection, ['awaiting_analysis'], { by: ['facility'], asOf });
  expect(await awaiting(null)).toEqual({ 'awaiting_analysis north': 1 });
  // On the evening of the 1st nobody had looked at signed, open, clean and early; on the 2nd, at early.
  expect(await awaiting('2026-03-01')).toEqual({ 'awaiting_analysis north': 4 + 1 });
  expect(await awaiting('2026-03-02')).toEqual({ 'awaiting_analysis north': 1 + 1 });
  await close();
});

test('of sources that give years alone a discharged chart awaits analysis all the same', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.chart_analysis'],
    raw: {
      encounter: `
        encounter_id | facility_id | patient_class | discharge_year | chart_status
        e1           | north       | inpatient     | 2025           | awaiting_analysis
        e2           | north       | inpatient     | 2025           | complete
        e3           | south       | inpatient     | 2025           |
      `,
    },
  });
  expect(await valuesOf(connection, ['awaiting_analysis'], { by: ['facility'] })).toEqual({
    'awaiting_analysis north': 1,
  });
  await close();
});

test('turnaround runs from assignment to completion, of what counts', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.deficiency_turnaround'],
    raw: { source, encounter, deficiency },
  });
  expect(
    await rows(connection, `select deficiency_id, turnaround_days from mart.deficiency_turnaround order by all`),
  ).toEqual([
    { deficiency_id: 'd1', turnaround_days: 2 },
    { deficiency_id: 'd2', turnaround_days: 6.5 },
    { deficiency_id: 'd5', turnaround_days: 1 },
    { deficiency_id: 'd8', turnaround_days: 0.25 },
  ]);
  await close();
});

test('open deficiencies are counted as they stood at each month’s end', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.deficiency_stock', 'core.snapshot_day'],
    raw: { source, encounter, deficiency },
  });
  const stock = (day: string) =>
    rows(
      connection,
      `select doc_type, sum(open_count) as open from mart.deficiency_stock where stock_date = '${day}' group by all`,
    );
  expect(await stock('2026-03-31')).toEqual([{ doc_type: 'HP', open: 1 }]);
  // Midnight of 1 May closes 30 April: that is the last day told of, and a month's end besides.
  expect(await stock('2026-04-30')).toEqual([{ doc_type: 'HP', open: 1 }]);
  expect(await rows(connection, `select max(snapshot_date)::varchar as last from core.snapshot_day`)).toEqual([
    { last: '2026-04-30' },
  ]);
  await close();
});

test('a source that gives hours instead of times still has its turnaround', async () => {
  const { connection, close } = await buildInMemory({
    looksAt: ['mart.deficiency_turnaround'],
    raw: {
      encounter: 'encounter_id | facility_id | discharge_year\n e1 | north | 2026',
      deficiency: `
        deficiency_id | encounter_id | doc_type | action_type | provider_id | status    | hours_from_discharge_assigned | hours_from_discharge_completed
        d1            | e1           | DS       | sign        | dr1         | completed | 12                            | 48
      `,
    },
  });
  expect(await rows(connection, `select turnaround_days from mart.deficiency_turnaround`)).toEqual([
    { turnaround_days: (48 - 12) / 24 },
  ]);
  await close();
});

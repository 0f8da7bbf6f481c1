import { expect, test } from 'vitest';
import { valuesOf } from '../support/ask.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';

const source = (asOf: string): string => `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${asOf}`;

const encounterHead = 'encounter_id | patient_key | facility_id | patient_class | discharge_ts | chart_analyzed_ts\n';
const deficiencyHead =
  'deficiency_id | encounter_id | doc_type | action_type | provider_id | assigned_ts | completed_ts | status\n';

/** One record discharged on 1 March, whose deficiency is completed on the day given, or not at all. */
const record = (id: string, completed: string | null, patientClass = 'inpatient', docType = 'DS') => ({
  encounter: `${id} | p | north | ${patientClass} | 2026-03-01 15:00:00 | 2026-03-02 08:00:00\n`,
  deficiency: `${id} | ${id} | ${docType} | sign | dr1 | 2026-03-02 08:00:00 | ${completed ?? ''} | ${completed ? 'completed' : 'open'}\n`,
});

const build = (
  asOf: string,
  records: readonly ReturnType<typeof record>[],
  more: Readonly<Record<string, string>> = {},
) =>
  buildInMemory({
    looksAt: ['mart.delinquency_day', 'mart.delinquency_cohort', 'mart.record_day', 'core.snapshot_day'],
    raw: {
      source: source(asOf),
      encounter: encounterHead + records.map(({ encounter }) => encounter).join(''),
      deficiency: deficiencyHead + records.map(({ deficiency }) => deficiency).join(''),
      ...more,
    },
  });

const delinquentOn = async (
  asOf: string,
  records: readonly ReturnType<typeof record>[],
  more?: Readonly<Record<string, string>>,
) => {
  const { connection, close } = await build(asOf, records, more);
  const [row] = await rows(
    connection,
    `select coalesce(sum(delinquent_count), 0) as n from mart.delinquency_day
     where snapshot_date = (select max(snapshot_date) from core.snapshot_day)`,
  );
  await close();
  return row?.n;
};

test('30 whole days after discharge a record is in time, on the next day delinquent', async () => {
  const open = [record('e1', null)];
  // Discharged on 1 March: 31 March is day 30, 1 April day 31.
  expect(await delinquentOn('2026-03-31 23:59:00', open)).toBe(0);
  expect(await delinquentOn('2026-04-01 23:59:00', open)).toBe(1);
});

test('a record counts once, and no more from the day its last late deficiency is done', async () => {
  const twice = [record('e1', null), { encounter: '', deficiency: record('e1', null).deficiency.replace('e1', 'd2') }];
  expect(await delinquentOn('2026-04-10 12:00:00', twice)).toBe(1);
  expect(await delinquentOn('2026-04-10 12:00:00', [record('e1', '2026-04-10 09:00:00')])).toBe(0);
  expect(await delinquentOn('2026-04-09 12:00:00', [record('e1', null)])).toBe(1);
});

test('emergency and other outpatient records are not counted; observation and outpatient surgery are', async () => {
  const records = ['inpatient', 'observation', 'outpatient_surgery', 'ed', 'outpatient', 'recurring'].map((each) =>
    record(each, null, each),
  );
  expect(await delinquentOn('2026-04-10 12:00:00', records)).toBe(3);
});

test('the most particular policy holds: 14 days, and only for what counts', async () => {
  const completion_policy = `
    doc_type | clock_start | delinquent_days | counts_toward_delinquency
    DS       | discharge   | 14              | true
    CONSENT  | discharge   | 14              | false
  `;
  const records = [
    record('summary', null, 'inpatient', 'DS'),
    record('consent', null, 'inpatient', 'CONSENT'),
    record('other', null, 'inpatient', 'HP'),
  ];
  expect(await delinquentOn('2026-03-15 12:00:00', records, { completion_policy })).toBe(0);
  expect(await delinquentOn('2026-03-16 12:00:00', records, { completion_policy })).toBe(1);
  // What no policy names falls back on the customary 30 days.
  expect(await delinquentOn('2026-04-01 12:00:00', records, { completion_policy })).toBe(2);
});

test('a clock that runs from assignment, and a policy that ends', async () => {
  const assigned = `doc_type | clock_start | delinquent_days | valid_to\n DS | assigned | 10 | 2026-03-02`;
  expect(await delinquentOn('2026-03-12 12:00:00', [record('e1', null)], { completion_policy: assigned })).toBe(0);
  expect(await delinquentOn('2026-03-13 12:00:00', [record('e1', null)], { completion_policy: assigned })).toBe(1);
  const ended = assigned.replace('2026-03-02', '2026-03-01');
  expect(await delinquentOn('2026-03-13 12:00:00', [record('e1', null)], { completion_policy: ended })).toBe(0);
});

test('the three denominators', async () => {
  // 24 discharges a month from May 2025 to April 2026, 12 more in February; in May 2026 six of March's are still open.
  const discharges = Array.from({ length: 12 }, (_, month) => {
    const first = new Date(Date.UTC(2025, 4 + month, 10)).toISOString().slice(0, 10);
    const count = first.startsWith('2026-02') ? 36 : 24;
    return Array.from({ length: count }, (_, i) => ({
      encounter: `${first}-${i} | p | north | inpatient | ${first} 12:00:00 | ${first} 18:00:00\n`,
      deficiency:
        first.startsWith('2026-03') && i < 8
          ? `${first}-${i} | ${first}-${i} | DS | sign | dr1 | ${first} 18:00:00 | ${i < 6 ? '' : '2026-05-05 12:00:00'} | ${i < 6 ? 'open' : 'completed'}\n`
          : '',
    }));
  }).flat();
  const { connection, close } = await build('2026-05-20 12:00:00', discharges);
  expect(
    await rows(
      connection,
      `select snapshot_date::varchar as day, delinquent_count as late, discharge_count_12_months as year, discharge_count_previous_month as month
       from mart.delinquency_day where snapshot_date in ('2026-04-30', '2026-05-20') order by day`,
    ),
  ).toEqual([
    // April's twelve months before reach back to April 2025, of which nothing is known.
    { day: '2026-04-30', late: 8, year: null, month: 24 },
    { day: '2026-05-20', late: 6, year: 11 * 24 + 36, month: 24 },
  ]);
  expect(
    await rows(
      connection,
      `select discharge_date::varchar as day, sum(delinquent_count) as late, sum(discharge_count) as n
       from mart.delinquency_cohort where discharge_date >= '2026-03-01' group by day order by day`,
    ),
    // The two done on 5 May were late all the same.
  ).toEqual([
    { day: '2026-03-10', late: 8, n: 24 },
    { day: '2026-04-10', late: 0, n: 24 },
  ]);
  await close();
});

test('a facility of less than twelve months is in neither part of the rate', async () => {
  // North discharges one record a month from May 2025 on, west opens in April 2026 with one that is late in May.
  const discharged = (id: string, facility: string, day: string, isLate: boolean) => ({
    encounter: `${id} | p | ${facility} | inpatient | ${day} 12:00:00 | ${day} 18:00:00\n`,
    deficiency: isLate ? `${id} | ${id} | DS | sign | dr1 | ${day} 18:00:00 | | open\n` : '',
  });
  const month = (i: number) => new Date(Date.UTC(2025, 4 + i, 10)).toISOString().slice(0, 10);
  const { connection, close } = await build('2026-05-20 12:00:00', [
    ...Array.from({ length: 12 }, (_, i) => discharged(`n${i}`, 'north', month(i), i === 10)),
    discharged('w1', 'west', '2026-04-10', true),
  ]);
  const rates = ['delinquency_rate', 'delinquency_rate_previous_month', 'delinquent_records'];
  expect(await valuesOf(connection, rates)).toEqual({
    delinquency_rate: 1 / (12 / 12),
    // Of the month before both have discharges: one each.
    delinquency_rate_previous_month: (1 + 1) / (1 + 1),
    delinquent_records: 1 + 1,
  });
  expect(await valuesOf(connection, rates, { by: ['facility'] })).toMatchObject({
    'delinquency_rate north': 1,
    'delinquency_rate west': null,
    'delinquency_rate_previous_month west': 1,
  });
  await close();
});

test('a cohort is counted once its policy has run out', async () => {
  const cohort = async (asOf: string) => {
    const { connection, close } = await build(asOf, [record('e1', null), record('e2', '2026-03-31 23:00:00')]);
    const found = await rows(
      connection,
      `select sum(delinquent_count) as late, sum(discharge_count) as n from mart.delinquency_cohort having count(*) > 0`,
    );
    await close();
    return found;
  };
  expect(await cohort('2026-03-31 23:59:00')).toEqual([]);
  expect(await cohort('2026-04-01 23:59:00')).toEqual([{ late: 1, n: 2 }]);
});

test('a past month’s end stays what it was when its records are completed later', async () => {
  const on = async (asOf: string, completed: string | null) => {
    const { connection, close } = await build(asOf, [record('e1', completed)]);
    const [row] = await rows(
      connection,
      `select delinquent_count as n from mart.delinquency_day where snapshot_date = '2026-04-30'`,
    );
    await close();
    return row?.n;
  };
  expect(await on('2026-05-01 00:00:00', null)).toBe(1);
  expect(await on('2026-07-01 00:00:00', '2026-05-20 10:00:00')).toBe(1);
});

test('golden vector H: 561 delinquent of 1,700 discharges a month are 33 %, not the 11 % of a quarter', async () => {
  // 1,700 discharges in each month of 2025; 561 of December's are open on 31 January, 51 days after the 11th.
  const discharges = Array.from({ length: 12 * 1700 }, (_, i) => {
    const day = `2025-${String(1 + Math.floor(i / 1700)).padStart(2, '0')}-11`;
    const isLate = i >= 11 * 1700 && i < 11 * 1700 + 561;
    return {
      encounter: `e${i} | p | north | inpatient | ${day} 12:00:00 | ${day} 18:00:00\n`,
      deficiency: isLate ? `d${i} | e${i} | DS | sign | dr1 | ${day} 18:00:00 | | open\n` : '',
    };
  });
  const { connection, close } = await build('2026-02-01 00:00:00', discharges);
  const rates = await valuesOf(connection, [
    'delinquency_rate',
    'delinquency_rate_previous_month',
    'delinquent_records',
  ]);
  expect(rates).toEqual({
    delinquent_records: 561,
    delinquency_rate: 561 / 1700,
    delinquency_rate_previous_month: 561 / 1700,
  });
  expect(rates.delinquency_rate).toBeCloseTo(0.33, 12);
  // What the wrong denominator would have made of the same two numbers.
  expect(561 / (3 * 1700)).toBeCloseTo(0.11, 12);
  await close();
});

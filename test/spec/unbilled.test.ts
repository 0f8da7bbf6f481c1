import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { catalogueOf } from '../../warehouse/metric/catalogue.ts';
import { answer } from '../../warehouse/query/answer.ts';
import { toJson } from '../../warehouse/query/text-formats.ts';
import { readViewState } from '../../warehouse/query/view-state.ts';
import { buildInMemory, rows } from '../support/warehouse.ts';
import { memoryReader } from '../warehouse/query/memory-reader.ts';

const source = `
  source_id | timezone | is_instant | as_of_ts
  ----------+----------+------------+--------------------
  test      | UTC      | false      | 2026-03-16 00:00:00
`;

const build = async (raw: Readonly<Record<string, string>>) => {
  const warehouse = await buildInMemory({ raw: { source, ...raw } });
  onTestFinished(warehouse.close);
  const reader = await memoryReader(warehouse.connection);
  const catalogue = await catalogueOf(reader, [fileURLToPath(new URL('../../sql/metric', import.meta.url))]);
  const metric = async (id: string, asOf: string | null = null, where: Record<string, string[]> = {}) => {
    const view = readViewState({ metrics: [id], where, ...(asOf === null ? {} : { asOf }) });
    return toJson(await answer(reader, catalogue, view)).rows[0]?.value;
  };
  const broken = Object.fromEntries(
    warehouse.asserts.filter(({ violations }) => violations > 0).map(({ name, violations }) => [name, violations]),
  );
  /** Rows of a query as lines, cells apart by a space, `-` for unknown. */
  const lines = async (sql: string): Promise<string[]> =>
    (await rows(warehouse.connection, sql)).map((row) =>
      Object.values(row)
        .map((cell) => cell ?? '-')
        .join(' '),
    );
  return { metric, broken, lines };
};

const stocks = `
  select substr(stock_date::varchar, 9) as day, sum(dnfb_dollars) as dnfb, sum(dnfc_dollars) as dnfc, sum(fbns_dollars) as fbns
  from mart.unbilled_day group by day order by day`;

/** One account with charges posted late, reopened and billed again. December to February have 90 days and 90,000 dollars. */
const account = {
  encounter: `
    encounter_id | patient_key | facility_id | patient_class | admit_ts            | discharge_ts
    e1           | p1          | north       | inpatient     | 2026-02-27 08:00:00 | 2026-03-02 10:00:00
    e2           | p2          | south       | inpatient     | 2026-02-27 08:00:00 | 2026-03-02 10:00:00
  `,
  charge_event: `
    charge_event_id | encounter_id | posted_ts           | amount_cents
    c1              | e1           | 2026-02-28 00:00:00 | 100000
    c2              | e1           | 2026-03-02 20:00:00 | 50000
    c3              | e1           | 2026-03-04 00:00:00 | 20000
    c4              | e1           | 2026-03-09 00:00:00 | 30000
  `,
  coding_event: `
    encounter_id | event        | event_ts            | event_no
    e1           | coding_ready | 2026-03-03 09:00:00 | 1
    e1           | final_coded  | 2026-03-05 09:00:00 | 2
    e1           | reopened     | 2026-03-11 09:00:00 | 3
  `,
  billing: `
    encounter_id | bill_no | gross_charges | first_billed_ts     | final_billed_ts     | submitted_ts        | bill_hold_days
    e1           | 1       | 1700          | 2026-03-06 09:00:00 | 2026-03-06 09:00:00 | 2026-03-08 09:00:00 | 3
    e1           | 2       | 2000          | 2026-03-13 09:00:00 | 2026-03-13 09:00:00 | 2026-03-13 10:00:00 |
  `,
  period_stat: `
    facility_id | month      | gross_patient_revenue
    north       | 2025-12-01 | 31000
    north       | 2026-01-01 | 31000
    north       | 2026-02-01 | 28000
  `,
};

test('an account day by day: late charges, final bill, reopened, billed again', async () => {
  const { lines, broken, metric } = await build(account);
  expect(await lines(stocks)).toEqual([
    // DNFB DNFC FBNS
    '02 1500 1500 0', // discharged: 1,000 + 500 posted by then, records not ready
    '03 1500 1500 0', // ready for a coder
    '04 1700 1700 0', // 200 posted late
    '05 1700 0 0', // final coded, within the bill hold
    '06 0 0 1700', // final billed, not submitted: the bill's own 1,700
    '07 0 0 1700',
    '08 0 0 0', // submitted
    '09 0 0 0', // 300 posted after the final bill: nothing is unbilled
    '10 0 0 0',
    '11 2000 2000 0', // reopened: all of its charges are unbilled again
    '12 2000 2000 0',
    '13 0 0 0', // billed again, and submitted the same day
    '14 0 0 0',
    '15 0 0 0',
  ]);
  expect(broken).toEqual({});
  expect(await metric('dnfb_days', '2026-03-04')).toBe(1700 / (90_000 / 90));
  expect(await metric('dnfc_days', '2026-03-04')).toBe(1.7);
  expect(await metric('dnfc_available_days', '2026-03-02')).toBe(0);
  expect(await metric('dnfc_unavailable_days', '2026-03-02')).toBe(1.5);
  expect(await metric('fbns_days', '2026-03-07')).toBe(1.7);
  expect(await metric('dnsp_days', '2026-03-07')).toBe(0 + 1.7);
  expect(await metric('dnfb_dollars', '2026-03-12')).toBe(2000);
  expect(await metric('dnfb_days')).toBe(0);
});

test('whose turn it is without a hold: the provider, HIM, the bill hold, and HIM once reopened', async () => {
  const { lines, metric } = await build(account);
  expect(
    await lines(
      `select substr(start_date::varchar, 9) as d, owner, reason, entered_by, left_by from core.account_stretch order by d`,
    ),
  ).toEqual([
    '02 provider DOCUMENTATION discharged stayed',
    '03 HIM CODING stayed stayed',
    '04 HIM CODING stayed stayed',
    '05 system BILL_HOLD stayed billed',
    '11 HIM CODING reopened billed',
  ]);
  expect(await metric('dnfb_him_share', '2026-03-02')).toBe(0);
  expect(await metric('dnfb_him_share', '2026-03-03')).toBe(1);
  expect(await metric('dnfb_him_share', '2026-03-09')).toBeNull();
});

test('the bridge: yesterday + discharged − billed + reopened + moved + charges = today', async () => {
  const { lines, metric } = await build(account);
  expect(
    await lines(`
      select substr(stock_date::varchar, 9) as d, owner, opening_dollars as o, discharged_dollars as i, billed_dollars as b, reopened_dollars as r,
        moved_dollars as m, charge_change_dollars as c, closing_dollars as e
      from mart.dnfb_bridge_day
      where stock_date < '2026-03-14' and (opening_dollars <> 0 or closing_dollars <> 0 or moved_dollars <> 0) order by d, owner`),
  ).toEqual([
    // opening discharged billed reopened moved charges closing
    '02 provider 0 1500 0 0 0 0 1500',
    '03 HIM 0 0 0 0 1500 0 1500',
    '03 provider 1500 0 0 0 -1500 0 0',
    '04 HIM 1500 0 0 0 0 200 1700',
    '05 HIM 1700 0 0 0 -1700 0 0',
    '05 system 0 0 0 0 1700 0 1700',
    '06 system 1700 0 1700 0 0 0 0',
    '11 HIM 0 0 0 2000 0 0 2000',
    '12 HIM 2000 0 0 0 0 0 2000',
    '13 HIM 2000 0 2000 0 0 0 0',
  ]);
  expect(await metric('dnfb_discharged')).toBe(1500);
  expect(await metric('dnfb_billed')).toBe(1700 + 2000);
  expect(await metric('dnfb_reopened')).toBe(2000);
  expect(await metric('dnfb_charge_change')).toBe(200);
});

test('reopened and closed again without a bill: the bill stands, and waits for its payer once more', async () => {
  const { lines } = await build({
    ...account,
    coding_event: `${account.coding_event}e1 | recoded | 2026-03-12 09:00:00 | 4`,
    billing: `
      encounter_id | bill_no | gross_charges | final_billed_ts     | submitted_ts
      e1           | 1       | 1700          | 2026-03-06 09:00:00 | 2026-03-14 09:00:00
    `,
  });
  expect((await lines(stocks)).slice(8)).toEqual([
    '10 0 0 1700',
    '11 2000 2000 0',
    '12 0 0 1700',
    '13 0 0 1700',
    '14 0 0 0',
    '15 0 0 0',
  ]);
  expect(await lines(`select closed_count, closed_dollars from mart.dnfb_bridge_day where closed_count > 0`)).toEqual([
    '1 2000',
  ]);
});

test('a later bill begun puts the account back until it is final', async () => {
  const { lines } = await build({
    ...account,
    coding_event: `encounter_id | event | event_ts\n e1 | final_coded | 2026-03-05 09:00:00`,
    billing: `
      encounter_id | bill_no | gross_charges | first_billed_ts     | final_billed_ts
      e1           | 1       | 1700          | 2026-03-06 09:00:00 | 2026-03-06 09:00:00
      e1           | 2       | 300           | 2026-03-09 09:00:00 | 2026-03-11 09:00:00
    `,
  });
  expect(
    await lines(
      `select start_date::varchar, end_date::varchar, gross_cents from core.account_stretch where entered_by = 'reopened'`,
    ),
  ).toEqual(['2026-03-09 2026-03-11 200000']);
});

test('past the bill hold only after that many whole days; a setting stands in; else it is not known', async () => {
  const of = (hold: string, setting = '') =>
    build({
      encounter: `encounter_id | patient_key | facility_id | patient_class | discharge_ts\n e1 | p1 | north | ed | 2026-03-01 23:00:00`,
      billing: `encounter_id | bill_no | gross_charges | bill_hold_days\n e1 | 1 | 100 | ${hold}`,
      metric_setting: `name | value\n${setting}`,
    });
  const own = await of('4', 'bill_hold_days | 9');
  expect(await own.metric('dnfb_past_hold_accounts', '2026-03-05')).toBe(0);
  expect(await own.metric('dnfb_past_hold_accounts', '2026-03-06')).toBe(1);
  expect(await own.metric('dnfb_past_hold_dollars', '2026-03-06')).toBe(100);
  const set = await of('', 'bill_hold_days | 9');
  expect(await set.metric('dnfb_past_hold_accounts', '2026-03-10')).toBe(0);
  expect(await set.metric('dnfb_past_hold_accounts', '2026-03-11')).toBe(1);
  const untold = await of('');
  expect(await untold.metric('dnfb_past_hold_accounts', '2026-03-15')).toBe(0);
  expect(await untold.lines('select is_past_hold from core.account_stretch')).toEqual(['-']);
});

test('revenue from posted charges is known with the 90th day, of monthly totals with the third month', async () => {
  const encounter = `
    encounter_id | patient_key | facility_id | patient_class | admit_ts | discharge_ts
    e1 | p1 | north | inpatient | 2025-12-01 00:00:00 | 2025-12-10 00:00:00`;
  const billing = 'encounter_id | bill_no | gross_charges\n e1 | 1 | 900';
  const posted = await build({
    encounter,
    billing,
    charge_event: 'charge_event_id | encounter_id | posted_ts | amount_cents\n c1 | e1 | 2025-12-02 00:00:00 | 90000',
  });
  expect(await posted.metric('dnfb_days', '2026-02-28')).toBeNull(); // the 89th day
  expect(await posted.metric('dnfb_days', '2026-03-01')).toBe(90); // 900 ÷ (900 ÷ 90)
  expect(await posted.metric('dnfb_days', '2026-03-02')).toBeNull(); // nothing posted within 90 days: no denominator
  const stat = await build({
    encounter,
    billing,
    period_stat: `
      facility_id | month | gross_patient_revenue
      north | 2025-10-01 | 31000
      north | 2025-11-01 | 30000
      north | 2025-12-01 | 31000
      north | 2026-02-01 | 28000`,
  });
  expect(await stat.metric('dnfb_days', '2025-12-31')).toBeNull();
  expect(await stat.metric('dnfb_days', '2026-01-01')).toBe(900 / 1000); // October to December: 92,000 over 92 days
  expect(await stat.metric('dnfb_days', '2026-02-01')).toBeNull(); // January is missing
  expect(await stat.lines(`select distinct revenue_source from mart.unbilled_facility_day`)).toEqual(['stat']);
});

test('left out and counted: combined, voided, billed without a date; a facility without bills is silent', async () => {
  const { lines, broken } = await build({
    encounter: `
      encounter_id | patient_key | facility_id | patient_class | discharge_ts
      combined     | p1          | north       | ed            | 2026-03-01 12:00:00
      voided       | p2          | north       | ed            | 2026-03-01 12:00:00
      undated      | p3          | north       | ed            | 2026-03-01 12:00:00
      rebilled     | p4          | north       | ed            | 2026-03-01 12:00:00
      one day      | p5          | north       | ed            | 2026-03-01 12:00:00
      in house     | p6          | north       | ed            |
      silent       | p7          | south       | ed            | 2026-03-01 12:00:00
      no bill      | p8          | north       | ed            | 2026-03-01 12:00:00
    `,
    billing: `
      encounter_id | bill_no | gross_charges | bill_status | final_billed_ts
      combined     | 1       | 1             | combined    |
      voided       | 1       | 1             | voided      | 2026-03-03 00:00:00
      undated      | 1       | 1             | billed      |
      rebilled     | 1       | 1             | voided      | 2026-03-03 00:00:00
      rebilled     | 2       | 1             | billed      | 2026-03-05 00:00:00
      one day      | 1       | 1             | billed      | 2026-03-01 23:00:00
      in house     | 1       | 1             | open        |
    `,
  });
  expect(
    await lines(
      `select account_id || ':', start_date::varchar, end_date::varchar from core.account_stretch order by 1`,
    ),
  ).toEqual(['no bill: 2026-03-01 -', 'rebilled: 2026-03-01 2026-03-03']);
  expect(broken).toEqual({ account_left_out: 2, bill_without_date: 1, unbilled_without_charges: 1 });
  expect(await lines(`select distinct facility_id from mart.unbilled_facility_day`)).toEqual(['north']);
});

test('an account of two encounters is discharged when neither is in house; its charges are one', async () => {
  const { lines, broken } = await build({
    encounter: `
      encounter_id | account_id | patient_key | facility_id | patient_class | admit_ts            | discharge_ts
      e1           | a1         | p1          | north       | ed            | 2026-03-01 08:00:00 | 2026-03-01 12:00:00
      e2           | a1         | p1          | north       | inpatient     | 2026-03-04 08:00:00 | 2026-03-06 12:00:00
    `,
    billing: 'encounter_id | bill_no | gross_charges | final_billed_ts\n e2 | 1 | 300 | 2026-03-08 00:00:00',
    charge_event: `
      charge_event_id | encounter_id | posted_ts           | amount_cents
      c1              | e1           | 2026-03-01 00:00:00 | 10000
      c2              | e2           | 2026-03-05 00:00:00 | 20000`,
  });
  expect(
    await lines(
      `select start_date::varchar, end_date::varchar, gross_cents, entered_by, left_by from core.account_stretch order by 1`,
    ),
  ).toEqual(['2026-03-01 2026-03-04 10000 discharged closed', '2026-03-06 2026-03-08 30000 discharged billed']);
  expect(await lines(`select patient_class, sum(dnfb_count)::int from mart.unbilled_day group by 1`)).toEqual(['ed 5']);
  expect(broken).toEqual({});
});

const held = (holds: string) =>
  build({
    encounter: `encounter_id | patient_key | facility_id | patient_class | discharge_ts\n e1 | p1 | north | ed | 2026-03-01 12:00:00`,
    billing: 'encounter_id | bill_no | gross_charges\n e1 | 1 | 100',
    billing_hold: `encounter_id | reason_code | owner | start_ts | end_ts\n${holds}`,
  });

test('of several holds the oldest stands; each counts its own days', async () => {
  const { lines, metric, broken } = await held(`
    e1 | EDIT | payer    | 2026-03-03 08:00:00 | 2026-03-09 08:00:00
    e1 | DOC  | provider | 2026-03-02 08:00:00 | 2026-03-05 08:00:00
    e1 | DAY  | HIM      | 2026-03-02 07:00:00 | 2026-03-02 09:00:00`);
  expect(
    await lines(`select substr(start_date::varchar, 9) as d, owner, reason from core.account_stretch order by 1`),
  ).toEqual(['01 - -', '02 provider DOC', '05 payer EDIT', '09 - -']);
  // DOC at the ends of the 2nd to 4th, EDIT of the 3rd to 8th, DAY of none.
  expect(await metric('hold_days')).toBe(3 + 6);
  expect(await metric('hold_days', null, { reason: ['EDIT'] })).toBe(6);
  expect(await metric('held_accounts', '2026-03-04')).toBe(2);
  expect(await metric('held_accounts', '2026-03-05')).toBe(1);
  expect(await metric('held_accounts')).toBe(0);
  expect(broken).toEqual({});
});

test('holds of one reason that overlap count once, and are a finding; those that touch are none', async () => {
  const over = await held(`
    e1 | DOC | provider | 2026-03-02 08:00:00 | 2026-03-05 08:00:00
    e1 | DOC | provider | 2026-03-04 08:00:00 | 2026-03-07 08:00:00`);
  expect(await over.metric('hold_days')).toBe(5);
  expect(over.broken).toEqual({ hold_overlap: 1 });
  const next = await held(`
    e1 | DOC | provider | 2026-03-02 08:00:00 | 2026-03-05 08:00:00
    e1 | DOC | provider | 2026-03-05 08:00:00 | 2026-03-07 08:00:00`);
  expect(next.broken).toEqual({});
});

test('bad input is named', async () => {
  const { broken } = await build({
    encounter: `
      encounter_id | account_id | patient_key | facility_id | patient_class | admit_ts            | discharge_ts
      early        |            | p1          | north       | ed            | 2026-03-01 08:00:00 | 2026-03-05 12:00:00
      credit       |            | p2          | north       | ed            | 2026-03-01 08:00:00 | 2026-03-05 12:00:00
      here         | a1         | p3          | north       | ed            | 2026-03-01 08:00:00 | 2026-03-05 12:00:00
      there        | a1         | p3          | south       | ed            | 2026-03-01 09:00:00 | 2026-03-05 12:00:00
    `,
    billing: `
      encounter_id | bill_no | gross_charges | final_billed_ts
      early        | 1       | 1             | 2026-03-04 00:00:00
      unknown      | 1       | 1             | 2026-03-04 00:00:00
    `,
    billing_hold: 'encounter_id | reason_code | owner | start_ts\n unknown | DOC | HIM | 2026-03-04 00:00:00',
    charge_event: `
      charge_event_id | encounter_id | posted_ts           | amount_cents
      c1              | credit       | 2026-03-02 00:00:00 | -5
      c2              | unknown      | 2026-03-02 00:00:00 | 5
    `,
  });
  expect(broken).toEqual({
    account_balance_negative: 1,
    account_of_two_facilities: 1,
    bill_before_discharge: 1,
    orphan_billing: 1,
    orphan_charge: 1,
    orphan_hold: 1,
    unbilled_without_charges: 1,
  });
});

test('the forecast: what is left of today’s stock, and of discharges to come', async () => {
  // Of the four that were watched to day 2 two went out then: S(0) = S(1) = 1, S(2) = 1/2.
  const { lines, metric } = await build({
    source: 'source_id | timezone | is_instant | as_of_ts\n test | UTC | false | 2026-03-30 00:00:00',
    encounter: `
      encounter_id | patient_key | facility_id | patient_class | discharge_ts
      old          | p1          | north       | ed            | 2025-12-01 12:00:00
      e1           | p2          | north       | ed            | 2026-03-20 12:00:00
      e2           | p3          | north       | ed            | 2026-03-20 12:00:00
      e3           | p4          | north       | ed            | 2026-03-21 12:00:00
      new          | p5          | north       | ed            | 2026-03-28 12:00:00
    `,
    billing: `
      encounter_id | bill_no | gross_charges | final_billed_ts
      old          | 1       | 100           | 2025-12-03 12:00:00
      e1           | 1       | 100           | 2026-03-22 12:00:00
      e2           | 1       | 100           |
      e3           | 1       | 100           |
      new          | 1       | 100           |
    `,
  });
  expect(
    await lines(
      'select age_days, at_risk_count, billed_count from mart.discharge_to_bill where age_days <= 2 order by 1',
    ),
  ).toEqual(['0 5 0', '1 5 0', '2 4 2']);
  // Of the last 90 days 4 came in: 4/90 a day. e2 and e3 stay; `new` is 1 day old on the 29th.
  expect(
    await lines(
      `select forecast_date::varchar, kept_count, round(new_count * 90, 9), kept_dollars from mart.dnfb_forecast order by 1`,
    ),
  ).toEqual([
    '2026-03-30 2.5 4 250', // new: 2 days old, half left; 4 new ones, all left
    '2026-03-31 2.5 8 250',
  ]);
  // At the month's end: 250 kept, and of 400 dollars in 90 days those of two days, all left.
  expect(await metric('dnfb_forecast')).toBeCloseTo(250 + (2 * 400) / 90, 9);
});

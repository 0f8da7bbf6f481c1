import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answersBy, ask } from '../support/ask.ts';
import { rows } from '../support/warehouse.ts';
import { dayOf, moment } from './calendar.ts';
import { ACCOUNTS_AS_OF, knownBy, randomAccounts, together, type Accounts } from './random-accounts.ts';
import type { Row } from './random-hospital.ts';
import { drawn } from './drawn.ts';
import { billingTurnaround, forecast, heldOn, unbilledMeasures, unbilledOn } from './unbilled.ts';

const HOSPITALS = 1000;
const hospitals = randomAccounts(HOSPITALS);
const nameOf = (hospital: Accounts): string => String(hospital.encounter[0]!.facility_id);
const iso = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10);
const LAST_DAY = dayOf(ACCOUNTS_AS_OF) - 1;
const ON = dayOf('2026-04-19 00:00:00');

const buildOf = async (extracts: Accounts, asOf: string) => {
  const raw = Object.fromEntries(Object.entries(extracts).map(([name, extract]) => [name, drawn(extract)]));
  const source = `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${asOf}`;
  const asking = await ask({ source, ...raw });
  const by = (metrics: readonly string[], day: number | null = null) =>
    answersBy(asking, metrics, 'facility', day === null ? {} : { asOf: iso(day) });
  return { ...asking, by };
};

type Built = Awaited<ReturnType<typeof buildOf>>;

const expectSame = (found: unknown, expected: number | null, what: string): void => {
  if (expected === null) expect(found ?? null, what).toBeNull();
  else expect(found ?? 0, what).toBeCloseTo(expected, 7);
};

describe(`${HOSPITALS} random small hospitals`, () => {
  let built: Built;
  beforeAll(async () => {
    built = await buildOf(together(hospitals), ACCOUNTS_AS_OF);
  }, 120_000);
  afterAll(() => built.close());

  test('no promise is broken', () => {
    const broken = built.asserts.filter(({ severity, violations }) => severity === 'fatal' && violations > 0);
    // Some encounters are drawn without their admission, which the gate would refuse.
    expect(broken.map(({ name }) => name)).toEqual(['encounter_has_admission']);
  });

  test('the random hospitals hold every kind of bad row', () => {
    const found = new Map(built.asserts.map(({ name, violations }) => [name, violations]));
    for (const name of ['account_left_out', 'bill_without_date', 'bill_before_discharge', 'hold_overlap'])
      expect(found.get(name), name).toBeGreaterThan(0);
    expect(found.get('account_balance_negative')).toBeGreaterThan(0);
  });

  test('stocks on every day', async () => {
    const found = new Map(
      (
        await rows(
          built.connection,
          `select stock_date::varchar as day, facility_id, sum(dnfb_count) as dnfb_count, sum(dnfb_dollars) as dnfb, sum(dnfc_count) as dnfc_count,
             sum(dnfc_dollars) as dnfc, sum(fbns_count) as fbns_count, sum(fbns_dollars) as fbns, sum(past_hold_count) as past, sum(him_dollars) as him
           from mart.unbilled_day group by all`,
        )
      ).map((row) => [`${row.day} ${row.facility_id}`, row]),
    );
    for (const hospital of hospitals)
      for (let day = LAST_DAY - 110; day <= LAST_DAY; day += 3) {
        const stock = unbilledOn(hospital, day);
        const { dnfb_count, dnfb, dnfc_count, dnfc, fbns_count, fbns, past, him } =
          found.get(`${iso(day)} ${nameOf(hospital)}`) ?? {};
        const told = [dnfb_count, dnfb, dnfc_count, dnfc, fbns_count, fbns, past, him].map((one) => Number(one ?? 0));
        const { dnfb_cents, available_cents, unavailable_cents, fbns_cents, him_cents } = stock;
        expect(
          told.map((one) => Math.round(one * 100)),
          `${nameOf(hospital)} ${iso(day)}`,
        ).toEqual([
          ...[stock.dnfb_count * 100, dnfb_cents, stock.dnfc_count * 100, available_cents + unavailable_cents],
          ...[stock.fbns_count * 100, fbns_cents, stock.past_count * 100, him_cents],
        ]);
      }
  });

  test.each([LAST_DAY, ON])('metrics by facility, as of day %i', async (day) => {
    const metrics = Object.keys(unbilledMeasures(hospitals[0]!, day));
    const found = await built.by(metrics, day);
    for (const hospital of hospitals)
      for (const [metric, value] of Object.entries(unbilledMeasures(hospital, day)))
        expectSame(found(metric, nameOf(hospital)), value, `${metric} ${nameOf(hospital)}`);
  });

  test('turnaround by facility', async () => {
    const found = await built.by(Object.keys(billingTurnaround(hospitals[0]!)));
    for (const hospital of hospitals)
      for (const [metric, value] of Object.entries(billingTurnaround(hospital)))
        expectSame(found(metric, nameOf(hospital)), value, `${metric} ${nameOf(hospital)}`);
  });

  test('holds by facility: accounts on the last day, days over all of them', async () => {
    const found = await built.by(['held_accounts', 'hold_days']);
    for (const hospital of hospitals) {
      const days = Array.from({ length: 140 }, (_, back) => heldOn(hospital, LAST_DAY - back));
      expectSame(found('held_accounts', nameOf(hospital)), days[0]!, `held ${nameOf(hospital)}`);
      expectSame(
        found('hold_days', nameOf(hospital)),
        days.reduce((total, held) => total + held, 0),
        `days ${nameOf(hospital)}`,
      );
    }
  });

  test('ages at the last week’s end', async () => {
    const found = await rows(
      built.connection,
      `select age_bucket, sum(account_count) as n from mart.unbilled_snapshot where stock_date = '2026-04-19' group by age_bucket order by age_bucket`,
    );
    const ages = hospitals.flatMap((hospital) => unbilledOn(hospital, ON).ages);
    const classes = {
      '0-3': [0, 3],
      '4-7': [4, 7],
      '8-14': [8, 14],
      '15-30': [15, 30],
      '31-60': [31, 60],
      '61-90': [61, 90],
    };
    for (const [name, [from, to]] of Object.entries(classes))
      expect(found.find(({ age_bucket }) => age_bucket === name)?.n ?? 0, name).toBe(
        ages.filter((age) => age >= from! && age <= to!).length,
      );
  });

  test('the forecast of the last day ahead', async () => {
    const told = await rows(
      built.connection,
      `select * from mart.dnfb_forecast where forecast_date = (select max(forecast_date) from mart.dnfb_forecast)`,
    );
    const [ahead] = await rows(
      built.connection,
      `select date_diff('day', date '${iso(LAST_DAY)}', max(forecast_date)) as days, (select min(day) from core.unbilled_day)::varchar as first
       from mart.dnfb_forecast`,
    );
    const found = new Map(told.map((row) => [row.facility_id, row]));
    const first = dayOf(`${ahead!.first} 00:00:00`);
    expect(ahead!.days).toBe(21); // 10 May to 31 May
    for (const hospital of hospitals) {
      const expected = forecast(hospital, LAST_DAY, first, 21);
      const row = found.get(nameOf(hospital));
      if (expected === null) expect(row, nameOf(hospital)).toBeUndefined();
      else
        for (const [name, value] of Object.entries(expected))
          expectSame(row?.[name], value, `${name} ${nameOf(hospital)}`);
    }
  });

  test('the order of rows, and rows out of scope, change nothing', async () => {
    const some = together(hospitals.slice(0, 60));
    const turned = Object.fromEntries(
      Object.entries(some).map(([name, extract]) => [name, extract.toReversed()]),
    ) as Record<keyof Accounts, Row[]>;
    const like = (row: Row, given: Row): Row => ({ ...row, ...given });
    turned.billing.push(like(some.billing[0]!, { encounter_id: 'nobody' }));
    turned.charge_event.push(like(some.charge_event[0]!, { encounter_id: 'nobody', charge_event_id: 'none' }));
    turned.billing_hold.push(like(some.billing_hold[0]!, { encounter_id: 'nobody' }));
    turned.encounter.push(
      like(some.encounter[0]!, { encounter_id: 'elsewhere', account_id: null, facility_id: 'elsewhere' }),
    );
    const other = await buildOf(turned, ACCOUNTS_AS_OF);
    const metrics = [
      ...Object.keys(unbilledMeasures(hospitals[0]!, ON)),
      ...Object.keys(billingTurnaround(hospitals[0]!)),
      ...['hold_days', 'dnfb_discharged', 'dnfb_billed', 'dnfb_reopened', 'dnfb_closed', 'dnfb_charge_change'],
    ];
    const [one, two] = [await built.by(metrics), await other.by(metrics)];
    for (const hospital of hospitals.slice(0, 60))
      for (const metric of metrics) expect(two(metric, nameOf(hospital)), metric).toBe(one(metric, nameOf(hospital)));
    await other.close();
  });

  test('a past day is what it was: as loaded with only what was known then', async () => {
    const until = `${iso(ON + 1)} 00:00:00`;
    const then = hospitals.slice(0, 400).map((hospital) => knownBy(hospital, until));
    const early = await buildOf(together(then), until);
    // Compared where the same feeds had arrived, and no later encounter brought its account a bill.
    const feeds = (hospital: Accounts): string =>
      [
        ...[hospital.billing, hospital.coding_event, hospital.billing_hold, hospital.charge_event].map(
          ({ length }) => length > 0,
        ),
        hospital.billing.some(({ submitted_ts }) => submitted_ts !== null),
        hospital.period_stat.length > 0,
        hospital.encounter.filter(({ account_id }) => account_id !== null).length,
      ].join();
    const metrics = Object.keys(unbilledMeasures(hospitals[0]!, ON));
    const [now, before] = [await built.by(metrics, ON), await early.by(metrics)];
    const compared = hospitals.slice(0, 400).filter((hospital, i) => feeds(hospital) === feeds(then[i]!));
    expect(compared.length).toBeGreaterThan(100);
    for (const hospital of compared)
      for (const metric of metrics)
        expectSame(
          now(metric, nameOf(hospital)),
          before(metric, nameOf(hospital)) as number | null,
          `${metric} ${nameOf(hospital)}`,
        );
    expect(moment(until)).toBeLessThan(moment(ACCOUNTS_AS_OF));
    await early.close();
  }, 120_000);
});

import { drawFrom, type Draw } from './chance.ts';
import type { Row } from './random-hospital.ts';

/** Extracts that tell of unbilled accounts. */
export type AccountExtract = 'encounter' | 'coding_event' | 'billing' | 'billing_hold' | 'charge_event' | 'period_stat';

export type Accounts = Readonly<Record<AccountExtract, readonly Row[]>>;

/** Up to when its extracts speak: the first moment they no longer tell of. */
export const ACCOUNTS_AS_OF = '2026-05-11 00:00:00';
/** Moment at which the first patient may come in. */
const START = Date.UTC(2026, 0, 20);
const END = Date.UTC(2026, 4, 11);
const HOUR = 3_600_000;

const write = (at: number | null): string | null =>
  at === null || at >= END ? null : new Date(at).toISOString().slice(0, 19).replace('T', ' ');

/** Of few hours, so that moments and days often coincide. */
const hours = (draw: Draw, from: number, to: number): number => draw.whole(from * 4, to * 4) * 6 * HOUR;

const codingOf = (draw: Draw, id: string, left: number): Row[] => {
  let at = left + hours(draw, -1, 3);
  const events = draw.one([
    [],
    ['coding_ready'],
    ['coding_ready', 'final_coded'],
    ['coding_ready', 'on_hold', 'in_progress', 'final_coded'],
    ['coding_ready', 'final_coded', 'reopened', 'recoded'],
    ['coding_ready', 'final_coded', 'reopened'],
    ['final_coded', 'reopened', 'reopened', 'final_coded'],
  ]);
  return events.flatMap((event, i) => {
    const [event_ts, event_no] = [write(at), i + 1];
    at += hours(draw, 0, event === 'final_coded' ? 30 : 4);
    return event_ts === null ? [] : [{ encounter_id: id, event, event_ts, event_no }];
  });
};

const billsOf = (draw: Draw, id: string, left: number): Row[] => {
  let at = left + hours(draw, -1, 14);
  return Array.from({ length: draw.one([0, 1, 1, 1, 2, 2, 3]) }, (_, i) => {
    const final = draw.maybe(0.85) ? write(at) : null;
    const first = draw.maybe(0.3) ? write(at - hours(draw, 0, 5)) : final;
    const submitted = final !== null && draw.maybe(0.7) ? write(at + hours(draw, 0, 6)) : null;
    at += hours(draw, 0, 20);
    return {
      encounter_id: id,
      bill_no: i + 1,
      gross_charges: draw.whole(1, 900_000) / 100,
      first_billed_ts: first,
      final_billed_ts: final,
      submitted_ts: submitted,
      bill_status: draw.one([
        null,
        null,
        null,
        null,
        'open',
        'discharged_not_billed',
        draw.one(['voided', 'combined', 'billed']),
      ]),
      bill_hold_days: draw.one([null, 3, 4, 5]),
    };
  });
};

const holdsOf = (draw: Draw, id: string, left: number): Row[] => {
  const drawn = Array.from({ length: draw.one([0, 0, 1, 2, 3]) }, () => {
    const start = left + hours(draw, -1, 12);
    return {
      encounter_id: id,
      reason_code: draw.one(['DOC', 'EDIT', 'AUTH']),
      owner: draw.one(['HIM', 'provider', 'payer']),
      start_ts: write(start),
      end_ts: draw.maybe(0.8) ? write(start + hours(draw, 0, 9)) : null,
      amount: null,
    };
  }).filter(({ start_ts }) => start_ts !== null);
  const keys = drawn.map(({ reason_code, start_ts }) => `${reason_code} ${start_ts}`);
  return drawn.filter((_, i) => keys.indexOf(keys[i]!) === i);
};

const chargesOf = (draw: Draw, id: string, left: number): Row[] =>
  Array.from({ length: draw.one([0, 1, 2, 3, 4]) }, (_, i) => ({
    charge_event_id: `${id}-${i}`,
    encounter_id: id,
    posted_ts: write(left + hours(draw, -4, 15)),
    amount_cents: draw.whole(-20_000, 500_000),
  })).filter(({ posted_ts }) => posted_ts !== null);

/** One small hospital: a facility whose id is its number. Some feeds never arrive. */
const hospitalOf = (number: number): Accounts => {
  const draw = drawFrom(number * 7919 + 13);
  const facility = `h${String(number).padStart(4, '0')}`;
  const sends = {
    bills: draw.maybe(0.95),
    coding: draw.maybe(0.85),
    holds: draw.maybe(0.7),
    charges: draw.maybe(0.75),
  };
  const left = new Map<string, number>();
  const encounter = Array.from({ length: draw.whole(3, 8) }, (_, i): Row => {
    const out = START + hours(draw, 0, 105);
    const id = `${facility}e${i}`;
    left.set(id, out);
    return {
      encounter_id: id,
      patient_key: `${facility}p${i % 4}`,
      account_id: draw.maybe(0.35) ? `${facility}a${draw.whole(0, 1)}` : null,
      facility_id: facility,
      patient_class: draw.one(['inpatient', 'ed', 'outpatient_surgery']),
      admit_ts: draw.maybe(0.9) ? write(out - hours(draw, 0, 9)) : null,
      discharge_ts: draw.maybe(0.93) ? write(out) : null,
      total_charges: draw.maybe(0.8) ? draw.whole(1, 900_000) / 100 : null,
    };
  });
  const each = (sent: boolean, of: (draw: Draw, id: string, left: number) => Row[]): Row[] =>
    sent ? [...left].flatMap(([id, out]) => of(draw, id, out)) : [];
  const stat = draw.maybe(0.4) ? ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01'] : [];
  return {
    encounter,
    coding_event: each(sends.coding, codingOf),
    billing: each(sends.bills, billsOf),
    billing_hold: each(sends.holds, holdsOf),
    charge_event: each(sends.charges, chargesOf),
    period_stat: stat
      .filter(() => draw.maybe(0.95))
      .map((month) => ({ facility_id: facility, month, gross_patient_revenue: draw.whole(0, 9_000_000) / 100 })),
  };
};

/** So many small hospitals that have nothing to do with each other. */
export const randomAccounts = (count: number): readonly Accounts[] =>
  Array.from({ length: count }, (_, number) => hospitalOf(number));

/** Their extracts, one below the other. */
export const together = (hospitals: readonly Accounts[]): Accounts => {
  const all = (name: AccountExtract): readonly Row[] => hospitals.flatMap((hospital) => hospital[name]);
  return {
    encounter: all('encounter'),
    coding_event: all('coding_event'),
    billing: all('billing'),
    billing_hold: all('billing_hold'),
    charge_event: all('charge_event'),
    period_stat: all('period_stat'),
  };
};

/** What had arrived at the end of a day: later moments are not there yet, nor are rows that begin with one. */
export const knownBy = (all: Accounts, until: string): Accounts => {
  const seen = (value: unknown): boolean => value !== null && String(value) < until;
  const blank = (row: Row): Row =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, name.endsWith('_ts') && !seen(value) ? null : value]),
    );
  const came = ({ admit_ts, discharge_ts }: Row): boolean =>
    seen(admit_ts) || seen(discharge_ts) || (admit_ts === null && discharge_ts === null);
  const encounter = all.encounter.filter(came).map(blank);
  const ids = new Set(encounter.map(({ encounter_id }) => encounter_id));
  const here = (rows: readonly Row[]): readonly Row[] => rows.filter(({ encounter_id }) => ids.has(encounter_id));
  return {
    encounter,
    coding_event: here(all.coding_event).filter(({ event_ts }) => seen(event_ts)),
    // A bill that was not out yet was not said to be out.
    billing: here(all.billing).map((row) =>
      row.bill_status === 'billed' && row.final_billed_ts !== null && !seen(row.final_billed_ts)
        ? { ...blank(row), bill_status: 'open' }
        : blank(row),
    ),
    billing_hold: here(all.billing_hold)
      .filter(({ start_ts }) => seen(start_ts))
      .map(blank),
    charge_event: here(all.charge_event).filter(({ posted_ts }) => seen(posted_ts)),
    period_stat: all.period_stat.filter(({ month }) => String(month).slice(0, 7) < until.slice(0, 7)),
  };
};

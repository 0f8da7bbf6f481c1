import { dayOf, daysBetween, moment, monthOf } from './calendar.ts';
import { quantile, survivalQuantile, type Watched } from './quantile.ts';
import { ACCOUNTS_AS_OF, type Accounts } from './random-accounts.ts';
import type { Row } from './random-hospital.ts';

const text = (row: Row, name: string): string | null => (row[name] ?? null) as string | null;
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const cents = (dollars: unknown): number => Math.round(Number(dollars) * 100);
const FAR = Number.MAX_SAFE_INTEGER;
const orFar = (value: number): number => (Number.isNaN(value) ? FAR : value);

/** What is billed together, and everything told of it. */
interface Account {
  readonly encounters: readonly Row[];
  readonly bills: readonly Row[];
  readonly finals: readonly Row[];
  readonly holds: readonly Row[];
  readonly charges: readonly Row[];
  readonly codings: readonly Row[];
  readonly firstDischarge: number;
  readonly isLeftOut: boolean;
}

const order = <T>(rows: readonly T[], ...keys: readonly ((row: T) => number | string)[]): T[] =>
  rows.toSorted((a, b) => {
    for (const key of keys) {
      const [x, y] = [key(a), key(b)];
      if (x !== y) return x < y ? -1 : 1;
    }
    return 0;
  });

const accountsOf = (hospital: Accounts): Account[] =>
  [...Map.groupBy(hospital.encounter, (row) => row.account_id ?? row.encounter_id).values()].map((encounters) => {
    const ids = new Set(encounters.map(({ encounter_id }) => encounter_id));
    const own = (rows: readonly Row[]): Row[] => rows.filter(({ encounter_id }) => ids.has(encounter_id));
    const bills = own(hospital.billing);
    const out = ['billed', 'zero_balance', 'bad_debt', 'closed'];
    const status = bills.map((bill) => text(bill, 'bill_status') ?? '');
    return {
      encounters,
      bills,
      finals: order(
        bills.filter(({ final_billed_ts }) => final_billed_ts !== null),
        (bill) => moment(text(bill, 'final_billed_ts')),
        (bill) => Number(bill.bill_no),
        (bill) => String(bill.encounter_id),
      ),
      holds: own(hospital.billing_hold),
      charges: own(hospital.charge_event),
      codings: own(hospital.coding_event),
      firstDischarge: Math.min(...encounters.map((row) => orFar(dayOf(text(row, 'discharge_ts'))))),
      isLeftOut:
        status.includes('combined') ||
        (bills.length > 0 && status.every((one) => one === 'voided')) ||
        bills.some((bill, i) => bill.final_billed_ts === null && out.includes(status[i]!)),
    };
  });

/** Whether coding stood reopened, or a later bill begun, at the end of a day after the first final bill. */
const isReopened = ({ finals, codings, bills }: Account, day: number): boolean => {
  const first = moment(text(finals[0]!, 'final_billed_ts'));
  const steps = [
    ...codings
      .filter((row) => ['reopened', 'final_coded', 'recoded'].includes(String(row.event)))
      .map((row) => ({ at: moment(text(row, 'event_ts')), opens: row.event === 'reopened' ? 0 : 1 }))
      .filter(({ at }) => at > first),
    ...finals.slice(1).map((bill) => ({ at: moment(text(bill, 'final_billed_ts')), opens: 1 })),
  ].filter(({ at }) => Math.floor(at / 86_400_000) <= day);
  const last = order(
    steps,
    ({ at }) => at,
    ({ opens }) => opens,
  ).at(-1);
  const begun = bills.some(
    (bill) =>
      bill.bill_status !== 'voided' &&
      moment(text(bill, 'first_billed_ts')) > first &&
      dayOf(text(bill, 'first_billed_ts')) <= day &&
      orFar(dayOf(text(bill, 'final_billed_ts'))) > day,
  );
  return last?.opens === 0 || begun;
};

const isInHouse = ({ encounters, firstDischarge }: Account, day: number): boolean =>
  encounters.length > 1 &&
  encounters.some((row) => {
    const left = dayOf(text(row, 'discharge_ts'));
    const came = row.admit_ts === null ? (Number.isNaN(left) ? firstDischarge : left) : dayOf(text(row, 'admit_ts'));
    return came <= day && orFar(left) > day;
  });

const codingOf = ({ encounters, codings }: Account, day: number): 'coded' | 'available' | 'unavailable' => {
  const states = encounters
    .filter((row) => dayOf(text(row, 'discharge_ts')) <= day)
    .map((encounter) => {
      const told = codings.filter(
        (row) => row.encounter_id === encounter.encounter_id && dayOf(text(row, 'event_ts')) <= day,
      );
      const last = order(
        told,
        (row) => moment(text(row, 'event_ts')),
        (row) => Number(row.event_no),
      ).at(-1)?.event;
      if (last === undefined || last === 'on_hold') return 'unavailable';
      return last === 'final_coded' || last === 'recoded' ? 'coded' : 'available';
    });
  return states.includes('unavailable') ? 'unavailable' : states.includes('available') ? 'available' : 'coded';
};

/** What arrives of a hospital. */
const feedsOf = (hospital: Accounts) => ({
  bills: hospital.billing.length > 0,
  coding: hospital.coding_event.length > 0,
  holds: hospital.billing_hold.length > 0,
  charges: hospital.charge_event.length > 0,
  submissions: hospital.billing.some(({ submitted_ts }) => submitted_ts !== null),
});

const chargesBy = (hospital: Accounts, account: Account, day: number): number => {
  if (hospital.charge_event.length > 0)
    return sum(
      account.charges.filter((row) => dayOf(text(row, 'posted_ts')) <= day).map((row) => Number(row.amount_cents)),
    );
  const firstBill = (id: unknown): Row | undefined =>
    order(
      account.bills.filter(({ encounter_id }) => encounter_id === id),
      (bill) => Number(bill.bill_no),
    )[0];
  const billed = account.encounters
    .map(({ encounter_id }) => firstBill(encounter_id))
    .filter((bill) => bill !== undefined);
  if (billed.length > 0) return sum(billed.map((bill) => cents(bill.gross_charges)));
  return sum(account.encounters.map(({ total_charges }) => cents(total_charges ?? 0)));
};

/** Days of the bill hold: of the lowest bill number that tells them, the most where several encounters have it. */
const holdDaysOf = ({ bills }: Account): number | null => {
  const told = order(
    bills.filter(({ bill_hold_days }) => bill_hold_days !== null),
    (bill) => Number(bill.bill_no),
  );
  return told.length === 0
    ? null
    : Math.max(
        ...told.filter(({ bill_no }) => bill_no === told[0]!.bill_no).map((bill) => Number(bill.bill_hold_days)),
      );
};

/** How an account stood at the end of a day; null where it was not unbilled. */
const standingOf = (hospital: Accounts, account: Account, day: number) => {
  if (account.isLeftOut || account.firstDischarge > day || isInHouse(account, day)) return null;
  const isBilled = account.finals.some((bill) => dayOf(text(bill, 'final_billed_ts')) <= day);
  if (isBilled && !isReopened(account, day)) return null;
  const feeds = feedsOf(hospital);
  const coding = feeds.coding ? codingOf(account, day) : null;
  const discharged = Math.max(
    ...account.encounters.map((row) => dayOf(text(row, 'discharge_ts'))).filter((left) => left <= day),
  );
  const days = holdDaysOf(account);
  const isPastHold = days === null ? null : day - discharged > days;
  const hold = order(
    account.holds.filter((row) => dayOf(text(row, 'start_ts')) <= day && orFar(dayOf(text(row, 'end_ts'))) > day),
    (row) => moment(text(row, 'start_ts')),
    (row) => String(row.reason_code),
    (row) => String(row.owner),
  )[0];
  const unheld = { available: 'HIM', unavailable: 'provider', coded: isPastHold === false ? 'system' : null };
  return {
    cents: chargesBy(hospital, account, day),
    coding,
    isPastHold,
    owner: hold ? String(hold.owner) : coding === null ? null : unheld[coding],
    age: day - discharged,
  };
};

/** Cents of the bill that waits for its payer at the end of a day; null of none. */
const waitingOf = (account: Account, day: number): number | null => {
  if (account.isLeftOut || account.firstDischarge > day) return null;
  const last = account.finals.findLast((bill) => dayOf(text(bill, 'final_billed_ts')) <= day);
  if (last === undefined || last.bill_status === 'voided' || isReopened(account, day)) return null;
  return orFar(dayOf(text(last, 'submitted_ts'))) > day ? cents(last.gross_charges) : null;
};

/** Stocks of a hospital at the end of a day. */
export const unbilledOn = (hospital: Accounts, day: number) => {
  const feeds = feedsOf(hospital);
  const accounts = feeds.bills ? accountsOf(hospital) : [];
  const standing = accounts.flatMap((account) => standingOf(hospital, account, day) ?? []);
  const waiting = feeds.submissions ? accounts.flatMap((account) => waitingOf(account, day) ?? []) : [];
  const of = (state: string): typeof standing => standing.filter(({ coding }) => coding === state);
  const total = (some: typeof standing): number => sum(some.map((one) => one.cents));
  const past = standing.filter(({ isPastHold }) => isPastHold === true);
  return {
    dnfb_count: standing.length,
    dnfb_cents: total(standing),
    available_cents: total(of('available')),
    unavailable_cents: total(of('unavailable')),
    dnfc_count: of('available').length + of('unavailable').length,
    fbns_count: waiting.length,
    fbns_cents: sum(waiting),
    past_count: past.length,
    past_cents: total(past),
    him_cents: total(standing.filter(({ owner }) => owner === 'HIM')),
    ages: standing.map(({ age }) => age),
  };
};

/** Revenue of 90 days up to a day, in cents; null where it is not known or not above 0. */
const revenueBy = (hospital: Accounts, day: number): number | null => {
  const ids = new Set(hospital.encounter.map(({ encounter_id }) => encounter_id));
  const posted = hospital.charge_event.filter(({ encounter_id }) => ids.has(encounter_id));
  if (hospital.period_stat.length > 0) {
    const months = hospital.period_stat.filter((row) => {
      const back = monthOf(day) - monthOf(dayOf(`${row.month} 00:00:00`));
      return back >= 1 && back <= 3;
    });
    const date = new Date(day * 86_400_000);
    const first = (back: number): number => Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - back, 1) / 86_400_000;
    const revenue = sum(months.map((row) => cents(row.gross_patient_revenue)));
    return months.length < 3 ? null : orNull(Math.floor((90 * revenue) / (first(0) - first(3))));
  }
  if (posted.length === 0) return null;
  const days = posted.map((row) => ({ day: dayOf(text(row, 'posted_ts')), cents: Number(row.amount_cents) }));
  if (day < Math.min(...days.map((one) => one.day)) + 89) return null;
  return orNull(sum(days.filter((one) => one.day > day - 90 && one.day <= day).map((one) => one.cents)));
};

const orNull = (revenue: number): number | null => (revenue > 0 ? revenue : null);

/** Every measure of a hospital's unbilled accounts at the end of a day. */
export const unbilledMeasures = (hospital: Accounts, day: number): Record<string, number | null> => {
  const stock = unbilledOn(hospital, day);
  const feeds = feedsOf(hospital);
  const revenue = feeds.bills ? revenueBy(hospital, day) : null;
  const inDays = (part: number, known = true): number | null =>
    revenue === null || !known ? null : part / (revenue / 90);
  const owned = feeds.holds || feeds.coding ? stock.dnfb_cents : 0;
  return {
    dnfb_days: inDays(stock.dnfb_cents),
    dnfc_days: inDays(stock.available_cents + stock.unavailable_cents, feeds.coding),
    dnfc_available_days: inDays(stock.available_cents, feeds.coding),
    dnfc_unavailable_days: inDays(stock.unavailable_cents, feeds.coding),
    fbns_days: inDays(stock.fbns_cents, feeds.submissions),
    dnsp_days: inDays(stock.dnfb_cents + stock.fbns_cents, feeds.submissions),
    dnfb_him_share: owned === 0 ? null : stock.him_cents / owned,
    dnfb_accounts: stock.dnfb_count,
    dnfb_dollars: stock.dnfb_cents / 100,
    dnfc_dollars: (stock.available_cents + stock.unavailable_cents) / 100,
    fbns_dollars: stock.fbns_cents / 100,
    dnsp_dollars: (stock.dnfb_cents + stock.fbns_cents) / 100,
    dnfb_past_hold_accounts: stock.past_count,
    dnfb_past_hold_dollars: stock.past_cents / 100,
  };
};

const latest = (written: readonly (string | null)[]): string | null =>
  written.some((one) => one === null) ? null : (written.toSorted().at(-1) ?? null);

/** How long final billing took; `until`: what was settled by then, null for all. */
export const billingTurnaround = (hospital: Accounts): Record<string, number | null> => {
  const days = { billed: [] as number[], coded: [] as number[] };
  const watched: Watched[] = [];
  for (const account of hospital.billing.length > 0 ? accountsOf(hospital) : []) {
    if (account.isLeftOut) continue;
    const discharged = latest(account.encounters.map((row) => text(row, 'discharge_ts')));
    const coded = latest(
      account.encounters.map(
        ({ encounter_id }) =>
          account.codings
            .filter((row) => row.encounter_id === encounter_id && row.event === 'final_coded')
            .map((row) => text(row, 'event_ts'))
            .toSorted()[0] ?? null,
      ),
    );
    const billed = account.finals.length === 0 ? null : text(account.finals[0]!, 'final_billed_ts');
    days.billed.push(daysBetween(discharged, billed));
    days.coded.push(daysBetween(coded, billed));
    if (discharged !== null)
      watched.push({ happened: billed !== null, days: daysBetween(discharged, billed ?? ACCOUNTS_AS_OF) });
  }
  return {
    discharge_to_billed_p50: quantile(days.billed, 0.5),
    discharge_to_billed_p90: quantile(days.billed, 0.9),
    discharge_to_billed_km: survivalQuantile(watched, 0.5),
    coded_to_billed_p50: quantile(days.coded, 0.5),
    coded_to_billed_p90: quantile(days.coded, 0.9),
  };
};

/** Accounts on hold at the end of a day: once for each reason and owner. */
export const heldOn = (hospital: Accounts, day: number): number =>
  sum(
    accountsOf(hospital)
      .filter(({ isLeftOut }) => !isLeftOut)
      .map(({ holds }) => {
        const open = holds.filter(
          (row) => dayOf(text(row, 'start_ts')) <= day && orFar(dayOf(text(row, 'end_ts'))) > day,
        );
        return new Set(open.map(({ reason_code, owner }) => `${reason_code} ${owner}`)).size;
      }),
  );

/** What the stock of a hospital is to be expected to be so many days after its last day; null under 90 days watched. */
export const forecast = (hospital: Accounts, last: number, first: number, ahead: number) => {
  if (hospital.billing.length === 0 || last < first + 89) return null;
  const accounts = accountsOf(hospital).filter(({ isLeftOut, firstDischarge }) => !isLeftOut && firstDischarge <= last);
  const lives = accounts
    .filter(({ firstDischarge }) => firstDischarge > last - 365)
    .map(({ firstDischarge, finals }) => {
      const billed = finals.length === 0 ? FAR : dayOf(text(finals[0]!, 'final_billed_ts'));
      return billed <= last
        ? { days: Math.max(0, billed - firstDischarge), isBilled: true }
        : { days: last - firstDischarge, isBilled: false };
    });
  const left = (age: number): number => {
    let share = 1;
    for (let day = 0; day <= Math.min(age, 364); day++) {
      const risk = lives.filter(({ days }) => days >= day).length;
      if (risk > 0) share *= 1 - lives.filter(({ days, isBilled }) => isBilled && days === day).length / risk;
    }
    return share;
  };
  let [keptCount, keptCents] = [0, 0];
  for (const account of accounts) {
    const standing = standingOf(hospital, account, last);
    if (standing === null) continue;
    const now = left(standing.age);
    const stays = now === 0 ? 1 : left(standing.age + ahead) / now;
    keptCount += stays;
    keptCents += standing.cents * stays;
  }
  const lately = accounts.filter(({ firstDischarge }) => firstDischarge > last - 90);
  if (lately.length === 0) return null;
  const shares = sum(Array.from({ length: ahead }, (_, age) => left(age)));
  const cents90 = sum(lately.map((account) => chargesBy(hospital, account, last)));
  return {
    kept_count: keptCount,
    kept_dollars: keptCents / 100,
    new_count: (lately.length / 90) * shares,
    new_dollars: (cents90 / 100 / 90) * shares,
  };
};

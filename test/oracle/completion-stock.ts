import { dayOf, moment, monthOf } from './calendar.ts';
import type { Row } from './random-hospital.ts';
import { ruleFor } from './completion-rule.ts';
import type { SmallHospital } from './small-hospital.ts';

const text = (row: Row | undefined, name: string): string | null => (row?.[name] ?? null) as string | null;
const day = (row: Row | undefined, name: string): number => dayOf(text(row, name));
const CLASSES = ['inpatient', 'observation', 'outpatient_surgery'];

/** The first day on which more than so many days have gone by since another, days of hold left out; infinite if never. */
const dayAfter = (start: number, days: number, isOnHold: (day: number) => boolean): number => {
  let [left, on] = [days + 1, start];
  while (left > 0) {
    if (on > start + 4000) return Infinity;
    if (!isOnHold(on)) left -= 1;
    on += 1;
  }
  return on;
};

const clockDay = (hospital: SmallHospital, deficiency: Row, encounter: Row, clock: string): number => {
  const assigned = moment(text(deficiency, 'assigned_ts'));
  const lastOf = (rows: readonly Row[], at: string, who: string): number => {
    const before = rows.filter(
      (row) => row.encounter_id === encounter.encounter_id && moment(text(row, at)) <= assigned,
    );
    const own = before.filter((row) => row[who] === deficiency.provider_id);
    const days = (own.length > 0 ? own : before).map((row) => day(row, at));
    return days.length === 0 ? NaN : Math.max(...days);
  };
  const allocated = day(deficiency, 'allocated_ts');
  const orders = hospital.document.filter(({ doc_type, event }) => doc_type === 'VERBAL_ORDER' && event === 'authored');
  const ordered = deficiency.doc_type === 'VERBAL_ORDER' ? lastOf(orders, 'event_ts', 'provider_id') : NaN;
  const clocks: Record<string, number> = {
    discharge: day(encounter, 'discharge_ts'),
    admit: day(encounter, 'admit_ts'),
    assigned: dayOf(text(deficiency, 'assigned_ts')),
    allocated: Number.isNaN(allocated) ? dayOf(text(deficiency, 'assigned_ts')) : allocated,
    surgery_end: lastOf(hospital.procedure_case, 'end_ts', 'surgeon_id'),
    order: Number.isNaN(ordered) ? dayOf(text(deficiency, 'assigned_ts')) : ordered,
  };
  return clocks[clock] ?? NaN;
};

interface Lacking {
  readonly provider: string;
  readonly encounter: Row;
  /** First day it counts on a discharged record, first day in house, first day past policy; the day it was closed. */
  readonly from: number;
  readonly inHouseFrom: number;
  readonly late: number;
  readonly closed: number;
}

/** Every deficiency with the days on which something changes (NaN or infinite: never). */
const lackings = (hospital: SmallHospital): Lacking[] =>
  hospital.deficiency.flatMap((deficiency) => {
    if (deficiency.status === 'in_error' || (deficiency.status === 'cancelled' && deficiency.cancelled_ts === null))
      return [];
    const encounter = hospital.encounter.find((one) => one.encounter_id === deficiency.encounter_id)!;
    if (encounter.chart_status === 'not_applicable') return [];
    const isAnalyzed = encounter.chart_analyzed_ts !== null;
    const [discharged, assigned] = [day(encounter, 'discharge_ts'), day(deficiency, 'assigned_ts')];
    const ends = [day(deficiency, 'completed_ts'), day(deficiency, 'cancelled_ts')].filter((one) => !Number.isNaN(one));
    const from = isAnalyzed ? Math.max(assigned, day(encounter, 'chart_analyzed_ts'), discharged) : NaN;
    const rule = ruleFor(hospital, 'delinquency', deficiency, String(encounter.patient_class), discharged);
    const clock = clockDay(hospital, deficiency, encounter, String(rule?.clock_start));
    const counts =
      rule !== undefined &&
      rule.counts_toward_delinquency !== 'false' &&
      CLASSES.includes(String(encounter.patient_class));
    const isOnHold = (on: number): boolean =>
      rule?.holds_stop_clock === 'true' &&
      hospital.provider_interval.some(
        (one) =>
          one.type === 'hold' &&
          one.provider_id === deficiency.provider_id &&
          day(one, 'start_ts') <= on &&
          !(day(one, 'end_ts') <= on),
      );
    const late =
      counts && !Number.isNaN(clock) && !Number.isNaN(from)
        ? Math.max(dayAfter(clock, Number(rule.delinquent_days ?? 30), isOnHold), from)
        : Infinity;
    return [
      {
        provider: String(deficiency.provider_id),
        encounter,
        from,
        inHouseFrom: assigned,
        late,
        closed: Math.min(Infinity, ...ends),
      },
    ];
  });

/** RC1, RC1h, RC1d, RC2, RC2n and the two rates of RC3 at the end of a day; discharges known from `firstMonth` on. */
export const stocksOn = (hospital: SmallHospital, on: number, firstMonth: number): Record<string, number | null> => {
  const all = lackings(hospital);
  const records = (kept: (one: Lacking) => boolean): number =>
    new Set(all.filter((one) => one.closed > on && kept(one)).map(({ encounter }) => encounter.encounter_id)).size;
  const isHome = (one: Lacking): boolean => one.from <= on;
  const lateOnes = new Set(all.filter((one) => one.late <= on && one.closed > on).map(({ encounter }) => encounter));
  const counted = hospital.encounter.filter(
    (one) => one.discharge_ts !== null && CLASSES.includes(String(one.patient_class)),
  );
  const ago = (one: Row): number => monthOf(on) - monthOf(day(one, 'discharge_ts'));
  const year = counted.filter((one) => ago(one) >= 1 && ago(one) <= 12).length;
  const month = counted.filter((one) => ago(one) === 1).length;
  return {
    incomplete_records: records(isHome),
    incomplete_in_house: records((one) => one.inHouseFrom <= on && !(day(one.encounter, 'discharge_ts') <= on)),
    delinquent_records: lateOnes.size,
    suspension_forecast: records(
      (one) => isHome(one) && one.late > on && one.late <= on + 7 && !lateOnes.has(one.encounter),
    ),
    delinquency_rate: firstMonth + 12 <= monthOf(on) && year > 0 ? lateOnes.size / (year / 12) : null,
    delinquency_rate_previous_month: month > 0 ? lateOnes.size / month : null,
  };
};

/** RC2p and RC2c of each provider at the end of a day: records held up, and records nobody else holds up. */
export const worklistOn = (hospital: SmallHospital, on: number): Map<string, Record<string, number>> => {
  const open = lackings(hospital).filter((one) => one.from <= on && one.closed > on);
  const perProvider = new Map<string, Record<string, number>>();
  for (const { encounter_id } of hospital.encounter) {
    const here = open.filter(({ encounter }) => encounter.encounter_id === encounter_id);
    const isLate = here.some(({ late }) => late <= on);
    const isSoon = (one: Lacking): boolean => one.late > on && one.late <= on + 7;
    for (const provider of new Set(here.map((one) => one.provider))) {
      const own = here.filter((one) => one.provider === provider);
      const so = perProvider.get(provider) ?? { suspension_forecast_provider: 0, records_to_clear: 0 };
      perProvider.set(provider, {
        suspension_forecast_provider: so.suspension_forecast_provider! + (!isLate && own.some(isSoon) ? 1 : 0),
        records_to_clear: so.records_to_clear! + (own.length === here.length && (isLate || here.some(isSoon)) ? 1 : 0),
      });
    }
  }
  return perProvider;
};

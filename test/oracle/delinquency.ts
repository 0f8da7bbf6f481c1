import { dayOf, monthOf } from './calendar.ts';
import type { Hospital, Row } from './random-hospital.ts';
import { chartOf, LAST_DAY, standingDeficiencies } from './record-completion.ts';

const text = (row: Row, name: string): string | null => (row[name] ?? null) as string | null;
const CLASSES = ['inpatient', 'observation', 'outpatient_surgery'];
const CUSTOMARY: Row = {
  facility_id: null,
  doc_type: null,
  clock_start: 'discharge',
  delinquent_days: 30,
  counts_toward_delinquency: 'true',
  valid_from: null,
};

/** The policy for a deficiency: of those that fit, one of its facility first, then one of its document type. */
const policyFor = (hospital: Hospital, deficiency: Row, encounter: Row): Row => {
  const discharged = dayOf(text(encounter, 'discharge_ts'));
  const fits = (policy: Row): boolean =>
    (policy.facility_id === null || policy.facility_id === encounter.facility_id) &&
    (policy.doc_type === null || policy.doc_type === deficiency.doc_type) &&
    (policy.valid_from === null || dayOf(`${policy.valid_from} 00:00:00`) <= discharged);
  const particular = (policy: Row): number =>
    (policy.facility_id === null ? 0 : 2) + (policy.doc_type === null ? 0 : 1);
  return hospital.completion_policy.filter(fits).sort((a, b) => particular(b) - particular(a))[0] ?? CUSTOMARY;
};

interface Late {
  readonly encounter: Row;
  /** First day it is delinquent, and the day it was completed or cancelled (infinite while open). */
  readonly from: number;
  readonly closed: number;
  readonly isCancelled: boolean;
}

const lateDeficiencies = (hospital: Hospital): Late[] =>
  standingDeficiencies(hospital).flatMap(({ deficiency, encounter, from: counted, closed }) => {
    if (
      encounter === undefined ||
      encounter.discharge_ts === null ||
      !CLASSES.includes(String(encounter.patient_class))
    )
      return [];
    const policy = policyFor(hospital, deficiency, encounter);
    if (policy.counts_toward_delinquency !== 'true') return [];
    const [discharged, assigned] = [dayOf(text(encounter, 'discharge_ts')), dayOf(text(deficiency, 'assigned_ts'))];
    const start = policy.clock_start === 'assigned' ? assigned : discharged;
    const from = Math.max(start + Number(policy.delinquent_days) + 1, discharged, counted);
    const isCancelled = deficiency.status === 'cancelled';
    return closed >= from ? [{ encounter, from, closed, isCancelled }] : [];
  });

const distinct = (late: readonly Late[]): number => new Set(late.map(({ encounter }) => encounter.encounter_id)).size;

/** The three rates as of the end of a day, of one facility (undefined: of all); null where a denominator is not known. */
export const delinquency = (hospital: Hospital, day: number, facility?: string | null) => {
  const here = (row: Row): boolean => facility === undefined || row.facility_id === facility;
  const late = lateDeficiencies(hospital).filter(({ encounter }) => here(encounter));
  const now = distinct(late.filter(({ from, closed }) => from <= day && closed > day));
  const discharged = hospital.encounter.filter((one) => one.discharge_ts !== null);
  const counted = discharged.filter((one) => here(one) && CLASSES.includes(String(one.patient_class)));
  const monthsBefore = (one: Row): number => monthOf(day) - monthOf(dayOf(text(one, 'discharge_ts')));
  const hasMonths = (one: Row, months: number): boolean =>
    discharged.some((other) => other.facility_id === one.facility_id && monthsBefore(other) >= months);
  const year = counted.filter((one) => hasMonths(one, 12) && monthsBefore(one) >= 1 && monthsBefore(one) <= 12).length;
  const month = counted.filter((one) => monthsBefore(one) === 1).length;
  const rated = (months: number): number =>
    distinct(late.filter(({ encounter, from, closed }) => from <= day && closed > day && hasMonths(encounter, months)));
  const longest = 30;
  const cohort = counted.filter((one) => {
    const chart = chartOf(hospital, one);
    return (
      (chart === null || chart === 'analyzed' || chart === 'complete') &&
      dayOf(text(one, 'discharge_ts')) + longest + 1 <= LAST_DAY
    );
  });
  return {
    delinquency_rate: year > 0 ? rated(12) / (year / 12) : null,
    delinquency_rate_previous_month: month > 0 ? rated(1) / month : null,
    delinquency_rate_cohort:
      distinct(
        late.filter(
          ({ encounter, from, isCancelled }) => cohort.includes(encounter) && from <= LAST_DAY && !isCancelled,
        ),
      ) / cohort.length,
    delinquent_records: now,
  };
};

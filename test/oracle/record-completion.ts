import { dayOf, daysBetween, isMonthEnd, moment } from './calendar.ts';
import { quantile, shareWithin, survivalQuantile, type Watched } from './quantile.ts';
import { AS_OF, type Hospital, type Row } from './random-hospital.ts';

const text = (row: Row | undefined, name: string): string | null => (row?.[name] ?? null) as string | null;

/** The last day told of: midnight closes the day before. */
export const LAST_DAY = dayOf(AS_OF) - 1;

/** What is known of a chart: analysed, awaiting analysis, in need of none; null where its facility never says. */
export const chartOf = (hospital: Hospital, encounter: Row): string | null => {
  const status = text(encounter, 'chart_status');
  const analyzed = text(encounter, 'chart_analyzed_ts');
  if (status !== null && status !== 'awaiting_analysis') return status;
  if (analyzed !== null) return 'analyzed';
  const says = hospital.encounter.some(
    (other) =>
      text(other, 'facility_id') === text(encounter, 'facility_id') &&
      (text(other, 'chart_status') ?? text(other, 'chart_analyzed_ts')) !== null,
  );
  return status ?? (says ? 'awaiting_analysis' : null);
};

/** Deficiencies that count, each with its encounter (undefined where it never arrived). */
export const countedDeficiencies = (hospital: Hospital): { deficiency: Row; encounter: Row | undefined }[] =>
  hospital.deficiency.flatMap((deficiency) => {
    if (['cancelled', 'in_error'].includes(String(deficiency.status)) || deficiency.cancelled_ts !== null) return [];
    const encounter = hospital.encounter.find((one) => one.encounter_id === deficiency.encounter_id);
    const chart = encounter === undefined ? null : chartOf(hospital, encounter);
    return chart === null || chart === 'analyzed' || chart === 'complete' ? [{ deficiency, encounter }] : [];
  });

/** A deficiency as it stands from day to day: from the first it counts to the day it was closed (infinite while open). */
export interface Standing {
  readonly deficiency: Row;
  readonly encounter: Row | undefined;
  readonly from: number;
  readonly closed: number;
}

/** Deficiencies that count or did until they were cancelled, on charts analysed by then. */
export const standingDeficiencies = (hospital: Hospital): Standing[] =>
  hospital.deficiency.flatMap((deficiency) => {
    const isCancelled = deficiency.status === 'cancelled';
    if (deficiency.status === 'in_error' || (isCancelled && text(deficiency, 'cancelled_ts') === null)) return [];
    const encounter = hospital.encounter.find((one) => one.encounter_id === deficiency.encounter_id);
    const chart = encounter === undefined ? null : chartOf(hospital, encounter);
    if (chart !== null && chart !== 'analyzed' && chart !== 'complete') return [];
    const days = (...moments: (string | null)[]): number[] =>
      moments.filter((each) => each !== null).map((each) => dayOf(each));
    return [
      {
        deficiency,
        encounter,
        from: Math.max(...days(text(deficiency, 'assigned_ts'), text(encounter, 'chart_analyzed_ts'))),
        closed: Math.min(Infinity, ...days(text(deficiency, 'completed_ts'), text(deficiency, 'cancelled_ts'))),
      },
    ];
  });

/** Completion of the charts of one facility (undefined: of all). */
export const completion = (hospital: Hospital, facility?: string | null) => {
  const here = (row: Row | undefined): boolean => facility === undefined || text(row, 'facility_id') === facility;
  const counted = countedDeficiencies(hospital);
  const complete: number[] = [];
  const watched: Watched[] = [];
  const lackingCounts: number[] = [];
  let awaiting = 0;
  for (const encounter of hospital.encounter.filter(here)) {
    const discharged = text(encounter, 'discharge_ts');
    if (discharged === null) continue;
    const chart = chartOf(hospital, encounter);
    if (chart === 'awaiting_analysis') awaiting += 1;
    const lacking = counted.filter(({ deficiency }) => deficiency.encounter_id === encounter.encounter_id);
    if (chart === 'awaiting_analysis' || chart === 'not_applicable' || (chart === null && lacking.length === 0))
      continue;
    const isOpen = lacking.some(({ deficiency }) => deficiency.completed_ts === null);
    const moments = [
      ...lacking.map(({ deficiency }) => text(deficiency, 'completed_ts')),
      text(encounter, 'chart_analyzed_ts'),
    ];
    const last =
      moments
        .filter((each) => each !== null)
        .sort()
        .at(-1) ?? null;
    if (!isOpen && last === null) continue;
    lackingCounts.push(lacking.length);
    if (!isOpen) complete.push(daysBetween(discharged, last));
    const until = text(encounter, 'observed_until_ts') ?? AS_OF;
    const happened = !isOpen && moment(last) <= moment(until);
    watched.push({ happened, days: daysBetween(discharged, happened ? last : until) });
  }
  const turnaround = counted
    .filter(({ encounter, deficiency }) => here(encounter) && deficiency.completed_ts !== null)
    .map(({ deficiency }) => daysBetween(text(deficiency, 'assigned_ts'), text(deficiency, 'completed_ts')));
  return {
    awaiting_analysis: awaiting,
    complete_in_30_days: shareWithin(watched, 30),
    discharge_to_complete_km: survivalQuantile(watched, 0.5),
    discharge_to_complete_p50: quantile(complete, 0.5),
    discharge_to_complete_p75: quantile(complete, 0.75),
    discharge_to_complete_p90: quantile(complete, 0.9),
    deficiencies_per_discharge: lackingCounts.reduce((sum, count) => sum + count, 0) / lackingCounts.length,
    first_time_complete: lackingCounts.filter((count) => count === 0).length / lackingCounts.length,
    deficiency_turnaround_p50: quantile(turnaround, 0.5),
    deficiency_turnaround_p90: quantile(turnaround, 0.9),
  };
};

/** Days on which stocks are counted: month's ends from the first discharge on, and the last day told of. */
export const snapshotDays = (hospital: Hospital): number[] => {
  const first = Math.min(
    ...hospital.encounter.map((one) => dayOf(text(one, 'discharge_ts'))).filter((day) => !Number.isNaN(day)),
  );
  return Array.from({ length: LAST_DAY - first + 1 }, (_, i) => first + i).filter(
    (day) => isMonthEnd(day) || day === LAST_DAY,
  );
};

/** Deficiencies open at the end of a day. */
export const openOn = (hospital: Hospital, day: number, facility?: string | null): number =>
  standingDeficiencies(hospital).filter(
    ({ encounter, from, closed }) =>
      (facility === undefined || text(encounter, 'facility_id') === facility) && from <= day && closed > day,
  ).length;

/** Discharged records with something open at the end of a day. */
export const incompleteOn = (hospital: Hospital, day: number, facility?: string | null): number =>
  new Set(
    standingDeficiencies(hospital)
      .filter(
        ({ encounter, from, closed }) =>
          (facility === undefined || text(encounter, 'facility_id') === facility) &&
          dayOf(text(encounter, 'discharge_ts')) <= day &&
          from <= day &&
          closed > day,
      )
      .map(({ encounter }) => encounter?.encounter_id),
  ).size;

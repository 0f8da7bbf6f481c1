import type { Row } from './random-hospital.ts';
import { WORK_UNITS, type Operations } from './random-operations.ts';

const monthOf = (written: unknown): string => String(written).slice(0, 7);
const daysIn = (month: string): number =>
  new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

/** Records per coder hour of one facility, plain and in units of work. */
export const productivity = (all: Operations, facility: string): Readonly<Record<string, number | null>> => {
  const classes = new Map(
    all.encounter
      .filter((one) => one.facility_id === facility)
      .map((one) => [one.encounter_id, String(one.patient_class)]),
  );
  const events = all.coding_event
    .filter((event) => classes.has(event.encounter_id))
    .sort((a, b) => (place(a) < place(b) ? -1 : 1));
  const finals = new Map<unknown, Row>();
  for (const event of events)
    if (event.event === 'final_coded' && !finals.has(event.encounter_id)) finals.set(event.encounter_id, event);
  const told = all.period_stat.filter((row) => row.facility_id === facility && row.coder_id !== null);
  let [records, hours, units, unitHours] = [0, 0, 0, 0];
  for (const row of told) {
    const own = told.filter((one) => one.coder_id === row.coder_id && one.month === row.month);
    const worked = own.reduce((total, one) => total + Number(one.coder_productive_hours ?? 0), 0);
    const isActive = events.some(
      (event) => event.coder_id === row.coder_id && monthOf(event.event_ts) === monthOf(row.month),
    );
    const isDoubled =
      row.patient_class === null &&
      own.some((one) => one.patient_class !== null && Number(one.coder_productive_hours) > 0);
    const here = Number(row.coder_productive_hours ?? 0);
    if (!isActive || isDoubled || here <= 0 || worked > 24 * daysIn(monthOf(row.month))) continue;
    const done = [...finals.values()]
      .filter((event) => event.coder_id === row.coder_id && monthOf(event.event_ts) === monthOf(row.month))
      .map((event) => classes.get(event.encounter_id)!)
      .filter((patientClass) => row.patient_class === null || patientClass === row.patient_class);
    records += done.length;
    hours += here;
    const involved = row.patient_class === null ? done : [String(row.patient_class)];
    if (involved.some((patientClass) => WORK_UNITS[patientClass] === undefined)) continue;
    units += done.reduce((total, patientClass) => total + WORK_UNITS[patientClass]!, 0);
    unitHours += here;
  }
  return { coder_productivity: share(records, hours), coder_productivity_units: share(units, unitHours) };
};

const place = (event: Row): string => `${String(event.event_ts)} ${String(event.coder_id ?? '')}`;

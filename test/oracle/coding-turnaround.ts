import { dayOf, daysBetween, moment } from './calendar.ts';
import { quantile, survivalQuantile, type Watched } from './quantile.ts';
import { AS_OF, type Hospital, type Row } from './random-hospital.ts';

const text = (row: Row, name: string): string | null => (row[name] ?? null) as string | null;

const first = (rows: readonly Row[], name: string): string | null =>
  rows
    .map((row) => text(row, name))
    .filter((each) => each !== null)
    .sort()[0] ?? null;

/** Facilities of which anything of a kind arrives. */
const feeding = (hospital: Hospital, rows: readonly Row[]): Set<string | null> =>
  new Set(
    hospital.encounter
      .filter((encounter) => rows.some((row) => row.encounter_id === encounter.encounter_id))
      .map((encounter) => text(encounter, 'facility_id')),
  );

const watch = (start: string, event: string | null, until: string): Watched => {
  const happened = event !== null && moment(event) <= moment(until);
  return { happened, days: daysBetween(start, happened ? event : until) };
};

/** Turnaround of coding and billing, of one facility (undefined: of all). */
export const turnaround = (hospital: Hospital, facility?: string | null) => {
  const [coding, billing] = [feeding(hospital, hospital.coding_event), feeding(hospital, hospital.billing)];
  const days = {
    coded: [] as number[],
    final: [] as number[],
    ready: [] as number[],
    release: [] as number[],
    billed: [] as number[],
  };
  const watched = { coded: [] as Watched[], final: [] as Watched[], billed: [] as Watched[] };
  for (const encounter of hospital.encounter) {
    const at = text(encounter, 'facility_id');
    if ((facility !== undefined && at !== facility) || !coding.has(at)) continue;
    const own = (rows: readonly Row[]): Row[] => rows.filter((row) => row.encounter_id === encounter.encounter_id);
    const events = (...kinds: string[]): Row[] =>
      own(hospital.coding_event).filter((row) => kinds.includes(String(row.event)));
    const discharged = text(encounter, 'discharge_ts');
    const ready = first(events('coding_ready'), 'event_ts');
    const coded = first(events('first_coded', 'final_coded'), 'event_ts');
    const billed = first(own(hospital.billing), 'first_billed_ts');
    const until = text(encounter, 'observed_until_ts') ?? AS_OF;
    days.coded.push(daysBetween(discharged, coded));
    const final = first(events('final_coded'), 'event_ts');
    days.final.push(daysBetween(discharged, final));
    if (discharged !== null) watched.final.push(watch(discharged, final, until));
    days.ready.push(daysBetween(ready, coded));
    days.release.push(daysBetween(first(events('released'), 'event_ts'), coded));
    days.billed.push(daysBetween(ready, billed));
    if (discharged !== null) watched.coded.push(watch(discharged, coded, until));
    if (ready !== null && billing.has(at)) watched.billed.push(watch(ready, billed, until));
  }
  return {
    discharge_to_coded_km: survivalQuantile(watched.coded, 0.5),
    discharge_to_coded_p50: quantile(days.coded, 0.5),
    discharge_to_coded_p90: quantile(days.coded, 0.9),
    discharge_to_final_coded_km: survivalQuantile(watched.final, 0.5),
    discharge_to_final_coded_p50: quantile(days.final, 0.5),
    discharge_to_final_coded_p90: quantile(days.final, 0.9),
    ready_to_coded_p50: quantile(days.ready, 0.5),
    release_to_coded_p50: quantile(days.release, 0.5),
    ready_to_billed_km: survivalQuantile(watched.billed, 0.5),
    ready_to_billed_p50: quantile(days.billed, 0.5),
    ready_to_billed_p90: quantile(days.billed, 0.9),
  };
};

const READY = ['coding_ready', 'in_progress', 'reopened'];
const WAITING = ['on_hold', 'not_started'];
const CODED = ['final_coded', 'recoded'];

/** State of a record's coding at the end of a day: null while in house, coded, or where no coding events arrive. */
const stateOn = (hospital: Hospital, encounter: Row, day: number): 'available' | 'unavailable' | null => {
  if (!(dayOf(text(encounter, 'discharge_ts')) <= day)) return null;
  const events = hospital.coding_event
    .filter((row) => row.encounter_id === encounter.encounter_id && dayOf(text(row, 'event_ts')) <= day)
    .filter((row) => [...READY, ...WAITING, ...CODED].includes(String(row.event)))
    .sort(
      (a, b) => moment(text(a, 'event_ts')) - moment(text(b, 'event_ts')) || Number(a.event_no) - Number(b.event_no),
    );
  const last = events.at(-1)?.event;
  if (last === undefined) return 'unavailable';
  return CODED.includes(String(last)) ? null : READY.includes(String(last)) ? 'available' : 'unavailable';
};

/** Records discharged and not final coded at the end of a day. */
export const uncodedOn = (hospital: Hospital, day: number, facility?: string | null) => {
  const coding = feeding(hospital, hospital.coding_event);
  const states = hospital.encounter
    .filter((encounter) => facility === undefined || text(encounter, 'facility_id') === facility)
    .filter((encounter) => coding.has(text(encounter, 'facility_id')))
    .map((encounter) => stateOn(hospital, encounter, day));
  return {
    available: states.filter((state) => state === 'available').length,
    unavailable: states.filter((state) => state === 'unavailable').length,
  };
};

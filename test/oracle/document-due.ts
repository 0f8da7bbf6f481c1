import { dayOf, moment } from './calendar.ts';
import { ruleFor } from './completion-rule.ts';
import { quantile, survivalQuantile } from './quantile.ts';
import type { Row } from './random-hospital.ts';
import { SMALL_AS_OF, type SmallHospital } from './small-hospital.ts';

const HOUR = 3_600_000;
const text = (row: Row, name: string): string | null => (row[name] ?? null) as string | null;
const END = moment(SMALL_AS_OF);
const WRITING = ['authored', 'dictated', 'transcribed', 'signed', 'cosigned'];
const SIGNING = ['signed', 'cosigned'];

const firstOf = (moments: readonly number[]): number | null => (moments.length === 0 ? null : Math.min(...moments));
const dayIn = (at: number): number => Math.floor(at / 86_400_000);

/** Documents with the first moment of some of their events. */
const documents = (hospital: SmallHospital, docType: string, events: readonly string[]) => {
  const found = new Map<string, { encounter: string; id: string; at: number; row: Row }>();
  for (const row of hospital.document) {
    if (row.doc_type !== docType || !events.includes(String(row.event))) continue;
    const id = String(row.document_id);
    const at = moment(text(row, 'event_ts'));
    if (at < (found.get(id)?.at ?? Infinity)) found.set(id, { encounter: String(row.encounter_id), id, at, row });
  }
  return [...found.values()];
};

const arrives = (hospital: SmallHospital, docType: string, events: readonly string[]): boolean =>
  documents(hospital, docType, events).length > 0;

const isDayOnly = ({ document }: SmallHospital): boolean =>
  document.filter((row) => String(row.event_ts).endsWith('00:00:00')).length * 5 > document.length;

/** One document asked for. */
interface Asked {
  readonly encounter: Row;
  readonly clock: string;
  readonly at: number;
  readonly done: number | null;
  readonly before?: number | null;
}

type Verdict = 'in time' | 'late' | 'not due yet' | 'not asked';

const within = (hospital: SmallHospital, asked: Asked, from: number, hours: number): Verdict => {
  const { done, before = null } = asked;
  if (isDayOnly(hospital)) {
    const last = Math.min(dayIn(from) + Math.ceil(hours / 24), before === null ? Infinity : dayIn(before));
    if (done !== null) return dayIn(done) <= last ? 'in time' : 'late';
    return (last + 1) * 24 * HOUR < END ? 'late' : 'not due yet';
  }
  const due = from + hours * HOUR;
  if (done !== null) return done <= due && (before === null || done < before) ? 'in time' : 'late';
  return Math.min(due, before ?? Infinity) < END ? 'late' : 'not due yet';
};

const byPolicy = (hospital: SmallHospital, docType: string, action: string, asked: Asked): Verdict => {
  const { encounter, clock, at } = asked;
  const kind = { doc_type: docType, action_type: action };
  const rule = ruleFor(hospital, 'due', kind, String(encounter.patient_class), dayIn(at));
  if (rule === undefined) return 'not asked';
  const from =
    rule.clock_start === clock
      ? at
      : rule.clock_start === 'admit' || rule.clock_start === 'discharge'
        ? moment(text(encounter, `${rule.clock_start}_ts`))
        : NaN;
  return Number.isNaN(from) ? 'not asked' : within(hospital, asked, from, Number(rule.due_hours));
};

const shareOf = (verdicts: readonly Verdict[]): number | null => {
  const settled = verdicts.filter((one) => one === 'in time' || one === 'late');
  return settled.length === 0 ? null : settled.filter((one) => one === 'in time').length / settled.length;
};

const CLASSES = ['inpatient', 'observation', 'outpatient_surgery'];
const isTheatre = (one: Row): boolean => one.location === null || one.location === 'operating_room';

const histories = (hospital: SmallHospital): Asked[] =>
  hospital.encounter
    .filter((one) => CLASSES.includes(String(one.patient_class)) && one.is_newborn !== 'true')
    .map((encounter) => {
      const at = moment(text(encounter, 'admit_ts'));
      const of = (docType: string): number[] =>
        documents(hospital, docType, ['authored', 'transcribed', 'signed', 'cosigned'])
          .filter((one) => one.encounter === encounter.encounter_id)
          .map((one) => one.at);
      const hasEarlier = of('HP').some((one) => one < at && at - one <= 30 * 24 * HOUR);
      const written = [...of('HP'), ...(hasEarlier ? of('HP_UPDATE') : [])].filter((one) => one >= at);
      const cases = hospital.procedure_case.filter(
        (one) => one.encounter_id === encounter.encounter_id && isTheatre(one),
      );
      const before = firstOf(cases.map((one) => moment(text(one, 'start_ts'))));
      return { encounter, clock: 'admit', at, done: firstOf(written), before };
    });

const operations = (hospital: SmallHospital, isBrief: boolean): Asked[] =>
  hospital.encounter.flatMap((encounter) => {
    const cases = hospital.procedure_case
      .filter((one) => one.encounter_id === encounter.encounter_id && isTheatre(one))
      .sort((a, b) => moment(text(a, 'start_ts')) - moment(text(b, 'start_ts')));
    const reports = (docType: string): number[] =>
      documents(hospital, docType, WRITING)
        .filter((one) => one.encounter === encounter.encounter_id)
        .map((one) => one.at)
        .sort((a, b) => a - b);
    return cases.flatMap((one, i) => {
      const at = moment(text(one, 'end_ts'));
      const done = [reports('OP')[i], isBrief ? reports('OP_BRIEF')[i] : undefined].filter(
        (each) => each !== undefined,
      );
      return Number.isNaN(at) ? [] : [{ encounter, clock: 'surgery_end', at, done: firstOf(done) }];
    });
  });

const encounterOf = (hospital: SmallHospital, id: unknown): Row =>
  hospital.encounter.find((one) => one.encounter_id === id)!;

const orders = (hospital: SmallHospital): Asked[] => {
  const written = documents(hospital, 'VERBAL_ORDER', ['authored']);
  const signed = documents(hospital, 'VERBAL_ORDER', SIGNING);
  if (written.length > 0)
    return written.map(({ encounter, id, at }) => ({
      ...{ encounter: encounterOf(hospital, encounter), clock: 'order', at },
      done: signed.find((one) => one.id === id)?.at ?? null,
    }));
  return hospital.deficiency
    .filter(
      (one) =>
        one.doc_type === 'VERBAL_ORDER' &&
        one.action_type !== 'perform' &&
        !['cancelled', 'in_error'].includes(String(one.status)) &&
        one.cancelled_ts === null &&
        encounterOf(hospital, one.encounter_id).chart_status !== 'not_applicable',
    )
    .map((one) => ({
      ...{ encounter: encounterOf(hospital, one.encounter_id), clock: 'order', at: moment(text(one, 'assigned_ts')) },
      done: one.completed_ts === null ? null : moment(text(one, 'completed_ts')),
    }));
};

const summaries = (hospital: SmallHospital): Asked[] =>
  hospital.encounter
    .filter((one) => one.discharge_ts !== null && CLASSES.includes(String(one.patient_class)))
    .map((encounter) => ({
      ...{ encounter, clock: 'discharge', at: moment(text(encounter, 'discharge_ts')) },
      done: firstOf(
        documents(hospital, 'DS', SIGNING)
          .filter((one) => one.encounter === encounter.encounter_id)
          .map((one) => one.at),
      ),
    }));

/** RC6, RC7, RC8, RC9: shares in time, and days to the discharge summary. */
export const documentsDue = (hospital: SmallHospital): Record<string, number | null> => {
  const share = (docType: string, action: string, all: readonly Asked[]): number | null =>
    shareOf(all.map((one) => byPolicy(hospital, docType, action, one)));
  const sent = (docType: string, events = WRITING): boolean => arrives(hospital, docType, events);
  const signed = sent('DS', SIGNING)
    ? summaries(hospital).filter((one) => byPolicy(hospital, 'DS', 'sign', one) !== 'not asked')
    : [];
  const days = signed.map(({ at, done }) =>
    done === null ? NaN : isDayOnly(hospital) ? dayIn(done) - dayIn(at) : (done - at) / (24 * HOUR),
  );
  const isFed = sent('VERBAL_ORDER', ['authored']) ? sent('VERBAL_ORDER', SIGNING) : true;
  return {
    hp_on_time: sent('HP') ? share('HP', 'perform', histories(hospital)) : null,
    op_report_on_time: sent('OP') ? share('OP', 'perform', operations(hospital, false)) : null,
    op_brief_on_time: sent('OP_BRIEF') ? share('OP_BRIEF', 'perform', operations(hospital, true)) : null,
    verbal_orders_on_time: isFed ? share('VERBAL_ORDER', 'sign', orders(hospital)) : null,
    discharge_summary_on_time: share('DS', 'sign', signed),
    discharge_summary_in_72_hours: shareOf(signed.map((one) => within(hospital, one, one.at, 72))),
    discharge_summary_in_30_days: shareOf(signed.map((one) => within(hospital, one, one.at, 720))),
    discharge_summary_p50: quantile(days, 0.5),
    discharge_summary_p90: quantile(days, 0.9),
    discharge_summary_km: survivalQuantile(
      signed.map(({ at, done }) => ({ happened: done !== null, days: ((done ?? END) - at) / (24 * HOUR) })),
      0.5,
    ),
  };
};

/** RC13 and RC14: hours of dictation and transcription, days until the chart is scanned. */
export const paperwork = (hospital: SmallHospital): Record<string, number | null> => {
  const isCoarse = isDayOnly(hospital);
  const apart = (from: number, to: number, unit: number): number =>
    isCoarse ? ((dayIn(to) - dayIn(from)) * 24 * HOUR) / unit : (to - from) / unit;
  const [typed, signed, verdicts]: [number[], number[], Verdict[]] = [[], [], []];
  for (const docType of new Set(hospital.document.map((row) => String(row.doc_type)))) {
    const done = documents(hospital, docType, ['transcribed']);
    if (done.length === 0) continue;
    for (const { id, at, row, encounter } of documents(hospital, docType, ['dictated'])) {
      const when = done.find((one) => one.id === id)?.at ?? null;
      const asked = { encounter: encounterOf(hospital, encounter), clock: 'dictation', at, done: when };
      const kind = { doc_type: docType, action_type: 'transcribe' };
      const rule = ruleFor(hospital, 'due', kind, String(asked.encounter.patient_class), dayIn(at));
      verdicts.push(within(hospital, asked, at, row.priority === 'stat' ? 4 : Number(rule?.due_hours)));
      if (when === null) continue;
      typed.push(apart(at, when, HOUR));
      const put = documents(hospital, docType, SIGNING).find((one) => one.id === id)?.at;
      if (put !== undefined) signed.push(apart(when, put, HOUR));
    }
  }
  const arrival = (event: string): number[] =>
    hospital.encounter.flatMap((encounter) => {
      const left = moment(text(encounter, 'discharge_ts'));
      const moments = hospital.document
        .filter((row) => row.encounter_id === encounter.encounter_id && row.event === event)
        .map((row) => moment(text(row, 'event_ts')))
        .filter((at) => at >= left || (isCoarse && dayIn(at) >= dayOf(text(encounter, 'discharge_ts'))));
      const first = firstOf(moments);
      return first === null ? [] : [apart(left, first, 24 * HOUR)];
    });
  return {
    transcribed_on_time: shareOf(verdicts),
    dictated_to_transcribed_p50: quantile(typed, 0.5),
    dictated_to_transcribed_p90: quantile(typed, 0.9),
    transcribed_to_signed_p50: quantile(signed, 0.5),
    transcribed_to_signed_p90: quantile(signed, 0.9),
    discharge_to_received_p50: quantile(arrival('received'), 0.5),
    discharge_to_scanned_p50: quantile(arrival('scanned'), 0.5),
    discharge_to_scanned_p90: quantile(arrival('scanned'), 0.9),
    discharge_to_indexed_p50: quantile(arrival('indexed'), 0.5),
  };
};

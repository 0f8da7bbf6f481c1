import { drawFrom, type Draw } from './chance.ts';
import type { Row } from './random-hospital.ts';

/** Extracts of the operations of a department, by contract. */
export type Operations = Readonly<
  Record<
    | 'encounter'
    | 'cdi_review'
    | 'query'
    | 'encounter_drg'
    | 'coding_event'
    | 'billing'
    | 'denial'
    | 'period_stat'
    | 'roi_request'
    | 'mpi_stat',
    readonly Row[]
  >
>;

/** The first moment that extracts no longer tell of: they speak through 15 June 2026. */
export const AS_OF = '2026-06-16 00:00:00';
/** Hours within which a query is to be answered; days within which requests are. */
export const POLICY_HOURS = 48;
export const POLICY_DAYS: Readonly<Record<string, number>> = { attorney: 20, patient_access: 15 };
/** Units of work of a record; recurring visits have none. */
export const WORK_UNITS: Readonly<Record<string, number>> = {
  inpatient: 1,
  observation: 0.5,
  outpatient_surgery: 0.75,
  outpatient: 0.25,
  ed: 0.5,
};
/** What reason codes mean. */
export const REASONS: readonly Row[] = [
  { kind: 'carc', code: 'CO-11', category: 'coding' },
  { kind: 'carc', code: '50', category: 'medical_necessity' },
  { kind: 'rarc', code: 'n130', category: 'drg_validation' },
];

const START = Date.UTC(2025, 10, 1);
const MINUTE = 60_000;
const write = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
const END = Date.parse(`${AS_OF.replace(' ', 'T')}Z`);
const read = (written: string): number => Date.parse(`${written.replace(' ', 'T')}Z`);

/** A moment told of; one that many minutes after another, null beyond what the extracts tell of. */
const someTime = (draw: Draw): string => write(START + draw.whole(0, 226 * 1440) * MINUTE);
const later = (draw: Draw, from: string, most: number): string | null => {
  const at = read(from) + draw.whole(0, most * 60) * MINUTE;
  return at < END ? write(at) : null;
};

const CLASSES = ['inpatient', 'inpatient', 'inpatient', 'ed', 'observation', 'outpatient_surgery', 'recurring'];

/** The first encounter and what is told of it is what shows, from the first days on, that a facility sends a feed. */
const encounters = (draw: Draw, facility: string): Row[] =>
  Array.from({ length: 10 }, (_, i) => ({
    encounter_id: `${facility}-e${i}`,
    patient_key: 'p',
    facility_id: facility,
    patient_class: i === 0 ? 'inpatient' : draw.one(CLASSES),
    discharge_ts: i === 0 ? '2025-11-02 12:00:00' : draw.maybe(0.08) ? null : someTime(draw),
  }));

const reviews = (draw: Draw, facility: string, all: readonly Row[]): Row[] =>
  all.flatMap((encounter, i) =>
    i > 0 && draw.maybe(0.5)
      ? []
      : Array.from({ length: i === 0 ? 1 : draw.whole(1, 2) }, (_, k) => ({
          encounter_id: i > 0 && draw.maybe(0.05) ? `${facility}-gone${i}` : encounter.encounter_id!,
          review_no: k + 1,
          reviewer_id: 'ann',
          review_ts: i === 0 ? '2025-11-02 09:00:00' : someTime(draw),
          query_opportunities: draw.maybe(0.6) ? draw.whole(0, 5) : null,
          missed_opportunities: draw.maybe(0.8) ? draw.whole(0, 2) : null,
          compliance_errors: draw.maybe(0.8) ? draw.whole(0, 2) : null,
        })),
  );

const flag = (draw: Draw): string | null => draw.one([null, null, 'true', 'false', 'false']);

const queries = (draw: Draw, facility: string, all: readonly Row[]): Row[] =>
  Array.from({ length: 8 }, (_, i) => {
    const seed = i === 0;
    const sent = seed ? '2025-11-02 10:00:00' : someTime(draw);
    const fate = seed ? 'cancelled' : draw.one(['answered', 'answered', 'answered', 'open', 'closed', 'cancelled']);
    const exact = write(read(sent) + POLICY_HOURS * 60 * MINUTE);
    const answered =
      fate === 'answered' ? (draw.maybe(0.1) && read(exact) < END ? exact : later(draw, sent, 150)) : null;
    const closed = fate === 'closed' || draw.maybe(0.1) ? later(draw, sent, 150) : null;
    const outcome =
      answered !== null
        ? draw.one(['agreed_updated', 'agreed_not_updated', 'disagreed', 'no_opinion', null, 'no_response'])
        : fate === 'closed' && closed !== null
          ? 'no_response'
          : null;
    return {
      query_id: `${facility}-q${i}`,
      encounter_id: seed ? all[0]!.encounter_id! : draw.maybe(0.05) ? 'gone' : draw.one(all).encounter_id!,
      workflow: seed ? 'cdi' : draw.one(['cdi', 'cdi', 'coding']),
      timing: draw.one(['concurrent', 'retrospective', null]),
      sent_ts: sent,
      responded_ts: answered,
      closed_ts: closed,
      status:
        fate === 'cancelled' ? 'cancelled' : answered !== null ? 'responded' : closed !== null ? 'closed' : 'sent',
      outcome: fate === 'cancelled' ? draw.one([null, 'cancelled']) : outcome,
      drg_before: answered === null ? null : draw.one([null, '193', '470']),
      drg_after: answered === null ? null : draw.one([null, '193', '177']),
      weight_before: answered === null ? null : draw.one([null, 1.2345, 0.9]),
      weight_after: answered === null ? null : draw.one([null, 1.9346, 0.3]),
      impact_cc: answered === null ? null : flag(draw),
      impact_mcc: answered === null ? null : flag(draw),
      impact_soi: null,
      impact_rom: answered === null ? null : flag(draw),
    };
  });

const drgs = (draw: Draw, all: readonly Row[]): Row[] =>
  all.flatMap(({ encounter_id }) =>
    (['baseline', 'working', 'final'] as const)
      .filter(() => draw.maybe(0.6))
      .map((stage) => ({
        encounter_id: encounter_id!,
        stage,
        drg_type: draw.maybe(0.9) ? 'MS' : 'APR',
        drg_version: draw.one(['43', '43', '43', '42', null]),
        drg_code: draw.one(['193', '177']),
      })),
  );

const codings = (draw: Draw, facility: string, all: readonly Row[]): Row[] =>
  all.flatMap(({ encounter_id }) =>
    Array.from({ length: draw.whole(0, 3) }, (_, k) => ({
      encounter_id: encounter_id!,
      event: draw.one(['final_coded', 'final_coded', 'first_coded', 'in_progress']),
      event_ts: someTime(draw),
      event_no: k + 1,
      coder_id: draw.maybe(0.1) ? null : `${facility}-${draw.one(['kim', 'lee'])}`,
    })),
  );

const bills = (draw: Draw, all: readonly Row[]): Row[] =>
  all.flatMap(({ encounter_id }) =>
    Array.from({ length: draw.whole(0, 3) }, (_, k) => ({
      encounter_id: encounter_id!,
      bill_no: k + 1,
      gross_charges: draw.whole(100, 99_999) / 100,
      submitted_ts: draw.maybe(0.1) ? null : someTime(draw),
    })),
  );

const denials = (draw: Draw, facility: string, all: readonly Row[]): Row[] => {
  const [tellsBilled, tellsOutcome] = [draw.maybe(0.8), draw.maybe(0.8)];
  return Array.from({ length: 9 }, (_, i) => {
    const seed = i === 0;
    const claim = seed ? 'c0' : `c${draw.whole(1, 4)}`;
    const received = seed ? '2025-11-03 08:00:00' : someTime(draw);
    const resolved = seed ? '2025-11-09 08:00:00' : draw.maybe(0.7) ? later(draw, received, 1500) : null;
    const dollars = (most: number): number | null => (draw.maybe(0.85) ? draw.whole(1, most * 100) / 100 : null);
    return {
      denial_id: `${facility}-d${i}`,
      encounter_id: !seed && draw.maybe(0.05) ? 'gone' : draw.one(all).encounter_id!,
      claim_id: `${facility}-${claim}`,
      // Claims of odd number are denied as a whole, the others by line.
      line_no: claim === 'c2' || claim === 'c4' ? draw.whole(1, 2) : null,
      received_ts: received,
      carc: draw.one([null, 'CO11', '50', 'PR-197', '11']),
      rarc: draw.one([null, null, 'N130', 'M20']),
      category: draw.one([null, null, 'coding', 'authorization', 'poa_hac', 'own_word']),
      level: seed ? 'initial' : draw.one(['initial', 'initial', 'initial', 'second']),
      billed_amt: tellsBilled ? (seed ? 100 : dollars(900)) : null,
      denied_amt: seed ? 50 : dollars(500),
      appealed_ts: draw.maybe(0.5) ? later(draw, received, 700) : null,
      resolved_ts: resolved,
      outcome:
        resolved === null || !tellsOutcome
          ? null
          : draw.one(['overturned', 'partial', 'upheld', 'written_off', 'written_off']),
      recovered_amt: resolved === null ? null : draw.one([null, 12.34, 5]),
    };
  });
};

const MONTHS = ['2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01'];

const totals = (draw: Draw, facility: string): Row[] =>
  MONTHS.flatMap((month) => {
    const remits = draw.whole(0, 40);
    const own: Row = {
      facility_id: facility,
      month,
      coder_id: null,
      patient_class: null,
      coder_productive_hours: 9999,
      net_patient_revenue: draw.maybe(0.2) ? null : draw.whole(100, 900_000) / 100,
      primary_remits: draw.maybe(0.1) ? null : remits,
      primary_remits_zero_paid: draw.maybe(0.1) ? null : draw.whole(0, remits + 1),
    };
    const hours = ['kim', 'lee', 'mia'].flatMap((coder) =>
      [null, 'inpatient', 'ed', 'recurring']
        .filter((patientClass) => draw.maybe(patientClass === null ? 0.4 : 0.2))
        .map((patientClass) => ({
          ...{ facility_id: facility, month, coder_id: `${facility}-${coder}`, patient_class: patientClass },
          coder_productive_hours: draw.one([0, 12.5, 20.25, 40, null, 700]),
          ...{ net_patient_revenue: null, primary_remits: null, primary_remits_zero_paid: null },
        })),
    );
    return [own, ...hours];
  });

const requests = (draw: Draw, facility: string): Row[] =>
  Array.from({ length: 7 }, (_, i) => {
    const received = someTime(draw);
    const done = draw.maybe(0.7) ? later(draw, received, 1700) : null;
    const onTheDay = `${write(read(received) + 30 * 86_400_000).slice(0, 10)} 23:59:00`;
    const fulfilled = done !== null && draw.maybe(0.15) && read(onTheDay) < END ? onTheDay : done;
    return {
      request_id: `${facility}-r${i}`,
      facility_id: facility,
      requestor_type: draw.one(['patient_access', 'patient_access', 'patient_access', 'attorney', 'payer']),
      received_ts: received,
      due_ts: draw.maybe(0.2) ? write(read(received) + draw.whole(0, 40) * 86_400_000) : null,
      extended_flag: draw.one([null, 'true', 'false', 'false']),
      fulfilled_ts: fulfilled,
      status:
        fulfilled === null
          ? draw.one(['open', 'pending', 'pending', 'cancelled', 'denied'])
          : draw.one(['fulfilled', 'fulfilled', 'denied']),
    };
  });

const counts = (draw: Draw, system: string): Row[] =>
  [...MONTHS, '2026-06-01'].flatMap((month) => {
    const days = [...new Set([draw.whole(1, 14), draw.whole(15, 28)])].filter(() => draw.maybe(0.55));
    let [created, registered, overlays] = [0, 0, 0];
    return days
      .map((day) => `${month.slice(0, 8)}${String(day).padStart(2, '0')}`)
      .filter((date) => date < AS_OF.slice(0, 10))
      .map((date) => {
        const total = draw.whole(10, 1000);
        [created, registered, overlays] = [
          created + draw.whole(0, 5),
          registered + draw.whole(5, 90),
          overlays + draw.whole(0, 3),
        ];
        return {
          system_id: system,
          as_of: date,
          records_total: total,
          possible_dup_pairs: draw.one([null, draw.whole(0, 300), draw.whole(0, 5)]),
          records_in_possible_pairs: draw.one([null, null, draw.whole(0, total)]),
          confirmed_dups_created: draw.maybe(0.85) ? created : null,
          registrations: draw.maybe(0.85) ? registered : null,
          overlays_found: draw.maybe(0.8) ? overlays : null,
          overlaps: draw.maybe(0.8) ? draw.whole(0, 50) : null,
        };
      });
  });

/** Extracts of so many small hospitals `f0`, `f1` … that never were, the same for the same seed. */
export const randomOperations = (seed: number, hospitals: number): Operations => {
  const draw = drawFrom(seed);
  const each = Array.from({ length: hospitals }, (_, i): Operations => {
    const facility = `f${i}`;
    const encounter = encounters(draw, facility);
    return {
      encounter,
      cdi_review: draw.maybe(0.85) ? reviews(draw, facility, encounter) : [],
      query: draw.maybe(0.85) ? queries(draw, facility, encounter) : [],
      encounter_drg: drgs(draw, encounter),
      coding_event: codings(draw, facility, encounter),
      billing: bills(draw, encounter),
      denial: draw.maybe(0.85) ? denials(draw, facility, encounter) : [],
      period_stat: totals(draw, facility),
      roi_request: requests(draw, facility),
      mpi_stat: counts(draw, `m${i}`),
    };
  });
  const names = Object.keys(each[0]!) as (keyof Operations)[];
  return Object.fromEntries(names.map((name) => [name, each.flatMap((one) => one[name])])) as unknown as Operations;
};

const drawn = (extract: readonly Row[]): string => {
  if (extract.length === 0) return '';
  const columns = Object.keys(extract[0]!);
  return [columns, ...extract.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.join(' | '))
    .join('\n');
};

/** The extracts and the settings they are measured by, drawn as text; sources `test` and `other` speak until `asOf`. */
export const drawnOperations = (all: Operations, asOf = AS_OF): Record<string, string> => ({
  source: `source_id | timezone | is_instant | as_of_ts\n test | UTC | false | ${asOf}\n other | UTC | false | ${asOf}`,
  metric_setting: drawn([
    { name: 'query_policy_hours', value: POLICY_HOURS },
    ...Object.entries(POLICY_DAYS).map(([kind, days]) => ({ name: `roi_policy_days.${kind}`, value: days })),
  ]),
  work_unit: drawn(Object.entries(WORK_UNITS).map(([patient_class, units]) => ({ patient_class, units }))),
  reason_map: drawn(REASONS),
  ...Object.fromEntries(Object.entries(all).flatMap(([name, rows]) => (rows.length > 0 ? [[name, drawn(rows)]] : []))),
});

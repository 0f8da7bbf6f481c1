import { drawFrom, type Draw } from './chance.ts';
import type { Row } from './random-hospital.ts';

/** Extracts of one small hospital that never was, a facility of its own in a warehouse of many. */
export interface SmallHospital {
  readonly facility: string;
  readonly encounter: readonly Row[];
  readonly deficiency: readonly Row[];
  readonly document: readonly Row[];
  readonly procedure_case: readonly Row[];
  readonly provider_interval: readonly Row[];
  readonly completion_policy: readonly Row[];
}

/** The first moment its extracts no longer tell of. */
export const SMALL_AS_OF = '2026-02-20 00:00:00';
const HOUR = 3_600_000;
const START = Date.UTC(2025, 10, 1);

const write = (at: number): string => new Date(at).toISOString().slice(0, 19).replace('T', ' ');
const told = (at: number): string | null => (at < Date.parse(`${SMALL_AS_OF.replace(' ', 'T')}Z`) ? write(at) : null);

interface Stay {
  readonly row: Row;
  readonly admitted: number;
  readonly discharged: number | null;
  readonly analyzed: number | null;
}

/** Never on a full hour, so that midnight stands only where a hospital has no hours. */
const minutes = (draw: Draw): number => draw.whole(1, 59) * 60_000;

const stayOf = (draw: Draw, facility: string, i: number): Stay => {
  const admitted = START + draw.whole(0, 90 * 24) * HOUR + minutes(draw);
  const leaves = admitted + draw.whole(4, 200) * HOUR;
  const discharged = draw.maybe(0.1) || told(leaves) === null ? null : leaves;
  const looks = discharged === null || draw.maybe(0.15) ? null : discharged + draw.whole(-10, 200) * HOUR;
  const analyzed = looks === null || told(looks) === null ? null : looks;
  const row = {
    encounter_id: `${facility}-e${i}`,
    patient_key: `${facility}-p${i}`,
    facility_id: facility,
    patient_class: draw.one(['inpatient', 'inpatient', 'inpatient', 'observation', 'outpatient_surgery', 'ed']),
    admit_ts: write(admitted),
    discharge_ts: discharged === null ? null : write(discharged),
    chart_analyzed_ts: analyzed === null ? null : write(analyzed),
    chart_status: draw.maybe(0.05) ? 'not_applicable' : null,
    is_newborn: draw.maybe(0.05) ? 'true' : 'false',
  };
  return { row, admitted, discharged, analyzed };
};

/** With `isSettled` everything is found by the time the chart is analysed, and nothing is cancelled. */
const deficienciesOf = (draw: Draw, facility: string, { row, admitted, analyzed }: Stay, isSettled: boolean): Row[] =>
  Array.from({ length: draw.one([0, 1, 1, 2, 3]) }, (_, k) => {
    const wanted = admitted + draw.whole(0, 400) * HOUR;
    const assigned = isSettled && analyzed !== null ? Math.min(wanted, analyzed) : wanted;
    const fate = draw.one(['completed', 'completed', 'open', 'pending', isSettled ? 'open' : 'cancelled', 'in_error']);
    const ended = told(assigned + draw.whole(0, 1400) * HOUR + minutes(draw));
    return {
      deficiency_id: `${String(row.encounter_id)}-${k}`,
      encounter_id: row.encounter_id!,
      doc_type: draw.one(['DS', 'OP', 'HP', 'CONSENT', 'VERBAL_ORDER']),
      action_type: draw.one(['perform', 'sign', 'cosign']),
      provider_id: `${facility}-dr${draw.whole(1, 3)}`,
      assigned_ts: told(assigned),
      allocated_ts: draw.maybe(0.3) ? told(assigned + draw.whole(0, 90) * HOUR) : null,
      completed_ts: fate === 'completed' ? ended : null,
      cancelled_ts: fate === 'cancelled' && draw.maybe(0.8) ? ended : null,
      status: fate === 'completed' && ended === null ? 'open' : fate,
    };
  }).filter(({ assigned_ts }) => assigned_ts !== null);

const casesOf = (draw: Draw, facility: string, { row, admitted }: Stay): Row[] =>
  Array.from({ length: draw.one([0, 0, 1, 1, 2]) }, (_, k) => {
    const begins = admitted + draw.whole(1, 80) * HOUR + k * 600_000;
    const ends = begins + draw.whole(1, 6) * HOUR;
    return {
      procedure_case_id: `${String(row.encounter_id)}-c${k}`,
      encounter_id: row.encounter_id!,
      location: draw.one(['operating_room', 'operating_room', null, 'bedside', 'procedure_room']),
      start_ts: told(begins),
      end_ts: draw.maybe(0.9) ? told(ends) : null,
      surgeon_id: `${facility}-dr${draw.whole(1, 3)}`,
    };
  }).filter(({ start_ts }) => start_ts !== null);

const HABITS: readonly (readonly [string, readonly string[]])[] = [
  ['HP', ['authored', 'signed']],
  ['HP', ['dictated', 'transcribed']],
  ['HP_UPDATE', ['authored']],
  ['OP', ['dictated', 'transcribed', 'signed']],
  ['OP', ['authored', 'cosigned']],
  ['OP_BRIEF', ['authored']],
  ['DS', ['dictated', 'transcribed', 'signed']],
  ['DS', ['authored', 'signed']],
  ['VERBAL_ORDER', ['authored', 'signed']],
  ['CONSENT', ['received', 'scanned', 'indexed']],
];

const documentsOf = (draw: Draw, facility: string, stay: Stay): Row[] =>
  HABITS.filter(() => draw.maybe(0.6)).flatMap(([docType, events], k) => {
    const from = docType === 'DS' || docType === 'CONSENT' ? (stay.discharged ?? stay.admitted) : stay.admitted;
    const isEarly = docType === 'HP' && draw.maybe(0.3);
    // Often exactly on a limit: 24, 48, 72, 720 hours.
    let at =
      from +
      (isEarly ? -draw.one([20, 200, 720, 721, 1000]) : draw.one([0, 2, 10, 24, 24, 25, 48, 72, 73, 720])) * HOUR;
    if (draw.maybe(0.3)) at += minutes(draw);
    const priority = draw.one(['stat', 'routine', null]);
    return events
      .filter((_, j) => j === 0 || draw.maybe(0.85))
      .map((event, j) => {
        if (j > 0) at += draw.one([1, 4, 5, 24, 48, 49, 100]) * HOUR;
        return {
          document_id: `${String(stay.row.encounter_id)}-x${k}${docType}`,
          encounter_id: stay.row.encounter_id!,
          doc_type: docType,
          event,
          event_ts: told(at),
          priority,
          provider_id: `${facility}-dr${draw.whole(1, 3)}`,
        };
      })
      .filter(({ event_ts }) => event_ts !== null);
  });

const intervalsOf = (draw: Draw, facility: string): Row[] => {
  const drawn = Array.from({ length: draw.one([0, 1, 3, 5]) }, () => {
    const begins = START - 400 * HOUR + draw.whole(0, 115 * 24) * HOUR;
    return {
      provider_id: `${facility}-dr${draw.whole(1, 3)}`,
      type: draw.one(['hold', 'hold', 'suspension']),
      start_ts: told(begins),
      end_ts: draw.maybe(0.1) ? null : told(begins + draw.whole(0, 600) * HOUR),
    };
  }).filter(({ start_ts }) => start_ts !== null);
  // One interval a provider, kind and beginning: that is the contract's key.
  return [...new Map(drawn.map((one) => [`${one.provider_id} ${one.type} ${String(one.start_ts)}`, one])).values()];
};

const policiesOf = (draw: Draw, facility: string): Row[] => {
  if (draw.maybe(0.3)) return [];
  const rule = (more: Row): Row => ({
    ...{ facility_id: facility, doc_type: null, action_type: null, patient_class: null, clock_start: 'discharge' },
    ...{ due_hours: null, delinquent_days: null, counts_toward_delinquency: null, holds_stop_clock: null },
    ...{ valid_from: null, valid_to: null },
    ...more,
  });
  const clock = draw.one(['discharge', 'discharge', 'admit', 'assigned', 'allocated']);
  const all = [
    rule({
      clock_start: clock,
      delinquent_days: draw.whole(3, 25),
      holds_stop_clock: draw.one(['true', 'true', 'false']),
    }),
    rule({ doc_type: 'OP', clock_start: 'surgery_end', delinquent_days: draw.whole(2, 9), holds_stop_clock: 'true' }),
    rule({ doc_type: 'VERBAL_ORDER', clock_start: 'order', delinquent_days: 7, valid_from: '2025-12-01' }),
    rule({ doc_type: 'CONSENT', counts_toward_delinquency: 'false' }),
    rule({ doc_type: 'HP', clock_start: 'admit', due_hours: draw.one([12, 24, 48]), valid_to: '2026-01-15' }),
    rule({ doc_type: 'HP', patient_class: 'observation', clock_start: 'admit', due_hours: 24 }),
    rule({
      doc_type: 'OP',
      clock_start: draw.one(['surgery_end', 'discharge', 'assigned']),
      due_hours: draw.one([2, 25]),
    }),
    rule({ doc_type: 'DS', clock_start: 'discharge', due_hours: 72.5 }),
    rule({ action_type: 'transcribe', due_hours: 5 }),
  ];
  return all.filter(() => draw.maybe(0.5));
};

/** What began long before: it shows which feeds there are, so that any later day knows of them. */
const beginnings = (facility: string, silent: readonly string[], isDayOnly: boolean) => {
  const at = (hours: number): string => write(Date.UTC(2025, 1, 10) + hours * HOUR + (isDayOnly ? 0 : 60_000));
  const encounter_id = `${facility}-e`;
  return {
    encounter: {
      ...{ encounter_id, patient_key: `${facility}-p`, facility_id: facility, patient_class: 'inpatient' },
      ...{ admit_ts: '2025-02-08 10:01:00', discharge_ts: '2025-02-10 10:01:00', is_newborn: 'false' },
      ...{ chart_analyzed_ts: '2025-02-11 10:01:00', chart_status: null },
    },
    document: HABITS.filter(([docType]) => !silent.includes(docType)).flatMap(([doc_type, events], k) =>
      events.map((event, j) => ({
        ...{ document_id: `${facility}-d${k}`, encounter_id, doc_type, event, event_ts: at(24 * j + 24) },
        ...{ priority: null, provider_id: `${facility}-dr1` },
      })),
    ),
  };
};

/** A small hospital, the same for the same number. Those of even number are settled (see deficiencies). */
export const smallHospital = (number: number): SmallHospital => {
  const draw = drawFrom(number * 7919 + 17);
  const facility = `h${String(number).padStart(4, '0')}`;
  const stays = Array.from({ length: draw.whole(3, 6) }, (_, i) => stayOf(draw, facility, i));
  const silent = draw.maybe(0.3) ? [draw.one(['HP', 'OP', 'OP_BRIEF', 'DS', 'VERBAL_ORDER', 'CONSENT'])] : [];
  const isDayOnly = draw.maybe(0.1);
  const begun = beginnings(facility, silent, isDayOnly);
  const documents = stays
    .flatMap((stay) => documentsOf(draw, facility, stay))
    .filter((row) => !silent.includes(String(row.doc_type)))
    .map((row) => (isDayOnly ? { ...row, event_ts: `${String(row.event_ts).slice(0, 10)} 00:00:00` } : row));
  return {
    facility,
    encounter: [begun.encounter, ...stays.map(({ row }) => row)],
    deficiency: stays.flatMap((stay) => deficienciesOf(draw, facility, stay, number % 2 === 0)),
    document: [...begun.document, ...documents],
    procedure_case: stays.flatMap((stay) => casesOf(draw, facility, stay)),
    provider_interval: intervalsOf(draw, facility),
    completion_policy: policiesOf(draw, facility),
  };
};

import { drawFrom, type Draw } from './chance.ts';

/** One row of an extract: text as the sender writes it, null where nothing stands. */
export type Row = Readonly<Record<string, string | number | null>>;

/** Extracts by contract. */
export type Hospital = Readonly<
  Record<
    | 'encounter'
    | 'deficiency'
    | 'completion_policy'
    | 'coding_event'
    | 'billing'
    | 'audit_review'
    | 'audit_code'
    | 'tumor',
    readonly Row[]
  >
>;

/** Up to when its extracts speak: the first moment they no longer tell of. */
export const AS_OF = '2026-09-11 00:00:00';
const START = Date.UTC(2025, 3, 20);

const write = (milliseconds: number): string => new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
const HOUR = 3_600_000;

/** Moment so many hours after another; null once it lies beyond what the extracts tell of. */
const after = (from: string, hours: number, minutes = 0): string | null => {
  const at = Date.parse(`${from.replace(' ', 'T')}Z`) + hours * HOUR + minutes * 60_000;
  return at < Date.parse(`${AS_OF.replace(' ', 'T')}Z`) ? write(at) : null;
};

const encounters = (draw: Draw, count: number): Row[] =>
  Array.from({ length: count }, (_, i) => {
    const discharged = write(START + draw.whole(0, 508 * 24 - 1) * HOUR + draw.whole(0, 59) * 60_000);
    const inHouse = draw.maybe(0.04);
    const facility = draw.one(['north', 'south', 'silent', null]);
    const status = draw.maybe(0.05) ? draw.one(['not_applicable', 'complete', 'awaiting_analysis']) : null;
    return {
      encounter_id: `e${i}`,
      patient_key: `p${i % 97}`,
      facility_id: facility,
      patient_class: draw.one(['inpatient', 'inpatient', 'observation', 'outpatient_surgery', 'ed', 'outpatient']),
      discharge_ts: inHouse ? null : discharged,
      // The silent facility never says which charts are analysed.
      chart_analyzed_ts:
        facility === 'silent' || inHouse || draw.maybe(0.2) ? null : after(discharged, draw.whole(0, 200)),
      chart_status: facility === 'silent' ? null : status,
      observed_until_ts: draw.maybe(0.05) ? after(discharged, draw.whole(0, 900)) : null,
    };
  });

const deficiencies = (draw: Draw, all: readonly Row[]): Row[] =>
  all.flatMap((encounter) =>
    Array.from({ length: draw.one([0, 0, 1, 2, 3]) }, (_, k) => {
      const from = (encounter.discharge_ts as string | null) ?? '2026-05-01 08:00:00';
      const assigned = after(from, draw.whole(-48, 400)) ?? from;
      const fate = draw.one([
        'completed',
        'completed',
        'completed',
        'completed',
        'open',
        'pending',
        'cancelled',
        'in_error',
      ]);
      const completed = fate === 'completed' ? after(assigned, draw.whole(0, 1500), draw.whole(0, 59)) : null;
      return {
        deficiency_id: `${encounter.encounter_id}-${k}`,
        encounter_id: draw.maybe(0.01) ? 'gone' : encounter.encounter_id!,
        doc_type: draw.one(['DS', 'OP', 'HP', 'CONSENT']),
        action_type: draw.one(['perform', 'sign']),
        provider_id: draw.one(['dr1', 'dr2', 'dr3']),
        assigned_ts: assigned,
        completed_ts: completed,
        cancelled_ts: fate === 'cancelled' ? after(assigned, 5) : null,
        status: fate === 'completed' && completed === null ? 'open' : fate,
      };
    }),
  );

const POLICIES: readonly Row[] = [
  {
    facility_id: null,
    doc_type: 'DS',
    clock_start: 'discharge',
    delinquent_days: 14,
    counts_toward_delinquency: 'true',
    valid_from: null,
  },
  {
    facility_id: 'south',
    doc_type: null,
    clock_start: 'assigned',
    delinquent_days: 21,
    counts_toward_delinquency: 'true',
    valid_from: '2026-01-01',
  },
  {
    facility_id: null,
    doc_type: 'CONSENT',
    clock_start: 'discharge',
    delinquent_days: 14,
    counts_toward_delinquency: 'false',
    valid_from: null,
  },
];

const codingEvents = (draw: Draw, all: readonly Row[]): Row[] =>
  all.flatMap((encounter) => {
    // South sends no coding events at all.
    if (encounter.facility_id === 'south' || draw.maybe(0.1)) return [];
    let at: string | null = (encounter.discharge_ts as string | null) ?? '2026-05-01 08:00:00';
    const kinds = [
      'coding_ready',
      'released',
      'in_progress',
      'on_hold',
      'first_coded',
      'final_coded',
      'reopened',
      'recoded',
      'not_coded',
    ];
    const wanted = draw.maybe(0.5)
      ? ['coding_ready', 'first_coded', 'final_coded']
      : Array.from({ length: draw.whole(1, 7) }, () => draw.one(kinds));
    return wanted.flatMap((event, k) => {
      at = at === null ? null : after(at, draw.whole(k === 0 ? -60 : 0, 90), draw.whole(1, 59));
      return at === null
        ? []
        : [
            {
              encounter_id: encounter.encounter_id!,
              event,
              event_ts: at,
              event_no: k + 1,
              coder_id: draw.one(['kim', 'lee']),
            },
          ];
    });
  });

const bills = (draw: Draw, all: readonly Row[]): Row[] =>
  all.flatMap((encounter) =>
    Array.from({ length: draw.one([0, 1, 1, 2]) }, (_, k) => ({
      encounter_id: encounter.encounter_id!,
      bill_no: k + 1,
      gross_charges: 100,
      first_billed_ts: after(
        (encounter.discharge_ts as string | null) ?? '2026-05-01 08:00:00',
        draw.whole(-20, 800),
        draw.whole(0, 59),
      ),
    })),
  );

const audits = (draw: Draw, all: readonly Row[]): Row[] =>
  all
    .filter(() => draw.maybe(0.4))
    .map((encounter, i) => {
      const asCounts = draw.maybe(0.15);
      const [pre, post] = [draw.whole(1, 9), draw.whole(1, 9)];
      return {
        audit_id: `a${i}`,
        encounter_id: encounter.encounter_id!,
        audit_type: draw.one(['routine_random', 'routine_random', 'prebill', 'focused']),
        sample_method: draw.one(['srs', 'stratified', 'systematic', 'census', 'judgmental']),
        coder_id: draw.one(['kim', 'lee']),
        auditor_id: 'ray',
        audit_closed_ts: '2026-06-01 10:00:00',
        audit_period: '2026-Q2',
        status: draw.one(['final', 'final', 'final', 'closed', 'open']),
        rebuttal_outcome: draw.one([null, null, 'none', 'finding_upheld', 'finding_overturned', 'partial']),
        is_second_review_of: draw.maybe(0.05) ? 'a0' : null,
        dx_pre: asCounts ? pre : null,
        dx_post: asCounts ? post : null,
        dx_added: asCounts && draw.maybe(0.5) ? Math.max(post - pre, 0) : null,
        dx_edited: asCounts ? draw.whole(0, Math.min(pre, post)) : null,
        dx_unassigned: null,
        poa_changes: asCounts ? draw.whole(0, 2) : null,
        pdx_changed: asCounts ? draw.one(['true', 'false']) : null,
      };
    });

/** Few codes of few categories, so that matches, doubles, pairs and leftovers all come about. */
const CODES: readonly (readonly [codeSet: string, role: string, codes: readonly string[]])[] = [
  ['ICD10CM', 'sdx', ['I50.9', 'I50.23', 'I50.33', 'e11.9', 'E1122', 'N17.9', 'N18.31', 'J44.1']],
  ['ICD10CM', 'sdx', ['I10', 'I50.9', 'Z79.4', 'Z79.82', 'E11.65']],
  ['ICD10PCS', 'pcs', ['0DTJ4ZZ', '0DTJ0ZZ', '0FT44ZZ']],
  ['CPT', 'cpt', ['99284', '99285']],
  ['ADMIT_DX', 'admit', ['R07.9', 'R07.89', 'R05.9']],
];

const worksheets = (draw: Draw, all: readonly Row[]): Row[] =>
  all
    .filter((audit) => audit.dx_pre === null)
    .flatMap((audit) => {
      const withSequence = draw.maybe(0.5);
      return Array.from({ length: draw.whole(1, 8) }, (_, i) => {
        const [codeSet, role, codes] = draw.one(CODES);
        const coder = draw.maybe(0.85) ? draw.one(codes) : null;
        const auditor =
          coder === null || draw.maybe(0.8) ? (coder !== null && draw.maybe(0.6) ? coder : draw.one(codes)) : null;
        return {
          audit_id: audit.audit_id!,
          line: i + 1,
          code_set: codeSet,
          role: role === 'sdx' && draw.maybe(0.2) ? 'pdx' : role,
          coder_code: coder,
          coder_poa: draw.one(['Y', 'N', '1', 'E', null]),
          coder_seq: withSequence && coder !== null && role === 'sdx' ? draw.whole(1, 4) : null,
          auditor_code: auditor,
          auditor_poa: draw.one(['Y', 'N', '1', 'E', null]),
          auditor_seq: withSequence && auditor !== null && role === 'sdx' ? draw.whole(1, 4) : null,
          link_type: draw.one([null, null, 'explicit', 'inferred']),
        };
      });
    });

const registryDate = (draw: Draw): string =>
  write(START + draw.whole(0, 480) * 24 * HOUR)
    .slice(0, 10)
    .replaceAll('-', '')
    .slice(0, draw.one([8, 8, 8, 8, 6, 4]));

const tumors = (draw: Draw): Row[] =>
  Array.from({ length: 120 }, (_, i) => ({
    patient_key: `t${i}`,
    facility_id: draw.one(['north', 'south']),
    primarySite: draw.one(['C504', 'C619', 'C341']),
    classOfCase: draw.one(['00', '14', '22', '30', '43', null]),
    dateOfDiagnosis: registryDate(draw),
    dateOf1stContact: draw.maybe(0.95) ? registryDate(draw) : null,
    dateCaseCompleted: draw.maybe(0.6) ? registryDate(draw).padEnd(8, '01').slice(0, 8) : null,
    dateCaseCompletedCoc: draw.maybe(0.3) ? registryDate(draw).padEnd(8, '01').slice(0, 8) : null,
  }));

/** Extracts of a hospital that never was, the same for the same seed. */
export const randomHospital = (seed: number, size = 400): Hospital => {
  const draw = drawFrom(seed);
  const encounter = encounters(draw, size);
  const audit_review = audits(draw, encounter);
  return {
    encounter,
    deficiency: deficiencies(draw, encounter),
    completion_policy: POLICIES,
    coding_event: codingEvents(draw, encounter),
    billing: bills(draw, encounter),
    audit_review,
    audit_code: worksheets(draw, audit_review),
    tumor: tumors(draw),
  };
};

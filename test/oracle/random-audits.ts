import { drawFrom, type Draw } from './chance.ts';
import type { Row } from './random-hospital.ts';

/** What audit measures read, of many small hospitals at once: facility f0, f1 … */
export type Audited = Readonly<
  Record<
    | 'encounter'
    | 'encounter_code'
    | 'encounter_drg'
    | 'coding_event'
    | 'audit_review'
    | 'audit_code'
    | 'score_weight'
    | 'blended_rate'
    | 'cc_code',
    readonly Row[]
  >
>;

/** Few codes of few categories, so that matches, doubles, pairs, leftovers and levels all come about. */
const DX = ['I50.9', 'I50.23', 'e11.9', 'E1122', 'N17.9', 'N18.31', 'J44.1', 'A41.9', 'Z79.4'];
const SETS: readonly (readonly [codeSet: string, role: string, codes: readonly string[]])[] = [
  ['ICD10CM', 'sdx', DX],
  ['ICD10CM', 'sdx', DX],
  ['ICD10CM', 'pdx', DX],
  ['ICD10PCS', 'pcs', ['0DTJ4ZZ', '0DTJ0ZZ', '0FT44ZZ']],
  ['ICD10PCS', 'pcs_principal', ['0DTJ4ZZ', '0DTJ0ZZ']],
  ['CPT', 'cpt', ['99283', '99284', '99285', '99213', '99214', '99291', '71046']],
  ['CPT', 'cpt', ['99284', '71046']],
  ['ADMIT_DX', 'admit', ['R07.9', 'R07.89', 'R05.9']],
  ['VISIT_REASON', 'visit_reason', ['R07.9', 'R10.9']],
];
const POA = ['Y', 'Y', 'N', '1', 'E', null];
const STATED = [null, null, 'match', 'modifier_added', 'modifier_removed', 'px_date_changed', 'px_provider_changed'];
const MORE_STATED = [...STATED, 'consult_provider_changed', 'disposition_changed', 'pcs_principal_changed'];
const DRG = ['690', '689', '871', '872', '999'];
const WEIGHT: Readonly<Record<string, number>> = { 690: 0.8, 689: 1.1013, 871: 1.8722, 872: 1.0299, 999: 0 };

const day = (chance: Draw): string => `2026-0${chance.whole(1, 6)}-${chance.whole(10, 28)}`;

const encounters = (chance: Draw, f: number): Row[] =>
  Array.from({ length: chance.whole(2, 5) }, (_, i) => ({
    encounter_id: `e${f}-${i}`,
    patient_key: `p${f}-${i}`,
    facility_id: `f${f}`,
    patient_class: chance.one(['inpatient', 'inpatient', 'ed', 'outpatient']),
    discharge_ts: chance.maybe(0.9) ? `${day(chance)} 10:00:00` : null,
  }));

const audit = (chance: Draw, encounter: Row, id: string, f: number): Row => {
  const asCounts = chance.maybe(0.2);
  const [pre, post] = [chance.whole(1, 9), chance.whole(1, 9)];
  const [px, pxPost] = [chance.whole(0, 3), chance.whole(0, 3)];
  const [original, revised] = [chance.one([...DRG, null]), chance.one([...DRG, null])];
  const kept = chance.maybe(0.5) ? original : revised;
  const weight = (drg: string | null): number | null => (drg === null || chance.maybe(0.1) ? null : WEIGHT[drg]!);
  const stratified = chance.maybe(0.5);
  const status = chance.one(['final', 'final', 'final', 'final', 'closed', 'rebutted', 'open']);
  const maybe = <T>(value: T): T | null => (chance.maybe(0.6) ? value : null);
  return {
    audit_id: id,
    encounter_id: encounter.encounter_id!,
    audit_type: chance.one(['routine_random', 'routine_random', 'routine_random', 'new_coder', 'focused']),
    sample_method: stratified ? 'stratified' : chance.one(['srs', 'systematic', 'judgmental']),
    stratum: stratified ? encounter.patient_class! : null,
    stratum_N: stratified ? 40 + (f % 7) : null,
    frame_N: stratified ? 90 : f % 5 === 0 ? null : 30 + (f % 11),
    // A coder of one facility alone, so that frames do not reach across.
    coder_id: chance.maybe(0.95) ? `${chance.one(['kim', 'lee'])}${f}` : `ray${f}`,
    auditor_id: `${chance.one(['ray', 'may'])}${f}`,
    audit_closed_ts: status === 'open' ? null : `${day(chance)} 10:00:00`,
    audit_period: '2026-Q2',
    status,
    rebuttal_outcome: chance.one([null, null, 'none', 'finding_upheld', 'finding_overturned', 'partial']),
    is_second_review_of: null,
    drg_original: original,
    drg_revised: kept,
    weight_original: weight(original),
    weight_revised: weight(kept),
    reimb_original: chance.maybe(0.6) ? chance.whole(100, 2_000_000) / 100 : null,
    reimb_revised: chance.maybe(0.6) ? chance.whole(100, 2_000_000) / 100 : null,
    drg_change_reason: chance.one(['documentation_present', 'query_dependent', null]),
    disposition_changed: chance.one(['true', 'false', null]),
    dx_pre: asCounts ? pre : null,
    dx_post: asCounts ? post : null,
    dx_added: asCounts && chance.maybe(0.5) ? Math.max(post - pre, 0) : null,
    dx_edited: asCounts ? chance.whole(0, Math.min(pre, post)) : null,
    dx_unassigned: null,
    poa_changes: asCounts ? chance.whole(0, 2) : null,
    pdx_changed: asCounts ? chance.one(['true', 'false', null]) : null,
    px_pre: asCounts ? px : null,
    px_post: asCounts ? pxPost : null,
    px_edited: asCounts ? chance.whole(0, Math.min(px, pxPost)) : null,
    abstract_pre: asCounts ? 5 : null,
    abstract_errors: asCounts ? maybe(chance.whole(0, 5)) : null,
    cc_added: asCounts ? maybe(chance.whole(0, 2)) : null,
    cc_removed: asCounts ? maybe(chance.whole(0, 2)) : null,
    mcc_added: asCounts ? maybe(1) : null,
    mcc_removed: asCounts ? maybe(1) : null,
  };
};

const reviews = (chance: Draw, all: readonly Row[], f: number): Row[] => {
  const first = Array.from({ length: chance.whole(2, 6) }, (_, i) => audit(chance, chance.one(all), `a${f}-${i}`, f));
  const second = first
    .filter(() => chance.maybe(0.5))
    .map((one, i) => {
      const encounter = chance.maybe(0.9) ? all.find((e) => e.encounter_id === one.encounter_id)! : chance.one(all);
      const of = chance.maybe(0.95) ? one.audit_id! : 'gone';
      return { ...audit(chance, encounter, `s${f}-${i}`, f), is_second_review_of: of, drg_original: one.drg_original! };
    });
  return [...first, ...second];
};

const worksheet = (chance: Draw, one: Row, tells: boolean): Row[] => {
  const sequenced = chance.maybe(0.5);
  if (one.dx_pre !== null || chance.maybe(0.05)) return [];
  return Array.from({ length: chance.whole(1, 10) }, (_, i) => {
    const [code_set, role, codes] = chance.one(SETS);
    const coder = chance.maybe(0.85) ? chance.one(codes) : null;
    const same = coder !== null && chance.maybe(0.55) ? coder : chance.one(codes);
    const auditor = coder === null || chance.maybe(0.8) ? same : null;
    const seq = (code: string | null): number | null => (sequenced && code !== null ? chance.whole(1, 4) : null);
    return {
      audit_id: one.audit_id!,
      line: i + 1,
      code_set,
      role,
      coder_code: coder,
      coder_poa: chance.one(POA),
      coder_seq: seq(coder),
      auditor_code: auditor,
      auditor_poa: chance.one(POA),
      auditor_seq: seq(auditor),
      link_type: chance.one([null, null, 'explicit', 'inferred']),
      error_type: tells ? chance.one(MORE_STATED) : null,
    };
  });
};

const codes = (chance: Draw, all: readonly Row[]): Row[] =>
  all.flatMap((encounter) =>
    DX.filter(() => chance.maybe(0.5)).map((code, i) => ({
      encounter_id: encounter.encounter_id!,
      code_set: 'ICD10CM',
      seq: i + 1,
      code,
      stage: chance.one(['final', 'final', 'working']),
      // Z79.4 has no level anywhere.
      cc_level: code === 'Z79.4' ? null : chance.one(['N', 'CC', 'MCC', null]),
    })),
  );

const drgs = (chance: Draw, all: readonly Row[]): Row[] =>
  all.flatMap((encounter) =>
    ['final', 'audited']
      .filter(() => chance.maybe(0.5))
      .map((stage) => ({
        encounter_id: encounter.encounter_id!,
        stage,
        drg_type: 'MS',
        drg_version: chance.one(['v42', 'v43', null]),
        drg_code: chance.one(DRG),
      })),
  );

const events = (chance: Draw, all: readonly Row[], f: number): Row[] =>
  all.flatMap((encounter) =>
    Array.from({ length: chance.whole(0, 2) }, (_, i) => ({
      encounter_id: encounter.encounter_id!,
      event: chance.one(['final_coded', 'final_coded', 'first_coded']),
      event_ts: `2026-0${i + 1}-${chance.whole(10, 28)} 12:00:00`,
      event_no: i + 1,
      coder_id: chance.one([`kim${f}`, `lee${f}`, null]),
    })),
  );

const RATES: readonly Row[] = [
  { facility_id: null, dollars: 6100.5, valid_from: '2026-03-01', valid_to: '2026-05-15' },
  { facility_id: 'f3', dollars: 7000, valid_from: null, valid_to: null },
  { facility_id: 'f4', dollars: 5000, valid_from: null, valid_to: '2026-03-20' },
  { facility_id: 'f4', dollars: 5500.25, valid_from: '2026-03-20', valid_to: null },
];

const PARTS = ['drg', 'pdx', 'mcc', 'cc', 'other_dx', 'poa', 'pcs', 'cpt', 'admit_dx', 'disposition', 'abstract'];

const WEIGHTS: readonly Row[] = [
  ...PARTS.map((part, i) => ({ facility_id: null, part, weight: 1 + i / 4, valid_from: null, valid_to: null })),
  { facility_id: 'f3', part: 'pdx', weight: 9.5, valid_from: '2026-04-01', valid_to: null },
  { facility_id: 'f4', part: 'drg', weight: 0, valid_from: null, valid_to: '2026-04-01' },
];

/** A list that says nothing of discharges before March. */
const LISTED: readonly Row[] = [
  { code: 'N18.31', level: 'CC', version: '43', valid_from: '2026-03-01', valid_to: '2026-05-01' },
  { code: 'A41.9', level: 'MCC', version: '43', valid_from: '2026-03-01', valid_to: null },
  { code: 'I50.23', level: 'MCC', version: '43', valid_from: '2026-04-01', valid_to: null },
];

/** Extracts of so many small hospitals that never were, the same for the same seed. */
export const randomAudits = (seed: number, hospitals: number): Audited => {
  const chance = drawFrom(seed);
  const each = Array.from({ length: hospitals }, (_, f) => {
    const encounter = encounters(chance, f);
    const audit_review = reviews(chance, encounter, f);
    // Some never tell of modifiers and abstracted facts.
    const tells = chance.maybe(0.7);
    return {
      encounter,
      audit_review,
      audit_code: audit_review.flatMap((one) => worksheet(chance, one, tells)),
      encounter_code: codes(chance, encounter),
      encounter_drg: drgs(chance, encounter),
      coding_event: events(chance, encounter, f),
    };
  });
  const all = (name: keyof (typeof each)[number]): Row[] => each.flatMap((one) => one[name]);
  return {
    encounter: all('encounter'),
    audit_review: all('audit_review'),
    audit_code: all('audit_code'),
    encounter_code: all('encounter_code'),
    encounter_drg: all('encounter_drg'),
    coding_event: all('coding_event'),
    score_weight: WEIGHTS,
    blended_rate: RATES,
    cc_code: LISTED,
  };
};

import type { CodedHospitals } from './random-codes.ts';
import type { Row } from './random-hospital.ts';

/** Numerator and denominator of one metric at one facility. */
export type Share = readonly [numerator: number, denominator: number];

type Text = string | null;
const text = (row: Row, key: string): Text => (row[key] ?? null) as Text;
const dayOf = (moment: Text): Text => moment?.slice(0, 10) ?? null;
const inForce = (row: Row, day: string): boolean =>
  text(row, 'valid_from')! <= day && (text(row, 'valid_to') === null || day < text(row, 'valid_to')!);

/** A code of a record, judged. */
interface Judged {
  readonly set: string;
  readonly seq: number;
  readonly code: string;
  readonly poa: Text;
  /** Its day lies in the table's days. */
  readonly told: boolean;
  readonly entry: Row | null;
}

/** Measures of one small hospital, in plain loops over its rows and the code tables. */
export const codingQuality = (all: CodedHospitals, facility: string): Readonly<Record<string, Share>> => {
  const sums = new Map<string, [number, number]>();
  const add = (metric: string, hit: boolean | number, of: boolean | number = true): void => {
    const sum = sums.get(metric) ?? [0, 0];
    sums.set(metric, [sum[0] + (of === false ? 0 : Number(hit)), sum[1] + Number(of)]);
  };
  const encounters = all.encounter!.filter((row) => row.facility_id === facility);
  const records = encounters
    .map((encounter) => ({ encounter, codes: codesOf(all, encounter) }))
    .filter(({ codes }) => codes.length > 0);
  const isInpatient = (row: Row): boolean => row.patient_class === 'inpatient';
  const sendsPoa = records.some(
    ({ encounter, codes }) => isInpatient(encounter) && codes.some((one) => one.set === 'ICD10CM' && one.poa !== null),
  );
  const pxOf = (encounter: Row, codes: readonly Judged[]): number =>
    codes.filter(({ set }) => set === (isInpatient(encounter) ? 'ICD10PCS' : 'CPT')).length;
  const sendsPx = (inpatient: boolean): boolean =>
    records.some(({ encounter, codes }) => isInpatient(encounter) === inpatient && pxOf(encounter, codes) > 0);

  for (const { encounter, codes } of records) {
    const day = codeDay(encounter);
    const dx = codes.filter(({ set }) => set === 'ICD10CM');
    for (const { set, code, poa, told, entry } of codes) {
      if (told) {
        add('invalid_codes', entry === null);
        add('header_codes', entry?.is_billable === 'false');
        if (entry !== null && set !== 'ICD10PCS') {
          add('unspecified_codes', entry.is_unspecified === 'true');
          add('unspecified_codes_avoidable', entry.is_unspecified === 'true' && entry.has_specific_sibling === 'true');
        }
      }
      if (set !== 'ADMIT_DX' || (day !== null && day >= '2015-10-01')) add('malformed_codes', !shapes[set]!.test(code));
      if (
        set === 'ICD10CM' &&
        isInpatient(encounter) &&
        sendsPoa &&
        day !== null &&
        all.poa_exempt!.some((row) => inForce(row, day))
      ) {
        const exempt = all.poa_exempt!.some((row) => row.code === code && inForce(row, day));
        const isTold = poa !== null && 'YNUW'.includes(poa);
        if (exempt) add('poa_exempt_reported', isTold);
        else add('poa_missing', !isTold);
      }
    }
    add('dx_per_record', dx.length);
    add('truncated_records', dx.length === 25);
    if (sendsPx(isInpatient(encounter))) add('px_per_record', pxOf(encounter, codes));
    if (dx.length > 0)
      add(
        'sdoh_records',
        dx.some(({ code }) => code.slice(0, 3) >= 'Z55' && code.slice(0, 3) <= 'Z65'),
      );
    const principal = dx.find(({ seq }) => seq === 1);
    if (principal) add('symptom_pdx_records', principal.code.startsWith('R'));
    const titled = dx.filter(({ entry }) => entry !== null);
    if (titled.length > 0)
      add(
        'unspecified_records',
        titled.some(({ entry }) => entry!.is_unspecified === 'true'),
      );
    if (isInpatient(encounter) && dx.length > 0 && day !== null) {
      const edits = editsOf(all, encounter, codes, day);
      for (const hit of edits.values()) add('mce_edit_hit_rate', hit);
      if (edits.has(20)) add('unspecified_code_edit', edits.get(20)!);
      add('mce_records_with_edit', [...edits.values()].includes(true));
    }
  }
  for (const encounter of encounters) {
    drgsInto(add, all, encounter);
    revisionsInto(add, all, encounter, encounters);
  }
  return Object.fromEntries(sums);
};

const shapes: Readonly<Record<string, RegExp>> = {
  ICD10CM: /^[A-Z][A-Z0-9]{2,6}$/,
  ADMIT_DX: /^[A-Z][A-Z0-9]{2,6}$/,
  ICD10PCS: /^[0-9A-HJ-NP-Z]{7}$/,
  CPT: /^[0-9]{4}[0-9A-Z]$/,
};

const codeDay = (encounter: Row): Text =>
  encounter.patient_class === 'inpatient'
    ? dayOf(text(encounter, 'discharge_ts'))
    : (dayOf(text(encounter, 'admit_ts')) ?? dayOf(text(encounter, 'discharge_ts')));

const codesOf = (all: CodedHospitals, encounter: Row): readonly Judged[] => {
  const own = all.encounter_code!.filter((row) => row.encounter_id === encounter.encounter_id);
  const coded = own.filter((row) => row.code_set !== 'ADMIT_DX');
  const stage = ['final', 'billed'].find((each) => coded.some((row) => row.stage === each));
  const day = codeDay(encounter);
  return own
    .filter((row) => row.stage === stage)
    .map((row) => {
      const set = String(row.code_set);
      const table = set === 'ICD10PCS' ? all.icd10pcs_code! : set === 'CPT' ? [] : all.icd10cm_code!;
      const now = day === null ? [] : table.filter((entry) => inForce(entry, day));
      return {
        ...{ set, seq: Number(row.seq), code: String(row.code), poa: text(row, 'poa') },
        ...{ told: now.length > 0, entry: now.find((entry) => entry.code === row.code) ?? null },
      };
    });
};

/** Edits that could be put to a record, and whether it hits each. */
const editsOf = (
  all: CodedHospitals,
  encounter: Row,
  codes: readonly Judged[],
  day: string,
): ReadonlyMap<number, boolean> => {
  const edits = new Map<number, boolean>();
  const icd = codes.filter(({ set }) => set === 'ICD10CM' || set === 'ICD10PCS');
  const principal = codes.find(({ set, seq }) => set === 'ICD10CM' && seq === 1);
  const age = encounter.age_years as number | null;
  const sex = text(encounter, 'sex');
  const stay =
    encounter.admit_ts === null
      ? null
      : (Date.parse(`${String(encounter.discharge_ts)}Z`) - Date.parse(`${String(encounter.admit_ts)}Z`)) / 3_600_000;
  if (codes.some(({ set, told }) => set === 'ICD10CM' && told))
    edits.set(
      1,
      icd.some(({ told, entry }) => told && (entry === null || entry.is_billable === 'false')),
    );
  edits.set(2, principal !== undefined && /^[V-Y]/.test(principal.code));
  edits.set(
    3,
    principal !== undefined && codes.some((one) => one.set === 'ICD10CM' && one.seq > 1 && one.code === principal.code),
  );
  if (age !== null) edits.set(14, age < 0 || age > 124);
  if (sex !== null) edits.set(15, sex !== 'female' && sex !== 'male');
  if (encounter.discharge_disposition !== null) edits.set(16, encounter.discharge_disposition === '99');
  for (const rule of all.mce_code!.filter((row) => inForce(row, day))) {
    const edit = Number(rule.edit);
    if (edit === 5 && day >= '2024-10-01') continue;
    if ((edit === 4 && age === null) || (edit === 5 && sex === null) || (edit === 19 && stay === null)) continue;
    const found = icd.filter(
      ({ set, code }) => code === rule.code && (set === 'ICD10CM') === (rule.code_kind === 'dx'),
    );
    const isHit = found.some(({ seq }) => {
      if (edit === 4) return age! < Number(rule.age_from) || age! > Number(rule.age_to);
      if (edit === 5) return (rule.rule === 'female' && sex === 'male') || (rule.rule === 'male' && sex === 'female');
      if (edit === 6 || edit === 9) return seq === 1;
      if (edit === 11) return rule.rule === 'noncovered' || (age !== null && age > 60);
      if (edit === 19) return stay! < 96;
      return true;
    });
    edits.set(edit, (edits.get(edit) ?? false) || isHit);
  }
  return edits;
};

type Add = (metric: string, hit: boolean | number, of?: boolean | number) => void;

const drgsInto = (add: Add, all: CodedHospitals, encounter: Row): void => {
  const day = dayOf(text(encounter, 'discharge_ts'));
  if (encounter.patient_class !== 'inpatient' || day === null) return;
  const own = all.encounter_drg!.filter((row) => row.encounter_id === encounter.encounter_id);
  const entryOf = (row: Row): Row | undefined => {
    const version = row.drg_version === null ? null : String(row.drg_version).replace('v', '').replace('410', '41');
    return all.ms_drg!.find(
      (one) => one.drg_code === row.drg_code && (version === null ? inForce(one, day) : one.version === version),
    );
  };
  const weightOf = (row: Row): number | null =>
    row.drg_code === '999' ? null : ((row.relative_weight ?? entryOf(row)?.relative_weight ?? null) as number | null);
  const at = (stage: string): Row | undefined => own.find((row) => row.stage === stage);
  for (const [metric, row] of [
    ['cmi', at('final') ?? at('billed')],
    ['cmi_working', at('working')],
    ['cmi_baseline', at('baseline')],
  ] as const) {
    if (row === undefined) continue;
    const weight = weightOf(row);
    if (weight !== null) add(metric, weight);
    else if (metric === 'cmi') add('cmi_unweighted_records', true);
    const entry = entryOf(row);
    if (metric !== 'cmi' || !entry?.base_drg) continue;
    add('cc_mcc_rate', String(entry.split).startsWith('with_'));
    add('drg_opportunity', String(entry.split).startsWith('without_'));
    if (entry.base_drg === '280') add('mcc_rate', entry.split === 'with_mcc');
  }
};

const revisionsInto = (add: Add, all: CodedHospitals, encounter: Row, hospital: readonly Row[]): void => {
  const of = (extract: string): readonly Row[] =>
    all[extract]!.filter((row) => row.encounter_id === encounter.encounter_id);
  const events = of('coding_event');
  const finals = events
    .filter((row) => row.event === 'final_coded')
    .map((row) => String(row.event_ts))
    .sort();
  const first = finals[0];
  if (first === undefined) return;
  const later = events.filter(
    (row) => String(row.event_ts) >= first && ['recoded', 'reopened'].includes(String(row.event)),
  );
  const recoded = later.filter((row) => row.event === 'recoded').map((row) => String(row.event_ts));
  const bill = of('billing')
    .flatMap((row) => text(row, 'final_billed_ts') ?? [])
    .sort()[0];
  add('first_pass_records', new Set(finals).size === 1 && later.length === 0);
  add('recoded_records', recoded.length > 0);
  if (bill !== undefined)
    add(
      'recoded_after_bill',
      recoded.some((moment) => moment > bill),
    );
  const ids = new Set(hospital.map((row) => row.encounter_id));
  if (all.document!.some((row) => ids.has(row.encounter_id)))
    add(
      'late_document_records',
      of('document').some((row) => row.event !== 'signed' && String(row.event_ts) > first),
    );
};

import type { Hospital, Row } from './random-hospital.ts';

/** One audited record and what was found on it. */
export interface Finding {
  readonly facility: string | null;
  readonly match: number;
  readonly revised: number;
  readonly omitted: number;
  readonly unsupported: number;
  readonly poa: number;
  readonly pdx: number;
}

interface Written {
  readonly line: number;
  readonly code: string;
  readonly poa: string | null;
  readonly together: boolean;
  readonly explicit: boolean;
}

const plain = (code: unknown): string | null =>
  code === null ? null : String(code).trim().toUpperCase().replaceAll('.', '');
const exempt = (poa: unknown): string | null => (poa === 'E' ? '1' : (poa as string | null));

const classOf = (line: Row): string =>
  line.role === 'admit' ? 'admit' : line.code_set === 'ICD10PCS' ? 'pcs' : line.code_set === 'CPT' ? 'cpt' : 'dx';

/** What one side wrote in one class: same codes of a line that agrees first; diagnoses once, procedures as often as written. */
const side = (lines: readonly Row[], who: 'coder' | 'auditor', once: boolean): Written[] => {
  const written: Written[] = lines
    .filter((line) => line[`${who}_code`] !== null)
    .map((line) => ({
      line: Number(line.line),
      code: plain(line[`${who}_code`])!,
      poa: exempt(line[`${who}_poa`]),
      together: plain(line.coder_code) === plain(line.auditor_code),
      explicit: line.link_type === 'explicit',
    }))
    .sort((a, b) => Number(b.together) - Number(a.together) || a.line - b.line);
  return once ? written.filter((one, i) => written.findIndex(({ code }) => code === one.code) === i) : written;
};

const take = <T>(from: T[], fits: (one: T) => boolean): T | null => {
  const at = from.findIndex(fits);
  return at < 0 ? null : from.splice(at, 1)[0]!;
};

/** Matches first, then pairs on one line, then pairs of one category; what is left stands alone. */
const compare = (lines: readonly Row[], codeClass: string) => {
  const once = codeClass === 'dx' || codeClass === 'admit';
  const [coder, auditor] = [side(lines, 'coder', once), side(lines, 'auditor', once)];
  const found = { match: 0, revised: 0, omitted: 0, unsupported: 0, poa: 0 };
  for (const one of [...coder]) {
    const twin = take(auditor, ({ code }) => code === one.code);
    if (twin === null) continue;
    coder.splice(coder.indexOf(one), 1);
    found.match += 1;
    if (codeClass === 'dx' && one.poa !== null && twin.poa !== null && one.poa !== twin.poa) found.poa += 1;
  }
  for (const one of [...coder])
    if (take(auditor, ({ line }) => line === one.line) !== null) {
      coder.splice(coder.indexOf(one), 1);
      found.revised += 1;
    }
  if (once)
    for (const one of [...coder].filter(({ explicit }) => !explicit))
      if (take(auditor, ({ code, explicit }) => !explicit && code.slice(0, 3) === one.code.slice(0, 3)) !== null) {
        coder.splice(coder.indexOf(one), 1);
        found.revised += 1;
      }
  return { ...found, omitted: auditor.length, unsupported: coder.length };
};

/** A side's principal diagnosis: the lowest of those in sequence 1, else of those in the role; only what counts once. */
const principal = (lines: readonly Row[], who: 'coder' | 'auditor'): string => {
  const kept = side(lines, who, true).map(({ line }) => lines.find((one) => one.line === line)!);
  const codes = (those: readonly Row[]): string[] => those.map((line) => plain(line[`${who}_code`])!).sort();
  return (
    codes(kept.filter((line) => line[`${who}_seq`] === 1))[0] ??
    codes(kept.filter((line) => line.role === 'pdx'))[0] ??
    ''
  );
};

const ofLines = (lines: readonly Row[]): Omit<Finding, 'facility'> => {
  const classes = Map.groupBy(lines, classOf);
  const found = [...classes].map(([codeClass, those]) => compare(those, codeClass));
  const sum = (key: keyof ReturnType<typeof compare>): number => found.reduce((total, one) => total + one[key], 0);
  const dx = classes.get('dx') ?? [];
  const pdx = principal(dx, 'coder') === principal(dx, 'auditor') ? 0 : 1;
  return {
    match: sum('match'),
    revised: sum('revised'),
    omitted: sum('omitted'),
    unsupported: sum('unsupported'),
    poa: sum('poa'),
    pdx,
  };
};

const ofCounts = (audit: Row): Omit<Finding, 'facility'> => {
  const [pre, post, edited] = [Number(audit.dx_pre), Number(audit.dx_post), Number(audit.dx_edited)];
  const unsupported = Math.max(pre - post, 0);
  return {
    match: pre - edited - unsupported,
    revised: edited,
    omitted: Math.max(post - pre, 0),
    unsupported,
    poa: Number(audit.poa_changes),
    pdx: audit.pdx_changed === 'true' ? 1 : 0,
  };
};

/** What final audits found, random ones or focused ones. */
export const findings = (hospital: Hospital, sample: 'random' | 'focused'): Finding[] =>
  hospital.audit_review.flatMap((audit) => {
    const isRandom = audit.audit_type !== 'focused' && audit.sample_method !== 'judgmental';
    if (audit.status !== 'final' || audit.is_second_review_of !== null || isRandom !== (sample === 'random')) return [];
    const lines = hospital.audit_code.filter((line) => line.audit_id === audit.audit_id);
    const found = lines.length > 0 ? ofLines(lines) : ofCounts(audit);
    const encounter = hospital.encounter.find((one) => one.encounter_id === audit.encounter_id);
    const facility = (encounter?.facility_id ?? null) as string | null;
    if (audit.rebuttal_outcome === 'finding_overturned')
      return [
        {
          facility,
          match: found.match + found.revised + found.unsupported,
          revised: 0,
          omitted: 0,
          unsupported: 0,
          poa: 0,
          pdx: 0,
        },
      ];
    return [{ facility, ...found, poa: encounter?.patient_class === 'inpatient' ? found.poa : 0 }];
  });

/** CA1, CA2 (a changed principal diagnosis counts as one more error unless told otherwise), CA3 and CA5. */
export const accuracy = (found: readonly Finding[], pdxCounts = true) => {
  const sum = (of: (one: Finding) => number): number => found.reduce((total, one) => total + of(one), 0);
  const errors = (one: Finding): number =>
    one.revised + one.omitted + one.unsupported + one.poa + (pdxCounts ? one.pdx : 0);
  const match = sum((one) => one.match);
  const coder = sum((one) => one.match + one.revised + one.unsupported);
  return {
    code_accuracy_auditor: match / sum((one) => one.match + one.revised + one.omitted),
    code_accuracy_coder: (coder - sum(errors)) / coder,
    code_accuracy_all: match / sum((one) => one.match + one.revised + one.omitted + one.unsupported),
    error_free_records: sum((one) => (errors(one) + one.pdx === 0 ? 1 : 0)) / found.length,
    audited_records: found.length,
  };
};

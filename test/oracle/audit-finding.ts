import type { Row } from './random-hospital.ts';
import { compareWorksheet, type Compared, type Line, type Pairing } from './worksheet.ts';

/** What was found on one record in one class of codes and one role of the diagnosis. */
export interface Cell {
  readonly codeClass: string;
  readonly role: Line['role'];
  readonly match: number;
  readonly revised: number;
  readonly omitted: number;
  readonly unsupported: number;
  readonly poa: number;
  readonly poaAsked: number;
  readonly poaMissed: number;
  readonly modifier: number;
  readonly principal: number;
}

/** One closed audit. */
export interface Finding {
  readonly audit: Row;
  readonly encounter: Row | undefined;
  readonly facility: string | null;
  readonly isInpatient: boolean;
  readonly isFinal: boolean;
  readonly isOverturned: boolean;
  /** Null of audits sent as counts. */
  readonly sheet: Compared | null;
  /** As the auditor found it. */
  readonly before: readonly Cell[];
  /** As it stood once rebuttals were decided. */
  readonly cells: readonly Cell[];
}

/** What findings are taken from. */
export type Audits = Readonly<Record<'encounter' | 'audit_review' | 'audit_code', readonly Row[]>>;

/** random where anybody could have been drawn, focused where somebody was chosen. */
export const sampleOf = (audit: Row): 'random' | 'focused' =>
  audit.audit_type !== 'focused' && audit.sample_method !== 'judgmental' ? 'random' : 'focused';

const count = (lines: readonly Line[], verdict: Line['verdict']): number =>
  lines.filter((line) => line.verdict === verdict).length;

const principalChanged = (codeClass: string, role: Line['role'], lines: readonly Line[], sheet: Compared): boolean => {
  const named = sheet.principal.get(codeClass);
  if (codeClass === 'dx') return role === 'pdx' && named !== undefined && named.coder !== named.auditor;
  const says = { pcs: 'pcs_principal_changed', cpt_hcpcs: 'cpt_principal_changed' }[codeClass];
  const { coder = null, auditor = null } = named ?? {};
  return (
    (coder !== null && auditor !== null && coder !== auditor) ||
    lines.some(({ stated }) => says !== undefined && stated === says)
  );
};

const cellsOfSheet = (sheet: Compared, isInpatient: boolean): Cell[] =>
  [...Map.groupBy(sheet.lines, ({ codeClass, role }) => `${codeClass} ${role}`).values()].map((lines) => {
    const { codeClass, role } = lines[0]!;
    const isDx = codeClass === 'dx' && isInpatient;
    const both = lines.filter(
      (line) => isDx && line.verdict === 'match' && line.coderPoa !== null && line.auditorPoa !== null,
    );
    const asked = both.filter(({ auditorPoa }) => auditorPoa !== '1');
    const changedModifier = ({ verdict, stated }: Line): boolean =>
      verdict === 'match' && (stated === 'modifier_added' || stated === 'modifier_removed');
    return {
      codeClass,
      role,
      match: count(lines, 'match'),
      revised: count(lines, 'revised'),
      omitted: count(lines, 'omitted'),
      unsupported: count(lines, 'unsupported'),
      poa: both.filter((line) => line.coderPoa !== line.auditorPoa).length,
      poaAsked: asked.length,
      poaMissed: asked.filter((line) => line.coderPoa !== line.auditorPoa).length,
      modifier: codeClass === 'cpt_hcpcs' ? lines.filter(changedModifier).length : 0,
      principal: principalChanged(codeClass, role, lines, sheet) ? 1 : 0,
    };
  });

const cellsOfCounts = (audit: Row, isInpatient: boolean): Cell[] =>
  (
    [
      ['dx', 'dx'],
      ['pcs', 'px'],
    ] as const
  ).flatMap(([codeClass, prefix]) => {
    if (audit[`${prefix}_pre`] === null || audit[`${prefix}_pre`] === undefined) return [];
    const [pre, post, edited] = ['pre', 'post', 'edited'].map((part) => Number(audit[`${prefix}_${part}`])) as Counts;
    const unsupported = Math.max(pre - post, 0);
    const isDx = codeClass === 'dx';
    return {
      ...{ codeClass, role: null, match: pre - edited - unsupported, revised: edited },
      ...{ omitted: Math.max(post - pre, 0), unsupported, poaAsked: 0, poaMissed: 0, modifier: 0 },
      poa: isDx && isInpatient ? Number(audit.poa_changes) : 0,
      principal: isDx && audit.pdx_changed === 'true' ? 1 : 0,
    };
  });

type Counts = [number, number, number];

const overturned = (cell: Cell): Cell => ({
  ...cell,
  match: cell.match + cell.revised + cell.unsupported,
  ...{ revised: 0, omitted: 0, unsupported: 0, poa: 0, poaMissed: 0, modifier: 0, principal: 0 },
});

/** Every closed audit that is neither a second review nor of the auditor's own coding. */
export const findings = (audits: Audits, sample: 'random' | 'focused', rule: Pairing = 'category'): Finding[] => {
  const sheets = Map.groupBy(audits.audit_code, ({ audit_id }) => audit_id);
  const encounters = new Map(audits.encounter.map((one) => [one.encounter_id, one]));
  return audits.audit_review
    .filter((audit) => sampleOf(audit) === sample && audit.coder_id !== audit.auditor_id)
    .filter((audit) => audit.status !== 'open' && audit.is_second_review_of === null)
    .map((audit) => {
      const encounter = encounters.get(audit.encounter_id);
      const isInpatient = encounter?.patient_class === 'inpatient';
      const rows = sheets.get(audit.audit_id);
      const sheet = rows === undefined ? null : compareWorksheet(rows, rule);
      const before = sheet === null ? cellsOfCounts(audit, isInpatient) : cellsOfSheet(sheet, isInpatient);
      const isOverturned = audit.rebuttal_outcome === 'finding_overturned';
      return {
        ...{ audit, encounter, sheet, before, isInpatient, isOverturned },
        facility: (encounter?.facility_id ?? null) as string | null,
        isFinal: audit.status === 'final',
        cells: isOverturned ? before.map(overturned) : before,
      };
    });
};

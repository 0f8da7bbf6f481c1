import type { Finding } from './audit-finding.ts';
import { isPdxKept, totalOf } from './code-accuracy.ts';
import type { Row } from './random-hospital.ts';
import type { Line } from './worksheet.ts';

/** Level by encounter and code, the configured list, and the highest by code. */
export interface Levels {
  readonly listed: readonly Row[];
  readonly here: ReadonlyMap<string, number>;
  readonly anywhere: ReadonlyMap<string, number>;
}

const plain = (code: unknown): string => String(code).trim().toUpperCase().replaceAll('.', '');

/** Levels as the codes of encounters tell them: N 0, CC 1, MCC 2. */
export const levelsOf = (codes: readonly Row[], listed: readonly Row[]): Levels => {
  const [here, anywhere] = [new Map<string, number>(), new Map<string, number>()];
  for (const { encounter_id, code, cc_level, stage } of codes) {
    if (cc_level === null || cc_level === undefined) continue;
    const level = ['N', 'CC', 'MCC'].indexOf(String(cc_level));
    const raise = (map: Map<string, number>, key: string): unknown => map.set(key, Math.max(map.get(key) ?? 0, level));
    raise(anywhere, plain(code));
    if (stage === 'final') raise(here, `${encounter_id} ${plain(code)}`);
  }
  return { here, listed, anywhere };
};

/** By the list on the day of discharge; undefined on a day of which it says nothing. */
const listedLevel = (listed: readonly Row[], day: unknown, code: string): number | undefined => {
  if (day === null || day === undefined) return undefined;
  const date = String(day).slice(0, 10);
  const inForce = listed.filter(
    ({ valid_from: from, valid_to: to }) => String(from) <= date && (to === null || date < String(to)),
  );
  if (inForce.length === 0) return undefined;
  const found = inForce.find((row) => plain(row.code) === code);
  return found === undefined ? 0 : ['N', 'CC', 'MCC'].indexOf(String(found.level));
};

const levelOf = (levels: Levels, { audit, encounter }: Finding, code: string): number | undefined =>
  levels.here.get(`${audit.encounter_id} ${code}`) ??
  listedLevel(levels.listed, encounter?.discharge_ts, code) ??
  levels.anywhere.get(code);

/** Secondary diagnoses of each side of one record. */
const secondary = ({ sheet }: Finding) => {
  const named = sheet?.principal.get('dx');
  const dx = (sheet?.lines ?? []).filter(({ codeClass }) => codeClass === 'dx');
  const side = (who: 'coder' | 'auditor'): Set<string> =>
    new Set(dx.flatMap((line) => (line[who] === null || line[who] === (named?.[who] ?? null) ? [] : [line[who]])));
  return { coder: side('coder'), auditor: side('auditor') };
};

/** CC and MCC kept, found, added and struck out. */
const comorbidities = (found: readonly Finding[], levels: Levels) => {
  const total = { match: 0, found: 0, added: 0, removed: 0, rows: 0 };
  for (const one of found.filter(({ isInpatient }) => isInpatient)) {
    if (one.sheet === null) {
      for (const level of ['cc', 'mcc']) {
        const [added, removed] = [one.audit[`${level}_added`] ?? null, one.audit[`${level}_removed`] ?? null];
        if (added === null && removed === null) continue;
        total.rows += 1;
        if (one.isOverturned) continue;
        total.added += Number(added);
        total.removed += Number(removed);
      }
      continue;
    }
    const { coder, auditor } = secondary(one);
    for (const code of new Set([...coder, ...auditor])) {
      if ((levelOf(levels, one, code) ?? 0) === 0) continue;
      total.rows += 1;
      const stands = one.isOverturned ? coder.has(code) : auditor.has(code);
      total.found += stands ? 1 : 0;
      total.match += stands && coder.has(code) ? 1 : 0;
      total.added += !one.isOverturned && !coder.has(code) ? 1 : 0;
      total.removed += !one.isOverturned && !auditor.has(code) ? 1 : 0;
    }
  }
  return total;
};

const isProcedure = ({ code_set }: Row): boolean => code_set === 'ICD10PCS' || code_set === 'CPT';

/** Whether the disposition stood; null where nothing is said of it. */
const isDispositionKept = (one: Finding, rows: readonly Row[]): boolean | null => {
  const stated = one.audit.disposition_changed;
  const changed =
    stated === 'true' || (stated === null && rows.some((row) => row.error_type === 'disposition_changed'));
  if (stated === null && !changed) return null;
  return one.isOverturned || !changed;
};

/** Abstracted facts of a record and how many of them were changed; null where not known. */
const abstractOf = (one: Finding, rows: readonly Row[], tells: boolean) => {
  const { abstract_pre: pre = null, abstract_errors: wrong = null } = one.audit;
  if (wrong !== null)
    return pre === null ? null : { facts: Number(pre), changed: one.isOverturned ? 0 : Number(wrong) };
  if (!tells || one.sheet === null) return null;
  const consult = rows.some((row) => row.error_type === 'consult_provider_changed') ? 1 : 0;
  const facts = 2 * rows.filter((row) => isProcedure(row) && row.coder_code !== null).length + 1 + consult;
  const changed =
    rows.filter((row) => row.error_type === 'px_date_changed' || row.error_type === 'px_provider_changed').length +
    consult +
    (isDispositionKept({ ...one, isOverturned: false }, rows) === false ? 1 : 0);
  return { facts, changed: one.isOverturned ? 0 : changed };
};

const E_M: readonly (readonly string[])[] = [
  ['99281', '99282', '99283', '99284', '99285'],
  ['99211', '99212', '99213', '99214', '99215'],
];

/** Levels compared: 0 the same, above 0 the coder's is higher. */
const visits = ({ sheet, isOverturned }: Finding): number[] => {
  const lines = (sheet?.lines ?? []).filter(({ codeClass }) => codeClass === 'cpt_hcpcs');
  return E_M.flatMap((family) => {
    const level = (code: string | null): number => family.indexOf(code ?? '');
    const both = lines.filter(({ coder, auditor }) => level(coder) >= 0 && level(auditor) >= 0);
    const left = (verdict: Line['verdict'], who: 'coder' | 'auditor'): number[] =>
      lines
        .filter((line) => line.verdict === verdict && level(line[who]) >= 0)
        .map((line) => level(line[who]))
        .sort((a, b) => a - b);
    const [coder, auditor] = [left('unsupported', 'coder'), left('omitted', 'auditor')];
    const rest = coder.slice(0, auditor.length).map((mine, i) => mine - auditor[i]!);
    const differences = [...both.map((line) => level(line.coder) - level(line.auditor)), ...rest];
    return isOverturned ? differences.map(() => 0) : differences;
  });
};

/** The weight of a part on the day of the audit, in ten-thousandths; null without one. */
const weightOf = (weights: readonly Row[], part: string, one: Finding): number | null => {
  const day = String(one.audit.audit_closed_ts).slice(0, 10);
  const fits = weights.filter(
    (row) =>
      row.part === part &&
      (row.facility_id === null || row.facility_id === one.facility) &&
      (row.valid_from === null || String(row.valid_from) <= day) &&
      (row.valid_to === null || String(row.valid_to) > day),
  );
  const best = fits.find((row) => row.facility_id !== null) ?? fits[0];
  return best === undefined ? null : Math.round(Number(best.weight) * 10_000);
};

/** Correct of opportunities by part. */
type Parts = Map<string, { right: number; all: number }>;

const codeParts = (one: Finding, levels: Levels, put: (part: string, right: number, all: number) => void): void => {
  for (const { codeClass, match, revised, omitted, unsupported } of one.cells)
    if (codeClass !== 'dx')
      put(codeClass === 'cpt_hcpcs' ? 'cpt' : codeClass, match, match + revised + omitted + unsupported);
  for (const line of (one.sheet?.lines ?? []).filter(({ role }) => role === 'sdx')) {
    const part = ['other_dx', 'cc', 'mcc'][levelOf(levels, one, (line.auditor ?? line.coder)!) ?? 0]!;
    const stands = line.verdict === 'match' || (one.isOverturned && line.verdict !== 'omitted');
    put(part, stands ? 1 : 0, one.isOverturned && line.verdict === 'omitted' ? 0 : 1);
  }
};

/** What a facility's final audits say of the parts of a record. */
export const parts = (
  found: readonly Finding[],
  given: {
    readonly sheets: ReadonlyMap<unknown, readonly Row[]>;
    readonly levels: Levels;
    readonly weights: readonly Row[];
    /** Whether the DRG stood, of DRGs that compare. */
    readonly drgOf: (one: Finding) => boolean | null;
    /** Whether worksheets of the facility ever tell of these, focused audits included. */
    readonly tells: { readonly modifier: boolean; readonly abstract: boolean };
  },
) => {
  const final = found.filter(({ isFinal }) => isFinal);
  const rowsOf = ({ audit }: Finding): readonly Row[] => given.sheets.get(audit.audit_id) ?? [];
  const sum = (of: (one: Finding) => number): number => final.reduce((total, one) => total + of(one), 0);
  const ratio = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  const cc = comorbidities(final, given.levels);
  const abstract = (one: Finding) => abstractOf(one, rowsOf(one), given.tells.abstract);
  const matched = (one: Finding): number =>
    one.cells.reduce((total, cell) => total + (cell.codeClass === 'cpt_hcpcs' ? cell.match : 0), 0);
  const changedModifiers = (one: Finding): number => one.cells.reduce((total, cell) => total + cell.modifier, 0);
  const dispositions = final
    .filter(({ isInpatient }) => isInpatient)
    .map((one) => isDispositionKept(one, rowsOf(one)))
    .filter((kept) => kept !== null);
  const total = (those: (one: Finding) => boolean): number | null => {
    const kept = final.filter((one) => those(one) && one.cells.length > 0);
    const all = kept.reduce((n, one) => n + totalOf(one).codes + (abstract(one)?.facts ?? 0), 0);
    const wrong = kept.reduce((n, one) => n + totalOf(one).errors + (abstract(one)?.changed ?? 0), 0);
    return ratio(all - wrong, all);
  };
  const levels = final.flatMap(visits);
  const weighed = final.map((one) => {
    const all: Parts = new Map();
    const put = (part: string, right: number, of: number): void => {
      const before = all.get(part) ?? { right: 0, all: 0 };
      all.set(part, { right: before.right + right, all: before.all + of });
    };
    const yes = (part: string, answer: boolean | null): void =>
      answer === null ? undefined : put(part, answer ? 1 : 0, 1);
    codeParts(one, given.levels, put);
    yes('pdx', isPdxKept(one));
    yes('drg', given.drgOf(one));
    if (one.isInpatient) yes('disposition', isDispositionKept(one, rowsOf(one)));
    for (const { poaAsked, poaMissed } of one.cells) put('poa', poaAsked - poaMissed, poaAsked);
    const facts = abstract(one);
    if (facts !== null) put('abstract', facts.facts - facts.changed, facts.facts);
    const score = { right: 0, all: 0 };
    for (const [part, { right, all: of }] of all) {
      const weight = weightOf(given.weights, part, one) ?? 0;
      score.right += weight * right;
      score.all += weight * of;
    }
    return score;
  });
  return {
    cc_mcc_accuracy: ratio(cc.match, cc.found),
    cc_mcc_added: cc.rows === 0 ? null : cc.added,
    cc_mcc_removed: cc.rows === 0 ? null : cc.removed,
    modifier_accuracy: given.tells.modifier ? ratio(sum(matched) - sum(changedModifiers), sum(matched)) : null,
    disposition_accuracy: ratio(dispositions.filter(Boolean).length, dispositions.length),
    abstracting_accuracy: ratio(
      sum((one) => (abstract(one)?.facts ?? 0) - (abstract(one)?.changed ?? 0)),
      sum((one) => abstract(one)?.facts ?? 0),
    ),
    total_accuracy_inpatient: total(({ isInpatient }) => isInpatient),
    total_accuracy_outpatient: total(({ isInpatient }) => !isInpatient),
    em_level_accuracy: ratio(levels.filter((over) => over === 0).length, levels.length),
    em_overcoded: ratio(levels.filter((over) => over > 0).length, levels.length),
    em_undercoded: ratio(levels.filter((over) => over < 0).length, levels.length),
    weighted_score: ratio(
      weighed.reduce((n, { right }) => n + right, 0),
      weighed.reduce((n, { all }) => n + all, 0),
    ),
  };
};

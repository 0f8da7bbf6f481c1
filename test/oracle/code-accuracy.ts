import type { Cell, Finding } from './audit-finding.ts';

/** Whether a changed principal diagnosis, or procedure, is one error more. */
export interface DoubleCount {
  readonly pdx: boolean;
  readonly procedure: boolean;
}

const always: DoubleCount = { pdx: true, procedure: true };

const sum = <T>(all: readonly T[], of: (one: T) => number): number => all.reduce((total, one) => total + of(one), 0);
const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);

const coderCodes = ({ match, revised, unsupported }: Cell): number => match + revised + unsupported;
const auditorCodes = ({ match, revised, omitted }: Cell): number => match + revised + omitted;
const eitherCodes = (cell: Cell): number => coderCodes(cell) + cell.omitted;

const errors = (cell: Cell, counted: DoubleCount): number =>
  cell.revised +
  cell.omitted +
  cell.unsupported +
  cell.poa +
  cell.modifier +
  ((cell.codeClass === 'dx' ? counted.pdx : counted.procedure) ? cell.principal : 0);

/** CA1, CA2 and CA3 of some cells. */
const three = (cells: readonly Cell[], counted: DoubleCount) => ({
  auditor: share(
    sum(cells, ({ match }) => match),
    sum(cells, auditorCodes),
  ),
  coder: share(
    sum(cells, (cell) => coderCodes(cell) - errors(cell, counted)),
    sum(cells, coderCodes),
  ),
  all: share(
    sum(cells, ({ match }) => match),
    sum(cells, eitherCodes),
  ),
});

/** Share of yes among those known. */
const yesAmong = (answers: readonly (boolean | null)[]): number | null => {
  const known = answers.filter((answer) => answer !== null);
  return share(known.filter(Boolean).length, known.length);
};

/** Whether the principal diagnosis stood; null where nothing is said of it. */
export const isPdxKept = ({ sheet, audit, isOverturned }: Finding): boolean | null => {
  if (sheet === null) {
    if (audit.pdx_changed !== 'true' && audit.pdx_changed !== 'false') return null;
    return isOverturned || audit.pdx_changed === 'false';
  }
  const named = sheet.principal.get('dx');
  return named === undefined ? null : isOverturned || named.coder === named.auditor;
};

const isErrorFree = ({ cells }: Finding): boolean | null =>
  cells.length === 0 ? null : cells.every((cell) => errors(cell, always) === 0);

/** What final audits say of codes. */
export const accuracy = (found: readonly Finding[], counted: DoubleCount = always) => {
  const final = found.filter(({ isFinal }) => isFinal);
  const cells = final.flatMap((one) => one.cells);
  const [sdx, pcs, cpt] = [
    cells.filter(({ role }) => role === 'sdx'),
    cells.filter(({ codeClass }) => codeClass === 'pcs'),
    cells.filter(({ codeClass }) => codeClass === 'cpt_hcpcs'),
  ].map((those) => three(those, counted)) as [Three, Three, Three];
  const all = three(cells, counted);
  const match = sum(cells, (cell) => cell.match);
  const kept = sum(final, (one) =>
    Math.max(0, sum(one.cells, (cell) => cell.match) - sum(one.cells, (cell) => cell.unsupported)),
  );
  return {
    code_accuracy_auditor: all.auditor,
    code_accuracy_auditor_penalised: share(kept, sum(cells, auditorCodes)),
    code_accuracy_coder: all.coder,
    code_accuracy_all: all.all,
    code_precision: share(match, sum(cells, coderCodes)),
    code_recall: all.auditor,
    code_f1: share(2 * match, sum(cells, coderCodes) + sum(cells, auditorCodes)),
    error_free_records: yesAmong(final.map(isErrorFree)),
    pdx_accuracy: yesAmong(final.map(isPdxKept)),
    sdx_accuracy_auditor: sdx.auditor,
    sdx_accuracy_coder: sdx.coder,
    sdx_accuracy_all: sdx.all,
    poa_accuracy: share(
      sum(cells, ({ poaAsked, poaMissed }) => poaAsked - poaMissed),
      sum(cells, ({ poaAsked }) => poaAsked),
    ),
    pcs_accuracy_auditor: pcs.auditor,
    pcs_accuracy_coder: pcs.coder,
    pcs_accuracy_all: pcs.all,
    cpt_accuracy_auditor: cpt.auditor,
    cpt_accuracy_coder: cpt.coder,
    cpt_accuracy_all: cpt.all,
    code_accuracy_before_rebuttal: share(
      sum(
        found.flatMap(({ before }) => before),
        (cell) => cell.match,
      ),
      sum(
        found.flatMap(({ before }) => before),
        auditorCodes,
      ),
    ),
    audited_records: final.length === 0 ? null : final.length,
  };
};

type Three = ReturnType<typeof three>;

/** Errors and codes of a record, of every class: what total accuracy adds up. */
export const totalOf = ({ cells }: Finding, counted: DoubleCount = always) => ({
  codes: sum(cells, coderCodes),
  errors: sum(cells, (cell) => errors(cell, counted)),
});

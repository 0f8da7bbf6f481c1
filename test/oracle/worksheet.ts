import type { Row } from './random-hospital.ts';

/** How far codes that differ are paired. */
export type Pairing = 'explicit_link' | 'category' | 'net_count';

/** What became of one code of a worksheet. */
export interface Line {
  readonly codeClass: string;
  readonly coder: string | null;
  readonly auditor: string | null;
  readonly verdict: 'match' | 'revised' | 'omitted' | 'unsupported';
  /** E written as 1. */
  readonly coderPoa: string | null;
  readonly auditorPoa: string | null;
  /** What the auditor calls the coder's line; the auditor's own where the coder has none. */
  readonly stated: string | null;
  /** Principal to either side, to neither; null where the worksheet names none or the code is no diagnosis. */
  readonly role: 'pdx' | 'sdx' | null;
}

/** The principal codes of a class, each side's; null where a side names none. */
export interface Principal {
  readonly coder: string | null;
  readonly auditor: string | null;
}

/** A worksheet compared. */
export interface Compared {
  readonly lines: readonly Line[];
  readonly principal: ReadonlyMap<string, Principal>;
}

interface Written {
  readonly line: number;
  readonly code: string;
  readonly poa: string | null;
  readonly agrees: boolean;
  readonly explicit: boolean;
  readonly stated: string | null;
  readonly row: Row;
}

const plain = (code: unknown): string | null =>
  code === null || code === undefined ? null : String(code).trim().toUpperCase().replaceAll('.', '');

const classOf = ({ role, code_set: set }: Row): string => {
  if (role === 'admit') return 'admit_dx';
  if (role === 'visit_reason') return 'visit_reason';
  if (set === 'ICD10PCS') return 'pcs';
  return set === 'CPT' ? 'cpt_hcpcs' : 'dx';
};

const isProcedure = (codeClass: string): boolean => codeClass === 'pcs' || codeClass === 'cpt_hcpcs';

/** One side of a class, lines that agree first: diagnoses count once, procedures as often as written. */
const sideOf = (rows: readonly Row[], who: 'coder' | 'auditor', codeClass: string): Written[] => {
  const written = rows
    .filter((row) => plain(row[`${who}_code`]) !== null)
    .map((row) => ({
      line: Number(row.line),
      code: plain(row[`${who}_code`])!,
      poa: row[`${who}_poa`] === 'E' ? '1' : ((row[`${who}_poa`] ?? null) as string | null),
      agrees: plain(row.coder_code) === plain(row.auditor_code),
      explicit: row.link_type === 'explicit',
      stated: (row.error_type ?? null) as string | null,
      row,
    }))
    .sort((a, b) => Number(b.agrees) - Number(a.agrees) || a.line - b.line);
  return isProcedure(codeClass)
    ? written
    : written.filter(({ code }, i) => written.findIndex((other) => other.code === code) === i);
};

const principalOf = (side: readonly Written[], who: 'coder' | 'auditor'): string | null => {
  const lowest = (those: readonly Written[]): string | null => those.map(({ code }) => code).sort()[0] ?? null;
  return (
    lowest(side.filter(({ row }) => row[`${who}_seq`] === 1)) ??
    lowest(side.filter(({ row }) => row.role === 'pdx' || row.role === 'pcs_principal'))
  );
};

type Pair = readonly [coder: Written | null, auditor: Written | null];

/** Matches, then pairs as far as the rule goes, then what stands alone. */
const pairsOf = (coder: readonly Written[], auditor: readonly Written[], codeClass: string, rule: Pairing): Pair[] => {
  const byLine = (a: Written, b: Written): number => a.line - b.line;
  const free = { coder: [...coder], auditor: [...auditor] };
  const pairs: Pair[] = [];
  const join = (fits: (mine: Written, theirs: Written) => boolean): void => {
    for (const mine of [...free.coder]) {
      const theirs = free.auditor.find((one) => fits(mine, one));
      if (theirs === undefined) continue;
      pairs.push([mine, theirs]);
      free.coder.splice(free.coder.indexOf(mine), 1);
      free.auditor.splice(free.auditor.indexOf(theirs), 1);
    }
  };
  join((mine, theirs) => mine.code === theirs.code);
  free.coder.sort(byLine);
  free.auditor.sort(byLine);
  join((mine, theirs) => mine.line === theirs.line);
  const category = ({ code }: Written): string => code.slice(0, 3);
  if (rule !== 'explicit_link' && !isProcedure(codeClass))
    join((mine, theirs) => !mine.explicit && !theirs.explicit && category(mine) === category(theirs));
  if (rule === 'net_count') join(() => true);
  return [...pairs, ...free.coder.map((one): Pair => [one, null]), ...free.auditor.map((one): Pair => [null, one])];
};

const verdictOf = ([coder, auditor]: Pair): Line['verdict'] => {
  if (coder === null) return 'omitted';
  if (auditor === null) return 'unsupported';
  return coder.code === auditor.code ? 'match' : 'revised';
};

/** Compares the lines of one audit. */
export const compareWorksheet = (rows: readonly Row[], rule: Pairing): Compared => {
  const principal = new Map<string, Principal>();
  const lines = [...Map.groupBy(rows, classOf)].flatMap(([codeClass, those]) => {
    const [coder, auditor] = [sideOf(those, 'coder', codeClass), sideOf(those, 'auditor', codeClass)];
    const named = { coder: principalOf(coder, 'coder'), auditor: principalOf(auditor, 'auditor') };
    const hasNamed = ['dx', 'pcs', 'cpt_hcpcs'].includes(codeClass) && (named.coder !== null || named.auditor !== null);
    if (hasNamed) principal.set(codeClass, named);
    return pairsOf(coder, auditor, codeClass, rule).map((pair): Line => {
      const [mine, theirs] = pair;
      const isPrincipal =
        (mine !== null && mine.code === named.coder) || (theirs !== null && theirs.code === named.auditor);
      return {
        codeClass,
        coder: mine?.code ?? null,
        auditor: theirs?.code ?? null,
        verdict: verdictOf(pair),
        coderPoa: mine?.poa ?? null,
        auditorPoa: theirs?.poa ?? null,
        stated: mine?.stated ?? (mine === null ? (theirs?.stated ?? null) : null),
        role: codeClass !== 'dx' || !hasNamed ? null : isPrincipal ? 'pdx' : 'sdx',
      };
    });
  });
  return { lines, principal };
};

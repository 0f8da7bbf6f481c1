/**
 * Whose a rule is: the NAACCR XML standard's, so that a file which breaks it is no valid NAACCR XML; or a check of our own on
 * top, told apart by its name and switched off by it.
 */
export type RuleKind = 'standard' | 'check';

/** One rule a file is held to. */
export interface Rule {
  readonly code: string;
  readonly kind: RuleKind;
  /** What is right, as a sentence. */
  readonly says: string;
  /** Where it stands. */
  readonly source: string;
}

/** Versions of the specification, oldest first. */
export const specifications = ['1.0', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7', '1.8'] as const;

export type Specification = (typeof specifications)[number];

/** Whether a version is another or a later one. */
export const isFrom = (version: Specification, since: Specification): boolean =>
  specifications.indexOf(version) >= specifications.indexOf(since);

/** A text as a version of the specification, or null where there is no such version. */
export const specificationOf = (text: string | null): Specification | null =>
  specifications.find((version) => version === text) ?? null;

/** Rules of one family by their codes. */
export const rulesOf = <Code extends string>(
  rules: Readonly<Record<Code, { readonly says: string; readonly source: string }>>,
  kind: RuleKind = 'standard',
): Readonly<Record<Code, Rule>> =>
  Object.fromEntries(
    Object.entries<{ readonly says: string; readonly source: string }>(rules).map(([code, rule]) => [
      code,
      { code, kind, ...rule },
    ]),
  ) as Record<Code, Rule>;

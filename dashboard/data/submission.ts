import type { DaySpan } from './case-span.ts';
import type { CheckKeys } from './check.ts';
import { formatCount, formatDay, plural } from './format.ts';

/** A profile of registry packages and what was made of it, as `GET /api/submissions` tells it. */
export interface SubmissionProfile {
  readonly profile: string;
  readonly describes: string;
  readonly format: string;
  /** Newest first. */
  readonly packages: readonly SubmissionPackage[];
}

/** One package that was made. */
export interface SubmissionPackage {
  readonly id: string;
  readonly release: string;
  /** First day of the period, and the first day no longer in it; ISO dates. */
  readonly from: string;
  readonly to: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly file: string;
  readonly sha256: string;
  readonly rows: number;
  /** Null where rows are of no patients. */
  readonly patients: number | null;
  /** Rows by year; null, as the two below, of a package of before they were kept. */
  readonly byYear: Readonly<Record<string, number>> | null;
  readonly profileVersion: string | null;
  /** Null also of formats that are not NAACCR's. */
  readonly dictionary: string | null;
  readonly difference: {
    readonly before: string | null;
    readonly added: number;
    readonly modified: number;
    readonly gone: number;
  };
}

/** What is new in a package against the one before it, in words. */
export const differenceWords = ({ difference }: Pick<SubmissionPackage, 'difference'>): string =>
  difference.before === null
    ? 'the first'
    : changeKinds
        .filter((kind) => difference[kind] > 0)
        .map((kind) => changeWords(kind, difference[kind]))
        .join(', ') || 'nothing new';

/** Rows of a package against those of the one before it, as `GET /api/submissions/:profile/packages/:id` tells them. */
export interface PackageDifference {
  readonly id: string;
  readonly before: string | null;
  /** Names of the parts of a key. */
  readonly columns: readonly string[];
  /** How many of each kind, and the keys of the first of them. */
  readonly changes: Readonly<
    Record<ChangeKind, { readonly count: number; readonly keys: readonly (readonly string[])[] }>
  >;
}

/** In the order told. */
export const changeKinds = ['added', 'modified', 'gone'] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** `212 new`, `37 modified`, `1 gone`. */
export const changeWords = (kind: ChangeKind, count: number): string =>
  `${formatCount(count)} ${kind === 'added' ? 'new' : kind}`;

/** Kinds of change that there are, each as a table of keys. */
export const changeTables = ({
  columns,
  changes,
}: PackageDifference): readonly { readonly kind: ChangeKind; readonly count: number; readonly keys: CheckKeys }[] =>
  changeKinds.flatMap((kind) => {
    const { count, keys } = changes[kind];
    if (count === 0) return [];
    const rows = keys.map((key) => Object.fromEntries(columns.map((column, i) => [column, key[i] ?? null])));
    return [{ kind, count, keys: { release: '', columns, rows, more: count > keys.length } }];
  });

/** What a package of a profile and period would hold, as `GET /api/submissions/:profile` tells it. */
export interface SubmissionPreview {
  readonly release: string;
  readonly profile: string;
  readonly profileVersion: string;
  readonly format: string;
  /** Rows of the release, sent or not. */
  readonly rows: number;
  /** First and last day of the dates the period goes by. */
  readonly dates: { readonly first: string; readonly last: string } | null;
  readonly sent: number;
  readonly patients: number | null;
  readonly byYear: readonly { readonly year: number; readonly rows: number }[];
  readonly leftOut: readonly { readonly reason: string; readonly says: string; readonly rows: number }[];
  readonly required: readonly { readonly item: string; readonly missing: number }[];
  /** Why no package can be written as things stand. */
  readonly refusal: string | null;
  /** What cannot be known before it is written. */
  readonly note: string | null;
}

export interface SubmissionEdit {
  readonly id: string;
  readonly level: 'error' | 'warning';
  readonly says: string;
  readonly means: string;
  readonly source: string;
  readonly items: readonly string[];
  /** What is counted: of an edit between records patients, who may have several of the cases. */
  readonly of: 'case' | 'patient';
  readonly examined: number;
  readonly failing: number;
}

/** How its rows fare, as `GET /api/submissions/:profile/edits` tells it. */
export interface SubmissionEdits {
  readonly release: string;
  readonly says: string;
  /** Null of rows that are no abstracts. */
  readonly edits: readonly SubmissionEdit[] | null;
  readonly years: readonly { readonly year: number | null; readonly cases: number; readonly withoutErrors: number }[];
  /** The profile's own checks; one of level error that a row breaks keeps a package from being written. */
  readonly checks: readonly {
    readonly id: string;
    readonly says: string;
    readonly level: 'error' | 'warning';
    readonly violated: number;
  }[];
}

/** Edits that some row fails, errors before warnings, those that most fail first. */
export const failingEdits = (edits: readonly SubmissionEdit[]): readonly SubmissionEdit[] =>
  edits
    .filter(({ failing }) => failing > 0)
    .toSorted(
      (a, b) =>
        Number(a.level === 'warning') - Number(b.level === 'warning') ||
        b.failing - a.failing ||
        (a.id < b.id ? -1 : 1),
    );

/** Rows without an error of their own or of their patient's, of how many. */
export const cleanOf = ({
  years,
}: Pick<SubmissionEdits, 'years'>): { readonly clean: number; readonly cases: number } =>
  years.reduce((sum, one) => ({ clean: sum.clean + one.withoutErrors, cases: sum.cases + one.cases }), {
    clean: 0,
    cases: 0,
  });

/** A profile and what was made of it last, in a few words. */
export const profileWords = ({ packages: [last] }: Pick<SubmissionProfile, 'packages'>): string =>
  last === undefined
    ? 'no package yet'
    : `last package ${formatDay(last.madeAt)}: ${plural(last.rows, 'row')} of ${periodWords(last)}, ${differenceWords(last)}`;

/** The command that makes a package of a profile and a period. */
export const commandOf = (profile: string, { from, to }: DaySpan, today: string): string =>
  `npx himsight submit ${profile} --from ${from} --to ${to} --out ${profile}-${today}`;

/** The period of a package, its last day included. */
export const periodWords = ({ from, to }: Pick<SubmissionPackage, 'from' | 'to'>): string => {
  const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const isYears = from.endsWith('-01-01') && last.endsWith('-12-31');
  if (!isYears) return `${formatDay(from)} – ${formatDay(last)}`;
  return from.slice(0, 4) === last.slice(0, 4) ? from.slice(0, 4) : `${from.slice(0, 4)}–${last.slice(0, 4)}`;
};

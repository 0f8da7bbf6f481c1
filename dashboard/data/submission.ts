import { formatCount, formatDay } from './format.ts';

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
    : (['added', 'modified', 'gone'] as const)
        .filter((what) => difference[what] > 0)
        .map((what) => `${formatCount(difference[what])} ${what === 'added' ? 'new' : what}`)
        .join(', ') || 'nothing new';

/** The command that makes the next package of a profile: of the same period as the last one, else of the last whole year. */
export const commandOf = ({ profile, packages }: SubmissionProfile, today: string): string => {
  const [last] = packages;
  const year = Number(today.slice(0, 4)) - 1;
  const [from, to] = last === undefined ? [String(year), String(year + 1)] : [last.from, last.to];
  return `npx himsight submit ${profile} --from ${from} --to ${to} --out ${profile}-${today}`;
};

/** The period of a package, its last day included. */
export const periodWords = ({ from, to }: Pick<SubmissionPackage, 'from' | 'to'>): string => {
  const last = new Date(Date.parse(`${to}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const isYears = from.endsWith('-01-01') && last.endsWith('-12-31');
  if (!isYears) return `${formatDay(from)} – ${formatDay(last)}`;
  return from.slice(0, 4) === last.slice(0, 4) ? from.slice(0, 4) : `${from.slice(0, 4)}–${last.slice(0, 4)}`;
};

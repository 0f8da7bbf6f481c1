/** What of something that people wrote down decides whether a series is cut by it. */
export interface Recorded {
  readonly metric: string;
  /** Filters of the series it was written on: dimension, then the values kept. */
  readonly where: Filters;
  /** ISO day. */
  readonly period: string;
  /** `rebase`: the process is another one from that day on. Anything else cuts nothing. */
  readonly kind: string;
  /** Set once it was taken back. */
  readonly retired?: unknown;
}

type Filters = Readonly<Record<string, readonly string[]>>;

const sameValues = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((value) => other.includes(value));

/** Whether a series lies within others' filters: it keeps the same values of each of their dimensions. */
export const isWithin = (where: Filters, of: Filters): boolean =>
  Object.entries(of).every(([id, values]) => id in where && sameValues(where[id] ?? [], values));

/** Whether it moves the limits of the very series under these filters; what changed a facility need not have changed the whole. */
export const isRebaseOf = ({ kind, where: of }: Recorded, where: Filters): boolean =>
  kind === 'rebase' && isWithin(where, of) && isWithin(of, where);

/** Days that the limits of a series are computed anew from, ascending: recorded by somebody, never found by the program. */
export const rebaseDays = (
  recorded: readonly Recorded[],
  { metric, where }: { readonly metric: string; readonly where: Filters },
): readonly string[] => {
  const own = recorded.filter((one) => one.metric === metric && one.retired === undefined && isRebaseOf(one, where));
  return [...new Set(own.map(({ period }) => period))].sort();
};

/** The places in a series at which limits are computed anew: the first point that begins on each of these days or after. */
export const rebaseStarts = (periods: readonly string[], rebases: readonly string[]): readonly number[] =>
  [...new Set(rebases.map((day) => periods.findIndex((period) => period >= day)))].filter((at) => at > 0);

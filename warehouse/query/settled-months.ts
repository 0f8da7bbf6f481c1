/** Days [from, to), ISO dates; both null where nothing is known to be complete. */
export interface Months {
  readonly from: string | null;
  readonly to: string | null;
}

/**
 * The twelve whole months up to the earlier of two days: what both releases hold in full, so that a number that moved
 * moved by the data or its definition, not because a day more is in.
 *
 * @param before last day wholly in, ISO date; null = not known
 */
export const settledMonths = (before: string | null, after: string | null): Months => {
  if (before === null || after === null) return { from: null, to: null };
  const last = before < after ? before : after;
  // The day after the last: the month it is in is not whole, those before are.
  const next = new Date(Date.parse(`${last}T00:00:00Z`) + 86_400_000);
  const monthStart = (months: number) =>
    new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + months, 1)).toISOString().slice(0, 10);
  return { from: monthStart(-12), to: monthStart(0) };
};

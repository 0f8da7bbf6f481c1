/** Quantile by linear interpolation between neighbours; null of nothing. NaN is left out. */
export const quantile = (values: readonly number[], p: number): number | null => {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort((a, b) => a - b);
  if (sorted.length === 0) return null;
  const place = (sorted.length - 1) * p;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
};

/** Somebody watched: for how long, and whether it happened. */
export interface Watched {
  readonly days: number;
  readonly happened: boolean;
}

/** Kaplan–Meier the slow way: at each time, who was still watched, and how many of them had it then. */
const steps = (all: readonly Watched[]): { days: number; left: number }[] => {
  const times = [...new Set(all.filter(({ happened }) => happened).map(({ days }) => days))].sort((a, b) => a - b);
  let left = 1;
  return times.map((days) => {
    const watched = all.filter((one) => one.days >= days).length;
    const had = all.filter((one) => one.happened && one.days === days).length;
    left *= 1 - had / watched;
    return { days, left };
  });
};

/**
 * Days by which a share p has had it; null where that is never reached. Where the curve lies flat at 1 − p, the middle of
 * that stretch (to the last time anybody was watched, where it never falls again), as R's survfit has it.
 */
export const survivalQuantile = (all: readonly Watched[], p: number): number | null => {
  const curve = steps(all);
  const at = curve.findIndex(({ left }) => left <= 1 - p + 1e-12);
  const [found, next] = [curve[at], curve[at + 1]];
  if (found === undefined) return null;
  const isFlat = Math.abs(found.left - (1 - p)) < 1e-12;
  const last = Math.max(...all.map(({ days }) => days));
  return isFlat ? (found.days + (next?.days ?? last)) / 2 : found.days;
};

/** Share that has had it within so many days; null of nobody. */
export const shareWithin = (all: readonly Watched[], days: number): number | null =>
  all.length === 0 ? null : 1 - (steps(all).findLast((step) => step.days <= days)?.left ?? 1);

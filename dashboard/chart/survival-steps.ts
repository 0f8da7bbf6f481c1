import type { SurvivalPoint } from '../data/answer.ts';

/** The share done by each day: one less what is still open, so the bounds change places. */
export interface Done {
  readonly time: number;
  readonly done: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly atRisk: number | null;
}

/** A curve of what is still open as one of what is done. */
export const doneOf = (points: readonly SurvivalPoint[]): readonly Done[] =>
  points.map(({ time, survival, lower, upper, atRisk }) => ({
    time,
    done: 1 - survival,
    lower: upper === null ? null : 1 - upper,
    upper: lower === null ? null : 1 - lower,
    atRisk,
  }));

/** The step that holds at this day: the last one not after it. Before the first step nothing is done. */
export const stepAt = (steps: readonly Done[], day: number): Done =>
  steps.findLast((step) => step.time <= day) ?? {
    time: 0,
    done: 0,
    lower: 0,
    upper: 0,
    atRisk: steps[0]?.atRisk ?? null,
  };

/** How many are still open and watched at this day: the number at the first step from it on. */
export const atRiskAt = (steps: readonly Done[], day: number): number | null => {
  const next = steps.find((step) => step.time >= day);
  return next === undefined ? null : next.atRisk;
};

/** The last day anybody was watched: nothing is known beyond. */
export const lastDay = (points: readonly SurvivalPoint[]): number => points.at(-1)?.time ?? 0;

/**
 * Days worth showing: until nearly all are done, in tens, at least past the day that matters and at most a quarter of
 * a year; but not beyond the last day that was watched, unless the day that matters lies there.
 */
export const daysToShow = (points: readonly SurvivalPoint[], day: number): number => {
  const nearlyAll = points.find((point) => point.survival <= 0.03)?.time ?? lastDay(points);
  const wanted = Math.min(90, Math.max(20, 2 * day, Math.ceil(nearlyAll / 10) * 10));
  return Math.max(1, Math.min(wanted, Math.max(day + 2, Math.ceil(lastDay(points)))));
};

/** The day by which half are done; null when half never are within what was watched. */
export const medianDay = (points: readonly SurvivalPoint[]): number | null =>
  points.find((point) => point.survival <= 0.5)?.time ?? null;

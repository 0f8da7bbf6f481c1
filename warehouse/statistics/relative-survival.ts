import type { ActuarialCurve } from './actuarial-survival.ts';
import type { ExpectedSurvival } from './expected-survival.ts';
import type { Interval } from './interval.ts';
import { limitsAt } from './kaplan-meier.ts';

/** Relative survival after one interval. */
export interface RelativePoint extends Interval {
  /** End of the interval, months after diagnosis. */
  readonly months: number;
  /** R = P/P*: of the interval alone. May lie above 1. */
  readonly interval: number;
  readonly intervalError: number;
  /** CR = CP/CP*, after the adjustments asked for. */
  readonly value: number;
  /** SE(CP)/CP*; NaN once nobody is left. */
  readonly error: number;
  /** Whether an adjustment changed the value. */
  readonly isAdjusted: boolean;
}

/** What SEER*Stat calls adjusting relative survival; neither unless asked for. */
export interface RelativeAdjustment {
  /** Values and limits above 1 become 1. */
  readonly cap?: boolean;
  /** A value above the one before it gives way to that one, with its error and limits. */
  readonly noIncrease?: boolean;
}

/**
 * Observed by expected survival, SEER's convention: CR = CP/CP*, with the expected one taken as known, so that its limits
 * are those of CP, log(−log), divided by CP*.
 *
 * Ederer, Axtell & Cutler, NCI Monogr 6 (1961) 101–121; SEER*Stat, algorithms for the survival output table. Other
 * programs estimate an interval's relative survival from the excess of deaths instead: print the convention with it.
 * As long as the shorter of the two.
 */
export const relativeSurvival = (
  observed: ActuarialCurve,
  expected: ExpectedSurvival,
  { cap = false, noIncrease = false }: RelativeAdjustment = {},
  level = 0.95,
): readonly RelativePoint[] => {
  const points: RelativePoint[] = [];
  for (let i = 0; i < Math.min(observed.time.length, expected.cumulative.length); i++) {
    const [share, whole] = [expected.interval[i]!, expected.cumulative[i]!];
    const limits = limitsAt(observed, i, 'log-log', level);
    const plain = {
      value: observed.survival[i]! / whole,
      error: observed.error[i]! / whole,
      lower: limits.lower / whole,
      upper: limits.upper / whole,
    };
    const before = points.at(-1);
    const isRise = noIncrease && before !== undefined && plain.value > before.value;
    const { value, error, lower, upper } = isRise ? before : plain;
    const cut = (limit: number): number => (cap ? Math.min(1, limit) : limit);
    points.push({
      months: observed.time[i]!,
      interval: observed.interval[i]! / share,
      intervalError: observed.intervalError[i]! / share,
      value: cut(value),
      error,
      lower: cut(lower),
      upper: cut(upper),
      isAdjusted: isRise || cut(value) !== plain.value,
    });
  }
  return points;
};

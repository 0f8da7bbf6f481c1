import { chiSquaredTail } from './chi-squared.ts';
import { solveLinear } from './solve-linear.ts';

/** What happened to one group: at each time, ascending and distinct, how many had the event and how many were lost. */
export interface EventTable {
  readonly time: Float64Array;
  readonly events: Float64Array;
  readonly censored: Float64Array;
}

export interface LogRank {
  readonly chiSquared: number;
  /** Groups compared, less one. */
  readonly degrees: number;
  /** Chance of a χ² as large where the groups are alike. */
  readonly p: number;
  /** Events seen in each group, and those it would have had if all were alike; in the order given. */
  readonly observed: Float64Array;
  readonly expected: Float64Array;
}

/**
 * Log-rank test of whether survival differs between k ≥ 2 groups; Mantel 1966, Peto & Peto 1972 (ρ = 0 of R's `survdiff`),
 * with the hypergeometric variance, which takes ties as they are. The event comes before the censoring of the same time.
 *
 * A group of which no event was to be expected (all its subjects left before the first event) is not compared, as in R.
 * null where fewer than two groups remain or the times say nothing. Linear in the number of times, times k².
 */
export const logRank = (groups: readonly EventTable[]): LogRank | null => {
  const { observed, expected, covariance } = sumsOver(groups);
  const compared = groups.map((_, g) => g).filter((g) => expected[g]! > 0);
  const degrees = compared.length - 1;
  if (degrees < 1) return null;
  // The differences add up to 0: the last is told by the others.
  const some = compared.slice(0, -1);
  const gap = some.map((g) => observed[g]! - expected[g]!);
  const weights = solveLinear(
    some.map((g) => some.map((h) => covariance[g * groups.length + h]!)),
    gap,
  );
  if (weights === null) return null;
  const chiSquared = gap.reduce((sum, one, i) => sum + one * weights[i]!, 0);
  return { chiSquared, degrees, p: chiSquaredTail(chiSquared, degrees), observed, expected };
};

const total = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);

const sumsOver = (groups: readonly EventTable[]) => {
  const k = groups.length;
  const observed = Float64Array.from(groups, ({ events }) => total(events));
  const expected = new Float64Array(k);
  const covariance = new Float64Array(k * k);
  const atRisk = Float64Array.from(groups, ({ events, censored }) => total(events) + total(censored));
  const next = new Int32Array(k);
  for (;;) {
    const time = Math.min(...groups.map((group, g) => group.time[next[g]!] ?? Infinity));
    if (time === Infinity) return { observed, expected, covariance };
    const here = groups.map((group, g) => group.time[next[g]!] === time);
    const died = groups.reduce((sum, group, g) => sum + (here[g]! ? group.events[next[g]!]! : 0), 0);
    if (died > 0) addTime(died, atRisk, expected, covariance);
    for (const [g, group] of groups.entries()) {
      if (!here[g]!) continue;
      atRisk[g] = atRisk[g]! - group.events[next[g]!]! - group.censored[next[g]!]!;
      next[g] = next[g]! + 1;
    }
  }
};

/** One time's part: expected d rᵢ/r, covariance d (r − d)/(r − 1) · rᵢ/r (δᵢⱼ − rⱼ/r). */
const addTime = (died: number, atRisk: Float64Array, expected: Float64Array, covariance: Float64Array): void => {
  const k = atRisk.length;
  const all = total(atRisk);
  const spread = all > 1 ? (died * (all - died)) / (all - 1) : 0;
  for (let g = 0; g < k; g++) {
    const share = atRisk[g]! / all;
    expected[g] = expected[g]! + died * share;
    for (let h = 0; h < k; h++) {
      const i = g * k + h;
      covariance[i] = covariance[i]! + spread * share * ((g === h ? 1 : 0) - atRisk[h]! / all);
    }
  }
};

import { clusterInterval, type ClusterSums } from './cluster-ratio.ts';
import { sideOf } from './evidence.ts';
import type { Interval } from './interval.ts';
import { wilson } from './wilson.ts';

/** The question: how many more until all of the interval lies on one side of `target`. */
export interface Decision {
  readonly target: number;
  /** Two-sided confidence, 0–1; default 0.95. */
  readonly level?: number;
}

/**
 * How many more units, audited with the share seen so far, would put Wilson's interval wholly above or below the target;
 * 0 where it lies there already.
 *
 * Wilson's interval leaves t out once n > z² t(1 − t)/(p − t)², the score test turned round: 30 of 30 against 0.95 stays
 * undecided up to 72 in a row and is decided by the 73rd, 43 more. null where nothing was audited, or where more of the
 * same never decide: the share seen is the target, or so near that it takes more than a million.
 */
export const auditsUntilDecided = (successes: number, n: number, { target, level = 0.95 }: Decision): number | null => {
  if (wilson(successes, n, level) === null) return null;
  const share = successes / n;
  return fewestMore((more) => wilson(Math.min(share * (n + more), n + more), n + more, level), target);
};

/**
 * How many more clusters (records) with the ratio, the sizes and the spread seen so far would put `clusterInterval`
 * wholly above or below the target; 0 where it lies there already.
 *
 * Ask it what the interval was asked: `effect` is the design effect of a larger whole, by which few or perfect records
 * count as Σn ÷ effect units, and `population` the K records there are, at most all of which can be audited. null where
 * there is no interval yet, or where more of the same never decide.
 */
export const recordsUntilDecided = (
  sums: ClusterSums,
  effect: number,
  { target, level = 0.95, population = Infinity }: Decision & { readonly population?: number },
): number | null => {
  if (clusterInterval(sums, effect, level, population) === null) return null;
  return fewestMore(
    (more) => clusterInterval(grown(sums, (sums.k + more) / sums.k), effect, level, population),
    target,
    Math.min(most, population - sums.k),
  );
};

/** So many as nobody audits. */
const most = 1_000_000;

/** The same clusters `times` over. */
const grown = ({ k, m, n, mm, mn, nn }: ClusterSums, times: number): ClusterSums => ({
  // Whole, since k decides the degrees of freedom and what is left of a population.
  k: Math.round(k * times),
  m: m * times,
  n: n * times,
  mm: mm * times,
  mn: mn * times,
  nn: nn * times,
});

/** The smallest number for which the interval lies on one side: doubled until it does, then halved down to it. */
const fewestMore = (after: (more: number) => Interval | null, target: number, limit = most): number | null => {
  const isDecided = (more: number): boolean => {
    const side = sideOf(after(more), target);
    return side === 'above' || side === 'below';
  };
  if (isDecided(0)) return 0;
  let short = 0;
  let enough = Math.min(1, limit);
  while (!isDecided(enough)) {
    if (enough >= limit) return null;
    short = enough;
    enough = Math.min(limit, enough * 2);
  }
  while (enough - short > 1) {
    const middle = Math.floor((short + enough) / 2);
    if (isDecided(middle)) enough = middle;
    else short = middle;
  }
  return enough;
};

import { auditsUntilDecided } from '../statistics/audits-until-decided.ts';
import { hasWeight, stratifiedInterval, weightedSums, type StratumSums } from '../statistics/stratified-ratio.ts';
import { doubles, type Block } from './block.ts';
import type { ColumnTable } from './column-table.ts';
import { groupRuns } from './group-runs.ts';
import type { Unit } from './plan.ts';
import { withinReach } from '../additive/reach.ts';

/** Weighted ratios with their intervals; n = clusters of the group. Without a weight for every stratum there is no value. */
export const finishStrata = (unit: Unit, result: ColumnTable): Block[] => {
  const { groups, ranges } = groupRuns(result);
  return unit.metrics.map((metric, i) => {
    const strata = stratumSums(result, i);
    const [low, over] = [doubles(result, `low${i}`), doubles(result, `over${i}`)];
    const found = ranges.map(([from, to]) => {
      const each = estimate(strata.slice(from, to));
      const reach = { low: Math.min(...low.subarray(from, to)), over: Math.max(...over.subarray(from, to)) };
      return { ...each, ...withinReach(each, reach, metric) };
    });
    const column = (of: 'value' | 'numerator' | 'denominator' | 'lower' | 'upper' | 'n'): Float64Array<ArrayBuffer> =>
      Float64Array.from(found, (each) => each[of]);
    return {
      ...groups,
      metric,
      value: column('value'),
      numerator: column('numerator'),
      denominator: column('denominator'),
      lower: column('lower'),
      upper: column('upper'),
      n: column('n'),
      note: noteOf(found),
      untilDecided: (row, target) => {
        const { n, value, effective } = found[row]!;
        const more = auditsUntilDecided(value * effective, effective, { target });
        return more === null ? null : Math.ceil((more * n) / effective);
      },
    };
  });
};

const stratumSums = (result: ColumnTable, i: number): StratumSums[] => {
  const known = (name: string): Float64Array => doubles(result, name).map((sum) => (Number.isNaN(sum) ? 0 : sum));
  const [k, m, n] = [known(`k${i}`), known(`m${i}`), known(`n${i}`)];
  const [mm, mn, nn] = [known(`mm${i}`), known(`mn${i}`), known(`nn${i}`)];
  const [sampled, population] = [doubles(result, '_sampled'), doubles(result, '_population')];
  return Array.from({ length: result.rows }, (_, row) => ({
    population: population[row]!,
    sampled: sampled[row]!,
    k: k[row]!,
    m: m[row]!,
    n: n[row]!,
    mm: mm[row]!,
    mn: mn[row]!,
    nn: nn[row]!,
  }));
};

interface Estimate {
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly lower: number;
  readonly upper: number;
  readonly n: number;
  /** Independent yes-or-no records that would be as sure. */
  readonly effective: number;
  /** How it was made, or why it was not. */
  readonly how: keyof typeof words | 'linearised' | 'nothing';
}

const estimate = (strata: readonly StratumSums[]): Estimate => {
  const n = strata.reduce((sum, { k }) => sum + k, 0);
  const none = { value: NaN, numerator: NaN, denominator: NaN, lower: NaN, upper: NaN, n, effective: NaN };
  const sums = weightedSums(strata);
  if (sums === null) {
    const unknown = strata.some((stratum) => !hasWeight(stratum) && Number.isNaN(stratum.population));
    return { ...none, how: unknown ? 'unknown' : 'tooFew' };
  }
  if (sums.denominator === 0) return { ...none, ...sums, how: 'nothing' };
  const value = sums.numerator / sums.denominator;
  const interval = stratifiedInterval(strata);
  if (interval === null) return { ...none, ...sums, value, how: 'single' };
  const { lower, upper, effective, method } = interval;
  return { ...sums, value, n, lower, upper, effective, how: method };
};

const words = {
  unknown: 'no value, because the population of a stratum is not known or not one number, so no weight can be made',
  tooFew: 'no value, because a stratum’s population is smaller than what was drawn from it, so no weight can be made',
  single: 'no interval, because a single record stands for its stratum or for the whole group',
  collapsed: 'strata of a single record collapsed into one (Cochran 1977, 5A.12)',
  wilson: 'Wilson on Kish’s effective number of records',
  census: 'every stratum drawn whole, so nothing is left to chance',
} as const;

const noteOf = (found: readonly Estimate[]): string =>
  (Object.keys(words) as (keyof typeof words)[])
    .flatMap((how) => {
      const count = found.filter((each) => each.how === how).length;
      const share = count === found.length ? '' : ` in ${count} of ${found.length} rows`;
      return count === 0 ? [] : [`here ${words[how]}${share}`];
    })
    .join('; ');

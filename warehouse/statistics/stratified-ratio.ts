import type { Interval } from './interval.ts';
import { fewClusters } from './cluster-ratio.ts';
import { studentTQuantile } from './student-t-quantile.ts';
import { wilson } from './wilson.ts';

/** What the drawn clusters (records) of one stratum leave behind in one group. m counts in n within one cluster. */
export interface StratumSums {
  /** N_h: clusters in the stratum of the frame; NaN = not known. */
  readonly population: number;
  /** n_h: clusters drawn from the stratum, those outside the group included. */
  readonly sampled: number;
  /** Clusters of the group that hold something to count. */
  readonly k: number;
  /** Σm, Σn, Σm², Σmn, Σn² over the group's clusters. */
  readonly m: number;
  readonly n: number;
  readonly mm: number;
  readonly mn: number;
  readonly nn: number;
}

/** Σw·m and Σw·n with w = N_h/n_h. */
export interface WeightedSums {
  readonly numerator: number;
  readonly denominator: number;
}

export interface StratifiedInterval extends Interval {
  /** `collapsed`: as `linearised`, strata of a single drawn cluster taken together. `census`: nothing was left to chance. */
  readonly method: 'linearised' | 'collapsed' | 'wilson' | 'census';
  /** Clusters drawn at random, one yes or no each, that would be as sure: Kish's number, else p(1 − p)/SE². */
  readonly effective: number;
}

/** Whether a weight N_h/n_h can be made: the population is known and holds at least what was drawn from it. */
export const hasWeight = ({ population, sampled }: StratumSums): boolean => sampled > 0 && population >= sampled;

const weightOf = ({ population, sampled }: StratumSums): number => population / sampled;

/**
 * Totals of the frame as estimated from the sample; Horvitz & Thompson, JASA 47 (1952) 663–685. Their quotient is the
 * combined ratio estimator (Cochran, Sampling Techniques, 1977, 6.11). null where a stratum has no weight.
 */
export const weightedSums = (strata: readonly StratumSums[]): WeightedSums | null => {
  if (!strata.every(hasWeight)) return null;
  const total = (of: (stratum: StratumSums) => number): number =>
    strata.reduce((sum, stratum) => sum + weightOf(stratum) * of(stratum), 0);
  return { numerator: total(({ m }) => m), denominator: total(({ n }) => n) };
};

/** A stratum's linearised values z = w(m − R·n)/Σwn: how many were drawn from how many, Σz and Σz². */
interface Linearised {
  readonly sampled: number;
  readonly population: number;
  readonly z: number;
  readonly zz: number;
}

const linearised = (strata: readonly StratumSums[], { numerator, denominator }: WeightedSums): Linearised[] =>
  strata.map((stratum) => {
    const ratio = numerator / denominator;
    const scale = weightOf(stratum) / denominator;
    const { m, n, mm, mn, nn, sampled, population } = stratum;
    const zz = mm - 2 * ratio * mn + ratio * ratio * nn;
    // Below 1e-12 of its terms it is rounding, hence 0.
    const isRounding = zz <= 1e-12 * (mm + Math.abs(2 * ratio * mn) + ratio * ratio * nn);
    return { sampled, population, z: isRounding ? 0 : scale * (m - ratio * n), zz: isRounding ? 0 : scale ** 2 * zz };
  });

const isSingle = ({ sampled, population }: Linearised): boolean => sampled === 1 && population > 1;

/**
 * Strata of a single drawn cluster say nothing of the spread within them: they are collapsed into one (Cochran 1977,
 * 5A.12), which overstates the variance by what lies between them. null where one stands alone.
 */
const collapsed = (strata: readonly Linearised[]): readonly Linearised[] | null => {
  const singles = strata.filter(isSingle);
  if (singles.length === 1) return null;
  if (singles.length === 0) return strata;
  const sum = (key: keyof Linearised): number => singles.reduce((total, stratum) => total + stratum[key], 0);
  const together = { sampled: sum('sampled'), population: sum('population'), z: sum('z'), zz: sum('zz') };
  return [...strata.filter((stratum) => !isSingle(stratum)), together];
};

/** Σ_h (1 − n_h/N_h)·n_h/(n_h − 1)·Σ(z − z̄_h)²; clusters drawn but outside the group count with z = 0. */
const varianceOf = (strata: readonly Linearised[]): number =>
  strata.reduce((sum, { sampled, population, z, zz }) => {
    if (sampled === population) return sum;
    const squares = Math.max(0, zz - (z * z) / sampled);
    return sum + (1 - sampled / population) * (sampled / (sampled - 1)) * squares;
  }, 0);

/**
 * 95 % interval (or `level`) of the weighted ratio: R ± t · SE with Σn_h − H degrees of freedom, not clamped. The SE is
 * that of the linearised ratio with finite population correction (Cochran 1977, 6.11; Särndal, Swensson & Wretman 1992,
 * 5.6); a group within the sample is a domain, its weights are those of the whole sample.
 *
 * Where the spread says nothing (no spread, nothing wrong, nothing right, fewer than ten clusters) it is Wilson's on
 * Kish's effective number of clusters (Σwn)²/Σ(wn)², as if all units of a cluster were one (practice.md 1.5). Where
 * every stratum was drawn whole both ends are the value. null without a weight, a denominator, or a second cluster
 * beside a stratum's only one.
 */
export const stratifiedInterval = (strata: readonly StratumSums[], level = 0.95): StratifiedInterval | null => {
  const sums = weightedSums(strata);
  if (sums === null || sums.denominator === 0) return null;
  const value = sums.numerator / sums.denominator;
  if (strata.every(({ sampled, population }) => sampled === population))
    return { lower: value, upper: value, method: 'census', effective: NaN };
  const pieces = collapsed(linearised(strata, sums));
  const variance = pieces === null ? null : varianceOf(pieces);
  const clusters = strata.reduce((sum, { k }) => sum + k, 0);
  if (!variance || value === 0 || value === 1 || clusters < fewClusters) {
    const weight = strata.reduce((sum, stratum) => sum + weightOf(stratum) ** 2 * stratum.nn, 0);
    const effective = sums.denominator ** 2 / weight;
    const limits = clusters < 2 ? null : wilson(value * effective, effective, level);
    if (limits !== null && variance !== null) return { ...limits, method: 'wilson', effective };
  }
  if (variance === null || pieces === null) return null;
  const freedom = pieces.reduce((sum, { sampled }) => sum + sampled - 1, 0);
  if (freedom < 1) return null;
  const half = studentTQuantile((1 + level) / 2, freedom) * Math.sqrt(variance);
  const method = pieces.length < strata.length ? 'collapsed' : 'linearised';
  return { lower: value - half, upper: value + half, method, effective: (value * (1 - value)) / variance };
};

import type { Interval } from './interval.ts';
import { studentTQuantile } from './student-t-quantile.ts';
import { wilson } from './wilson.ts';

/** What a group of clusters (records) leaves behind; every part adds up over groups. m counts in n within one cluster. */
export interface ClusterSums {
  /** Number of clusters. */
  readonly k: number;
  /** Σm, Σn, Σm², Σmn, Σn². */
  readonly m: number;
  readonly n: number;
  readonly mm: number;
  readonly mn: number;
  readonly nn: number;
}

export interface ClusterInterval extends Interval {
  /** `cluster`: t on the cluster standard error. `wilson`: Wilson on the effective sample size. */
  readonly method: 'cluster' | 'wilson';
}

/** Below this many clusters their spread says too little about the standard error (practice.md 1.5). */
export const fewClusters = 10;

/**
 * Standard error of Σm/Σn with clusters as the unit: sqrt(k/(k−1) · Σ(m − p n)²) / Σn (measures.md 1.4; the linearised
 * ratio estimator, Cochran, Sampling Techniques, 6.19). null with fewer than 2 clusters or Σn = 0.
 *
 * Times sqrt(1 − k/K) where the clusters were drawn without replacement from `population` = K of them; by default from
 * no end of them.
 * @throws RangeError where the population is smaller than the sample
 */
export const clusterStandardError = (sums: ClusterSums, population = Infinity): number | null => {
  const { k, n } = sums;
  const left = notDrawn(k, population);
  if (k < 2 || n === 0) return null;
  return Math.sqrt((k / (k - 1)) * squaredResiduals(sums) * left) / Math.abs(n);
};

/** Finite population correction of a variance: the share 1 − k/K that was not drawn; 0 where all were. */
const notDrawn = (k: number, population: number): number => {
  if (!(population >= k)) throw new RangeError('clusterStandardError: the population is smaller than the sample');
  return population === Infinity ? 1 : population === 0 ? 0 : 1 - k / population;
};

/** Σ(m − p n)² from the sums; below 1e-12 of its terms it is rounding, hence 0. */
const squaredResiduals = ({ m, n, mm, mn, nn }: ClusterSums): number => {
  const p = m / n;
  const rest = mm - 2 * p * mn + p * p * nn;
  return rest <= 1e-12 * (mm + Math.abs(2 * p * mn) + p * p * nn) ? 0 : rest;
};

/**
 * How many times larger the variance is than if every unit were drawn alone: cluster variance ÷ p(1−p)/Σn; Kish 1965.
 *
 * At least 1; 1 also where it cannot be told (fewer than 2 clusters, nothing or everything right).
 */
export const designEffect = (sums: ClusterSums): number => {
  const error = clusterStandardError(sums);
  const p = sums.m / sums.n;
  if (error === null || !(p > 0 && p < 1)) return 1;
  return Math.max(1, (error * error) / ((p * (1 - p)) / sums.n));
};

/**
 * 95 % interval (or `level`) of Σm/Σn over clusters: p ± t(k−1) · SE, not clamped (a value may lie below 0).
 *
 * Where the spread says nothing — all clusters alike, nothing wrong, nothing right, or fewer than ten — it is
 * Wilson's on the effective sample size Σn ÷ `effect`, `effect` being the design effect of a larger whole
 * (practice.md 1.5). A value outside 0–1 has no Wilson interval and keeps t. null with fewer than 2 clusters.
 *
 * Of a finite `population` of K clusters either is narrowed by 1 − k/K of the variance; where all were drawn nothing is
 * left to chance and both ends are the value.
 * @param effect null for a ratio that is no share (a mean weight, codes a record): it keeps t throughout
 * @throws RangeError where the population is smaller than the sample
 */
export const clusterInterval = (
  sums: ClusterSums,
  effect: number | null,
  level = 0.95,
  population = Infinity,
): ClusterInterval | null => {
  const error = clusterStandardError(sums, population);
  if (error === null) return null;
  const { k, m, n } = sums;
  const left = notDrawn(k, population);
  if (left === 0) return { lower: m / n, upper: m / n, method: 'cluster' };
  if (effect !== null && (error === 0 || m === n || m === 0 || k < fewClusters)) {
    const limits = wilson(m / (effect * left), n / (effect * left), level);
    if (limits !== null) return { ...limits, method: 'wilson' };
  }
  const half = studentTQuantile((1 + level) / 2, k - 1) * error;
  return { lower: m / n - half, upper: m / n + half, method: 'cluster' };
};

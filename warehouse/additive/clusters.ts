import type { Metric, RatioMeasure } from '../metric/metric.ts';
import { clusterInterval, designEffect, type ClusterSums } from '../statistics/cluster-ratio.ts';
import { withinReach } from './reach.ts';
import { intervals, known, quotients, type Figures } from './sums.ts';

/** Sums over clusters as in ClusterSums, and how far these reach as in Reach; an entry a period and group. */
export interface ClusterParts {
  readonly k: Float64Array;
  readonly m: Float64Array;
  readonly n: Float64Array;
  readonly mm: Float64Array;
  readonly mn: Float64Array;
  readonly nn: Float64Array;
  readonly low: Float64Array;
  readonly over: Float64Array;
}

/** A ratio with its interval over clusters, and how it was taken. */
export interface ClusterFigures extends Figures {
  /** The sums of a row, the denominator divided as the metric has it. */
  readonly sumsAt: (row: number) => ClusterSums;
  /** Of all rows together; what few clusters are judged by. */
  readonly effect: number;
  /** How many rows have an interval by either method. */
  readonly methods: { readonly cluster: number; readonly wilson: number };
}

/** Sums over clusters as ratios with intervals; n = clusters. */
export const clusterFigures = (
  { unit }: Pick<Metric, 'unit'>,
  { denominator_divisor: divisor = 1 }: Pick<RatioMeasure, 'denominator_divisor'>,
  parts: ClusterParts,
): ClusterFigures => {
  const of = (part: Float64Array): Float64Array<ArrayBuffer> => Float64Array.from(part, known);
  const [k, m, n] = [of(parts.k), of(parts.m), of(parts.n)];
  const [mm, mn, nn] = [of(parts.mm), of(parts.mn), of(parts.nn)];
  const sumsAt = (row: number): ClusterSums => ({
    k: k[row]!,
    m: m[row]!,
    n: n[row]! / divisor,
    mm: mm[row]!,
    mn: mn[row]! / divisor,
    nn: nn[row]! / divisor ** 2,
  });
  const effect = designEffect(together(k.length, sumsAt));
  const methods = { cluster: 0, wilson: 0 };
  const limits = intervals(k.length, (row) => {
    const interval = clusterInterval(sumsAt(row), unit === 'share' ? effect : null);
    if (interval === null) return null;
    methods[interval.method]++;
    const reach = { low: parts.low[row]!, over: divisor === 1 ? parts.over[row]! : NaN };
    return withinReach(interval, reach, { unit });
  });
  const denominator = n.map((sum) => sum / divisor);
  const value = quotients(m, denominator);
  return { ...limits, value, numerator: m, denominator, n: k, sumsAt, effect, methods };
};

/** All groups as one, to learn the design effect from. */
const together = (rows: number, sumsAt: (row: number) => ClusterSums): ClusterSums => {
  const all = { k: 0, m: 0, n: 0, mm: 0, mn: 0, nn: 0 };
  for (let row = 0; row < rows; row++) {
    const sums = sumsAt(row);
    for (const part of ['k', 'm', 'n', 'mm', 'mn', 'nn'] as const) all[part] += sums[part];
  }
  return all;
};

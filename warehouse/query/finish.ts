import type { Metric, RatioMeasure } from '../metric/metric.ts';
import { auditsUntilDecided, recordsUntilDecided } from '../statistics/audits-until-decided.ts';
import { clusterInterval, designEffect, type ClusterSums } from '../statistics/cluster-ratio.ts';
import type { Interval } from '../statistics/interval.ts';
import { wilson } from '../statistics/wilson.ts';
import { countsThings } from './metric-query.ts';
import { doubles, groupsOf, neverDecided, type Block, type Groups } from './block.ts';
import type { ColumnTable } from './column-table.ts';
import { finishPairs } from './finish-pairs.ts';
import { finishStrata } from './finish-strata.ts';
import { finishTimes } from './finish-times.ts';
import type { Unit } from './plan.ts';
import { withinReach } from './reach.ts';

/** From a unit's additive parts to values and intervals: what is divided is divided here, after all adding up. */
export const finishUnit = (unit: Unit, result: ColumnTable): Block[] => {
  if (unit.shape === 'times') return finishTimes(unit, result);
  if (unit.shape === 'strata') return finishStrata(unit, result);
  if (unit.shape === 'pairs') return finishPairs(unit, result);
  const groups = groupsOf(result);
  return unit.metrics.map((metric, i) =>
    unit.shape === 'clusters' ? finishClusters(metric, groups, result, i) : finishSums(metric, groups, result, i),
  );
};

const finishSums = (metric: Metric, groups: Groups, result: ColumnTable, i: number): Block => {
  const { measure } = metric;
  const a = doubles(result, `a${i}`);
  const blank = a.map(() => NaN);
  const shared = { ...groups, metric, lower: blank, upper: blank, note: '', untilDecided: neverDecided };
  switch (measure.kind) {
    case 'count': {
      const counted = a.map(known);
      const n = countsThings(metric.unit) ? counted : doubles(result, `b${i}`);
      return { ...shared, value: counted, numerator: counted, denominator: blank, n };
    }
    case 'quantile':
      return { ...shared, value: a, numerator: blank, denominator: blank, n: doubles(result, `b${i}`) };
    case 'ratio': {
      const numerator = a.map(known);
      const denominator = denominatorOf(measure, doubles(result, `b${i}`));
      const limits = intervals(groups.rows, (row) =>
        measure.interval === 'wilson' ? wilson(numerator[row]!, denominator[row]!) : null,
      );
      const untilDecided = (row: number, target: number): number | null =>
        measure.interval === 'wilson' ? auditsUntilDecided(numerator[row]!, denominator[row]!, { target }) : null;
      const value = quotients(numerator, denominator);
      return { ...shared, ...limits, numerator, denominator, value, n: denominator, untilDecided };
    }
    default:
      throw new Error(`${measure.kind} does not add up`);
  }
};

const finishClusters = (metric: Metric, groups: Groups, result: ColumnTable, i: number): Block => {
  const measure = metric.measure as RatioMeasure;
  const [k, m, n] = (['k', 'm', 'n'] as const).map((part) => doubles(result, `${part}${i}`).map(known)) as Triple;
  const [mm, mn, nn] = (['mm', 'mn', 'nn'] as const).map((part) => doubles(result, `${part}${i}`).map(known)) as Triple;
  const [low, over] = [doubles(result, `low${i}`), doubles(result, `over${i}`)];
  const divisor = measure.denominator_divisor ?? 1;
  const sumsAt = (row: number): ClusterSums => ({
    k: k[row]!,
    m: m[row]!,
    n: n[row]! / divisor,
    mm: mm[row]!,
    mn: mn[row]! / divisor,
    nn: nn[row]! / divisor ** 2,
  });
  const effect = designEffect(together(groups.rows, sumsAt));
  const methods = { cluster: 0, wilson: 0 };
  const limits = intervals(groups.rows, (row) => {
    const interval = clusterInterval(sumsAt(row), metric.unit === 'share' ? effect : null);
    if (interval === null) return null;
    methods[interval.method]++;
    return withinReach(interval, { low: low[row]!, over: divisor === 1 ? over[row]! : NaN }, metric);
  });
  const denominator = denominatorOf(measure, n);
  const untilDecided = (row: number, target: number): number | null =>
    recordsUntilDecided(sumsAt(row), effect, { target });
  return {
    ...{ ...groups, ...limits, metric, value: quotients(m, denominator), numerator: m, denominator, n: k },
    ...{ note: noteOf(methods, effect), untilDecided },
  };
};

type Triple = [Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>];

/** All groups as one, to learn the design effect from. */
const together = (rows: number, sumsAt: (row: number) => ClusterSums): ClusterSums => {
  const all = { k: 0, m: 0, n: 0, mm: 0, mn: 0, nn: 0 };
  for (let row = 0; row < rows; row++) {
    const sums = sumsAt(row);
    for (const part of ['k', 'm', 'n', 'mm', 'mn', 'nn'] as const) all[part] += sums[part];
  }
  return all;
};

const noteOf = (methods: { readonly cluster: number; readonly wilson: number }, effect: number): string => {
  if (methods.wilson === 0) return '';
  const share = methods.cluster === 0 ? '' : ` in ${methods.wilson} of ${methods.cluster + methods.wilson} rows`;
  return `here Wilson on the effective sample size (design effect ${effect.toFixed(2)})${share}`;
};

const intervals = (rows: number, of: (row: number) => Interval | null): Pick<Block, 'lower' | 'upper'> => {
  const lower = new Float64Array(rows);
  const upper = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const interval = of(row);
    lower[row] = interval?.lower ?? NaN;
    upper[row] = interval?.upper ?? NaN;
  }
  return { lower, upper };
};

const denominatorOf = (
  { denominator_divisor: divisor = 1 }: RatioMeasure,
  sums: Float64Array,
): Float64Array<ArrayBuffer> => Float64Array.from(sums, (sum) => known(sum) / divisor);

/** Unknown where there is nothing to divide by. */
const quotients = (numerator: Float64Array, denominator: Float64Array): Float64Array<ArrayBuffer> =>
  Float64Array.from(numerator, (part, row) => (denominator[row] === 0 ? NaN : part / denominator[row]!));

/** The sum of nothing is 0. */
const known = (sum: number): number => (Number.isNaN(sum) ? 0 : sum);

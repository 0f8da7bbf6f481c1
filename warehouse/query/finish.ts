import { clusterFigures, type ClusterParts } from '../additive/clusters.ts';
import { countFigures, countsThings, ratioFigures } from '../additive/sums.ts';
import type { Metric, RatioMeasure } from '../metric/metric.ts';
import { auditsUntilDecided, recordsUntilDecided } from '../statistics/audits-until-decided.ts';
import { doubles, groupsOf, neverDecided, type Block, type Groups } from './block.ts';
import type { ColumnTable } from './column-table.ts';
import { finishPairs } from './finish-pairs.ts';
import { finishStrata } from './finish-strata.ts';
import { finishTimes } from './finish-times.ts';
import type { Unit } from './plan.ts';

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
  const shared = { ...groups, metric, note: '', untilDecided: neverDecided };
  switch (measure.kind) {
    case 'count':
      return { ...shared, ...countFigures(a, countsThings(metric.unit) ? null : doubles(result, `b${i}`)) };
    case 'quantile': {
      const blank = a.map(() => NaN);
      const n = doubles(result, `b${i}`);
      return { ...shared, value: a, numerator: blank, denominator: blank, lower: blank, upper: blank, n };
    }
    case 'ratio': {
      const figures = ratioFigures(measure, a, doubles(result, `b${i}`));
      const { numerator, denominator } = figures;
      const untilDecided = (row: number, target: number): number | null =>
        measure.interval === 'wilson' ? auditsUntilDecided(numerator[row]!, denominator[row]!, { target }) : null;
      return { ...shared, ...figures, untilDecided };
    }
    default:
      throw new Error(`${measure.kind} does not add up`);
  }
};

const finishClusters = (metric: Metric, groups: Groups, result: ColumnTable, i: number): Block => {
  const part = (name: string): Float64Array => doubles(result, `${name}${i}`);
  const parts: ClusterParts = {
    ...{ k: part('k'), m: part('m'), n: part('n'), mm: part('mm'), mn: part('mn'), nn: part('nn') },
    ...{ low: part('low'), over: part('over') },
  };
  const { sumsAt, effect, methods, ...figures } = clusterFigures(metric, metric.measure as RatioMeasure, parts);
  const untilDecided = (row: number, target: number): number | null =>
    recordsUntilDecided(sumsAt(row), effect, { target });
  return { ...groups, ...figures, metric, note: noteOf(methods, effect), untilDecided };
};

const noteOf = (methods: { readonly cluster: number; readonly wilson: number }, effect: number): string => {
  if (methods.wilson === 0) return '';
  const share = methods.cluster === 0 ? '' : ` in ${methods.wilson} of ${methods.cluster + methods.wilson} rows`;
  return `here Wilson on the effective sample size (design effect ${effect.toFixed(2)})${share}`;
};

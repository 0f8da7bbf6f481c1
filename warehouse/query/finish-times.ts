import type { KmMeasure } from '../metric/metric.ts';
import { kaplanMeier, survivalAt, survivalQuantile, type SurvivalCurve } from '../statistics/kaplan-meier.ts';
import { doubles, neverDecided, type Block, type Groups } from './block.ts';
import type { ColumnTable } from './column-table.ts';
import { groupRuns } from './group-runs.ts';
import type { Unit } from './plan.ts';

const microsecondsPerDay = 86_400_000_000;

/** The survival curve of each period and group, time in days. Without grain and dimensions there is one, if of nobody. */
export const curvesOf = (
  result: ColumnTable,
): { readonly groups: Groups; readonly curves: readonly SurvivalCurve[] } => {
  const runs = groupRuns(result);
  const days = doubles(result, '_time').map((time) => time / microsecondsPerDay);
  const events = doubles(result, 'events');
  const censored = doubles(result, 'censored');
  const curves = runs.ranges.map(([start, end]) =>
    kaplanMeier(days.subarray(start, end), events.subarray(start, end), censored.subarray(start, end)),
  );
  return { groups: runs.groups, curves };
};

/** Quantiles and shares of each group's curve, with log-log 95 % limits; n = subjects watched. */
export const finishTimes = (unit: Unit, result: ColumnTable): Block[] => {
  const { groups, curves } = curvesOf(result);
  const n = Float64Array.from(curves, (curve) => curve.n);
  const numerator = Float64Array.from(curves, (curve) => curve.events);
  return unit.metrics.map((metric) => {
    const found = curves.map((curve) => read(curve, metric.measure as KmMeasure));
    const column = (of: 'value' | 'lower' | 'upper'): Float64Array<ArrayBuffer> =>
      Float64Array.from(found, (each) => each[of] ?? NaN);
    return {
      ...groups,
      metric,
      value: column('value'),
      lower: column('lower'),
      upper: column('upper'),
      numerator,
      denominator: n,
      n,
      note: '',
      untilDecided: neverDecided,
    };
  });
};

interface Estimate {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

const read = (curve: SurvivalCurve, measure: KmMeasure): Estimate => {
  if (measure.kind === 'km_quantile') return survivalQuantile(curve, measure.p);
  const left = survivalAt(curve, measure.at);
  // The share that has had its event is what is no longer left, so the limits change places.
  return { value: left && 1 - left.value, lower: left && 1 - left.upper, upper: left && 1 - left.lower };
};

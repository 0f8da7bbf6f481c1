import { binomialQuantile } from './binomial-quantile.ts';
import { isOutside, type ControlPoint } from './control-chart.ts';
import type { RuleSet } from './rule-set.ts';

/** Anhøj's rules for runs and crossings, beside Shewhart's 3 σ. */
export const anhoejRules: RuleSet = {
  id: 'anhoej',
  name: 'Anhøj rules',
  version: 'qicharts2 0.8.1',
  chart: 'any chart, best on a run chart (median)',
};

export interface AnhoejLimits {
  /** The longest run that chance explains: round(log₂ n) + 3, Schilling 2012. */
  readonly longestRunMax: number;
  /** The fewest crossings that chance explains: 5th percentile of Binomial(n − 1, ½), Chen 2010. */
  readonly crossingsMin: number;
}

/** Critical values for n ≥ 1 useful points (those not on the centre line). Anhøj & Olesen, PLoS ONE 9 (2014) e113825. */
export const anhoejLimits = (useful: number): AnhoejLimits => ({
  longestRunMax: Math.round(Math.log2(useful)) + 3,
  crossingsMin: binomialQuantile(0.05, useful - 1, 0.5),
});

export interface AnhoejResult extends AnhoejLimits {
  /** Points not on the centre line. */
  readonly useful: number;
  /** Points in the longest run on one side of the centre line; a point on it neither breaks a run nor adds to it. */
  readonly longestRun: number;
  /** How often the series crosses the centre line. */
  readonly crossings: number;
  /** A run that is too long or crossings too few: the series as a whole has shifted or drifted. */
  readonly isSignal: boolean;
  /** One entry a point: outside the 3 σ limits (Shewhart). */
  readonly outside: readonly boolean[];
}

/** The rules on a chart. null where no point lies off the centre line. */
export const anhoej = (points: readonly ControlPoint[]): AnhoejResult | null => {
  const sides = points
    .map(({ value, centre }) => (value === null || centre === null ? 0 : Math.sign(value - centre)))
    .filter((side) => side !== 0);
  if (sides.length === 0) return null;
  let crossings = 0;
  let run = 0;
  let longestRun = 0;
  for (const [i, side] of sides.entries()) {
    const isCrossing = i > 0 && side !== sides[i - 1];
    crossings += isCrossing ? 1 : 0;
    run = isCrossing ? 1 : run + 1;
    longestRun = Math.max(longestRun, run);
  }
  const limits = anhoejLimits(sides.length);
  return {
    ...limits,
    useful: sides.length,
    longestRun,
    crossings,
    isSignal: longestRun > limits.longestRunMax || crossings < limits.crossingsMin,
    outside: points.map(isOutside),
  };
};

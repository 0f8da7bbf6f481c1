import type { ChartOptions } from './control-chart.ts';
import { mean } from './mean.ts';

/** D₄ for two: a moving range of this many times the mean one is as rare as a point beyond 3 σ. Montgomery, appendix VI. */
export const upperMovingRange = 3.267;

/** d₂ for two: mean moving range in standard deviations, as the textbooks round 2/√π. Montgomery, appendix VI. */
export const meanMovingRange = 1.128;

/** The step between each value and the one before, without sign; null at the first, and beside a value not known. */
export const movingRanges = (values: readonly (number | null)[]): (number | null)[] =>
  values.map((value, i) => {
    const before = i === 0 ? null : values[i - 1]!;
    return value === null || before === null ? null : Math.abs(value - before);
  });

/**
 * Mean moving range of a series; with `screen` without those of 3.267 times the mean or more. null without two values
 * side by side, or where screening leaves none.
 */
export const averageMovingRange = (values: readonly (number | null)[], screen = false): number | null => {
  const ranges = movingRanges(values).filter((range) => range !== null);
  return screened(ranges, upperMovingRange, screen);
};

/**
 * The mean, once more without what reaches `factor` times the mean where `screen` is on. A series that hardly ever moves
 * would be left without any range: limits on its own mean, that every value breaks. Then nothing is screened.
 */
export const screened = (ranges: readonly number[], factor: number, screen: boolean): number | null => {
  const first = mean(ranges);
  // All alike to 0: nothing is out of the way.
  if (!screen || first === null || first === 0) return first;
  const kept = mean(ranges.filter((range) => range < factor * first));
  return kept === 0 ? first : kept;
};

/** The part of a series that the limits come from. */
export const baselineOf = <T>(points: readonly T[], { baseline = points.length }: ChartOptions): readonly T[] =>
  points.slice(0, baseline);

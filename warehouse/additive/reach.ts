import type { Metric } from '../metric/metric.ts';
import type { Interval } from '../statistics/interval.ts';

/** How far the clusters (records) of a group reach. */
export interface Reach {
  /** The least m of any cluster; NaN where there is none. */
  readonly low: number;
  /** The most that any m is above its n: 0 or less where m never counts more than n. */
  readonly over: number;
}

/**
 * The interval cut at what the value can be: a share at 1 where no record counts more than there is to count, shares and
 * plain numbers at 0 where none counts less than nothing. The t interval knows no such ends, and 110 % accurate is
 * nothing to print; what is cut off holds no possible value, so the rest covers as much. A share whose records may fall
 * below 0 (1 − errors ÷ codes) keeps its lower end as soon as one does; weights may be lost, and are never cut.
 */
export const withinReach = (interval: Interval, { low, over }: Reach, { unit }: Pick<Metric, 'unit'>): Interval => {
  const ends = unit === 'share' || unit === 'index';
  return {
    lower: ends && low >= 0 ? Math.max(0, interval.lower) : interval.lower,
    upper: unit === 'share' && over <= 0 ? Math.min(1, interval.upper) : interval.upper,
  };
};

import type { Interval } from './interval.ts';

/** Where an interval lies against a target: all of it above, all of it below, or neither. */
export type Side = 'above' | 'below' | 'undecided';

/** Whether a target is known to be met: `met`, `missed`, or not yet decided. */
export type Evidence = 'met' | 'missed' | 'undecided';

/**
 * The side on which all of an interval lies. One that touches the target leaves it undecided (practice.md 1.4). null
 * where there is no interval: nothing is known, which is less than undecided.
 */
export const sideOf = (interval: Interval | null, target: number): Side | null => {
  if (interval === null || Number.isNaN(interval.lower) || Number.isNaN(interval.upper)) return null;
  return interval.lower > target ? 'above' : interval.upper < target ? 'below' : 'undecided';
};

/** What that side means where higher or lower is better; a target without direction can be neither met nor missed: null. */
export const evidenceOf = (
  interval: Interval | null,
  target: number,
  better: 'higher' | 'lower' | 'neither',
): Evidence | null => {
  const side = sideOf(interval, target);
  if (side === null || side === 'undecided') return side;
  if (better === 'neither') return null;
  return (side === 'above') === (better === 'higher') ? 'met' : 'missed';
};

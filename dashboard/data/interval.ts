import type { Unit } from './format.ts';

/** A value and the ends of its interval; null is not known. */
export interface Doubted {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * The ends of an interval as they are worded and drawn. An interval by the normal law may reach beyond all there is,
 * which no share of a whole can: it is cut at 0 and 1. A value that lies outside itself (more errors than codes, more
 * records delinquent than discharged) is no share of a whole and keeps its ends.
 */
export const shownEnds = ({ value, lower, upper }: Doubted, unit: Unit): Pick<Doubted, 'lower' | 'upper'> => {
  const isWhole = unit === 'share' && value !== null && value >= 0 && value <= 1;
  const cut = (end: number | null) => (end === null ? null : Math.min(1, Math.max(0, end)));
  return isWhole ? { lower: cut(lower), upper: cut(upper) } : { lower, upper };
};

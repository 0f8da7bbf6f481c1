import type { Grain } from '../metric/metric.ts';
import { addDays, addGrains, addMonths, daysBetween, monthsBetween } from './calendar.ts';

/** The days of a question, and what its numbers are compared with; as in a view state. */
export interface Compared {
  readonly grain: Grain | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly compare: 'previous' | 'year' | null;
}

/** Moves a day back to the period compared with. */
export type Shift = (day: string) => string;

/**
 * How far the days of a question are moved back: a year (52 weeks, so that a week is compared with a week), a period of
 * its grain, or, without one, as long as the range is: whole months where it is of whole months.
 *
 * @returns null where the range is open on both sides, or on one and nothing tells its length: nothing comes before it
 */
export const shiftOf = ({ grain, compare, from, to }: Compared): Shift | null => {
  if (grain === null && from === null && to === null) return null;
  if (compare === 'year') return grain === 'week' ? (day) => addDays(day, -364) : (day) => addMonths(day, -12);
  if (grain !== null) return (day) => addGrains(day, grain, -1);
  if (from === null || to === null) return null;
  const months = monthsBetween(from, to);
  if (months !== null) return (day) => addMonths(day, -months);
  const days = daysBetween(from, to);
  return (day) => addDays(day, -days);
};

import type { Grain } from '../metric/metric.ts';

/** Calendar days are ISO texts (YYYY-MM-DD); time zones play no part. */

const date = (iso: string): Date => new Date(`${iso}T00:00:00Z`);
const iso = (value: Date): string => value.toISOString().slice(0, 10);

/** The day so many days later; earlier when negative. */
export const addDays = (day: string, days: number): string => iso(new Date(date(day).getTime() + days * 86_400_000));

/** The next day: the exclusive end of a range that ends with this one. */
export const dayAfter = (day: string): string => addDays(day, 1);

/** The same day so many months later, or the last of that month where it is shorter. */
export const addMonths = (day: string, months: number): string => {
  const moved = date(day);
  const wanted = moved.getUTCDate();
  moved.setUTCDate(1);
  moved.setUTCMonth(moved.getUTCMonth() + months);
  const last = new Date(Date.UTC(moved.getUTCFullYear(), moved.getUTCMonth() + 1, 0)).getUTCDate();
  moved.setUTCDate(Math.min(wanted, last));
  return iso(moved);
};

/** Days from the first to the second. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((date(to).getTime() - date(from).getTime()) / 86_400_000);

/** Whole months from the first to the second, both being the first of a month; else null. */
export const monthsBetween = (from: string, to: string): number | null => {
  if (!from.endsWith('-01') || !to.endsWith('-01')) return null;
  const [start, end] = [date(from), date(to)];
  return (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
};

/** The day so many grains later. */
export const addGrains = (day: string, grain: Grain, count: number): string => {
  switch (grain) {
    case 'day':
      return addDays(day, count);
    case 'week':
      return addDays(day, 7 * count);
    case 'month':
      return addMonths(day, count);
    case 'quarter':
      return addMonths(day, 3 * count);
    case 'year':
      return addMonths(day, 12 * count);
  }
};

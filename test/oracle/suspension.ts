import { dayOf, moment } from './calendar.ts';
import type { Row } from './random-hospital.ts';

const from = (row: Row): number => moment(row.start_ts as string);
const to = (row: Row): number => (row.end_ts === null ? Infinity : moment(row.end_ts as string));

/** RC12 of one provider: whether suspended at the end of a day, days until then, repeats begun until then. */
export const suspensionsUntil = (intervals: readonly Row[], provider: string, day: number) => {
  const own = intervals.filter((row) => row.type === 'suspension' && row.provider_id === provider);
  const isSuspended = (on: number): boolean =>
    own.some((row) => dayOf(row.start_ts as string) <= on && !(dayOf(row.end_ts as string | null) <= on));
  const first = Math.min(...own.map((row) => dayOf(row.start_ts as string)));
  let days = 0;
  for (let on = first; on <= day; on++) if (isSuspended(on)) days += 1;
  // An interval that begins while another lasts, or at its very end, goes on with it.
  const begun = own
    .filter((row) => !own.some((other) => other !== row && from(other) < from(row) && to(other) >= from(row)))
    .map((row) => dayOf(row.start_ts as string))
    .sort((a, b) => a - b)
    .filter((on) => on <= day);
  return {
    suspended_providers: isSuspended(day) ? 1 : 0,
    suspension_days: days,
    repeat_suspensions: begun.filter((on, i) => i > 0 && on - begun[i - 1]! <= 365).length,
  };
};

/** A moment written `YYYY-MM-DD HH:MM:SS` (UTC), as milliseconds; NaN where there is none. */
export const moment = (written: string | null | undefined): number =>
  written ? Date.parse(`${written.replace(' ', 'T')}Z`) : NaN;

/** Its calendar day, as a number of days. */
export const dayOf = (written: string | null | undefined): number => Math.floor(moment(written) / 86_400_000);

/** Decimal days from one moment to another. */
export const daysBetween = (from: string | null | undefined, to: string | null | undefined): number =>
  (moment(to) - moment(from)) / 86_400_000;

/** Months since year 0, of a day. */
export const monthOf = (day: number): number => {
  const date = new Date(day * 86_400_000);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};

/** Whether the next day belongs to another month. */
export const isMonthEnd = (day: number): boolean => monthOf(day + 1) !== monthOf(day);

/** The same day so many months on, or the last day of that month where it is shorter. */
export const addMonths = (day: number, months: number): number => {
  const date = new Date(day * 86_400_000);
  const month = date.getUTCMonth() + months;
  const lastOfMonth = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastOfMonth)) / 86_400_000;
};

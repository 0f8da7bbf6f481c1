/** A stretch of calendar days: ISO dates, `from` inclusive, `to` exclusive. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/** Year with quarter, with month and day, with month, or alone; a number that goes on after it says something else. */
const written = /(?<!\d)(\d{4})(?:-?Q([1-4])(?!\d)|(-?)(\d{2})\3(\d{2})(?!\d)|-?(\d{2})(?!-?\d)|(?!-?\d))/gi;

/**
 * The period a file's name speaks of: 2026, 2026-Q3, 2026-08 or 2026-08-31, with or without dashes. Null where it names
 * none, or several that differ: nobody knows which is meant then.
 *
 * @param name of the file, without its folder
 */
export const namePeriod = (name: string): Period | null => {
  const found = [...name.matchAll(written)].flatMap((match) => periodOf(match) ?? []);
  const [first] = found;
  return first && found.every(({ from, to }) => from === first.from && to === first.to) ? first : null;
};

const periodOf = ([, year, quarter, , monthOfDay, day, monthAlone]: RegExpMatchArray): Period | null => {
  const month = monthOfDay ?? monthAlone;
  const y = Number(year);
  // Four digits may be a time of day or a number as well.
  if (y < 1900 || y >= 2200) return null;
  if (quarter !== undefined) return between([y, 3 * Number(quarter) - 2, 1], [y, 3 * Number(quarter) + 1, 1]);
  if (month === undefined) return between([y, 1, 1], [y + 1, 1, 1]);
  const m = Number(month);
  if (m < 1 || m > 12) return null;
  if (day === undefined) return between([y, m, 1], [y, m + 1, 1]);
  const d = Number(day);
  const isDay = d >= 1 && d <= new Date(Date.UTC(y, m, 0)).getUTCDate();
  return isDay ? between([y, m, d], [y, m, d + 1]) : null;
};

type Day = readonly [year: number, month: number, day: number];

const between = (from: Day, to: Day): Period => ({ from: isoDate(from), to: isoDate(to) });

/** Months and days beyond their end run over into the next. */
const isoDate = ([year, month, day]: Day): string =>
  new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);

/** Whether every day of a period lies in another. */
export const isWithin = (inner: Period, outer: Period): boolean => inner.from >= outer.from && inner.to <= outer.to;

/** Whether two periods have a day in common. */
export const meets = (a: Period, b: Period): boolean => a.from < b.to && b.from < a.to;

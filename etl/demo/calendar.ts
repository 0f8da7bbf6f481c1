/** The moment all demo extracts are drawn, facility wall time: midnight at the start of this day. */
export const asOf = '2026-09-01';

/** First day (ISO) of the month that lies `months` whole months before the as-of. */
export const monthsBefore = (months: number): string => {
  const month = 2026 * 12 + 8 - months;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`;
};

/** First days (ISO) of the whole months from `months` before the as-of up to it, in order. */
export const monthsCovered = (months: number): readonly string[] =>
  Array.from({ length: months }, (_, index) => monthsBefore(months - index));

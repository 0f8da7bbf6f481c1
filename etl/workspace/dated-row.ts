/** Something that holds from one day on (inclusive) until another (exclusive); a day left out is without end. */
export interface DatedRow {
  readonly valid_from?: string;
  readonly valid_to?: string;
}

/** Days on which none of several rows holds, though one did before and one does after: from inclusive, to exclusive. */
export interface Gap {
  readonly from: string;
  readonly to: string;
}

const startOf = ({ valid_from: from = '0000-00-00' }: DatedRow): string => from;
const endOf = ({ valid_to: to = '9999-99-99' }: DatedRow): string => to;

/** JavaScript takes 30 February for 2 March, and 32 January for no date at all. */
const isOfCalendar = (day: string): boolean => {
  const moment = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(day);
};

/** What is wrong with the days of a row, by key, with what would be right; empty where nothing is. */
export const dayFaults = (row: DatedRow): readonly { readonly key: string; readonly says: string }[] => {
  const faults = (['valid_from', 'valid_to'] as const).flatMap((key) => {
    const day = row[key];
    const isDay = day === undefined || isOfCalendar(day);
    return isDay ? [] : [{ key, says: `\`${day}\` is no day of the calendar; write one such as 2026-01-31` }];
  });
  if (faults.length > 0 || startOf(row) < endOf(row)) return faults;
  return [
    {
      key: 'valid_to',
      says: `\`${row.valid_to}\` is not after \`valid_from\`; it is the first day the row no longer holds`,
    },
  ];
};

/** Whether both hold on some day. */
export const overlap = (a: DatedRow, b: DatedRow): boolean => startOf(a) < endOf(b) && startOf(b) < endOf(a);

/** The gaps between rows of one thing, in order of day. */
export const gapsOf = (rows: readonly DatedRow[]): readonly Gap[] => {
  const ordered = rows.toSorted((a, b) => (startOf(a) < startOf(b) ? -1 : 1));
  const gaps: Gap[] = [];
  let reached = ordered[0] === undefined ? '' : endOf(ordered[0]);
  for (const row of ordered.slice(1)) {
    if (startOf(row) > reached) gaps.push({ from: reached, to: startOf(row) });
    if (endOf(row) > reached) reached = endOf(row);
  }
  return gaps;
};

/**
 * For each row of the same thing (`keyOf`) as an earlier one and holding on the same day: its place, and that of the
 * earlier one. Rows whose own days are wrong should be told first.
 */
export const overlapping = <T extends DatedRow>(
  rows: readonly T[],
  keyOf: (row: T) => string,
): readonly { readonly index: number; readonly earlier: number }[] =>
  rows.flatMap((row, index) => {
    const earlier = rows.findIndex((other, i) => i < index && keyOf(other) === keyOf(row) && overlap(other, row));
    return earlier < 0 ? [] : [{ index, earlier }];
  });

/** ISO calendar date, `YYYY-MM-DD`. A date, never an instant: no time zone can move it. */
export type IsoDate = string;

/** An ISO month, `YYYY-MM`, or an {@link IsoDate}. */
type PeriodEnd = string;

/** What a reader picks: the months up to the last complete one, or months or days by name, both ends alike and included. */
export type Period =
  | { readonly kind: 'last'; readonly months: number }
  | { readonly kind: 'between'; readonly from: PeriodEnd; readonly to: PeriodEnd };

/** A period as the query wants it. */
export interface Span {
  /** First day, included. */
  readonly from: IsoDate;
  /** First day after, excluded. */
  readonly to: IsoDate;
  /**
   * The last day in the span up to which everything has arrived, of a period of months the end of a month; before `from`
   * where nothing has.
   */
  readonly through: IsoDate;
  /** Whether its end was chosen; else it is where the data end. */
  readonly isEndChosen: boolean;
}

/** How far the data reach: what decides which month is complete. */
export interface Reach {
  /** When the extracts were drawn. */
  readonly asOf: string;
  /** The last day that is complete; null when no source says so, then the day before `asOf`. */
  readonly completeThrough: IsoDate | null;
}

export const defaultPeriod: Period = { kind: 'last', months: 24 };

/** Of the years that a calendar of records can hold. */
const monthPattern = /^(19|20)\d{2}-(0[1-9]|1[0-2])$/;

/** Whether a text is a month, or, where `least` is a day, a day of the calendar. */
const isNamed = (text: string, least: 'day' | 'month'): boolean =>
  least === 'month' ? monthPattern.test(text) : isDay(text) && monthPattern.test(text.slice(0, 7));

const isDay = (date: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(date) && !Number.isNaN(Date.parse(date)) && text(new Date(date)) === date;

/** A period as an address holds it: `24m`, `2025-01..2025-12`, `2025-03-03..2025-04-13`. */
export const periodText = (period: Period): string =>
  period.kind === 'last' ? `${period.months}m` : `${period.from}..${period.to}`;

/** The opposite of {@link periodText}; null of what is none. Days are read where `least` is a day. */
export const readPeriod = (asked: string | null, least: 'day' | 'month' = 'month'): Period | null => {
  const last = /^([1-9]\d{0,2})m$/.exec(asked ?? '')?.[1];
  if (last !== undefined) return { kind: 'last', months: Number(last) };
  const [from = '', to = '', ...more] = (asked ?? '').split('..');
  const isGood = (['month', least] as const).some((one) => isNamed(from, one) && isNamed(to, one));
  return isGood && more.length === 0 && from <= to ? { kind: 'between', from, to } : null;
};

/** What would be right where a period cannot be read. */
export const periodHint = 'right would be 24m or 2025-01..2025-12, within 1900 to 2099';
export const periodOrDaysHint =
  'right would be 24m, 2025-01..2025-12 or, by days, 2025-03-03..2025-04-13, within 1900 to 2099';

/** The period from the first of these days to the last: by months where they are whole ones, else by days. */
export const periodOfDays = (from: IsoDate, last: IsoDate): Period =>
  areMonths(from, last)
    ? { kind: 'between', from: from.slice(0, 7), to: last.slice(0, 7) }
    : { kind: 'between', from, to: last };

/** The period from the first of these periods of a grain to the last of them, each named by its first day. */
export const periodFrom = (first: IsoDate, last: IsoDate, grain: string): Period =>
  periodOfDays(first, addDays(nextPeriod(last, grain), -1));

/** Whether days, the last included, are whole months. */
export const areMonths = (from: IsoDate, last: IsoDate): boolean =>
  from.endsWith('-01') && addDays(last, 1).endsWith('-01');

const text = (date: Date): IsoDate => date.toISOString().slice(0, 10);

/** The first day of the month `count` months after (or, negative, before) the one `date` falls in. */
export const addMonths = (date: IsoDate, count: number): IsoDate => {
  const [year = 0, month = 1] = date.split('-').map(Number);
  return text(new Date(Date.UTC(year, month - 1 + count, 1)));
};

/** `date` moved by whole days. */
export const addDays = (date: IsoDate, days: number): IsoDate => text(new Date(Date.parse(date) + days * 86_400_000));

/** The last day all of which has arrived. */
export const completeDay = (reach: Reach): IsoDate =>
  reach.completeThrough?.slice(0, 10) ?? addDays(reach.asOf.slice(0, 10), -1);

/** The last day of the month a day falls in. */
export const monthEnd = (date: IsoDate): IsoDate => addDays(addMonths(date, 1), -1);

/** First day of the last month that is complete to its last day. */
export const lastFullMonth = (reach: Reach): IsoDate => addMonths(addDays(completeDay(reach), 1), -1);

/**
 * The period in days. A period that counts back from the last complete month also takes in the month still filling up
 * when the extracts reach into it, so that the edge of the data is seen and can be shaded.
 */
export const spanOf = (period: Period, reach: Reach): Span => {
  const full = lastFullMonth(reach);
  const isOfDays = period.kind === 'between' && isDay(period.from);
  if (period.kind === 'between') {
    const [from, last] = isOfDays ? [period.from, period.to] : [`${period.from}-01`, monthEnd(`${period.to}-01`)];
    const complete = isOfDays ? completeDay(reach) : monthEnd(full);
    return { from, to: addDays(last, 1), through: last < complete ? last : complete, isEndChosen: true };
  }
  const lastSeen = addDays(reach.asOf.slice(0, 10), -1);
  const after = addMonths(lastSeen > full ? lastSeen : full, 1);
  return { from: addMonths(full, 1 - period.months), to: after, through: monthEnd(full), isEndChosen: false };
};

/** Whether the period that starts on `start` runs past the last complete day. */
export const isFilling = (start: IsoDate, grain: string, completeThrough: IsoDate): boolean =>
  addDays(nextPeriod(start, grain), -1) > completeThrough;

/** The first day of the first period that lies wholly on or after `date`: one cut by the edge would look like a drop. */
export const firstWhole = (date: IsoDate, grain: string): IsoDate => {
  if (grain === 'day') return date;
  if (grain === 'week') return addDays(date, (8 - new Date(date).getUTCDay()) % 7);
  const months = grain === 'quarter' ? 3 : grain === 'year' ? 12 : 1;
  const over = (Number(date.slice(5, 7)) - 1) % months;
  return over === 0 && date.endsWith('-01') ? date : addMonths(date, months - over);
};

/**
 * The first day after the last period that lies wholly before `to`. Where the data end of themselves (`isChosen` is false) the
 * period they end in stays: it is still filling up, and shaded.
 */
const afterWhole = (to: IsoDate, grain: string, isChosen: boolean): IsoDate => {
  const next = firstWhole(to, grain);
  return !isChosen || next === to ? to : moved(next, grain, -1);
};

/** Whether the span holds a period of a grain from its first day to its last. */
export const hasWhole = ({ from, to, isEndChosen }: Span, grain: string): boolean =>
  firstWhole(from, grain) < afterWhole(to, grain, isEndChosen);

/**
 * The days a question over a span asks about, in periods of `grain` or, without one, as a whole. One number speaks of what is
 * complete; over time the part still filling up is drawn, and shaded, and periods that the span cuts are left out: they would
 * look like a drop. Where nothing of the span is complete, or no period of it whole, all of it is asked for: an empty
 * stretch is no question.
 */
export const daysAsked = (span: Span, grain: string | null): { readonly from: IsoDate; readonly to: IsoDate } => {
  if (grain === null) return { from: span.from, to: isBegun(span) ? addDays(span.through, 1) : span.to };
  if (!hasWhole(span, grain)) return { from: span.from, to: span.to };
  return { from: firstWhole(span.from, grain), to: afterWhole(span.to, grain, span.isEndChosen) };
};

/** Whether a month of the span, or of a span of days a day, is complete. */
export const isBegun = ({ from, through }: Span): boolean => through >= from;

/** The first day of the period so many periods after (or, negative, before) the one that starts on `start`. */
const moved = (start: IsoDate, grain: string, count: number): IsoDate => {
  if (grain === 'day') return addDays(start, count);
  if (grain === 'week') return addDays(start, 7 * count);
  if (grain === 'quarter') return addMonths(start, 3 * count);
  return addMonths(start, (grain === 'year' ? 12 : 1) * count);
};

/** The first day of the period after the one that starts on `start`. */
export const nextPeriod = (start: IsoDate, grain: string): IsoDate => moved(start, grain, 1);

/** Every period from the first of these starts to the last, whether it is among them or not; in order. */
export const periodsBetween = (starts: readonly IsoDate[], grain: string): readonly IsoDate[] => {
  const [first, ...others] = starts.toSorted();
  const last = others.at(-1) ?? first ?? '';
  const periods: IsoDate[] = [];
  for (let start = first; start !== undefined && start <= last; start = nextPeriod(start, grain)) periods.push(start);
  return periods;
};

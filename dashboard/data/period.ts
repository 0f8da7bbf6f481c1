/** ISO calendar date, `YYYY-MM-DD`. A date, never an instant: no time zone can move it. */
export type IsoDate = string;

/** ISO month, `YYYY-MM`. */
export type IsoMonth = string;

/** What a reader picks: the months up to the last complete one, or months by name, both ends included. */
export type Period =
  | { readonly kind: 'last'; readonly months: number }
  | { readonly kind: 'between'; readonly from: IsoMonth; readonly to: IsoMonth };

/** A period as the query wants it. */
export interface Span {
  /** First day, included. */
  readonly from: IsoDate;
  /** First day after, excluded. */
  readonly to: IsoDate;
  /** First day of the latest month in the span of which everything has arrived. */
  readonly latest: IsoDate;
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

/** A period as an address holds it: `24m`, `2025-01..2025-12`. */
export const periodText = (period: Period): string =>
  period.kind === 'last' ? `${period.months}m` : `${period.from}..${period.to}`;

/** The opposite of {@link periodText}; null of what is none. */
export const readPeriod = (text: string | null): Period | null => {
  const last = /^([1-9]\d{0,2})m$/.exec(text ?? '')?.[1];
  if (last !== undefined) return { kind: 'last', months: Number(last) };
  const [from = '', to = '', ...more] = (text ?? '').split('..');
  const good = more.length === 0 && monthPattern.test(from) && monthPattern.test(to) && from <= to;
  return good ? { kind: 'between', from, to } : null;
};

/** What would be right where a period cannot be read. */
export const periodHint = 'right would be 24m or 2025-01..2025-12, within 1900 to 2099';

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

/** First day of the last month that is complete to its last day. */
export const lastFullMonth = (reach: Reach): IsoDate => addMonths(addDays(completeDay(reach), 1), -1);

/**
 * The period in days. A period that counts back from the last complete month also takes in the month still filling up
 * when the extracts reach into it, so that the edge of the data is seen and can be shaded.
 */
export const spanOf = (period: Period, reach: Reach): Span => {
  const full = lastFullMonth(reach);
  if (period.kind === 'between') {
    const last = `${period.to}-01`;
    return { from: `${period.from}-01`, to: addMonths(last, 1), latest: last < full ? last : full };
  }
  const lastSeen = addDays(reach.asOf.slice(0, 10), -1);
  const after = addMonths(lastSeen > full ? lastSeen : full, 1);
  return { from: addMonths(full, 1 - period.months), to: after, latest: full };
};

/** Whether the period that starts on `start` runs past the last complete day. */
export const isFilling = (start: IsoDate, grain: string, completeThrough: IsoDate): boolean =>
  addDays(nextPeriod(start, grain), -1) > completeThrough;

/** The first day of the first period that lies wholly on or after `date`: one cut by the edge would look like a drop. */
export const firstWhole = (date: IsoDate, grain: string): IsoDate => {
  if (grain === 'week') return addDays(date, (8 - new Date(date).getUTCDay()) % 7);
  const months = grain === 'quarter' ? 3 : grain === 'year' ? 12 : 1;
  const over = (Number(date.slice(5, 7)) - 1) % months;
  return over === 0 ? date : addMonths(date, months - over);
};

/**
 * The days a question over a span asks about, in periods of `grain` or, without one, as a whole. One number speaks of what is
 * complete; over time the part still filling up is drawn, and shaded. Where nothing of the span is complete, or no period
 * of it whole, all of it is asked for: an empty stretch is no question.
 */
export const daysAsked = (span: Span, grain: string | null): { readonly from: IsoDate; readonly to: IsoDate } => {
  if (grain === null) return { from: span.from, to: isBegun(span) ? addMonths(span.latest, 1) : span.to };
  const whole = firstWhole(span.from, grain);
  return { from: whole < span.to ? whole : span.from, to: span.to };
};

/** Whether a month of the span is complete. */
export const isBegun = (span: Span): boolean => addMonths(span.latest, 1) > span.from;

/** The first day of the period after the one that starts on `start`. */
export const nextPeriod = (start: IsoDate, grain: string): IsoDate => {
  if (grain === 'day') return addDays(start, 1);
  if (grain === 'week') return addDays(start, 7);
  if (grain === 'quarter') return addMonths(start, 3);
  return addMonths(start, grain === 'year' ? 12 : 1);
};

/** Every period from the first of these starts to the last, whether it is among them or not; in order. */
export const periodsBetween = (starts: readonly IsoDate[], grain: string): readonly IsoDate[] => {
  const [first, ...others] = starts.toSorted();
  const last = others.at(-1) ?? first ?? '';
  const periods: IsoDate[] = [];
  for (let start = first; start !== undefined && start <= last; start = nextPeriod(start, grain)) periods.push(start);
  return periods;
};

import { shownEnds, type Doubted } from './interval.ts';
import { areMonths } from './period.ts';
import type { Grain } from './url.ts';

/** What a metric's values are counted in. Shares are 0–1, days and hours decimal, an index a plain number. */
export type Unit = 'share' | 'days' | 'hours' | 'count' | 'dollars' | 'weight' | 'index';

/** Stands for a value that is not known; never 0, never blank. */
export const unknown = '–';

const space = '\u00a0';
const minus = '\u2212';

const decimals: Readonly<Record<Unit, number>> = {
  share: 1,
  days: 1,
  hours: 1,
  count: 0,
  dollars: 0,
  weight: 3,
  index: 2,
};

/** By how many digits: to make one takes a thousand times as long as to use it. */
const formats = new Map<number, Intl.NumberFormat>();
const formatOf = (digits: number): Intl.NumberFormat => {
  const known = formats.get(digits);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  formats.set(digits, made);
  return made;
};
const shortDollars = new Intl.NumberFormat(undefined, {
  ...{ style: 'currency', currency: 'USD' },
  ...{ notation: 'compact', maximumFractionDigits: 1 },
});

/** The reader's own separators. */
const plain = (value: number, digits: number): string => formatOf(digits).format(value).replace('-', minus);

const scaled = (value: number, unit: Unit): number => (unit === 'share' ? value * 100 : value);

const suffixes: Readonly<Partial<Record<Unit, string>>> = { share: '%', days: 'd', hours: 'h' };

const suffix = (unit: Unit): string => (suffixes[unit] === undefined ? '' : space + suffixes[unit]);

const isNumber = (value: number | null | undefined): value is number =>
  value !== null && value !== undefined && Number.isFinite(value);

/** `94.1 %`, `3.1 d`, `1,204`, `$31.4M`; an en dash when not known. */
export const formatValue = (value: number | null | undefined, unit: Unit, digits = decimals[unit]): string => {
  if (!isNumber(value)) return unknown;
  if (unit === 'dollars') return shortDollars.format(value).replace('-', minus);
  return plain(scaled(value, unit), digits) + suffix(unit);
};

/** A value without decimals that say nothing, for targets: `95 %`, `1.5 d`. */
export const formatTarget = (value: number | null | undefined, unit: Unit): string => {
  if (!isNumber(value)) return unknown;
  const rounded = scaled(value, unit).toFixed(decimals[unit]);
  return formatValue(value, unit, (rounded.split('.')[1] ?? '').replace(/0+$/, '').length);
};

/** A whole number with separators; an en dash when not known. */
export const formatCount = (value: number | null | undefined): string => formatValue(value, 'count');

/**
 * `92.9–95.2`, without the unit, which stands at the value beside it; of a share never beyond 0–100. Empty when either
 * end is not known.
 */
export const formatInterval = (row: Doubted, unit: Unit): string => {
  const { lower, upper } = shownEnds(row, unit);
  if (!isNumber(lower) || !isNumber(upper)) return '';
  const end = (value: number) => plain(scaled(value, unit), decimals[unit]);
  return `${end(lower)}–${end(upper)}`;
};

/** `+0.3 pts`, `−0.9 d`, `0.0 d`, `+$1.2M`: a difference in the words of the unit, signed unless it rounds to nothing. */
export const formatChange = (change: number | null | undefined, unit: Unit): string => {
  if (!isNumber(change)) return unknown;
  if (unit === 'dollars') return (change > 0 ? '+' : '') + formatValue(change, unit);
  const digits = decimals[unit];
  const size = plain(Math.abs(scaled(change, unit)), digits);
  const isNothing = Number(Math.abs(scaled(change, unit)).toFixed(digits)) === 0;
  const sign = isNothing ? '' : change > 0 ? '+' : minus;
  return sign + size + (unit === 'share' ? `${space}pts` : suffix(unit));
};

const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const monthName = (date: string): string => monthNames[Number(date.slice(5, 7)) - 1] ?? '';

/** `31 Aug`. */
export const formatShortDay = (date: string): string => `${Number(date.slice(8, 10))} ${monthName(date)}`;

/** `31 Aug 2026`: day, month and year in the order that cannot be misread. */
export const formatDay = (date: string): string => `${formatShortDay(date)} ${date.slice(0, 4)}`;

/** `Aug 2026`. */
export const formatMonth = (date: string): string => `${monthName(date)} ${date.slice(0, 4)}`;

/** `Sep 2024 – Aug 2026`, one month alone as `Aug 2026`; where they are no whole months `3 Mar 2026 – 13 Apr 2026`. */
export const formatRange = ({ from, through }: { readonly from: string; readonly through: string }): string => {
  const end = areMonths(from, through) ? formatMonth : formatDay;
  return end(from) === end(through) ? end(from) : `${end(from)} – ${end(through)}`;
};

/** The period that starts on `start`: `Aug 2026`, `Q3 2026`, `2026`, `week of 3 Aug 2026`, `3 Aug 2026`; `all` without one. */
export const formatPeriod = (start: string | null, grain: Grain | 'day'): string => {
  if (start === null) return 'all';
  if (grain === 'year') return start.slice(0, 4);
  if (grain === 'quarter') return `Q${Math.ceil(Number(start.slice(5, 7)) / 3)} ${start.slice(0, 4)}`;
  if (grain === 'day') return formatDay(start);
  return grain === 'week' ? `week of ${formatDay(start)}` : formatMonth(start);
};

/** An instant in the reader's own time zone, by the reader's own clock of 12 or 24 hours: `2 Sep 2026, 04:10`. */
export const formatInstant = (instant: string): string => {
  const at = new Date(instant);
  const two = (part: number) => String(part).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  const time = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' }).format(at);
  return `${formatDay(day)}, ${time}`;
};

/** `0.8 s`, `2 min 5 s`. */
export const formatSeconds = (seconds: number | null | undefined): string => {
  if (!isNumber(seconds)) return unknown;
  if (seconds < 60) return `${plain(seconds, seconds < 10 ? 1 : 0)}${space}s`;
  return `${Math.floor(seconds / 60)}${space}min ${Math.round(seconds % 60)}${space}s`;
};

const words = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** Small counts as a word, for the start of a sentence or inside one. */
export const countWord = (count: number): string => words[count] ?? formatCount(count);

/** `1 record`, `2 records`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${formatCount(count)} ${count === 1 ? one : many}`;

/** The first letter made a capital. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const byteUnits = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** `341 byte`, `4.9 MB`: thousands, as file managers count. */
export const formatBytes = (bytes: number): string => {
  const step = Math.min(byteUnits.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
  const options = { style: 'unit', unit: byteUnits[step]!, maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(undefined, options).format(bytes / 1000 ** step);
};

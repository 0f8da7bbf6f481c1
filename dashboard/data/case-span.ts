import { addDays, addMonths, type IsoDate } from './period.ts';

/** Years (`2004`) or months (`2023-01`) of diagnosis, both ends included and of one kind. */
export interface CaseSpan {
  readonly from: string;
  readonly to: string;
}

/** The same as days: the first, and the first no longer in it. */
export interface DaySpan {
  readonly from: IsoDate;
  readonly to: IsoDate;
}

const yearPattern = /^(19|20)\d{2}$/;
const monthPattern = /^(19|20)\d{2}-(0[1-9]|1[0-2])$/;

/** Whether a span is of years; else it is of months. */
export const isOfYears = ({ from }: CaseSpan): boolean => yearPattern.test(from);

/** `2004..2023` or `2023-01..2023-06`; null for anything else, and for ends the wrong way round. */
export const readCaseSpan = (text: string | null): CaseSpan | null => {
  const [from = '', to = '', ...rest] = (text ?? '').split('..');
  const isOne = [yearPattern, monthPattern].some((pattern) => pattern.test(from) && pattern.test(to));
  return isOne && rest.length === 0 && from <= to ? { from, to } : null;
};

export const daysOf = (span: CaseSpan): DaySpan =>
  isOfYears(span)
    ? { from: `${span.from}-01-01`, to: `${Number(span.to) + 1}-01-01` }
    : { from: `${span.from}-01`, to: addMonths(`${span.to}-01`, 1) };

/** Days as whole years where they are, else as the months they touch. */
export const spanOfDays = ({ from, to }: DaySpan): CaseSpan => {
  const last = addDays(to, -1);
  const isYears = from.endsWith('-01-01') && last.endsWith('-12-31');
  return isYears ? { from: from.slice(0, 4), to: last.slice(0, 4) } : { from: from.slice(0, 7), to: last.slice(0, 7) };
};

/** What a profile begins with: the period of its last package, else the last whole year. */
export const firstSpan = (last: DaySpan | undefined, today: IsoDate): CaseSpan => {
  if (last !== undefined) return spanOfDays(last);
  const year = String(Number(today.slice(0, 4)) - 1);
  return { from: year, to: year };
};

/** The same span told in years, or in months. */
export const spanIn = (kind: 'years' | 'months', { from, to }: CaseSpan): CaseSpan =>
  kind === 'years'
    ? { from: from.slice(0, 4), to: to.slice(0, 4) }
    : { from: from.length === 4 ? `${from}-01` : from, to: to.length === 4 ? `${to}-12` : to };

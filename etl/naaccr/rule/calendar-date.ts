import type { ValueRule } from './value-rule.ts';

/** Whether the day is one of its month, leap years counted. */
export const isCalendarDate = (year: string, month: string, day: string): boolean => {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
};

/** The standard looks at the digits of a date alone, so that 20210231 passes it. */
export const calendarDate: ValueRule = {
  code: 'calendar-date',
  kind: 'check',
  says: 'A date stands in the calendar.',
  source: 'a check of our own; the standard asks for digits alone',
  concerns: ({ type }) => type === 'date' || type === 'dateTime',
  broken: (value) => {
    const [, year, month, day] = /^(\d{4})-?(\d\d)-?(\d\d)/.exec(value) ?? [];
    const isDate = year === undefined || month! < '01' || month! > '12' || day! < '01' || day! > '31';
    return isDate || isCalendarDate(year, month!, day!) ? null : 'has a day that its month has not';
  },
};

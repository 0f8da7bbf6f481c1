import type { HeatCell } from '../chart/heat-map.ts';
import { formatDay, formatMonth, formatShortDay, plural } from './format.ts';
import type { IsoDate } from './period.ts';

/** Rows of a month that came on a day, as `GET /api/arrivals` tells it. */
export interface Arrival {
  readonly source: string;
  readonly contract: string;
  /** First day of the month the rows are of; null for rows without a date. */
  readonly month: IsoDate | null;
  readonly arrivedOn: IsoDate;
  readonly rows: number;
}

export interface Arrivals {
  readonly release: string;
  readonly rows: readonly Arrival[];
}

/** Days shown back from the last arrival. */
const mostDays = 31;
/** Months shown back from the last one, and the ages told apart; all beyond stand together. */
const mostMonths = 24;
const mostAge = 12;

const dayMs = 86_400_000;
const isoDay = (ms: number): IsoDate => new Date(ms).toISOString().slice(0, 10);

const sumBy = (arrivals: readonly Arrival[], key: (one: Arrival) => string): ReadonlyMap<string, number> => {
  const sums = new Map<string, number>();
  for (const one of arrivals) sums.set(key(one), (sums.get(key(one)) ?? 0) + one.rows);
  return sums;
};

/** A heat map's rows and columns in order, and what stands where they cross. */
export interface Grid {
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  readonly cells: readonly HeatCell[];
}

/** Source × day, a column for every day of the last 31 up to the latest arrival; no cell: nothing came. */
export const sourceByDay = (arrivals: readonly Arrival[]): Grid => {
  const last = arrivals.reduce((latest, one) => (one.arrivedOn > latest ? one.arrivedOn : latest), '');
  if (last === '') return { rows: [], columns: [], cells: [] };
  const days = Array.from({ length: mostDays }, (_, i) => isoDay(Date.parse(last) - (mostDays - 1 - i) * dayMs));
  const sums = sumBy(arrivals, (one) => `${one.arrivedOn} ${one.source}`);
  const sources = [...new Set(arrivals.map((one) => one.source))].sort();
  const cells = sources.flatMap((source) =>
    days.flatMap((day) => {
      const rows = sums.get(`${day} ${source}`);
      const words = `${source}, ${formatDay(day)}: ${plural(rows ?? 0, 'row')}`;
      return rows === undefined ? [] : { row: source, column: formatShortDay(day), value: rows, words };
    }),
  );
  return { rows: sources, columns: days.map(formatShortDay), cells };
};

/** Whole months from the month rows are of to the day they came; below 0 for rows of the future. */
const ageOf = (month: IsoDate, day: IsoDate): number =>
  (Number(day.slice(0, 4)) - Number(month.slice(0, 4))) * 12 + Number(day.slice(5, 7)) - Number(month.slice(5, 7));

const ageName = (age: number): string => (age >= mostAge ? `${mostAge}+` : String(age));

/** The arrival triangle: month × age in months at arrival, the latest month first. Rows without a date are left out. */
export const monthByAge = (arrivals: readonly Arrival[]): Grid => {
  const dated = arrivals.filter((one): one is Arrival & { month: IsoDate } => one.month !== null);
  const months = [...new Set(dated.map((one) => one.month))].sort().reverse().slice(0, mostMonths);
  const age = (one: Arrival & { month: IsoDate }) => ageName(Math.max(0, ageOf(one.month, one.arrivedOn)));
  const sums = sumBy(dated, (one) => `${one.month} ${age(one as Arrival & { month: IsoDate })}`);
  const ages = Array.from({ length: mostAge + 1 }, (_, i) => ageName(i));
  const cells = months.flatMap((month) =>
    ages.flatMap((name) => {
      const rows = sums.get(`${month} ${name}`);
      const came = name === '0' ? 'in the month itself' : `${name} ${name === '1' ? 'month' : 'months'} later`;
      return rows === undefined
        ? []
        : {
            row: formatMonth(month),
            column: name,
            value: rows,
            words: `${formatMonth(month)}: ${plural(rows, 'row')} ${came}`,
          };
    }),
  );
  return { rows: months.map(formatMonth), columns: ages, cells };
};

/** What is still filling up: a month and how full it is. */
export interface Filling {
  readonly source: string;
  readonly month: IsoDate;
  readonly rows: number;
  /** Rows a month of its age usually had by then had grown to, by the months before; null where too few are known. */
  readonly share: number | null;
}

/** Full months that the share of a young one is judged by. */
const leastHistory = 3;

/**
 * For each source its two latest months: what share of their rows is usually in at their age.
 *
 * The share at an age is taken over months that are at least twelve months old now and came in over more than a day:
 * rows that had come by that age ÷ all rows that came. Null with fewer than three such months.
 */
export const fillingUp = (arrivals: readonly Arrival[]): readonly Filling[] => {
  const bySource = Map.groupBy(
    arrivals.filter((one) => one.month !== null),
    (one) => one.source,
  );
  return [...bySource].flatMap(([source, rows]) => {
    const last = rows.reduce((latest, one) => (one.arrivedOn > latest ? one.arrivedOn : latest), '');
    const months = [...new Set(rows.map((one) => one.month!))].sort();
    return months.slice(-2).map((month) => {
      const age = ageOf(month, last);
      const history = months
        .filter((one) => ageOf(one, last) >= mostAge)
        .map((one) => rows.filter((row) => row.month === one));
      const told = history.filter((some) => new Set(some.map((row) => row.arrivedOn)).size > 1);
      const count = (some: readonly Arrival[]) => some.reduce((sum, row) => sum + row.rows, 0);
      const by = told.map((some) => count(some.filter((row) => ageOf(row.month!, row.arrivedOn) <= age)));
      const total = count(told.flat());
      const share = told.length < leastHistory || total === 0 ? null : by.reduce((sum, one) => sum + one, 0) / total;
      return { source, month, rows: count(rows.filter((row) => row.month === month)), share };
    });
  });
};

import type { PlotOptions } from '@observablehq/plot';
import type { ExploreGrain } from '../data/explore-address.ts';
import { formatMonth } from '../data/format.ts';
import { periodsBetween, type IsoDate } from '../data/period.ts';
import { at } from './trend-point.ts';

/** Periods from one tick to the next that readers count in; of months, quarters and years from a round one. */
const steps: Readonly<Record<ExploreGrain, readonly number[]>> = {
  day: [1, 2, 7, 14, 28, 91, 182, 364],
  week: [1, 2, 4, 13, 26, 52],
  month: [1, 3, 6, 12, 24, 60, 120],
  quarter: [1, 2, 4, 8, 20, 40],
  year: [1, 2, 5, 10, 20, 50],
};

/** Which of its kind a period is, so that every third month is January, April, July and October. */
const countOf = (period: IsoDate, grain: ExploreGrain): number | null => {
  const [year = 0, month = 1] = period.split('-').map(Number);
  if (grain === 'year') return year;
  if (grain === 'quarter') return year * 4 + Math.floor((month - 1) / 3);
  return grain === 'month' ? year * 12 + month - 1 : null;
};

/**
 * The periods that get a tick: each stands where a point can stand, and there are `most` at most.
 *
 * @param starts first days of periods, in any order; those between them count too
 */
export const ticksOf = (starts: readonly IsoDate[], grain: ExploreGrain, most: number): readonly IsoDate[] => {
  const periods = periodsBetween(starts, grain);
  const step = steps[grain].find((one) => periods.length <= one * most) ?? Math.ceil(periods.length / most);
  const ticks = periods.filter((period, index) => (countOf(period, grain) ?? index) % step === 0);
  return ticks.length === 0 ? periods.slice(0, 1) : ticks;
};

/** The two lines below a tick; the second only where it is another than below the tick before. */
const linesOf = (period: IsoDate, grain: ExploreGrain): readonly [string, string] => {
  const [year = '', month = '', day = ''] = period.split('-');
  if (grain === 'year') return [year, ''];
  if (grain === 'quarter') return [`Q${Math.ceil(Number(month) / 3)}`, year];
  return grain === 'month' ? [formatMonth(period).slice(0, 3), year] : [String(Number(day)), formatMonth(period)];
};

/** A tick's words, among all of them. */
export const tickWords = (ticks: readonly IsoDate[], grain: ExploreGrain): readonly string[] => {
  const all = ticks.map((tick) => linesOf(tick, grain));
  return all.map(([first, second], index) =>
    second === '' || second === all[index - 1]?.[1] ? first : `${first}\n${second}`,
  );
};

/** Pixels that a tick's words take, and air. */
const roomOf: Readonly<Record<ExploreGrain, number>> = { day: 60, week: 60, month: 44, quarter: 44, year: 44 };

/**
 * The time axis of a chart by periods: ticks stand where points do.
 *
 * @param width of the stretch that points lie in, in pixels
 */
export const timeAxis = (
  starts: readonly IsoDate[],
  grain: ExploreGrain,
  width: number,
): NonNullable<PlotOptions['x']> => {
  const ticks = ticksOf(starts, grain, Math.max(2, Math.floor(width / roomOf[grain])));
  const words = tickWords(ticks, grain);
  return {
    ...{ type: 'utc', label: null, tickSize: 4, ticks: ticks.map(at) },
    tickFormat: (_: Date, index: number) => words[index] ?? '',
  };
};

import { wordsOn } from '../data/annotation.ts';
import { formatInterval, formatPeriod, formatShortDay, formatValue } from '../data/format.ts';
import { shownEnds } from '../data/interval.ts';
import { isFilling, type IsoDate } from '../data/period.ts';
import type { Grain } from '../data/url.ts';
import { frame, ink, type ChartTable, type Drawing } from './drawing.ts';
import { axisFor, tickText } from './scale.ts';
import { timeAxis } from './time-axis.ts';
import { trendMarks } from './trend-marks.ts';
import { at, dotColour, known, margin, type TrendInput, type TrendPoint } from './trend-point.ts';

/** The words of one point, for the live region and the pointer. */
const wordsOf = (point: TrendPoint, input: TrendInput): string => {
  const { unit, grain, completeThrough } = input;
  const interval = formatInterval(point, unit);
  const parts = [
    `${formatPeriod(point.period, grain)}: ${point.value === null ? 'not known' : formatValue(point.value, unit)}`,
    interval === '' ? '' : `interval ${interval}`,
    dotColour(point, input) === ink.concern ? 'misses the target' : '',
    isFilling(point.period, grain, completeThrough) ? 'still filling up' : '',
  ];
  const said = wordsOn(input.remarks ?? [], point.period);
  return [parts.filter((part) => part !== '').join(', '), said].filter((part) => part !== '').join(' · ');
};

const said = (words: string) => ({ text: words, raw: words });

const tableOf = ({ points, unit, grain, completeThrough, label, remarks = [] }: TrendInput): ChartTable => ({
  columns: [
    { label: 'Period', numeric: false },
    { label, numeric: true },
    { label: 'Lower', numeric: true },
    { label: 'Upper', numeric: true },
    { label: 'n', numeric: true },
    { label: 'Complete', numeric: false },
    ...(remarks.length > 0 ? [{ label: 'Annotations', numeric: false }] : []),
  ],
  rows: points.map((point) => [
    { text: formatPeriod(point.period, grain), raw: point.period },
    { text: formatValue(point.value, unit), raw: point.value },
    { text: formatValue(shownEnds(point, unit).lower, unit), raw: point.lower },
    { text: formatValue(shownEnds(point, unit).upper, unit), raw: point.upper },
    { text: formatValue(point.n, 'count'), raw: point.n },
    isFilling(point.period, grain, completeThrough) ? { text: 'filling up', raw: 'no' } : { text: 'yes', raw: 'yes' },
    ...(remarks.length > 0 ? [said(wordsOn(remarks, point.period))] : []),
  ]),
});

/** A metric over time with its interval, its target and the part that is still filling up. */
export const trend = (input: TrendInput): Drawing => {
  const { points, unit, label, width, height = 300 } = input;
  const sure = points.filter((point) => !isFilling(point.period, input.grain, input.completeThrough));
  const ends = (sure.length > 2 ? sure : points).flatMap((point) => Object.values(shownEnds(point, unit)));
  const values = points.map((point) => point.value);
  const axis = axisFor([...values, ...ends, input.target], unit);
  return {
    options: {
      ...frame(width, height, `${label} over time`),
      marginTop: margin.top,
      marginRight: margin.right,
      marginBottom: margin.bottom,
      marginLeft: margin.left,
      x: timeAxis(
        points.map(({ period }) => period),
        input.grain,
        width - margin.left - margin.right,
      ),
      y: {
        domain: [...axis.domain],
        ticks: [...axis.ticks],
        label: null,
        tickSize: 0,
        tickFormat: (tick: number) => tickText(tick, unit, axis),
        clamp: true,
      },
      marks: trendMarks(input, axis, height),
    },
    spots: points
      .filter(known)
      .map((point) => ({ x: at(point.period), y: point.value ?? 0, words: wordsOf(point, input) })),
    table: tableOf(input),
  };
};

/** What the reader is told about the shade; empty when every period is complete. */
export const fillingNote = (points: readonly TrendPoint[], grain: Grain | 'day', completeThrough: IsoDate): string =>
  points.some((point) => isFilling(point.period, grain, completeThrough))
    ? `shaded: still filling up after ${formatShortDay(completeThrough)}`
    : '';

import * as Plot from '@observablehq/plot';
import type { RateRow } from '../data/registry-answer.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { rateTable, rateText, rateWords } from './rate-words.ts';
import { axisFor, tickText } from './scale.ts';

export interface RatesByYearInput {
  /** One a year in order, and the total. */
  readonly rows: readonly RateRow[];
  readonly label: string;
  /** The trend in words, at the end of its line; empty where there is none. */
  readonly trend: string;
  readonly width: number;
  readonly height?: number;
}

/**
 * Age-adjusted rates over years of diagnosis on their limits, with the line of the annual percent change through them. Years
 * that nobody counted are no points and leave a gap; a year withheld is told at its place on the axis.
 */
export const ratesByYear = ({ rows, label, trend, width, height = 300 }: RatesByYearInput): Drawing => {
  const years = rows.filter(({ isTotal }) => !isTotal).map((row) => ({ ...row, year: Number(row.group) }));
  const shown = years.filter(({ value }) => value !== null);
  const withheld = years.filter((row) => row.withheld !== null);
  const line = years.filter(({ fitted }) => fitted !== null);
  const axis = axisFor(
    years.flatMap(({ value, lower, upper, fitted }) => [value, lower, upper, fitted]),
    'index',
  );
  const [first, last] = [years[0]?.year ?? 0, years.at(-1)?.year ?? 0];
  const most = Math.max(2, Math.floor(width / 64));
  const stride = Math.ceil(years.length / most);
  const ticks = years.map(({ year }) => year).filter((_, place) => place % stride === 0);
  const limits = {
    x: 'year',
    stroke: ink.soft,
    strokeOpacity: 0.55,
    strokeWidth: 2.5,
    strokeLinecap: 'round',
  } as const;
  return {
    options: {
      ...frame(width, height, label),
      ...{ marginLeft: 48, marginRight: 24, marginTop: 22, marginBottom: 34 },
      x: {
        domain: first === last ? [first - 1, last + 1] : [first - (last - first) * 0.03, last + (last - first) * 0.03],
        ...{ ticks, label: null, tickSize: 4, tickFormat: (year: number) => String(year) },
      },
      y: {
        ...{ domain: [...axis.domain], ticks: [...axis.ticks], label: null, tickSize: 0 },
        tickFormat: (tick: number) => tickText(tick, 'index', axis),
      },
      marks: [
        Plot.gridY(axis.ticks, { stroke: ink.line, strokeOpacity: 1 }),
        Plot.ruleX(shown, { ...limits, y1: 'lower', y2: 'upper' }),
        Plot.lineY(line, { x: 'year', y: 'fitted', stroke: ink.accent, strokeDasharray: '5 3', strokeWidth: 1.5 }),
        ...(trend === ''
          ? []
          : [Plot.text([trend], { frameAnchor: 'top-right', dy: -14, textAnchor: 'end', fill: ink.accent })]),
        Plot.dot(shown, { x: 'year', y: 'value', r: 4, fill: ink.strong, stroke: ink.paper }),
        Plot.text(withheld, {
          ...{ x: 'year', frameAnchor: 'bottom', dy: -8, fill: ink.faint, fontSize: 11 },
          text: () => '< 16',
        }),
      ],
    },
    spots: years.map((row) => ({ x: row.year, y: row.value ?? axis.domain[0], words: rateWords(row) })),
    table: rateTable(rows, 'Year', true),
  };
};

/** `APC −1.2 % (−2.0 to −0.4)`; empty without a trend. */
export const trendText = (
  trend: { readonly change: number; readonly lower: number; readonly upper: number } | null,
): string => {
  if (trend === null) return '';
  const percent = (share: number) => rateText(share * 100);
  return `APC ${percent(trend.change)} % (${percent(trend.lower)} to ${percent(trend.upper)})`;
};

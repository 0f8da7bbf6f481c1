import * as Plot from '@observablehq/plot';
import { formatCount, formatInterval, formatTarget, formatValue, type Unit } from '../data/format.ts';
import { frame, ink, type Drawing } from './drawing.ts';
import { labelWidth, shortened } from './label.ts';
import { axisFor, drawable, tickText } from './scale.ts';

export interface RankingItem {
  readonly label: string;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number | null;
  /** One of those the page is filtered by; when any is, the others step back. */
  readonly isChosen?: boolean;
}

export interface RankingInput {
  /** In the order they are drawn, from the top. Items without a value come last and are named, not placed. */
  readonly items: readonly RankingItem[];
  readonly label: string;
  readonly unit: Unit;
  readonly better: 'higher' | 'lower' | 'neither';
  readonly target: number | null;
  /** What the reach around the dot is when it is not doubt about the value: the names of its ends. Then nothing is judged. */
  readonly reach?: { readonly lower: string; readonly upper: string };
  /** What one item is: `Coder`. */
  readonly first: string;
  readonly width: number;
}

const rowHeight = 26;

/** More than this cannot be compared by eye; the table has them all. */
export const rankingMost = 24;

/** Colour only where the whole interval lies on one side of the target. */
const judged = (item: RankingItem, { target, better, reach }: RankingInput): string => {
  if (reach !== undefined || target === null || item.lower === null || item.upper === null || better === 'neither')
    return ink.strong;
  if (item.lower > target) return better === 'higher' ? ink.improve : ink.concern;
  if (item.upper < target) return better === 'higher' ? ink.concern : ink.improve;
  return ink.strong;
};

const verdict = (item: RankingItem, input: RankingInput): string => {
  const colour = judged(item, input);
  if (colour === ink.concern) return input.better === 'higher' ? 'clearly below target' : 'clearly above target';
  if (colour === ink.improve) return 'clearly meets target';
  return input.target === null || input.reach !== undefined || item.lower === null ? '' : 'not yet decided';
};

const wordsOf = (item: RankingItem, input: RankingInput): string => {
  const interval = formatInterval(item.lower, item.upper, input.unit);
  const parts = [
    `${item.label}: ${formatValue(item.value, input.unit)}`,
    interval === ''
      ? ''
      : input.reach === undefined
        ? `interval ${interval}`
        : `${input.reach.lower} to ${input.reach.upper} ${interval}`,
    verdict(item, input),
    item.n === null ? '' : `n ${formatCount(item.n)}`,
  ];
  return parts.filter((part) => part !== '').join(', ');
};

const tableOf = (input: RankingInput): Drawing['table'] => ({
  columns: [
    { label: input.first, numeric: false },
    { label: input.label, numeric: true },
    { label: input.reach?.lower ?? 'Lower', numeric: true },
    { label: input.reach?.upper ?? 'Upper', numeric: true },
    { label: 'n', numeric: true },
    { label: 'Against target', numeric: false },
  ],
  rows: input.items.map((item) => [
    { text: item.label, raw: item.label },
    { text: formatValue(item.value, input.unit), raw: item.value },
    { text: formatValue(item.lower, input.unit), raw: item.lower },
    { text: formatValue(item.upper, input.unit), raw: item.upper },
    { text: formatCount(item.n), raw: item.n },
    { text: verdict(item, input), raw: verdict(item, input) },
  ]),
});

/** Values side by side as dots on their intervals, so that a difference can be told from doubt. */
export const ranking = (input: RankingInput): Drawing => {
  const { unit, target, width } = input;
  const items = input.items.slice(0, rankingMost);
  const placed = items.filter((item) => item.value !== null);
  const left = labelWidth(
    items.map((item) => item.label),
    width * 0.38,
  );
  const values = items.map((item) => item.value);
  const bounds = drawable(
    values,
    items.flatMap((item) => [item.lower, item.upper]),
    unit,
  );
  const axis = axisFor([...values, ...bounds, target], unit, width < 420 ? 3 : 5);
  const y = 'label';
  const isAnyChosen = items.some((item) => item.isChosen);
  const colour = (item: RankingItem) => (isAnyChosen && !item.isChosen ? ink.common : judged(item, input));
  return {
    options: {
      ...frame(width, items.length * rowHeight + 56, `${input.label} by ${input.first.toLowerCase()}`),
      marginLeft: left,
      marginRight: 64,
      marginTop: target === null ? 8 : 22,
      marginBottom: 34,
      x: {
        domain: [...axis.domain],
        ticks: [...axis.ticks],
        label: null,
        tickSize: 0,
        tickFormat: (tick: number) => tickText(tick, unit, axis),
        clamp: true,
      },
      y: {
        type: 'band',
        domain: items.map((item) => item.label),
        label: null,
        tickSize: 0,
        tickFormat: (label: string) => shortened(label, left),
        padding: 0.2,
      },
      marks: [
        Plot.gridX(axis.ticks, { stroke: ink.line, strokeOpacity: 1 }),
        ...(target === null
          ? []
          : [
              Plot.ruleX([target], { stroke: ink.target, strokeDasharray: '5 3' }),
              Plot.text([`target ${formatTarget(target, unit)}`], {
                x: [target],
                frameAnchor: 'top',
                dy: -14,
                fill: ink.target,
                fontSize: 11,
              }),
            ]),
        Plot.link(
          placed.filter((item) => item.lower !== null && item.upper !== null),
          {
            x1: 'lower',
            x2: 'upper',
            y1: y,
            y2: y,
            stroke: colour,
            strokeOpacity: 0.55,
            strokeWidth: 2.5,
            strokeLinecap: 'round',
          },
        ),
        Plot.dot(placed, { x: 'value', y, r: 4.5, fill: colour, stroke: ink.paper }),
        Plot.text(items, {
          y,
          frameAnchor: 'right',
          textAnchor: 'end',
          dx: 60,
          text: (item: RankingItem) => formatValue(item.value, unit),
          fill: colour,
          fontWeight: 600,
        }),
      ],
    },
    spots: placed.map((item) => ({ x: item.value ?? 0, y: item.label, words: wordsOf(item, input) })),
    table: tableOf(input),
  };
};

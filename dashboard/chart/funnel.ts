import * as Plot from '@observablehq/plot';
import { funnel as funnelOf, funnelLimits } from '../../warehouse/statistics/funnel.ts';
import { formatCount, formatValue } from '../data/format.ts';
import { frame, ink, type ChartTable, type Drawing } from './drawing.ts';
import { looks, places, sideOf, wordsOf, type FunnelChartInput, type Placed } from './funnel-place.ts';
import { axisFor, tickText } from './scale.ts';

const tableOf = (placed: readonly Placed[], { limits, of, label }: FunnelChartInput): ChartTable => {
  const share = (value: number | null | undefined) => ({ text: formatValue(value, 'share'), raw: value ?? null });
  return {
    columns: [
      { label: 'Name', numeric: false },
      { label, numeric: true },
      { label: of, numeric: true },
      { label: 'Lower 99.8 %', numeric: true },
      { label: 'Upper 99.8 %', numeric: true },
      { label: 'Place', numeric: false },
    ],
    rows: placed.map((point) => {
      const place = point.value === null ? '' : places[point.side];
      return [
        { text: point.label, raw: point.label },
        share(point.value),
        { text: formatCount(point.n), raw: point.n },
        share(point[limits]?.lower998),
        share(point[limits]?.upper998),
        { text: place, raw: place },
      ];
    }),
  };
};

/** So many steps make the lines of the funnel look curved; closer where they bend, at small n. */
const steps = 80;

const linesOf = (target: number, tau2: number, most: number) =>
  Array.from({ length: steps }, (_, i) => {
    const n = 1 + (most - 1) * ((i + 1) / steps) ** 2;
    return { n, ...funnelLimits(target, n, tau2) };
  });

/** On two lines, which a telephone has room for. */
const caption = ({ limits }: FunnelChartInput, tau2: number): string =>
  limits === 'plain'
    ? 'Funnel · arcsine limits 95 % and 99.8 %,\nchance alone'
    : `Funnel · arcsine limits 95 % and 99.8 %,\nover-dispersion τ² ${tau2.toPrecision(2)} (FunnelPlotR 0.6.0)`;

/** So many of those beyond are named, the farthest first; the table names all. */
const named = 10;

/** The limits the funnel is drawn with, in the order of its lines. */
const ends = ['lower998', 'lower95', 'upper95', 'upper998'] as const;

const marksOf = (input: FunnelChartInput, placed: readonly Placed[], target: number, tau2: number, most: number) => {
  const known = placed.filter(({ value }) => value !== null);
  const beyond = known
    .filter(({ side }) => side !== 'within')
    .toSorted((a, b) => Math.abs(b.z ?? 0) - Math.abs(a.z ?? 0))
    .slice(0, named);
  const lines = linesOf(target, tau2, most);
  const line = (y: (typeof ends)[number]): Plot.Markish =>
    Plot.line(lines, { x: 'n', y, stroke: ink.soft, strokeDasharray: y.endsWith('95') ? '4 3' : 'none', clip: true });
  return [
    Plot.ruleY([target], { stroke: ink.soft }),
    ...ends.map(line),
    ...[...Map.groupBy(known, ({ side }) => side)].map(([side, group]) => {
      const { colour, symbol } = looks[side];
      return Plot.dot(group, { x: 'n', y: 'value', r: 4, symbol, fill: colour, stroke: ink.paper, strokeWidth: 0.75 });
    }),
    Plot.text(beyond, { x: 'n', y: 'value', text: 'label', dy: -10, fill: ink.strong, fontSize: 11 }),
    Plot.text([`all ${formatValue(target, 'share')}`], {
      ...{ y: [target], frameAnchor: 'right', textAnchor: 'start', dx: 6, fill: ink.soft, fontSize: 11 },
    }),
    Plot.text([caption(input, tau2)], {
      ...{ frameAnchor: 'top-left', textAnchor: 'start', lineAnchor: 'top', dy: -36, fill: ink.soft, fontSize: 11 },
    }),
  ];
};

/** Shares by how many they are of, within the limits that chance (and the spread between units) keeps to. */
export const funnel = (input: FunnelChartInput): Drawing => {
  const { units, label, of, width, height = 320 } = input;
  const { target, tau2, points } = funnelOf(units);
  const drawnTau2 = input.limits === 'plain' ? 0 : tau2;
  const placed = points.map((point, i) => ({
    ...point,
    label: units[i]!.label,
    side: target === null ? ('within' as const) : sideOf(point, target, input),
  }));
  const most = Math.max(1, ...units.map(({ n }) => n)) * 1.05;
  const axis = axisFor([...placed.map(({ value }) => value), target, ...farEnds(placed, input)], 'share');
  return {
    options: {
      ...frame(width, height, `${label}, funnel by ${of}`),
      ...{ marginTop: 40, marginRight: 76, marginBottom: 42, marginLeft: 52 },
      x: {
        ...{ domain: [0, most], tickSize: 4, ticks: Math.max(2, Math.floor(width / 110)) },
        ...{ label: of, labelAnchor: 'center', labelArrow: 'none', labelOffset: 36 },
      },
      y: {
        ...{ domain: [...axis.domain], ticks: [...axis.ticks], label: null, tickSize: 0 },
        tickFormat: (tick: number) => tickText(tick, 'share', axis),
      },
      marks: [
        Plot.gridY(axis.ticks, { stroke: ink.line, strokeOpacity: 1 }),
        ...(target === null ? [] : marksOf(input, placed, target, drawnTau2, most)),
      ],
    },
    spots: placed.flatMap((point) =>
      point.value === null ? [] : [{ x: point.n, y: point.value, words: wordsOf(point, input) }],
    ),
    table: tableOf(placed, input),
  };
};

/** The axis holds the limits of the units of middling size and above; at small n they run off to 0 and 1. */
const farEnds = (placed: readonly Placed[], { limits }: FunnelChartInput): readonly (number | undefined)[] => {
  const sizes = placed.map(({ n }) => n).toSorted((a, b) => a - b);
  const middle = sizes[Math.floor(sizes.length / 2)] ?? 0;
  return placed.flatMap((point) => (point.n < middle ? [] : [point[limits]?.lower998, point[limits]?.upper998]));
};

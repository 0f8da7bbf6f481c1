import * as Plot from '@observablehq/plot';
import { formatCount, formatInterval, formatValue, plural } from '../data/format.ts';
import type { CancerPoint } from '../data/registry-answer.ts';
import { frame, ink, type Cell, type ChartTable, type Drawing, spread } from './drawing.ts';
import { cut } from './label.ts';

export interface CancerSurvivalInput {
  /** By group in the order shown, each by month from 0. */
  readonly points: readonly CancerPoint[];
  readonly label: string;
  /** What one group is: `Stage`. */
  readonly first: string;
  /** Years on the axis. */
  readonly years: number;
  readonly width: number;
  readonly height?: number;
}

/** More curves than this cannot be told apart; the table has them all. */
export const curvesMost = 6;

/** Curves are told apart by dash and by the name at their end, not by colour alone. */
const strokes: readonly { readonly stroke: string; readonly strokeDasharray: string }[] = [
  { stroke: ink.strong, strokeDasharray: '' },
  { stroke: ink.accent, strokeDasharray: '' },
  { stroke: ink.strong, strokeDasharray: '6 3' },
  { stroke: ink.accent, strokeDasharray: '6 3' },
  { stroke: ink.strong, strokeDasharray: '2 3' },
  { stroke: ink.accent, strokeDasharray: '2 3' },
];

interface Curve {
  readonly label: string;
  readonly points: readonly CancerPoint[];
  /** Why nothing of it is shown; null where it is. */
  readonly withheld: string | null;
}

/** The curves of an answer, the first so many in the order they came, those withheld as a whole last. */
export const curvesOf = (points: readonly CancerPoint[]): readonly Curve[] =>
  [...Map.groupBy(points, ({ label }) => label)]
    .map(([label, own]) => ({ label, points: own, withheld: own[0]?.value === null ? own[0].withheld : null }))
    .toSorted((a, b) => Number(a.withheld !== null) - Number(b.withheld !== null));

const shownOf = ({ points }: Curve): readonly CancerPoint[] => points.filter(({ value }) => value !== null);
const atYear = (curve: Curve, year: number): CancerPoint | undefined =>
  curve.points.find(({ months }) => months === year * 12);

const row = 17;
const marginTop = 12;

/**
 * Survival by months as steps with pointwise bands, and below the axis the numbers still watched at each year. It ends
 * where fewer cases are watched than may be shown; too few of them are told as `< 16`, one that
 * would tell another as a dash.
 */
export const cancerSurvivalCurves = (input: CancerSurvivalInput): Drawing => {
  const { label, years, width, height = 320 } = input;
  const all = curvesOf(input.points);
  const curves = all.filter(({ withheld }) => withheld === null).slice(0, curvesMost);
  /** A group whose others are withheld is still one of several, and named. */
  const isAlone = all.length === 1;
  const left = isAlone ? 64 : Math.min(110, width * 0.24);
  const bottom = 46 + row * curves.length;
  const stride = Math.max(1, Math.ceil(years / Math.max(1, Math.floor((width - left - 24) / 44))));
  const ticks = Array.from({ length: Math.floor(years / stride) + 1 }, (_, i) => i * stride);
  const top = Math.max(1, ...curves.flatMap((curve) => shownOf(curve).map(({ value }) => value ?? 0)));
  const shares = [0, 0.25, 0.5, 0.75, 1];
  return {
    options: {
      ...frame(width, height + row * curves.length, label),
      ...{ marginLeft: left, marginRight: 24, marginTop, marginBottom: bottom },
      x: {
        ...{ domain: [0, years * 12], ticks: ticks.map((year) => year * 12), label: null, tickSize: 4 },
        tickFormat: (months: number) => (months === 0 ? '0' : `${months / 12} y`),
      },
      y: {
        ...{ domain: [0, Math.min(1.25, top)], ticks: shares, label: null, tickSize: 0 },
        tickFormat: (share: number) => formatValue(share, 'share', 0),
      },
      marks: [
        Plot.gridY(shares, { stroke: ink.line, strokeOpacity: 1 }),
        ...curves.flatMap((curve, i) => curveMarks(curve, i, curves.length <= 2)),
        ...(isAlone ? [] : endNames(curves, height - marginTop - 46, Math.min(1.25, top), years)),
        ...riskMarks(curves, ticks, left, isAlone),
      ],
    },
    spots: curves.flatMap((curve) =>
      ticks.flatMap((year) => {
        const point = atYear(curve, year);
        return point === undefined || point.value === null
          ? []
          : [{ x: point.months, y: point.value, words: wordsOf(point, isAlone) }];
      }),
    ),
    isGrid: !isAlone,
    table: tableOf(all, input),
  };
};

const curveMarks = (curve: Curve, place: number, hasBand: boolean): readonly Plot.Markish[] => {
  const points = shownOf(curve);
  return [
    ...(hasBand
      ? [
          Plot.areaY(points, {
            x: 'months',
            y1: 'lower',
            y2: 'upper',
            fill: ink.band,
            fillOpacity: 0.8,
            curve: 'step-after',
          }),
        ]
      : []),
    Plot.lineY(points, { x: 'months', y: 'value', strokeWidth: 1.75, curve: 'step-after', ...strokes[place] }),
  ];
};

/** Names where the curves end, above the line, moved apart where they would lie on each other. */
const endNames = (curves: readonly Curve[], pixels: number, top: number, years: number): readonly Plot.Markish[] => {
  const ends = curves.map((curve) => shownOf(curve).at(-1)!);
  const wanted = ends.map(({ value }) => (1 - (value ?? 0) / top) * pixels - 9);
  const placed = spread(wanted, 14);
  return ends.map((end, i) =>
    Plot.text([end], {
      ...{ x: 'months', y: 'value', textAnchor: end.months > years * 6 ? 'end' : 'start' },
      ...{ dx: end.months > years * 6 ? -2 : 4, dy: placed[i]! - wanted[i]! - 9 },
      ...{ text: () => end.label, fill: strokes[i]!.stroke, fontWeight: 600, stroke: ink.paper, strokeWidth: 4 },
    }),
  );
};

/** Below the axis: who is still watched at each year, a line a curve. */
const riskMarks = (
  curves: readonly Curve[],
  ticks: readonly number[],
  left: number,
  isAlone: boolean,
): readonly Plot.Markish[] => {
  const base = 34;
  const title = { frameAnchor: 'bottom-left', textAnchor: 'start', dx: 8 - left, fill: ink.faint } as const;
  return [
    Plot.text(['at risk'], { ...title, dy: base + (isAlone ? row : 0) }),
    ...curves.flatMap((curve, i) => {
      const dy = base + row * (i + 1);
      const points = ticks.flatMap((year) => atYear(curve, year) ?? []);
      return [
        ...(isAlone
          ? []
          : [Plot.text([cut(curve.label, Math.floor(left / 7))], { ...title, dy, fill: strokes[i]!.stroke })]),
        Plot.text(points, {
          ...{ x: 'months', frameAnchor: 'bottom', dy, fill: ink.soft },
          text: (point: CancerPoint) => riskText(point),
        }),
      ];
    }),
  ];
};

/** Too few to be shown; of one withheld because it would tell another nothing is said. */
const riskText = ({ atRisk, isFewAtRisk }: CancerPoint): string =>
  atRisk === null && isFewAtRisk ? '< 16' : formatCount(atRisk);

const wordsOf = (point: CancerPoint, isAlone: boolean): string => {
  const band = formatInterval(point, 'share');
  return [
    `${isAlone ? '' : `${point.label}, `}${plural(point.months / 12, 'year')}: ${formatValue(point.value, 'share')}`,
    ...(band === '' ? [] : [`limits ${band}`]),
    point.atRisk === null ? 'number at risk withheld' : `${formatCount(point.atRisk)} at risk`,
  ].join(', ');
};

const tableOf = (curves: readonly Curve[], { first, years }: CancerSurvivalInput): ChartTable => ({
  columns: [first, 'Years', 'Survival', 'Lower', 'Upper', 'At risk'].map((label, index) => ({
    ...{ label, numeric: index > 0 },
  })),
  rows: curves.flatMap((curve) =>
    Array.from({ length: years + 1 }, (_, year) => atYear(curve, year))
      .filter((point) => point !== undefined)
      .map((point): Cell[] => [
        { text: point.label, raw: point.label },
        { text: String(point.months / 12), raw: point.months / 12 },
        { text: point.withheld ?? formatValue(point.value, 'share'), raw: point.value },
        { text: formatValue(point.lower, 'share'), raw: point.lower },
        { text: formatValue(point.upper, 'share'), raw: point.upper },
        { text: riskText(point), raw: point.atRisk },
      ]),
  ),
});

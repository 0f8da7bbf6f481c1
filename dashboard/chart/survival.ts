import * as Plot from '@observablehq/plot';
import type { SurvivalPoint } from '../data/answer.ts';
import { formatCount, formatInterval, formatValue } from '../data/format.ts';
import { frame, ink, type ChartTable, type Drawing } from './drawing.ts';
import { atRiskAt, doneOf, lastDay, medianDay, stepAt, type Done } from './survival-steps.ts';

export interface SurvivalInput {
  /** In order of time, one step each. */
  readonly points: readonly SurvivalPoint[];
  readonly label: string;
  /** A day that matters, drawn as a target: 30 days after discharge. */
  readonly mark: { readonly day: number; readonly label: string } | null;
  /** How many days are shown. */
  readonly days: number;
  readonly width: number;
  readonly height?: number;
}

/** A day below the axis, within what was watched: how many are done and how many still open then. */
interface Rest {
  readonly day: number;
  readonly step: Done;
  readonly atRisk: number | null;
}

const quarters = [0, 0.25, 0.5, 0.75, 1];
/** A halo of the card's colour, so that words on a line stay legible. */
const halo = { stroke: ink.paper, strokeWidth: 4 } as const;

const halfMarks = (half: number): readonly Plot.Markish[] => [
  Plot.link([0], { x1: 0, x2: half, y1: 0.5, y2: 0.5, stroke: ink.common, strokeDasharray: '2 3' }),
  Plot.link([0], { x1: half, x2: half, y1: 0, y2: 0.5, stroke: ink.common, strokeDasharray: '2 3' }),
  Plot.text([`half by ${formatValue(half, 'days')}`], {
    ...{ x: [half], y: [0.5], textAnchor: 'start', dx: 8, dy: 12, fill: ink.soft },
    ...halo,
  }),
];

/** The day that matters, and the share done by it where anybody was watched that long. */
const dayMarks = ({ day, label }: NonNullable<SurvivalInput['mark']>, done: number | null): readonly Plot.Markish[] => [
  Plot.ruleX([day], { stroke: ink.target, strokeDasharray: '5 3' }),
  Plot.text([label], { x: [day], frameAnchor: 'top', dy: -13, fill: ink.target, fontSize: 11 }),
  ...(done === null
    ? []
    : [
        Plot.dot([day], { x: [day], y: [done], r: 4.5, fill: ink.strong, stroke: ink.paper, strokeWidth: 1.5 }),
        Plot.text([formatValue(done, 'share')], {
          ...{ x: [day], y: [done], textAnchor: 'end', dx: -9, dy: 15, fill: ink.strong, fontWeight: 600 },
          ...halo,
        }),
      ]),
];

const restMarks = (rests: readonly Rest[]): readonly Plot.Markish[] => [
  Plot.text(rests, {
    ...{ x: 'day', frameAnchor: 'bottom', dy: 46, fill: ink.soft },
    text: (rest: Rest) => formatCount(rest.atRisk),
  }),
  Plot.text(['still open'], { frameAnchor: 'bottom-left', textAnchor: 'start', dx: -78, dy: 46, fill: ink.faint }),
];

const wordsOf = ({ day, step, atRisk }: Rest): string => {
  const band = formatInterval({ value: step.done, lower: step.lower, upper: step.upper }, 'share');
  const done = `${formatValue(step.done, 'share')} done${band === '' ? '' : `, interval ${band}`}`;
  return `day ${day}: ${done}, ${formatCount(atRisk)} still open`;
};

const tableOf = (rests: readonly Rest[]): ChartTable => ({
  columns: ['Day', 'Done', 'Lower', 'Upper', 'Still open'].map((label, index) => ({ label, numeric: index > 0 })),
  rows: rests.map(({ day, step, atRisk }) => [
    { text: String(day), raw: day },
    { text: formatValue(step.done, 'share'), raw: step.done },
    { text: formatValue(step.lower, 'share'), raw: step.lower },
    { text: formatValue(step.upper, 'share'), raw: step.upper },
    { text: formatCount(atRisk), raw: atRisk },
  ]),
});

const marksOf = (
  { points, mark, days }: SurvivalInput,
  all: readonly Done[],
  rests: readonly Rest[],
): Plot.Markish[] => {
  const end = Math.min(days, lastDay(points));
  const steps = [stepAt([], 0), ...all.filter((step) => step.time <= end)];
  const drawn = [...steps, { ...stepAt(all, end), time: end }];
  const half = medianDay(points);
  return [
    Plot.gridY(quarters, { stroke: ink.line, strokeOpacity: 1 }),
    Plot.areaY(drawn, { x: 'time', y1: 'lower', y2: 'upper', fill: ink.band, curve: 'step-after' }),
    ...(half === null || half > days ? [] : halfMarks(half)),
    Plot.lineY(drawn, { x: 'time', y: 'done', stroke: ink.soft, strokeWidth: 1.75, curve: 'step-after' }),
    ...(mark === null ? [] : dayMarks(mark, mark.day > end ? null : stepAt(all, mark.day).done)),
    ...restMarks(rests),
  ];
};

/**
 * The Kaplan–Meier estimate as the share done by each day, with its pointwise band and the number still open below.
 * Records still open count for as long as they were watched.
 */
export const survivalCurve = (input: SurvivalInput): Drawing => {
  const { points, label, days, width, height = 300 } = input;
  const all = doneOf(points);
  const stride = [5, 10, 20].find((one) => days / one <= width / 72) ?? 30;
  const ticks = Array.from({ length: Math.floor(days / stride) + 1 }, (_, index) => index * stride);
  const watched = ticks.filter((day) => day <= lastDay(points));
  const rests = watched.map((day) => ({ day, step: stepAt(all, day), atRisk: atRiskAt(all, day) }));
  const tickFormat = (day: number) => (day === 0 ? '0' : `${day} d`);
  const shareFormat = (share: number) => formatValue(share, 'share', 0);
  return {
    options: {
      ...frame(width, height, label),
      ...{ marginLeft: 80, marginRight: 24, marginTop: 18, marginBottom: 64 },
      x: { domain: [0, days], ticks, label: null, tickSize: 4, tickFormat },
      y: { domain: [0, 1], ticks: quarters, label: null, tickSize: 0, tickFormat: shareFormat },
      marks: marksOf(input, all, rests),
    },
    spots: rests.map((rest) => ({ x: rest.day, y: rest.step.done, words: wordsOf(rest) })),
    table: tableOf(rests),
  };
};

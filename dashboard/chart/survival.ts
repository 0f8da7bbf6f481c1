import * as Plot from '@observablehq/plot';
import type { SurvivalPoint } from '../data/answer.ts';
import { formatCount, formatInterval, formatValue } from '../data/format.ts';
import { frame, ink, type Drawing } from './drawing.ts';

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

/** The share done by each day: one less what is still open, so the bounds change places. */
interface Done {
  readonly time: number;
  readonly done: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly atRisk: number | null;
}

const doneOf = (points: readonly SurvivalPoint[]): readonly Done[] =>
  points.map(({ time, survival, lower, upper, atRisk }) => ({
    time,
    done: 1 - survival,
    lower: upper === null ? null : 1 - upper,
    upper: lower === null ? null : 1 - lower,
    atRisk,
  }));

/** The step that holds at this day: the last one not after it. Before the first step nothing is done. */
const stepAt = (steps: readonly Done[], day: number): Done =>
  steps.findLast((step) => step.time <= day) ?? { time: 0, done: 0, lower: 0, upper: 0, atRisk: steps[0]?.atRisk ?? null };

/** How many are still open and watched at this day: the number at the first step from it on. */
const atRiskAt = (steps: readonly Done[], day: number): number | null => {
  const next = steps.find((step) => step.time >= day);
  return next === undefined ? null : next.atRisk;
};

/** The day by which half are done; null when half never are within what was watched. */
export const medianDay = (points: readonly SurvivalPoint[]): number | null =>
  points.find((point) => point.survival <= 0.5)?.time ?? null;

/**
 * The Kaplan–Meier estimate as the share done by each day, with its pointwise band and the number still open below.
 * Records still open count for as long as they were watched.
 */
export const survivalCurve = (input: SurvivalInput): Drawing => {
  const { points, label, mark, days, width, height = 300 } = input;
  const all = doneOf(points);
  const steps = [{ time: 0, done: 0, lower: 0, upper: 0, atRisk: all[0]?.atRisk ?? null }, ...all.filter((step) => step.time <= days)];
  const end = { ...(steps.at(-1) ?? stepAt(all, days)), time: days };
  const drawn = [...steps, end];
  const stride = width < 480 ? 20 : 10;
  const ticks = Array.from({ length: Math.floor(days / stride) + 1 }, (_, index) => index * stride);
  const rests = ticks.map((day) => ({ day, step: stepAt(all, day), atRisk: atRiskAt(all, day) }));
  const half = medianDay(points);
  const marked = mark === null ? null : stepAt(all, mark.day);
  const words = ({ day, step, atRisk }: (typeof rests)[number]) => {
    const band = formatInterval(step.lower, step.upper, 'share');
    return `day ${day}: ${formatValue(step.done, 'share')} done${band === '' ? '' : `, interval ${band}`}, ${formatCount(atRisk)} still open`;
  };
  return {
    options: {
      ...frame(width, height, label),
      marginLeft: 80,
      marginRight: 24,
      marginTop: 18,
      marginBottom: 64,
      x: { domain: [0, days], ticks, label: null, tickSize: 4, tickFormat: (day: number) => (day === 0 ? '0' : `${day} d`) },
      y: { domain: [0, 1], ticks: [0, 0.25, 0.5, 0.75, 1], label: null, tickSize: 0, tickFormat: (share: number) => formatValue(share, 'share', 0) },
      marks: [
        Plot.gridY([0, 0.25, 0.5, 0.75, 1], { stroke: ink.line, strokeOpacity: 1 }),
        Plot.areaY(drawn, { x: 'time', y1: 'lower', y2: 'upper', fill: ink.band, curve: 'step-after' }),
        ...(half === null || half > days
          ? []
          : [
              Plot.link([0], { x1: 0, x2: half, y1: 0.5, y2: 0.5, stroke: ink.common, strokeDasharray: '2 3' }),
              Plot.link([0], { x1: half, x2: half, y1: 0, y2: 0.5, stroke: ink.common, strokeDasharray: '2 3' }),
              Plot.text([`half by ${formatValue(half, 'days')}`], { x: [half], y: [0.5], textAnchor: 'start', dx: 8, dy: 12, fill: ink.soft, stroke: ink.paper, strokeWidth: 4 }),
            ]),
        ...(mark === null || marked === null
          ? []
          : [
              Plot.ruleX([mark.day], { stroke: ink.target, strokeDasharray: '5 3' }),
              Plot.text([mark.label], { x: [mark.day], frameAnchor: 'top', dy: -13, fill: ink.target, fontSize: 11 }),
            ]),
        Plot.lineY(drawn, { x: 'time', y: 'done', stroke: ink.soft, strokeWidth: 1.75, curve: 'step-after' }),
        ...(mark === null || marked === null
          ? []
          : [
              Plot.dot([mark.day], { x: [mark.day], y: [marked.done], r: 4.5, fill: ink.strong, stroke: ink.paper, strokeWidth: 1.5 }),
              Plot.text([formatValue(marked.done, 'share')], { x: [mark.day], y: [marked.done], textAnchor: 'start', dx: 9, dy: 13, fill: ink.strong, fontWeight: 600, stroke: ink.paper, strokeWidth: 4 }),
            ]),
        Plot.text(rests, { x: 'day', frameAnchor: 'bottom', dy: 46, text: (rest: (typeof rests)[number]) => formatCount(rest.atRisk), fill: ink.soft }),
        Plot.text(['still open'], { frameAnchor: 'bottom-left', textAnchor: 'start', dx: -78, dy: 46, fill: ink.faint }),
      ],
    },
    spots: rests.map((rest) => ({ x: rest.day, y: rest.step.done, words: words(rest) })),
    table: {
      columns: ['Day', 'Done', 'Lower', 'Upper', 'Still open'].map((name, index) => ({ label: name, numeric: index > 0 })),
      rows: rests.map(({ day, step, atRisk }) => [
        { text: String(day), raw: day },
        { text: formatValue(step.done, 'share'), raw: step.done },
        { text: formatValue(step.lower, 'share'), raw: step.lower },
        { text: formatValue(step.upper, 'share'), raw: step.upper },
        { text: formatCount(atRisk), raw: atRisk },
      ]),
    },
  };
};

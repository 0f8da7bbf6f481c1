import { anhoej, anhoejRules } from '../../warehouse/statistics/anhoej-rules.ts';
import type { ControlPoint } from '../../warehouse/statistics/control-chart.ts';
import {
  assuranceIcon,
  makingDataCount,
  makingDataCountRules,
  type Direction,
  type JudgedPoint,
  type PointType,
} from '../../warehouse/statistics/making-data-count-rules.ts';
import type { RuleSet } from '../../warehouse/statistics/rule-set.ts';
import { westernElectric, westernElectricRules } from '../../warehouse/statistics/western-electric-rules.ts';

/** What one set of rules makes of a chart. */
export interface Verdict {
  readonly rules: RuleSet;
  /** One a point. */
  readonly marks: readonly ControlMark[];
  /** What the rules say of the whole, as a line of text: `last point: concern · target: inconsistent`. */
  readonly words: string;
}

/** A point as it is drawn and read out. */
export interface ControlMark {
  readonly type: PointType;
  /** Why it is a signal; empty where chance explains it. */
  readonly cause: string;
}

export interface Judging {
  readonly rules: RuleSet['id'];
  readonly better: 'higher' | 'lower' | 'neither';
  readonly target: number | null;
}

/** What is wrong on one side is good on the other; without a direction it is only high or low. */
const typeOn = (side: number, better: Judging['better']): PointType => {
  if (better === 'neither') return side > 0 ? 'neutral high' : 'neutral low';
  return side > 0 === (better === 'higher') ? 'improvement' : 'concern';
};

const sideOf = ({ value, centre }: ControlPoint): number =>
  value === null || centre === null ? 0 : Math.sign(value - centre);

/** A signal on the side of the centre line on which the point lies. */
const marked = (points: readonly ControlPoint[], causes: readonly string[], { better }: Judging): ControlMark[] =>
  points.map((point, i) => {
    const cause = causes[i] ?? '';
    return { cause, type: cause === '' ? 'common cause' : typeOn(sideOf(point), better) };
  });

const byAnhoej = (points: readonly ControlPoint[], judging: Judging): Verdict => {
  const found = anhoej(points);
  const causes = points.map((_, i) => (found?.outside[i] === true ? 'outside the limits' : ''));
  const words =
    found === null
      ? 'no runs'
      : `runs: ${found.isSignal ? 'signal' : 'no signal'} · longest ${found.longestRun}, by chance up to ` +
        `${found.longestRunMax} · crossings ${found.crossings}, by chance ${found.crossingsMin} or more`;
  return { rules: anhoejRules, marks: marked(points, causes, judging), words };
};

const directions: Readonly<Record<Judging['better'], Direction>> = {
  higher: 'increase',
  lower: 'decrease',
  neither: 'neutral',
};

const byMakingDataCount = (points: readonly ControlPoint[], { better, target }: Judging): Verdict => {
  const judged: readonly JudgedPoint[] = makingDataCount(points, directions[better]);
  const last = judged.at(-1)?.type;
  const assurance = target === null ? null : assuranceIcon(points, target, directions[better]);
  return {
    rules: makingDataCountRules,
    marks: judged.map(({ cause, type }) => ({ cause: cause ?? '', type })),
    words: [last === undefined ? '' : `last point: ${last}`, assurance === null ? '' : `target: ${assurance}`]
      .filter((part) => part !== '')
      .join(' · '),
  };
};

const zones = {
  1: 'beyond 3 σ',
  2: 'two of three beyond 2 σ',
  3: 'four of five beyond 1 σ',
  4: 'eight on one side',
} as const;

const byWesternElectric = (points: readonly ControlPoint[], judging: Judging): Verdict => {
  const causes = westernElectric(points).map((rules) => rules.map((rule) => zones[rule]).join(', '));
  const signals = causes.filter((cause) => cause !== '').length;
  const words = signals === 0 ? 'no signal' : signals === 1 ? '1 signal' : `${signals} signals`;
  return { rules: westernElectricRules, marks: marked(points, causes, judging), words };
};

/** A chart judged by one set of rules. */
export const judge = (points: readonly ControlPoint[], judging: Judging): Verdict => {
  if (judging.rules === 'anhoej') return byAnhoej(points, judging);
  return judging.rules === 'making-data-count'
    ? byMakingDataCount(points, judging)
    : byWesternElectric(points, judging);
};

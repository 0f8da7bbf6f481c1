import { anhoej, anhoejRules } from './anhoej-rules.ts';
import type { ControlPoint } from './control-chart.ts';
import {
  assuranceIcon,
  makingDataCount,
  makingDataCountRules,
  type Assurance,
  type Direction,
  type JudgedPoint,
  type PointType,
} from './making-data-count-rules.ts';
import type { RuleSet } from './rule-set.ts';
import { segments } from './segments.ts';
import { westernElectric, westernElectricRules } from './western-electric-rules.ts';

/** What one set of rules makes of a chart. */
export interface Verdict {
  readonly rules: RuleSet;
  /** One a point. */
  readonly marks: readonly ControlMark[];
  /** What the rules say of the whole, or of the part since the last rebase: `last point: concern · target: inconsistent`. */
  readonly words: string;
  /** How the last point with a value stands; null without one, or without limits, since the last rebase. */
  readonly latest: ControlMark | null;
  /** What the process will do about the target as things are; null where the rules do not say or there is no target. */
  readonly assurance: Assurance | null;
}

type Judgement = Omit<Verdict, 'assurance' | 'latest'> & Partial<Verdict>;

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

/** Place of the last point that has a value: a period may be complete and still not known. −1 where none has. */
const lastKnown = (points: readonly ControlPoint[]): number => points.findLastIndex(({ value }) => value !== null);

const byAnhoej = (points: readonly ControlPoint[], judging: Judging): Judgement => {
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

const byMakingDataCount = (points: readonly ControlPoint[], { better, target }: Judging): Judgement => {
  const judged: readonly JudgedPoint[] = makingDataCount(points, directions[better]);
  const last = judged[lastKnown(points)]?.type;
  const assurance = target === null ? null : assuranceIcon(points, target, directions[better]);
  return {
    rules: makingDataCountRules,
    assurance,
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

const byWesternElectric = (points: readonly ControlPoint[], judging: Judging): Judgement => {
  const causes = westernElectric(points).map((rules) => rules.map((rule) => zones[rule]).join(', '));
  const signals = causes.filter((cause) => cause !== '').length;
  const words = signals === 0 ? 'no signal' : signals === 1 ? '1 signal' : `${signals} signals`;
  return { rules: westernElectricRules, marks: marked(points, causes, judging), words };
};

const judges = { anhoej: byAnhoej, 'making-data-count': byMakingDataCount, 'western-electric': byWesternElectric };

/** Whether a part has values and no limits to hold them against: it is too short since the rebase. */
const lacksLimits = (part: readonly ControlPoint[]): boolean =>
  part.some(({ value }) => value !== null) && part.every(({ centre }) => centre === null);

/**
 * A chart judged by one set of rules; each part between rebases by itself.
 *
 * @param starts places at which limits are computed anew
 */
export const judge = (points: readonly ControlPoint[], judging: Judging, starts: readonly number[] = []): Verdict => {
  const parts = segments(points, starts);
  const judged = parts.map((part) => judges[judging.rules](part, judging));
  const [last, lastPart] = [judged.at(-1)!, parts.at(-1) ?? []];
  const marks = judged.flatMap((one) => one.marks);
  const isShort = lacksLimits(lastPart);
  return {
    ...{ rules: last.rules, marks },
    words: isShort ? `since the rebase: too few periods for limits` : last.words,
    latest: isShort ? null : (last.marks[lastKnown(lastPart)] ?? null),
    assurance: isShort ? null : (last.assurance ?? null),
  };
};

import { isOutside, type ControlPoint } from './control-chart.ts';
import type { RuleSet } from './rule-set.ts';
import { stretches } from './stretches.ts';

/** NHS England's *Making Data Count* rules. */
export const makingDataCountRules: RuleSet = {
  id: 'making-data-count',
  name: 'Making Data Count',
  version: 'NHSRplotthedots 0.2.2',
  chart: 'XmR, limits 2.66 mean moving ranges from the mean, moving ranges screened',
};

/** Which way is better; `neutral` where neither is. */
export type Direction = 'increase' | 'decrease' | 'neutral';

/** Why a point is a special cause; of several the first in this order. */
export type SpecialCause =
  | 'above upper limit'
  | 'below lower limit'
  | '7 point trend increasing'
  | '7 point trend decreasing'
  | '2 in 3 above centre'
  | '2 in 3 below centre'
  | '7 points above centre'
  | '7 points below centre';

export type PointType = 'common cause' | 'improvement' | 'concern' | 'neutral high' | 'neutral low';

export interface JudgedPoint {
  /** null: common cause. */
  readonly cause: SpecialCause | null;
  readonly type: PointType;
}

/** Points it takes to make a trend, or a shift. */
const enough = 7;

/**
 * The rules on an XmR chart, one verdict a point: outside the limits; one of seven or more that all rise or all fall
 * (a tie breaks it); beyond 2 σ but not 3, one of at least two such among three neighbours on one side of the mean; one of seven
 * or more on one side of the mean (a point on it, or not known, breaks it). Every point of a pattern is marked, those
 * before it was complete too. Linear in the number of points.
 *
 * A point where one trend ends and the next begins takes the way of the second.
 */
export const makingDataCount = (points: readonly ControlPoint[], direction: Direction): JudgedPoint[] => {
  const side = points.map(({ value, centre }) => (value === null || centre === null ? 0 : Math.sign(value - centre)));
  const shift = marked(side, side, enough, 0);
  const trend = trends(points);
  const near = twoInThree(points, side);
  return points.map((point, i): JudgedPoint => {
    const cause = causeOf(point, side[i]!, trend[i]!, near[i]!, shift[i]!);
    return { cause, type: typeOf(cause, direction) };
  });
};

/** Marks each point of a stretch of one sign that is long enough; `lead` points before it belong to it too. */
const marked = (signs: readonly number[], from: readonly unknown[], least: number, lead: number): number[] => {
  const marks = new Array<number>(from.length).fill(0);
  for (const { sign, start, end } of stretches(signs)) {
    if (sign === 0 || end - start + lead < least) continue;
    marks.fill(sign, start, end + lead);
  }
  return marks;
};

/** The i-th sign is the step from point i to the next, so that a stretch of six steps holds seven points. */
const trends = (points: readonly ControlPoint[]): number[] => {
  const steps = points.slice(1).map(({ value }, i) => {
    const before = points[i]!.value;
    return value === null || before === null ? 0 : Math.sign(value - before);
  });
  return marked(steps, points, enough, 1);
};

const isNear = (point: ControlPoint): boolean => {
  const { value, lower2, upper2 } = point;
  if (value === null || lower2 === null || upper2 === null || isOutside(point)) return false;
  return value < lower2 || value > upper2;
};

const twoInThree = (points: readonly ControlPoint[], side: readonly number[]): boolean[] => {
  const near = points.map(isNear);
  const marks = new Array<boolean>(points.length).fill(false);
  for (let i = 0; i + 2 < points.length; i++) {
    const three = [i, i + 1, i + 2];
    if (Math.abs(side[i]! + side[i + 1]! + side[i + 2]!) !== 3) continue;
    const found = three.filter((at) => near[at]);
    if (found.length >= 2) for (const at of found) marks[at] = true;
  }
  return marks;
};

const causeOf = (
  point: ControlPoint,
  side: number,
  trend: number,
  isTwoInThree: boolean,
  shift: number,
): SpecialCause | null => {
  if (isOutside(point)) return side > 0 ? 'above upper limit' : 'below lower limit';
  if (trend !== 0) return trend > 0 ? '7 point trend increasing' : '7 point trend decreasing';
  if (isTwoInThree) return side > 0 ? '2 in 3 above centre' : '2 in 3 below centre';
  if (shift !== 0) return shift > 0 ? '7 points above centre' : '7 points below centre';
  return null;
};

const typeOf = (cause: SpecialCause | null, direction: Direction): PointType => {
  if (cause === null) return 'common cause';
  const isHigh = /above|increasing/.test(cause);
  if (direction === 'neutral') return isHigh ? 'neutral high' : 'neutral low';
  return isHigh === (direction === 'increase') ? 'improvement' : 'concern';
};

/** The icon of variation: how the last point stands. null without points. */
export const variationIcon = (judged: readonly JudgedPoint[]): PointType | null => judged.at(-1)?.type ?? null;

/** The icon of assurance: what the process will do about a target as things are. */
export type Assurance = 'consistently passing' | 'consistently failing' | 'inconsistent';

/**
 * Where the limits of the last point lie against the target: wholly on its good side, wholly on its bad one, or around
 * it (a limit that touches it is around it). null without limits, or where neither way is better.
 */
export const assuranceIcon = (
  points: readonly ControlPoint[],
  target: number,
  direction: Direction,
): Assurance | null => {
  const last = points.at(-1);
  if (direction === 'neutral' || last === undefined || last.lower === null || last.upper === null) return null;
  if (target <= last.upper && target >= last.lower) return 'inconsistent';
  return target > last.upper === (direction === 'increase') ? 'consistently failing' : 'consistently passing';
};

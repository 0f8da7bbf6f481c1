import type { Alert, AlertGrain } from '../../dashboard/store/alert.ts';
import type { AlertState, AlertVerdict } from '../../dashboard/store/alert-standing.ts';
import type { Target, Unit } from '../../warehouse/metric/metric.ts';
import { policyOf } from '../../warehouse/query/standing.ts';
import { anhoej } from '../../warehouse/statistics/anhoej-rules.ts';
import type { ControlPoint } from '../../warehouse/statistics/control-chart.ts';
import { controlled, leastPoints } from '../../warehouse/statistics/control-series.ts';
import { judge, type ControlMark } from '../../warehouse/statistics/control-verdict.ts';
import { unitText } from '../print/unit-text.ts';
import type { AlertFacts, AlertPeriod } from './alert-facts.ts';

type Asked = Pick<Alert, 'when' | 'grain'>;

/** A last period whose value is known. */
type Known = AlertPeriod & { readonly value: number };

/** Judges an alert by what a release holds. The line of a threshold and a target that is just reached are on the quiet side. */
export const judgeAlert = (alert: Asked, facts: AlertFacts): AlertVerdict => {
  const last = facts.periods.at(-1);
  if (last === undefined) return unjudged(`No ${alert.grain} of it is complete yet.`);
  const when = periodWords(last.period, alert.grain);
  if (last.suppressed) return unjudged(`Its value of ${when} is withheld: it rests on too few.`, last.period);
  if (!isKnown(last)) return unjudged(`There is no value for ${when}.`, last.period);
  const [state, words] = held(alert, facts, last);
  if (state === 'unjudged') return { state, says: words, period: last.period, value: last.value };
  const says = `${facts.label}, ${when}: ${unitText(last.value, facts.unit)}; ${words}`;
  return { state, says, period: last.period, value: last.value };
};

/** What cannot be judged, and why, as a sentence. */
export const unjudged = (says: string, period: string | null = null): AlertVerdict => ({
  ...{ state: 'unjudged', says, period },
  value: null,
});

const isKnown = (last: AlertPeriod): last is Known => last.value !== null;

/** State, and the end of the sentence; of what cannot be judged a sentence of its own. */
type Held = readonly [AlertState, string];

const held = (alert: Asked, facts: AlertFacts, last: Known): Held => {
  const { when } = alert;
  if (when.kind === 'threshold') return byThreshold(last.value, when, facts.unit);
  if (when.kind === 'target') return byTarget(last, alert.grain, facts);
  return bySignal(when.rules, alert.grain, facts);
};

const byThreshold = (
  value: number,
  { side, value: line }: Extract<Alert['when'], { kind: 'threshold' }>,
  unit: Unit,
): Held => {
  const isBeyond = side === 'above' ? value > line : value < line;
  const text = unitText(line, unit);
  // Rounded they may look alike.
  const just = isBeyond && text === unitText(value, unit) ? 'just ' : '';
  return [isBeyond ? 'fires' : 'quiet', `that is ${isBeyond ? just : 'not '}${side} ${text}.`];
};

const byTarget = ({ value, period }: Known, grain: AlertGrain, { target, unit }: AlertFacts): Held => {
  if (target === null) return ['unjudged', `No target is in force in ${periodWords(period, grain)}.`];
  const policy = policyOf(value, target);
  if (policy !== 'met' && policy !== 'not met')
    return ['unjudged', 'Its target does not say which side of it is the good one.'];
  const words = `the target of ${targetWords(target, unit)}.`;
  return policy === 'met' ? ['quiet', `that meets ${words}`] : ['fires', `that misses ${words}`];
};

const targetWords = ({ value, direction, label }: Target, unit: Unit): string =>
  `${unitText(value, unit)} or ${direction === 'at_least' ? 'more' : 'less'} (${label})`;

const bySignal = (
  rules: Extract<Alert['when'], { kind: 'signal' }>['rules'],
  grain: AlertGrain,
  facts: AlertFacts,
): Held => {
  const { chart, points, starts } = controlled(facts.unit, facts.periods, rules, facts.rebases);
  const start = starts.at(-1) ?? 0;
  const since =
    start === 0 ? '' : ` since the limits were set anew in ${periodWords(facts.periods[start]!.period, grain)}`;
  const counted = points.slice(start).filter(({ value }) => value !== null).length;
  if (counted < leastPoints)
    return [
      'unjudged',
      `Limits need ${leastPoints} complete ${grain}s with a value${since}; there ${counted === 1 ? 'is 1' : `are ${counted}`}.`,
    ];
  const { rules: set, marks } = judge(points, { rules, better: facts.better, target: null }, starts);
  const found = signalOf(points.slice(start), marks.at(-1)!, rules);
  const by = `by ${set.name} (${set.version}), on a chart (${chart}) of ${counted} ${grain}s${since}`;
  return found === null ? ['quiet', `that is no signal ${by}.`] : ['fires', `that is a signal ${by}: ${found}.`];
};

/** What the rules have against the last point; null where chance explains it. Anhøj's speak of the series up to it. */
const signalOf = (part: readonly ControlPoint[], mark: ControlMark, rules: string): string | null => {
  if (mark.cause !== '') return `${mark.type}, ${mark.cause}`;
  const runs = rules === 'anhoej' ? anhoej(part) : null;
  if (runs?.isSignal !== true) return null;
  return (
    `the series has shifted, longest run ${runs.longestRun} (by chance up to ${runs.longestRunMax}), ` +
    `crossings ${runs.crossings} (by chance ${runs.crossingsMin} or more)`
  );
};

const month = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });

/** `March 2026`, `the week of 2 March 2026`. */
export const periodWords = (start: string, grain: AlertGrain): string => {
  const date = new Date(`${start}T00:00:00Z`);
  return grain === 'month' ? month.format(date) : `the week of ${day.format(date)}`;
};

import { anhoejRules } from '../../warehouse/statistics/anhoej-rules.ts';
import { makingDataCountRules } from '../../warehouse/statistics/making-data-count-rules.ts';
import type { RuleSet } from '../../warehouse/statistics/rule-set.ts';
import { westernElectricRules } from '../../warehouse/statistics/western-electric-rules.ts';
import type { Alert, AlertGrain, AlertWhen } from '../store/alert.ts';
import type { AlertStanding, AlertState } from '../store/alert-standing.ts';
import type { Metric } from './catalogue.ts';
import { formatDay, formatTarget, type Unit } from './format.ts';
import type { KeptList } from './kept.ts';
import { home, writeAddress } from './url.ts';

/** An alert that stands, and how. */
export interface ShownAlert {
  readonly alert: Alert;
  /** null before the first release. */
  readonly standing: AlertStanding | null;
}

const order: readonly AlertState[] = ['fires', 'unjudged', 'quiet'];

const rankOf = ({ standing }: ShownAlert): number => order.indexOf(standing?.state ?? 'unjudged');

/** Those not taken back: what fires first, then what cannot be judged; among alike the newest first. */
export const shownAlerts = (list: KeptList<Alert> | null): readonly ShownAlert[] => {
  const standings = new Map(list?.standings.map((one) => [one.alert, one]));
  return (list?.entries ?? [])
    .filter(({ retired }) => retired === undefined)
    .map((alert) => ({ alert, standing: standings.get(alert.id) ?? null }))
    .toReversed()
    .sort((a, b) => rankOf(a) - rankOf(b));
};

/** Those taken back, the newest first. */
export const retiredAlerts = (list: KeptList<Alert> | null): readonly Alert[] =>
  (list?.entries ?? []).filter(({ retired }) => retired !== undefined).toReversed();

/** Metric id → the alerts on it that fire; a metric without any is not in it. */
export const firingByMetric = (list: KeptList<Alert> | null): ReadonlyMap<string, readonly Alert[]> =>
  Map.groupBy(
    shownAlerts(list).flatMap(({ alert, standing }) => (standing?.state === 'fires' ? [alert] : [])),
    ({ metric }) => metric,
  );

/** `No alert fires.`, `2 of 3 alerts fire.`, with those that cannot be judged. */
export const alertsWords = (shown: readonly ShownAlert[]): string => {
  const count = (state: AlertState) => shown.filter(({ standing }) => standing?.state === state).length;
  const [fires, unjudged] = [count('fires'), count('unjudged')];
  const firing =
    fires === 0
      ? 'No alert fires'
      : `${fires} of ${shown.length} ${shown.length === 1 ? 'alert' : 'alerts'} ${fires === 1 ? 'fires' : 'fire'}`;
  return `${firing} in this release${unjudged === 0 ? '' : `; ${unjudged} cannot be judged`}.`;
};

/** As a pill says it, with the sign that stands before it. */
export const stateWords: Readonly<Record<AlertState, { readonly words: string; readonly sign: string }>> = {
  fires: { words: 'Fires', sign: '!' },
  quiet: { words: 'Quiet', sign: '✓' },
  unjudged: { words: 'Cannot be judged', sign: '?' },
};

export const ruleChoices: readonly RuleSet[] = [makingDataCountRules, anhoejRules, westernElectricRules];

/** What is asked of the last complete period: `above 30 %`, `misses its target`, `a signal by Making Data Count`. */
export const whenWords = (when: AlertWhen, unit: Unit | null): string => {
  if (when.kind === 'target') return 'misses its target';
  if (when.kind === 'signal')
    return `a signal by ${ruleChoices.find(({ id }) => id === when.rules)?.name ?? when.rules}`;
  return `${when.side} ${unit === null ? when.value : formatTarget(when.value, unit)}`;
};

/** `Delinquency rate above 30 %`: what an alert might be called. Values of filters may be surrogates, and its name goes out by mail. */
export const alertName = ({ label, unit }: Pick<Metric, 'label' | 'unit'>, when: AlertWhen, isPart: boolean): string =>
  `${label}: ${whenWords(when, unit)}${isPart ? ', a part of it' : ''}`.slice(0, 120);

/** The page that draws what an alert is about. */
export const alertAddress = ({ metric, where, when, grain }: Alert): string =>
  writeAddress({
    ...{ ...home, page: 'kpi', subject: metric, grain, where },
    rules: when.kind === 'signal' ? when.rules : null,
  });

/** `since the release of 2 Sep 2026`; of one that was not written down yet, that it is new. */
export const sinceWords = ({ since, state }: AlertStanding): string =>
  since !== null ? `since ${formatDay(since.at.slice(0, 10))}` : state === 'fires' ? 'new in this release' : '';

/** `told 2 Sep 2026`, `nobody was told yet`. */
export const toldWords = ({ told }: AlertStanding): string =>
  told === null ? 'nobody was told of it yet' : `last told ${formatDay(told.slice(0, 10))}`;

/** What a reader picks in the form. */
export interface AlertChoice {
  readonly kind: AlertWhen['kind'];
  readonly side: 'above' | 'below';
  /** As typed: a share in percent. */
  readonly value: string;
  readonly rules: RuleSet['id'];
}

/** A number as it is typed, in the words of its unit; null of what is none. */
const typedValue = (text: string, unit: Unit): number | null => {
  const number = text.trim() === '' ? NaN : Number(text);
  if (!Number.isFinite(number)) return null;
  // Shares are typed in percent and kept as 0–1: 0.07, not 0.07000000000000001.
  return unit === 'share' ? Number((number / 100).toPrecision(12)) : number;
};

/** What is asked; null while a threshold has no number. */
export const whenOf = ({ kind, side, value, rules }: AlertChoice, unit: Unit): AlertWhen | null => {
  if (kind === 'target') return { kind };
  if (kind === 'signal') return { kind, rules };
  const line = typedValue(value, unit);
  return line === null ? null : { kind, side, value: line };
};

/** The periods an alert can look at, of those a metric is kept by. */
export const alertGrains = ({ grains }: Pick<Metric, 'grains'>): readonly AlertGrain[] =>
  (['month', 'week'] as const).filter((grain) => grains.includes(grain));

/** What stands beside the number that is typed: `%`, `days`. */
export const typedUnit = (unit: Unit): string =>
  ({ share: '%', days: 'days', hours: 'hours', count: '', dollars: 'dollars', weight: '', index: '' })[unit];

import { rebaseDays } from '../../warehouse/statistics/rebase.ts';
import { completeFor, type Answer } from '../data/answer.ts';
import { unfit, type Metric } from '../data/catalogue.ts';
import { indicatorOf, type Indicator } from '../data/indicator.ts';
import type { IsoDate } from '../data/period.ts';
import { overTime, type Scope } from '../data/scope.ts';
import { standingOf } from '../data/standing.ts';
import type { Trust } from '../data/trust.ts';
import type { Comparison } from '../data/url.ts';
import { answerTo } from './answer.svelte.ts';
import { keptIn } from './kept.svelte.ts';
import type { Result } from './result.svelte.ts';
import { standingsTo } from './standing.svelte.ts';
import { trustNow } from './trust.svelte.ts';

/** What a table of indicators is asked for. */
export interface IndicatorsAsked {
  /** In the order shown. */
  readonly metrics: readonly Metric[];
  readonly scope: Scope;
  readonly compare: Comparison;
}

/** Several metrics at once, each with its past, its standing and what its checks found. */
export interface Indicators {
  readonly asked: IndicatorsAsked;
  /** Those of the metrics that the filters leave askable. */
  readonly fitting: readonly Metric[];
  readonly result: Result<Answer>;
  /** In the order asked; empty while nothing has come back. */
  readonly all: readonly Indicator[];
  /** What went wrong beside the numbers, as a sentence; empty mostly. */
  readonly trouble: string;
  /** By metric id; null while it is fetched. */
  readonly trust: ReadonlyMap<string, Trust> | null;
  readonly isStale: boolean;
  /** Each row is as complete as its own sources: a registry that lags holds back no other number. */
  throughOf(metric: Metric): IsoDate;
}

/** The indicators of a question that may change. Call it while a component is made. */
export const indicatorsTo = (question: () => IndicatorsAsked): Indicators => {
  const asked = $derived(question());
  const fitting = $derived(asked.metrics.filter((metric) => unfit(metric, asked.scope.where).length === 0));
  const result = answerTo(() => overTime(asked.scope, fitting, 'month', asked.compare));
  const standings = standingsTo(() =>
    fitting.length === 0 ? null : { metrics: fitting.map(({ id }) => id), where: asked.scope.where },
  );
  const shelf = keptIn('annotations');
  /** The same that the page of the metric goes by, so that the two never disagree. */
  const rebases = (metric: Metric, where: Scope['where']): readonly IsoDate[] | null =>
    shelf.result.value && rebaseDays(shelf.result.value.entries, { metric: metric.id, where });
  const trust = trustNow();
  const throughOf = (metric: Metric): IsoDate => completeFor(result.value, metric, asked.scope.through);
  const all = $derived.by(() => {
    const answer = result.value;
    if (answer === null) return [];
    const rows = standings.value?.rows ?? null;
    return asked.metrics.map((metric) =>
      indicatorOf(
        metric,
        answer,
        'month',
        throughOf(metric),
        standingOf(rows, metric),
        rebases(metric, answer.asked.where),
      ),
    );
  });
  return {
    get asked() {
      return asked;
    },
    get fitting() {
      return fitting;
    },
    result,
    get all() {
      return all;
    },
    get trouble() {
      return [
        standings.error === null ? '' : `Status and evidence could not be told. ${standings.error.message}`,
        shelf.result.error === null ? '' : `Signals could not be told. ${shelf.result.error.message}`,
      ]
        .filter((part) => part !== '')
        .join(' ');
    },
    get trust() {
      return trust.byMetric;
    },
    get isStale() {
      return result.value !== null && (result.loading || standings.loading);
    },
    throughOf,
  };
};

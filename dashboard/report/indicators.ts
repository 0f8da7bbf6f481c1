import { rebaseDays } from '../../warehouse/statistics/rebase.ts';
import { attentionTo } from '../data/attention.ts';
import { completeFor } from '../data/answer.ts';
import { unfit, type Metric } from '../data/catalogue.ts';
import { formatRange } from '../data/format.ts';
import { indicatorOf, type Indicator } from '../data/indicator.ts';
import type { IsoDate } from '../data/period.ts';
import { compareWords, overTime, whereWords, type Scope } from '../data/scope.ts';
import { standingOf } from '../data/standing.ts';
import type { Address } from '../data/url.ts';
import type { Desk } from './desk.ts';
import { PageError } from './page-error.ts';

export interface IndicatorPageInput {
  /** As it is written. */
  readonly path: string;
  readonly address: Address;
  readonly scope: Scope;
  readonly title: string;
  /** What the page answers; empty where its title says so. */
  readonly lede: string;
  /** In the order shown. */
  readonly metrics: readonly Metric[];
}

/** Several metrics at once, as the scorecard has them. */
export interface IndicatorsFound {
  /** Those of the metrics that the filters leave askable. */
  readonly fitting: readonly Metric[];
  /** In the order asked. */
  readonly indicators: readonly Indicator[];
  readonly throughOf: (metric: Metric) => IsoDate;
  /** What stands above them in plain words. */
  readonly lines: readonly string[];
}

/** Period, comparison and filters of a page in words. */
export const scopeWords = (desk: Desk, { span, where }: Scope, { compare }: Pick<Address, 'compare'>): string =>
  [
    formatRange(span),
    compare === 'none' ? '' : `compared with ${compareWords(compare)}`,
    whereWords(desk.catalogue, where),
  ]
    .filter((part) => part !== '')
    .join(' · ');

/** The indicators of a page, each with its past, its standing and its signal. @throws PageError where none has a value */
export const indicatorsOn = async (desk: Desk, input: IndicatorPageInput): Promise<IndicatorsFound> => {
  const { address, scope, lede, metrics } = input;
  const fitting = metrics.filter((metric) => unfit(metric, scope.where).length === 0);
  if (fitting.length === 0)
    throw new PageError([
      metrics.length === 0
        ? 'This release has no metric of that page.'
        : 'No indicator is kept by all of these filters at once.',
    ]);
  const answer = await desk.values(overTime(scope, fitting, 'month', address.compare));
  const ids = fitting.map(({ id }) => id);
  const rows = await desk.standings(ids, scope.where);
  const throughOf = (metric: Metric) => completeFor(answer, metric, scope.through);
  const indicators = metrics.map((metric) => {
    const rebases = rebaseDays(desk.annotations, { metric: metric.id, where: scope.where });
    return indicatorOf(metric, answer, 'month', throughOf(metric), standingOf(rows, metric), rebases);
  });
  if (indicators.every(({ latest }) => latest === null))
    throw new PageError(['No indicator has a value in this period and under these filters.']);
  const { lead, phrases, rest } = attentionTo(indicators, compareWords(address.compare));
  const listed = phrases.map(({ label, text }) => `${label} ${text}`);
  const attention = listed.length === 0 ? [] : [`${listed.join('; ')}${rest === '' ? '' : `; ${rest}`}.`];
  const lines = [...(lede === '' ? [] : [lede]), [lead, ...attention].join(' ')];
  return { fitting, indicators, throughOf, lines };
};

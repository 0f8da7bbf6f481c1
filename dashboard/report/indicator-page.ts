import { attentionTo } from '../data/attention.ts';
import { completeFor } from '../data/answer.ts';
import { unfit, unfitSentence, type Metric } from '../data/catalogue.ts';
import { formatRange } from '../data/format.ts';
import { indicatorOf } from '../data/indicator.ts';
import { compareWords, overTime, whereWords, type Scope } from '../data/scope.ts';
import { standingOf } from '../data/standing.ts';
import { trustOf } from '../data/trust.ts';
import type { Address } from '../data/url.ts';
import type { Desk } from './desk.ts';
import { indicatorTable } from './indicator-table.ts';
import { PageError } from './page-error.ts';
import type { ReportPage } from './report.ts';

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

/** Period, comparison and filters of a page in words. */
export const scopeWords = (desk: Desk, { span, where }: Scope, { compare }: Pick<Address, 'compare'>): string =>
  [
    formatRange(span),
    compare === 'none' ? '' : `compared with ${compareWords(compare)}`,
    whereWords(desk.catalogue, where),
  ]
    .filter((part) => part !== '')
    .join(' · ');

/** The scorecard, or the indicators of one subject: one row a metric. @throws PageError where none has a value */
export const indicatorPage = async (desk: Desk, input: IndicatorPageInput): Promise<ReportPage> => {
  const { path, address, scope, title, lede, metrics } = input;
  const fitting = metrics.filter((metric) => unfit(metric, scope.where).length === 0);
  if (fitting.length === 0)
    throw new PageError([
      metrics.length === 0
        ? 'This release has no metric of that page.'
        : 'No indicator is kept by all of these filters at once.',
    ]);
  const answer = await desk.values(overTime(scope, fitting, 'month', address.compare));
  const rows = await desk.standings(
    fitting.map(({ id }) => id),
    scope.where,
  );
  const throughOf = (metric: Metric) => completeFor(answer, metric, scope.through);
  const indicators = metrics.map((metric) =>
    indicatorOf(metric, answer, 'month', throughOf(metric), standingOf(rows, metric)),
  );
  if (indicators.every(({ latest }) => latest === null))
    throw new PageError(['No indicator has a value in this period and under these filters.']);
  const { lead, phrases, rest } = attentionTo(indicators, compareWords(address.compare));
  const listed = phrases.map(({ label, text }) => `${label} ${text}`);
  return {
    ...{ address: path, title, words: scopeWords(desk, scope, address), headline: null },
    lines: [
      ...(lede === '' ? [] : [lede]),
      [lead, ...(listed.length === 0 ? [] : [`${listed.join('; ')}${rest === '' ? '' : `; ${rest}`}.`])].join(' '),
    ],
    parts: [
      {
        kind: 'table',
        title: 'Indicators',
        note: '',
        table: indicatorTable({
          indicators,
          throughOf: ({ metric }) => throughOf(metric),
          through: scope.through,
          trust: trustOf(desk.checks),
          noteOf: ({ metric }) =>
            unfitSentence(desk.catalogue, metric, scope.where) ??
            (Object.keys(scope.where).length > 0
              ? 'Nothing of this period fits the filters.'
              : 'Nothing is known for this period; a source that feeds it would fill the row.'),
          compares: address.compare !== 'none',
        }),
      },
    ],
    metrics: metrics.map(({ id }) => id),
  };
};

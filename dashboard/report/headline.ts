import { formatChange, formatInterval, formatPeriod, formatValue } from '../data/format.ts';
import type { Indicator } from '../data/indicator.ts';
import { evidenceWords, judgedWords, moreWords, verdictOf } from '../data/standing.ts';
import type { Grain } from '../data/url.ts';

/** What stands on top of a metric's page. */
export interface Headline {
  /** The latest value. */
  readonly headline: string;
  /** Of when it is and what it means, then by what it was judged. */
  readonly lines: readonly string[];
}

export const headlineOf = (indicator: Indicator, grain: Grain, since: string): Headline => {
  const { latest, metric, standing, meaning } = indicator;
  const interval = latest ? formatInterval(latest, metric.unit) : '';
  const meant = { improvement: ': better', concern: ': worse', common: ', no more than chance', unknown: '' }[meaning];
  const isCompared = (latest?.compareValue ?? null) !== null;
  const change = isCompared ? `${formatChange(latest?.change, metric.unit)} against ${since}${meant}` : '';
  const judged = (standing?.target ?? null) === null ? null : standing;
  const parts = [
    latest ? formatPeriod(latest.period, grain) : 'no value in this period',
    interval === '' ? '' : `interval ${interval}`,
    change,
    ...(judged === null ? [] : [verdictOf(judged).words, evidenceWords(judged), moreWords(judged, metric)]),
  ];
  return {
    headline: formatValue(latest?.value, metric.unit),
    lines: [
      parts.filter((part) => part !== '').join(' · '),
      ...(judged === null ? [] : [`Judged by policy: ${judgedWords(judged, metric)}.`]),
    ],
  };
};

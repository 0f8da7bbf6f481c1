import type { Standing } from '../../warehouse/query/standings.ts';
import type { Metric } from './catalogue.ts';
import { formatCount, formatInterval, formatRange, formatTarget, formatValue } from './format.ts';
import { addDays } from './period.ts';

/** Policy status in words, and as good (true), bad (false) or neither. */
export interface Verdict {
  readonly words: string;
  readonly good: boolean | null;
}

/** The standing of a metric by its policy: the point value against the target, nothing of chance in it. */
export const verdictOf = (standing: Standing | null): Verdict => {
  if (standing === null) return { words: '', good: null };
  switch (standing.policy) {
    case 'met':
      return { words: 'meets target', good: true };
    case 'not met':
      return { words: 'does not meet target', good: false };
    case 'no value':
      return { words: 'no value to judge', good: null };
    case 'not judged':
      return { words: standing.target === null ? 'no target set' : 'not judged', good: null };
  }
};

/** `Jul 2025 – Jun 2026`: what the policy looks back over; empty where it is not known how far the data reach. */
export const windowWords = ({ windowFrom, windowTo }: Standing): string =>
  windowFrom === null || windowTo === null ? '' : formatRange({ from: windowFrom, through: addDays(windowTo, -1) });

/** `at least 95 %`; empty without a target. */
export const targetWords = ({ target, direction }: Standing, metric: Metric): string =>
  target === null
    ? ''
    : [{ at_least: 'at least', at_most: 'at most' }[direction ?? 'at_least'], formatTarget(target, metric.unit)]
        .filter((_, i) => i > 0 || direction !== null)
        .join(' ');

/** Whole sentence on what was judged: value, window, target and where it comes from. */
export const judgedWords = (standing: Standing, metric: Metric): string => {
  const interval = formatInterval(standing, metric.unit);
  const value = `${formatValue(standing.value, metric.unit)}${interval === '' ? '' : ` (${interval})`}`;
  const over = windowWords(standing);
  const target = targetWords(standing, metric);
  return [
    over === '' ? 'How far the data reach is not known' : `${value} over ${over}`,
    ...(target === '' ? [] : [`target ${target}: ${standing.label ?? ''}`]),
    ...(standing.citation === null ? [] : [standing.citation]),
  ].join('; ');
};

/** `clearly above`, `clearly below`, `not yet decided`; empty without an interval or a target. */
export const evidenceWords = (standing: Standing | null): string => {
  const side = standing?.evidence ?? null;
  return side === null ? '' : side === 'undecided' ? 'not yet decided' : `clearly ${side}`;
};

/** `≈ 43 more audits` would decide it; empty where it is decided, or where that cannot be said. */
export const moreWords = (standing: Standing | null, metric: Metric): string => {
  const more = standing?.evidence === 'undecided' ? standing.moreAudits : null;
  const unit = metric.page === 'coding' ? 'audit' : 'record';
  return more === null ? '' : `≈ ${formatCount(more)} more ${unit}${more === 1 ? '' : 's'}`;
};

/** The metric with the target that its standing was judged by: a facility's own where the view is of that facility. */
export const judgedMetric = (metric: Metric, standing: Standing | null): Metric => {
  const value = standing?.target ?? null;
  if (standing === null || value === null) return metric;
  const { label, citation, direction } = standing;
  return { ...metric, target: { value, label: label ?? '', citation, direction } };
};

/** The standing of a metric for all that the filters leave; null while it is not known. */
export const standingOf = (rows: readonly Standing[] | null, metric: Metric | null): Standing | null =>
  rows?.find((row) => row.metric === metric?.id) ?? null;

import type { Metric } from '../data/catalogue.ts';
import { violationWords, type Check } from '../data/check.ts';
import { isBroken } from '../data/explanation.ts';
import { capital, formatTarget, plural } from '../data/format.ts';
import type { Trust } from '../data/trust.ts';
import type { FactsPart } from './report.ts';

/** Marks of Markdown that definitions carry. */
const plain = (text: string): string => text.replaceAll('`', '');

const targetText = ({ target, unit }: Metric): string => {
  if (target === null) return 'None set.';
  const side = { at_least: 'At least ', at_most: 'At most ' }[target.direction ?? 'at_least'];
  const citation = target.citation === null ? '' : ` ${capital(target.citation)}.`;
  return `${target.direction === null ? '' : side}${formatTarget(target.value, unit)}: ${target.label}.${citation}`;
};

/** The checks that guard a metric and are broken, the worst first, each by what it asks and how many rows break it. */
export const brokenChecks = (checks: readonly Check[], metric: string): readonly string[] =>
  checks
    .filter((check) => isBroken(check) && check.metrics.includes(metric))
    .map((check) => `${(check.says ?? check.id).replace(/\.$/, '')} (${violationWords(check)})`);

/** More of them than this are counted on a page; what the data are worth is listed in full by `himsight checks`. */
const namedMost = 5;

const checksText = (trust: Trust | undefined, broken: readonly string[]): string => {
  if (trust === undefined) return 'No check that had anything to examine guards it.';
  if (broken.length === 0) return `All ${trust.run} pass.`;
  const rest = broken.length - namedMost;
  const named = [...broken.slice(0, namedMost), ...(rest > 0 ? [`and ${plural(rest, 'more', 'more')}`] : [])];
  return `${broken.length} of ${trust.run} fail: ${named.join('; ')}.`;
};

/** What a number is: how it is defined, made, aimed at, and how far it can be trusted. */
export const definitionFacts = (metric: Metric, trust: Trust | undefined, checks: readonly Check[]): FactsPart => ({
  kind: 'facts',
  title: 'What this number is',
  entries: [
    ['Definition', plain(metric.definition)],
    ...(metric.excludes === null ? [] : [['Not counted', plain(metric.excludes)] as const]),
    ['Method', plain(metric.method)],
    ['Target', targetText(metric)],
    ['Source', [metric.code, ...(metric.source === null ? [] : [plain(metric.source)])].join(' · ')],
    ['Checks', checksText(trust, brokenChecks(checks, metric.id))],
  ],
});

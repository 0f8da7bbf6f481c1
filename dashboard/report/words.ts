import { formatDay } from '../data/format.ts';
import type { About, AboutMetric, ReportPage } from './report.ts';

/** An instant as a report writes it: in UTC, so that the same release gives the same words anywhere. */
export const utcWords = (instant: string): string => `${formatDay(instant)}, ${instant.slice(11, 16)} UTC`;

/** What a report stands on, for the foot of each page. */
export const standsOn = ({ release, builtAt, asOf, completeThrough }: About): string =>
  [
    `Release ${release}, built ${utcWords(builtAt)}`,
    asOf === null ? 'no extract says as of when it speaks' : `extracts as of ${formatDay(asOf)}`,
    `complete through ${formatDay(completeThrough)}`,
  ].join(' · ');

/** More definitions than this are named on the last page alone. */
const namedMost = 3;

/** By which definitions the numbers of a page are counted. */
export const definitionWords = (about: About, page: ReportPage): string => {
  const own = about.metrics.filter(({ id }) => page.metrics.includes(id));
  return own.length > namedMost
    ? `${own.length} definitions, each with its version on the last page`
    : own.map(({ id, version }) => `${id}, definition ${version}`).join(' · ');
};

/** Which numbers of a page are in doubt; empty where every check passes. */
export const doubtWords = (about: About, page: ReportPage): string => {
  const doubted = about.metrics.filter(({ id, broken }) => page.metrics.includes(id) && broken.length > 0);
  if (doubted.length === 0) return '';
  if (doubted.length > namedMost)
    return `Checks fail for ${doubted.length} of ${page.metrics.length} metrics; the last page names them.`;
  return `Checks fail: ${doubted.map(({ label, broken, checks }) => `${label} ${broken.length} of ${checks}`).join('; ')}.`;
};

/** How far a metric can be trusted, in a few words. */
export const checkWords = ({ checks, broken }: AboutMetric): string => {
  if (checks === 0) return 'none apply';
  return broken.length === 0 ? `all ${checks} pass` : `${broken.length} of ${checks} fail: ${broken.join('; ')}`;
};

/** The metrics of a report as rows: what each is, by which definition, how far complete, how its checks came out. */
export const aboutHead = ['Metric', 'Id', 'Code', 'Definition', 'Complete through', 'Checks'] as const;
export const aboutRow = (metric: AboutMetric): readonly string[] => [
  ...[metric.label, metric.id, metric.code, metric.version],
  ...[metric.completeThrough === null ? 'not known' : formatDay(metric.completeThrough), checkWords(metric)],
];

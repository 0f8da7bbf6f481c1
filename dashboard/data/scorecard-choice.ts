import type { Catalogue, Metric } from './catalogue.ts';
import { formatCount } from './format.ts';

/** What a scorecard shows, and what of a choice could not be followed, as sentences. */
export interface Chosen {
  /** In the order shown; areas in the order of their first indicator. */
  readonly metrics: readonly Metric[];
  readonly problems: readonly string[];
}

/** More of them than this are counted, not named. */
const namedMost = 3;

const named = (ids: readonly string[]): string => ids.map((id) => `“${id}”`).join(', ');

const sentence = (ids: readonly string[], one: string, many: string): readonly string[] =>
  ids.length === 0
    ? []
    : [ids.length > namedMost ? `${formatCount(ids.length)} of the ${many}` : `${named(ids)}: ${one}`];

/** Whether an indicator can have a row: a scorecard shows months. */
export const canStand = (metric: Metric): boolean => metric.grains.includes('month');

/** The usual indicators of a release. */
export const usualChoice = (catalogue: Catalogue): readonly Metric[] =>
  catalogue.metrics.filter((metric) => metric.scorecard);

/** Holds a choice against a release; null is the usual one, and so is one of which nothing is left. */
export const chosenOf = (catalogue: Catalogue, ids: readonly string[] | null): Chosen => {
  if (ids === null) return { metrics: usualChoice(catalogue), problems: [] };
  const byId = new Map(catalogue.metrics.map((metric) => [metric.id, metric]));
  const known = [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
  const metrics = known.filter(canStand);
  const unknown = ids.filter((id) => !byId.has(id));
  const problems = [
    ...sentence(
      unknown,
      'this release has no such indicator, so the scorecard goes on without.',
      'indicators chosen are not in this release, so the scorecard goes on without them.',
    ),
    ...sentence(
      known.filter((metric) => !canStand(metric)).map(({ label }) => label),
      'not kept by month, so it has no row on the scorecard.',
      'indicators chosen are not kept by month, so they have no row on the scorecard.',
    ),
  ];
  return metrics.length > 0
    ? { metrics, problems }
    : {
        metrics: usualChoice(catalogue),
        problems: [...problems, 'Nothing of the choice is left; shown are the usual.'],
      };
};

/** The areas of a choice in their order, each with its indicators in theirs. */
export const areasOf = (
  metrics: readonly Metric[],
): readonly (readonly [area: string, metrics: readonly Metric[]])[] => [
  ...Map.groupBy(metrics, ({ subject }) => subject),
];

const swapped = <T>(list: readonly T[], at: number, to: number): readonly T[] => {
  const [one, other] = [list[at], list[to]];
  return one === undefined || other === undefined ? list : list.with(at, other).with(to, one);
};

/** With an indicator one place up (−1) or down (+1) within its area; as it was at the edge of the area. */
export const moveIndicator = (metrics: readonly Metric[], id: string, way: 1 | -1): readonly Metric[] =>
  areasOf(metrics).flatMap(([, own]) => {
    const at = own.findIndex((metric) => metric.id === id);
    return at < 0 ? own : swapped(own, at, at + way);
  });

/** With a whole area one place up (−1) or down (+1). */
export const moveArea = (metrics: readonly Metric[], area: string, way: 1 | -1): readonly Metric[] => {
  const areas = areasOf(metrics);
  const at = areas.findIndex(([name]) => name === area);
  return swapped(areas, at, at + way).flatMap(([, own]) => own);
};

/** With an indicator at the end of its area; of a new area at the end of all. */
export const addIndicator = (metrics: readonly Metric[], metric: Metric): readonly Metric[] =>
  areasOf([...metrics, metric]).flatMap(([, own]) => own);

/** Whether these are the same indicators in the same order. */
export const isSame = (one: readonly string[] | null, other: readonly string[] | null): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

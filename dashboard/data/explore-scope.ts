import { dimensionLabel, findMetric, type Catalogue, type Metric } from './catalogue.ts';
import { exploreGrains, type ExploreGrain, type ExploreView } from './explore-address.ts';
import { chartNames, offeredCharts, shareMisfit } from './explore-shape.ts';
import { formatCount } from './format.ts';
import { hasWhole, type IsoDate, type Span } from './period.ts';
import type { Release } from './release.ts';
import { scopeOf } from './scope.ts';
import { home } from './url.ts';

/** What of an address can be followed in a release, and what could not. */
export interface ExploreScope {
  /** As asked, less what is not there or does not fit. */
  readonly view: ExploreView;
  /** Those that can be asked together. */
  readonly metrics: readonly Metric[];
  /** The release whose numbers stand beside; null where none does. */
  readonly against: Release['releases'][number] | null;
  readonly span: Span;
  /** The last day of which everything has arrived. */
  readonly through: IsoDate;
  /** One sentence for each part that was passed over. */
  readonly problems: readonly string[];
}

/** What a metric is held against: the dimensions split and filtered by, and the grain. */
export type Frame = Pick<ExploreView, 'rows' | 'columns' | 'grain' | 'where'>;

/** Dimensions that a view rests on, each once. */
export const dimensionsOf = ({ rows, columns, where, beside = [] }: Frame & Partial<Pick<ExploreView, 'beside'>>) => [
  ...new Set([rows, columns, ...Object.keys(where), ...beside].filter((id) => id !== null)),
];

/** More than these make charts too small, and requests too long. */
export const besideMost = 6;

const listed = (words: readonly string[]): string => words.join(' and ');

/** Why a metric cannot be asked in this frame: `not kept by coder`; null where it can. */
export const misfit = (catalogue: Catalogue, metric: Metric, frame: Frame): string | null => {
  // Every view is of a period.
  const says = metric.notKnown ?? metric.undated;
  if (says !== undefined) return says;
  const missing = dimensionsOf(frame).filter((id) => !metric.dimensions.includes(id));
  const names = missing.map((id) => dimensionLabel(catalogue, id).toLowerCase());
  const grain = frame.grain !== null && !metric.grains.includes(frame.grain) ? [`the ${frame.grain}`] : [];
  const all = [...names, ...grain];
  return all.length === 0 ? null : `not kept by ${listed(all)}`;
};

/** The metrics that do not keep a dimension, in words: `not kept by Registry cases`; null where all do. */
export const dimensionMisfit = (metrics: readonly Metric[], id: string): string | null => {
  const without = metrics.filter((metric) => !metric.dimensions.includes(id)).map(({ label }) => label);
  return without.length === 0 ? null : `not kept of ${listed(without)}`;
};

/** Grains that all these metrics keep. */
export const commonGrains = (metrics: readonly Metric[]): readonly ExploreGrain[] =>
  exploreGrains.filter((grain) => metrics.every((metric) => metric.grains.includes(grain)));

/** More than this are counted, not named. */
const namedMost = 3;

const unknownMetrics = (names: readonly string[]): readonly string[] => {
  if (names.length === 0) return [];
  const said =
    names.length > namedMost
      ? `${formatCount(names.length)} of the metrics asked for`
      : names.map((name) => `“${name}”`).join(', ');
  return [`This release has no metric ${said}; the list of metrics holds what it has.`];
};

const metricNamed = (catalogue: Catalogue, name: string): Metric | null => {
  const coded = catalogue.metrics.filter(({ code }) => code.toLowerCase() === name.toLowerCase());
  return findMetric(catalogue, name) ?? (coded.length === 1 ? (coded[0] ?? null) : null);
};

interface Followed<T> {
  readonly kept: T;
  readonly says: readonly string[];
}

/** A split that exists, and that the first metric keeps. */
const splitOf = (catalogue: Catalogue, first: Metric | null, id: string | null): Followed<string | null> => {
  if (id === null) return { kept: null, says: [] };
  if (!catalogue.dimensions.some((dimension) => dimension.id === id))
    return { kept: null, says: [`There is no dimension “${id}” to split by, so it was passed over.`] };
  if (first !== null && !first.dimensions.includes(id)) {
    const name = dimensionLabel(catalogue, id).toLowerCase();
    return { kept: null, says: [`${first.label} is not kept by ${name}, so that split was passed over.`] };
  }
  return { kept: id, says: [] };
};

const grainOf = (first: Metric | null, grain: ExploreGrain | null): Followed<ExploreGrain | null> => {
  if (grain === null || first === null || first.grains.includes(grain)) return { kept: grain, says: [] };
  const kept = exploreGrains.find((one) => first.grains.includes(one)) ?? null;
  return {
    kept,
    says: [`${first.label} is not kept by ${grain}; shown is ${kept === null ? 'the whole period' : `every ${kept}`}.`],
  };
};

const filtersOf = (
  catalogue: Catalogue,
  first: Metric | null,
  where: ExploreView['where'],
): Followed<ExploreView['where']> => {
  const unfit = Object.keys(where).filter((id) => first !== null && !first.dimensions.includes(id));
  return {
    kept: Object.fromEntries(Object.entries(where).filter(([id]) => !unfit.includes(id))),
    says: unfit.map(
      (id) =>
        `${first?.label ?? ''} is not kept by ${dimensionLabel(catalogue, id).toLowerCase()}, so that filter was passed over.`,
    ),
  };
};

/** What can stand beside: what the first metric keeps, and no more than there is room for. */
const besideOf = (catalogue: Catalogue, first: Metric | null, ids: readonly string[]): Followed<readonly string[]> => {
  const kept = ids.filter((id) => first === null || first.dimensions.includes(id));
  const unfit = ids.filter((id) => !kept.includes(id));
  return {
    kept: kept.slice(0, besideMost),
    says: [
      ...unfit.map((id) =>
        catalogue.dimensions.some((dimension) => dimension.id === id)
          ? `${first?.label ?? ''} is not kept by ${dimensionLabel(catalogue, id).toLowerCase()}, so that does not stand beside it.`
          : `There is no dimension “${id}” to stand beside.`,
      ),
      ...(kept.length > besideMost ? [`No more than ${besideMost} dimensions stand beside; the first are shown.`] : []),
    ],
  };
};

/** The release to stand beside: another one that still stands, in place of a comparison with other days. */
const againstOf = (
  { against, compare }: ExploreView,
  release: Release,
): Followed<Release['releases'][number] | null> => {
  if (against === null) return { kept: null, says: [] };
  if (against === release.release)
    return { kept: null, says: ['A release is compared with another one; this is the one on show.'] };
  const kept = release.releases.find(({ id }) => id === against) ?? null;
  if (kept === null)
    return {
      kept,
      says: [`The release “${against}” to compare with does not stand any more, so nothing stands beside.`],
    };
  return {
    kept,
    says:
      compare === null ? [] : ['Numbers are compared with another release or with other days; shown is the release.'],
  };
};

/** What a reader of so short a period should know. */
const spanSays = (span: Span, grain: ExploreGrain | null): readonly string[] =>
  grain !== null && !hasWhole(span, grain) ? [`No whole ${grain} lies in this period; shown is a part of one.`] : [];

/**
 * Holds an address against a release. The first metric it names decides which splits, filters and grain can stand; other
 * metrics that do not keep those are left out. Each part left out is said in a sentence.
 */
export const exploreScope = (asked: ExploreView, release: Release, catalogue: Catalogue): ExploreScope => {
  const found = asked.metrics.map((name) => ({ name, metric: metricNamed(catalogue, name) }));
  const known = [...new Set(found.flatMap(({ metric }) => (metric === null ? [] : [metric])))];
  const first = known.find(({ notKnown, undated }) => notKnown === undefined && undated === undefined) ?? null;
  const scope = scopeOf({ ...home, period: asked.period, where: asked.where }, release, catalogue);
  const [one, other] = [splitOf(catalogue, first, asked.rows), splitOf(catalogue, first, asked.columns)];
  const splits = [...new Set([one.kept, other.kept])].filter((id) => id !== null);
  const grain = grainOf(first, asked.grain);
  const filters = filtersOf(catalogue, first, scope.where);
  const beside = besideOf(catalogue, first, asked.beside);
  const frame: Frame = {
    rows: splits[0] ?? null,
    columns: splits[1] ?? null,
    grain: grain.kept,
    where: filters.kept,
  };
  const metrics = known.filter((metric) => misfit(catalogue, metric, frame) === null);
  const left = known.flatMap((metric) => {
    const why = misfit(catalogue, metric, frame);
    if (why === null) return [];
    return [
      why === (metric.notKnown ?? metric.undated)
        ? `${metric.label}: ${why}`
        : `${metric.label} is ${why}, so it was left out.`,
    ];
  });
  const offered = offeredCharts(frame, metrics);
  const against = againstOf(asked, release);
  const unshared = asked.share === null || metrics.length === 0 ? null : shareMisfit(frame, metrics, asked.share);
  const unoffered = asked.chart === null || metrics.length === 0 || offered.includes(asked.chart) ? null : asked.chart;
  return {
    view: {
      ...{ ...asked, ...frame, beside: beside.kept, metrics: metrics.map(({ id }) => id) },
      compare: against.kept === null ? asked.compare : null,
      against: against.kept?.id ?? null,
      share: unshared === null ? asked.share : null,
      chart: unoffered === null ? asked.chart : null,
    },
    metrics,
    against: against.kept,
    span: scope.span,
    through: scope.through,
    problems: [
      ...unknownMetrics(found.filter(({ metric }) => metric === null).map(({ name }) => name)),
      ...one.says,
      ...other.says,
      ...grain.says,
      ...(metrics.length === 0 ? [] : spanSays(scope.span, grain.kept)),
      ...scope.problems,
      ...filters.says,
      ...beside.says,
      ...left,
      ...against.says,
      ...(unshared === null
        ? []
        : [`A share of the ${asked.share === 'all' ? 'whole' : asked.share} is not shown: ${unshared}.`]),
      ...(unoffered === null
        ? []
        : [
            `${chartNames[unoffered]} cannot be drawn of this question; there are ${offered.map((kind) => chartNames[kind].toLowerCase()).join(', ')}.`,
          ]),
    ],
  };
};

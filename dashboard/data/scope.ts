import type { ViewState } from '../../warehouse/query/view-state.ts';
import { dimensionLabel, valueLabel, type Catalogue, type Metric } from './catalogue.ts';
import { formatCount } from './format.ts';
import { completeDay, daysAsked, isBegun, spanOf, type IsoDate, type Reach, type Span } from './period.ts';
import type { Address, Comparison, Grain } from './url.ts';

/** What of the data a page looks at, once the address is held against the release. */
export interface Scope {
  readonly span: Span;
  /** The last day of which everything has arrived. */
  readonly through: IsoDate;
  /** The filters by dimensions that exist. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** One sentence for each filter that cannot be followed, or that nothing in the release can fit, and of a period not begun. */
  readonly problems: readonly string[];
}

export const scopeOf = (address: Address, release: Reach, catalogue: Catalogue): Scope => {
  const exists = (id: string) => catalogue.dimensions.some((dimension) => dimension.id === id);
  const filters = Object.entries(address.where);
  const ids = catalogue.dimensions.map((dimension) => dimension.id);
  const known =
    ids.length > listedMost ? `the filters list the ${ids.length} there are` : `there are ${ids.join(', ')}`;
  const span = spanOf(address.period, release);
  return {
    span,
    through: completeDay(release),
    where: Object.fromEntries(filters.filter(([id]) => exists(id))),
    problems: [
      ...filters.flatMap(([id, values]) =>
        exists(id)
          ? foreignSentence(catalogue, id, values)
          : [`There is no dimension “${id}” to filter by, so it was passed over; ${known}.`],
      ),
      ...(isBegun(span) ? [] : ['Nothing of this period is complete yet.']),
    ],
  };
};

/** More values than this are counted, not named. */
const namedMost = 3;

/** More dimensions than this nobody reads in a sentence. */
const listedMost = 12;

/** Says which values of a filter the release does not hold: nothing can fit them. The empty text stands for `not recorded`. */
const foreignSentence = (catalogue: Catalogue, id: string, values: readonly string[]): readonly string[] => {
  const dimension = catalogue.dimensions.find((one) => one.id === id);
  const known = new Set(dimension?.values.map((one) => one.value));
  const foreign = values.filter((value) => value !== '' && !known.has(value));
  if (foreign.length === 0 || known.size === 0) return [];
  const label = dimensionLabel(catalogue, id).toLowerCase();
  return foreign.length > namedMost
    ? [
        `Of the values asked of ${label} this release does not have ${formatCount(foreign.length)}; the filter lists what it has.`,
      ]
    : [
        `This release has no ${label} ${foreign.map((value) => `“${value}”`).join(', ')}; the filter lists what it has.`,
      ];
};

const compareOf = (compare: Comparison): ViewState['compare'] => (compare === 'none' ? null : compare);

/** A question over the whole span by whole periods, the one still filling up at its end included. */
export const overTime = (
  scope: Scope,
  metrics: readonly Metric[],
  grain: NonNullable<ViewState['grain']>,
  compare: Comparison = 'none',
  by: readonly string[] = [],
): ViewState => ({
  metrics: metrics.map((metric) => metric.id),
  by,
  grain,
  ...daysAsked(scope.span, grain),
  where: scope.where,
  compare: compareOf(compare),
  asOf: null,
});

/** A question for one number per group over the complete part of the span. */
export const inTotal = (scope: Scope, metrics: readonly Metric[], by: readonly string[] = []): ViewState => ({
  ...overTime(scope, metrics, 'month', 'none', by),
  grain: null,
  ...daysAsked(scope.span, null),
});

/** What the change is taken against, in words. */
export const compareWords = (compare: Comparison, grain: Grain = 'month'): string =>
  ({ year: '12 months before', previous: `the ${grain} before`, none: 'nothing' })[compare];

/** `Facility Riverside or Lakeview`: the filters in words, for the notes of charts; empty without any. */
export const whereWords = (catalogue: Catalogue, where: Scope['where']): string =>
  Object.entries(where)
    .map(([id, values]) => {
      const named = values.slice(0, namedMost).map((value) => valueLabel(catalogue, id, value));
      const rest = values.length - named.length;
      const all = rest > 0 ? [...named, `${formatCount(rest)} more`] : named;
      return `${dimensionLabel(catalogue, id)} ${all.join(' or ')}`;
    })
    .join(' · ');

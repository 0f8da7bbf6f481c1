import type { AgainstMetric } from '../../warehouse/query/beside-release.ts';
import { dimensionLabel, type Catalogue } from './catalogue.ts';
import type { ExploreScope } from './explore-scope.ts';
import type { Exploration, Tier } from './exploration.ts';
import { formatCount, formatDay, formatInstant, formatRange } from './format.ts';
import { addDays, daysAsked, type Span } from './period.ts';
import type { Release } from './release.ts';
import { compareWords, whereWords } from './scope.ts';

/** `Code accuracy by coder and service`: what is asked, for a headline and a file's name. */
export const exploreTitle = ({ metrics, view }: ExploreScope, catalogue: Catalogue): string => {
  const [first, ...others] = metrics;
  if (first === undefined) return 'Explore';
  const [second] = others;
  const more = others.length > 1 ? ` and ${formatCount(others.length)} more` : second ? ` and ${second.label}` : '';
  const splits = [view.rows, view.columns].filter((id) => id !== null);
  const by = splits.map((id) => dimensionLabel(catalogue, id).toLowerCase()).join(' and ');
  return first.label + more + (by === '' ? '' : ` by ${by}`);
};

/** Period and filters in words, for the line beneath. */
export const exploreWords = ({ view, span }: ExploreScope, catalogue: Catalogue): string =>
  [
    // Of a period that is all yet to come, its own end.
    formatRange(span.through < span.from ? { ...span, through: addDays(span.to, -1) } : span),
    view.grain === null ? 'one number for all of it' : `every ${isCut(span, view.grain) ? 'whole ' : ''}${view.grain}`,
    whereWords(catalogue, view.where),
  ]
    .filter((part) => part !== '')
    .join(' · ');

/** Whether periods at its ends are left out because the span cuts them. */
const isCut = (span: Span, grain: string): boolean => {
  const { from, to } = daysAsked(span, grain);
  return from !== span.from || to !== span.to;
};

/** What a change is taken against: `12 months before`, `the quarter before`, `the release of …`; empty without a comparison. */
export const sinceWords = ({ view: { compare, grain }, against }: Pick<ExploreScope, 'view' | 'against'>): string => {
  if (against !== null) return `the release of ${formatInstant(against.builtAt)}`;
  if (compare === null) return '';
  if (compare === 'year') return compareWords('year');
  return grain === null ? 'as long a period before' : `the ${grain} before`;
};

/**
 * What a reader of numbers of two releases must know, a sentence each: how far the other one is complete, and which metrics
 * are made otherwise there, so that not all of the difference is of data; none without another release.
 */
export const againstWords = ({ metrics, against }: ExploreScope, { cells }: Exploration): readonly string[] => {
  const other = cells.against;
  if (other === null || against === null) return [];
  const labels = (state: AgainstMetric['state']) =>
    metrics
      .filter(({ id }) => other.metrics.some((one) => one.id === id && one.state === state))
      .map(({ label }) => label);
  const [lacking, redefined] = [labels('lacking'), labels('redefined')];
  const through =
    other.completeThrough === null
      ? 'does not say how far it is complete'
      : `is complete through ${formatDay(other.completeThrough)}`;
  const own = cells.completeThrough === null ? '' : `; this one through ${formatDay(cells.completeThrough)}`;
  return [
    `Beside each number stands that of the release of ${formatInstant(against.builtAt)}, which ${through}${own}.`,
    ...(lacking.length === 0 ? [] : [`That release cannot answer ${listed(lacking)}, so nothing stands beside.`]),
    ...(redefined.length === 0
      ? []
      : [
          `${listed(redefined)}: ${redefined.length === 1 ? 'its definition, or a table it is' : 'the definition, or a table they are'} counted from, changed between the two, so a difference may be of that rather than of records.`,
        ]),
  ];
};

const listed = (labels: readonly string[]): string => labels.join(' and ');

/** Where the numbers come from: `from the cube of 3,412 sums`, `from the marts`, and why there is no cube. */
export const tierWords = (tier: Tier): string => {
  if (tier.name === 'cube') return `from the cube of ${formatCount(tier.cells)} sums`;
  return tier.refused === null ? 'from the marts' : `from the marts, without a cube: ${tier.refused}`;
};

/** What a file says besides its numbers: what was asked, of which release, by which definitions, complete how far. */
export const exportFacts = (
  scope: ExploreScope,
  { release }: { readonly release: Release },
  found: Exploration,
): Readonly<Record<string, string>> => ({
  release: found.release,
  'built at': release.builtAt,
  'as of': found.cells.asOf,
  'complete through': found.cells.completeThrough ?? 'not known',
  definitions: scope.metrics.map(({ id }) => `${id} ${found.cells.versionOf.get(id) ?? 'not known'}`).join(', '),
  ...againstFacts(scope, found),
  ...(scope.view.share === null ? {} : { shares: `of the ${scope.view.share === 'all' ? 'whole' : scope.view.share}` }),
  asked: JSON.stringify(found.cells.asked),
});

/** What a file says of the release beside. */
const againstFacts = (scope: ExploreScope, found: Exploration): Readonly<Record<string, string>> => {
  const other = found.cells.against;
  if (other === null) return {};
  return {
    'compared with release': other.release,
    'its complete through': other.completeThrough ?? 'not known',
    'its definitions': other.metrics
      .map(({ id, version, state }) => `${id} ${version ?? 'none'} (${state})`)
      .join(', '),
    'of the two': againstWords(scope, found).join(' '),
  };
};

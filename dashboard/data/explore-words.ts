import { dimensionLabel, type Catalogue } from './catalogue.ts';
import type { ExploreView } from './explore-address.ts';
import type { ExploreScope } from './explore-scope.ts';
import type { Exploration, Tier } from './exploration.ts';
import { formatCount, formatRange } from './format.ts';
import { addMonths } from './period.ts';
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
    formatRange(span.latest < span.from ? { ...span, latest: addMonths(span.to, -1) } : span),
    view.grain === null ? 'one number for all of it' : `every ${view.grain}`,
    whereWords(catalogue, view.where),
  ]
    .filter((part) => part !== '')
    .join(' · ');

/** What a change is taken against: `12 months before`, `the quarter before`; empty without a comparison. */
export const sinceWords = ({ compare, grain }: Pick<ExploreView, 'compare' | 'grain'>): string => {
  if (compare === null) return '';
  if (compare === 'year') return compareWords('year');
  return grain === null ? 'as long a period before' : `the ${grain} before`;
};

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
  asked: JSON.stringify(found.cells.asked),
});

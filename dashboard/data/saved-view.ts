import type { SavedView } from '../store/saved-view.ts';
import { capital, formatInstant } from './format.ts';
import { pages } from './url.ts';

/** Those not taken back, the newest first. */
export const standingViews = (views: readonly SavedView[]): readonly SavedView[] =>
  views.filter(({ retired }) => retired === undefined).toReversed();

/** The release a view is frozen at, as its address names it; null: it is live. */
const frozenAt = (address: string): string | null => new URL(address, 'http://here').searchParams.get('release');

/** The same view at another release; null: whichever is served. */
export const atRelease = (address: string, release: string | null): string => {
  const [path = '', search = ''] = address.split('?');
  const query = new URLSearchParams(search);
  query.delete('release');
  if (release !== null) query.append('release', release);
  return query.size === 0 ? path : `${path}?${query}`;
};

/** What kind of view it is: `frozen at 2 Sep 2026, 04:10`, or that its numbers are always the newest. */
export const freshnessWords = (
  address: string,
  releases: readonly { readonly id: string; readonly builtAt: string }[],
): string => {
  const id = frozenAt(address);
  if (id === null) return 'always the newest numbers';
  const release = releases.find((one) => one.id === id);
  return release === undefined
    ? 'frozen at a release that does not stand any more'
    : `frozen at ${formatInstant(release.builtAt)}`;
};

/** Which page an address opens: `Explore`, `Indicator`; the scorecard where it names none. */
export const pageWords = (address: string): string => {
  const first = new URL(address, 'http://here').pathname.split('/')[1] ?? '';
  const page = pages.find((one) => one === first) ?? 'scorecard';
  return page === 'kpi' ? 'Indicator' : capital(page.replaceAll('-', ' '));
};

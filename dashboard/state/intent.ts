import { findMetric, unfit } from '../data/catalogue.ts';
import { query } from '../data/fetch.ts';
import { overTime, scopeOf } from '../data/scope.ts';
import { grains, readAddress, type Page } from '../data/url.ts';
import type { Served } from './session.svelte.ts';

/** Milliseconds that a link is rested on before it is meant: a pointer on its way elsewhere passes faster. */
const meant = 65;

/** What a page of ours would load and ask first. Answers go where the page looks for them (`data/fetch.ts`). */
export interface Ahead {
  /** Loads the code of a page. */
  readonly load: (page: Page) => Promise<unknown>;
  readonly served: () => Served | null;
}

/**
 * Loads the page behind a link, and its first answer, once a pointer or the focus has rested on the link. One at a time: the
 * next one meant gives up the one before, and so does going anywhere. What fails is no loss, the page will ask itself.
 *
 * @returns how to stop
 */
export const loadAhead = (place: Document, ahead: Ahead): (() => void) => {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let asked = new AbortController();
  let last = '';
  const forget = () => clearTimeout(waiting);
  const giveUp = () => {
    forget();
    asked.abort();
    last = '';
  };
  const rest = ({ target }: Event) => {
    const link = target instanceof Element ? target.closest('a') : null;
    const href = link?.getAttribute('href') ?? '';
    forget();
    if (!href.startsWith('/') || href.startsWith('/api/') || href === last) return;
    waiting = setTimeout(() => {
      asked.abort();
      asked = new AbortController();
      last = href;
      void fetchAhead(href, ahead, asked.signal).catch(() => undefined);
    }, meant);
  };
  const events = { pointerover: rest, focusin: rest, pointerout: forget, focusout: forget, click: giveUp };
  for (const [name, on] of Object.entries(events)) place.addEventListener(name, on, { passive: true });
  return () => {
    giveUp();
    for (const [name, on] of Object.entries(events)) place.removeEventListener(name, on);
  };
};

const fetchAhead = async (href: string, { load, served }: Ahead, signal: AbortSignal): Promise<void> => {
  const { pathname, search } = new URL(href, location.origin);
  const address = readAddress(pathname, search);
  const shown = served();
  await Promise.all([load(address.page), shown === null ? null : answerAhead(address, search, shown, signal)]);
};

/** The first answer of an indicator or of a view of Explore; other pages ask many things, each when it is drawn. */
const answerAhead = async (
  address: ReturnType<typeof readAddress>,
  search: string,
  { release, catalogue }: Served,
  signal: AbortSignal,
): Promise<void> => {
  if (address.page === 'explore') {
    // As heavy as the page itself, and so not part of the first one.
    const { exploreAhead } = await import('./explore-ahead.ts');
    await exploreAhead(search, { release, catalogue }, signal);
    return;
  }
  const metric = address.page === 'kpi' ? findMetric(catalogue, address.subject) : null;
  const scope = scopeOf(address, release, catalogue);
  if (metric === null || unfit(metric, scope.where).length > 0) return;
  const offered = grains.filter((grain) => metric.grains.includes(grain));
  if (offered.length === 0) return;
  const grain = offered.includes(address.grain) ? address.grain : 'month';
  await query(release.release, overTime(scope, [metric], grain, address.compare), signal);
};

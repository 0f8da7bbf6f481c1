import { readExplore } from '../data/explore-address.ts';
import { explore } from '../data/explore-fetch.ts';
import { exploreScope } from '../data/explore-scope.ts';
import type { Served } from './session.svelte.ts';

/** Asks a view of Explore before it is gone to; nothing where it names no metric, or another release. */
export const exploreAhead = async (
  search: string,
  { release, catalogue }: Served,
  signal: AbortSignal,
): Promise<void> => {
  const asked = readExplore(search);
  const scope = exploreScope(asked, release, catalogue);
  if (asked.release !== null || scope.metrics.length === 0) return;
  await explore({ release: release.release, isNamed: false, catalogue, scope }, signal);
};

import type { Exploration } from '../data/exploration.ts';
import { exploreQuestions } from '../data/explore-question.ts';
import type { ExploreScope } from '../data/explore-scope.ts';
import { explore } from '../data/explore-fetch.ts';
import { fetchCatalogue, fetchRelease } from '../data/fetch.ts';
import { Result } from './result.svelte.ts';
import { session, type Served } from './session.svelte.ts';

/** What came back, beside what it was asked of: the page may have moved on. */
export interface Explored {
  readonly scope: ExploreScope;
  readonly served: Served;
  readonly found: Exploration;
}

/** What is asked: nothing while the release is not there yet. */
export interface Exploring {
  readonly scope: ExploreScope;
  readonly served: Served;
  /** Whether the release is named, and stays whatever is published. */
  readonly isFrozen: boolean;
}

/**
 * The answer to a view, out of a cube at hand or all of it in one request; asked again whenever the view changes. Call it
 * while a component is made.
 */
export const explorationOf = (asked: () => Exploring | null): Result<Explored> => {
  const result = new Result<Explored>();
  $effect(() => {
    const exploring = asked();
    const questions = exploring === null ? [] : exploreQuestions(exploring.scope);
    if (exploring === null || questions.length === 0) {
      result.idle();
      return;
    }
    const { scope, served, isFrozen } = exploring;
    return session.follow(result, async (_release, signal) => ({
      scope,
      served,
      found: await explore(
        { release: served.release.release, isNamed: isFrozen, catalogue: served.catalogue, scope },
        signal,
      ),
    }));
  });
  return result;
};

/** A release and its catalogue by name; idle for null. Call it while a component is made. */
export const releaseNamed = (release: () => string | null): Result<Served> => {
  const result = new Result<Served>();
  $effect(() => {
    const id = release();
    if (id === null) {
      result.idle();
      return;
    }
    return session.follow(result, async (_served, signal) => {
      const [named, catalogue] = await Promise.all([fetchRelease(signal, id), fetchCatalogue(signal, id)]);
      return { release: named, catalogue };
    });
  });
  return result;
};

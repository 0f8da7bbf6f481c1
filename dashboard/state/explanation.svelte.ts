import type { Explanation } from '../data/explanation.ts';
import { fetchExplanation } from '../data/fetch.ts';
import { Result } from './result.svelte.ts';
import { session } from './session.svelte.ts';

/** How a number is made, and which. */
export interface Explained {
  readonly metric: string;
  readonly how: Explanation;
}

/** How the number that `metric` names is made; fetched again when it names another. Call it while a component is made. */
export const explanationOf = (metric: () => string): Result<Explained> => {
  const result = new Result<Explained>();
  $effect(() => {
    const id = metric();
    return session.follow(result, async (release, signal) => ({
      metric: id,
      how: await fetchExplanation(release, id, signal),
    }));
  });
  return result;
};

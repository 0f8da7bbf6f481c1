import { Result } from './result.svelte.ts';
import { session } from './session.svelte.ts';

/**
 * The answer to a question of a registry, asked again whenever it changes. Null asks nothing. Call it while a component is
 * made.
 */
export const registryAnswer = <V, T>(
  question: () => V | null,
  fetchIt: (release: string, view: V, signal: AbortSignal) => Promise<T>,
): Result<T> => {
  const result = new Result<T>();
  $effect(() => {
    const asked = question();
    if (asked === null) {
      result.idle();
      return;
    }
    return session.follow(result, (release, signal) => fetchIt(release, asked, signal));
  });
  return result;
};

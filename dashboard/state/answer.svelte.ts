import type { ViewState } from '../../warehouse/query/view-state.ts';
import type { Answer } from '../data/answer.ts';
import { query } from '../data/fetch.ts';
import { Result } from './result.svelte.ts';
import { session } from './session.svelte.ts';

/** The answer to a question that may change: asked again whenever it does. Null asks nothing. Call it while a component is made. */
export const answerTo = (question: () => ViewState | null): Result<Answer> => {
  const result = new Result<Answer>();
  $effect(() => {
    const asked = question();
    if (asked === null || asked.metrics.length === 0) {
      result.idle();
      return;
    }
    return session.follow(result, (release, signal) => query(release, asked, signal));
  });
  return result;
};

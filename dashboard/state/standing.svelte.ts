import type { Standings } from '../../warehouse/query/standings.ts';
import { fetchStandings, type StandingsAsked } from '../data/fetch.ts';
import { Result } from './result.svelte.ts';
import { session } from './session.svelte.ts';

/** How metrics stand against their targets; asked again when the question changes. Null asks nothing. Call it while a component is made. */
export const standingsTo = (question: () => StandingsAsked | null): Result<Standings> => {
  const result = new Result<Standings>();
  $effect(() => {
    const asked = question();
    if (asked === null) {
      result.idle();
      return;
    }
    return session.follow(result, (release, signal) => fetchStandings(release, asked, signal));
  });
  return result;
};

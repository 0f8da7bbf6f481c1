import { fetchChecks } from '../data/fetch.ts';
import { trustOf, type Checks, type Trust } from '../data/trust.ts';
import { Result } from './result.svelte.ts';
import { session } from './session.svelte.ts';

/** What the checks of the release found, by metric id; null while it is fetched. Call it while a component is made. */
export const trustNow = (): { readonly byMetric: ReadonlyMap<string, Trust> | null } => {
  // Beside the numbers, not before them: a page without its marks is still one.
  const checks = new Result<Checks>();
  $effect(() => session.follow(checks, fetchChecks));
  return {
    get byMetric() {
      return checks.value === null ? null : trustOf(checks.value.rows);
    },
  };
};

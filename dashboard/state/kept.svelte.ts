import { fetchKept, keepEntry, retireEntry, type EntryOf, type KeptList, type ListName } from '../data/kept.ts';
import type { Draft } from '../store/kept.ts';
import { Result } from './result.svelte.ts';
import { session } from './session.svelte.ts';

/** A list of the store on a page: what stands in it, and the two things that may be done to it. */
export interface Shelf<L extends ListName> {
  readonly result: Result<KeptList<EntryOf<L>>>;
  /** Keeps one more; the list is fetched anew. @throws RequestError with a sentence where it is refused */
  keep(draft: Draft<EntryOf<L>>): Promise<void>;
  /** Takes one back; the list is fetched anew. @throws RequestError */
  retire(id: string, author: string): Promise<void>;
}

/**
 * What people keep of one kind, fetched anew with each release and each change. Call it while a component is made.
 *
 * @param metric annotations or alerts of this metric alone; null: all of the list
 */
export const keptIn = <L extends ListName>(list: L, metric: () => string | null = () => null): Shelf<L> => {
  const result = new Result<KeptList<EntryOf<L>>>();
  let changes = $state(0);
  $effect(() => {
    // Each change asks anew.
    const asked = { metric: metric(), change: changes };
    return session.follow(result, (_release, signal) => fetchKept(list, asked.metric, signal));
  });
  return {
    result,
    keep: async (draft) => {
      await keepEntry(list, draft);
      changes += 1;
    },
    retire: async (id, author) => {
      await retireEntry(list, id, author);
      changes += 1;
    },
  };
};

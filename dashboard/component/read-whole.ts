import { flushSync } from 'svelte';
import type { ShownTable } from '../data/work-table.ts';
import { printing } from '../state/printing.svelte.ts';
import { readTable } from './read-table.ts';

/** The first table in a place, whole: what is folded for the eye is unfolded while it is read, as on paper. Null: none. */
export const readWhole = (place: HTMLElement | undefined): ShownTable | null => {
  const was = printing.is;
  flushSync(() => (printing.is = true));
  const table = place?.querySelector('table') ?? null;
  const read = table === null ? null : readTable(table);
  flushSync(() => (printing.is = was));
  return read;
};

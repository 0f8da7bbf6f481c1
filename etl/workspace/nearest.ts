import { editDistance } from '../../warehouse/edit-distance.ts';

/**
 * The known name a person most likely meant, or null when none is near enough to be worth proposing.
 *
 * Near enough is a third of the longer word, and at least one edit, so `pat` finds `path` and `xyz` finds nothing.
 */
export const nearest = (given: string, known: readonly string[]): string | null => {
  let best: string | null = null;
  let bestDistance = Infinity;
  for (const candidate of known) {
    const distance = editDistance(given, candidate);
    const allowed = Math.max(1, Math.floor(Math.max(given.length, candidate.length) / 3));
    if (distance <= allowed && distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
};

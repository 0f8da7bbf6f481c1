import { editDistance } from '../edit-distance.ts';

/**
 * A sentence that helps after an unknown name: the closest known ones, else all of them (at most a dozen shown).
 *
 * Closest = fewest single-letter edits, at most a third of the name's length rounded up, or one holds the other.
 */
export const nearest = (name: string, known: readonly string[]): string => {
  const near = known
    .map((candidate) => ({ candidate, distance: editDistance(name, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.ceil(name.length / 3) || overlaps(name, candidate))
    .sort((a, b) => a.distance - b.distance)
    .slice(0, 3);
  if (near.length > 0) return `Did you mean ${near.map(({ candidate }) => `\`${candidate}\``).join(' or ')}?`;
  if (known.length === 0) return 'There is none here.';
  const shown = known.slice(0, 12).map((item) => `\`${item}\``);
  return `There is ${shown.join(', ')}${known.length > shown.length ? ` and ${known.length - shown.length} more` : ''}.`;
};

const overlaps = (a: string, b: string): boolean =>
  Math.min(a.length, b.length) >= 4 &&
  (a.toLowerCase().includes(b.toLowerCase()) || b.toLowerCase().includes(a.toLowerCase()));

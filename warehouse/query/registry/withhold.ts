import { suppressCells } from '../../statistics/suppression.ts';

/** Rates and survival of fewer cases are withheld; U.S. Cancer Statistics, technical notes. */
export const fewestCases = 16;

/** Why a figure is withheld: it has too few cases itself, or it would give away one that has. */
export type Withheld = 'few' | 'complement';

/** The reason as a sentence would have it. */
export const withheldWords: Readonly<Record<Withheld, string>> = {
  few: `fewer than ${fewestCases} cases`,
  complement: `withheld, so that no figure of fewer than ${fewestCases} cases can be worked out from it`,
};

/**
 * Which groups of cases are withheld, where the total of them all is published, as whoever asks without splitting sees it:
 * those below {@link fewestCases}, none included, and the smallest other one where only one would be.
 *
 * A single group is its own total. `showZero`: that nobody is left may be seen.
 */
export const withheldGroups = (
  counts: readonly number[],
  { showZero = false }: { readonly showZero?: boolean } = {},
): readonly (Withheld | null)[] => {
  if (counts.length === 0) return [];
  const margins = { rows: counts.length > 1, columns: false };
  const [hidden = []] = suppressCells([counts], margins, { below: fewestCases, showZero });
  return counts.map((count, i) => (hidden[i] !== true ? null : count < fewestCases ? 'few' : 'complement'));
};

/** How often two raters chose each pair of categories. */
export interface CrossTable {
  /** Row i: units the first rater put in category i; column j: the second rater. Square, counts. */
  readonly counts: readonly (readonly number[])[];
  /** Names of the rows and columns, in order. */
  readonly categories: readonly string[];
}

/**
 * The cross table of two raters over the same units; every category that either used, in order of name. Units that
 * either rater left open (null) are no double rating and are left out.
 * @throws RangeError where the two lists are not of the same length
 */
export const crossTable = (first: readonly (string | null)[], second: readonly (string | null)[]): CrossTable => {
  if (first.length !== second.length) throw new RangeError('crossTable: both raters must rate the same units');
  const pairs = first.flatMap((one, i) => {
    const other = second[i] ?? null;
    return one === null || other === null ? [] : [[one, other] as const];
  });
  const categories = [...new Set(pairs.flat())].sort();
  const place = new Map(categories.map((name, i) => [name, i]));
  const counts = categories.map(() => new Array<number>(categories.length).fill(0));
  for (const [one, other] of pairs) counts[place.get(one)!]![place.get(other)!]! += 1;
  return { counts, categories };
};

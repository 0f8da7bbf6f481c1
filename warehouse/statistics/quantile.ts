/**
 * The value below which a share p of `size` values in ascending order lies; `at(i)` yields the i-th, from 0. R's type 7:
 * a line between the two nearest of (size − 1) p; Hyndman & Fan, American Statistician 50 (1996) 361–365.
 *
 * 0 ≤ p ≤ 1. null where there is no value.
 * @throws RangeError where p is no share
 */
export const quantileOf = (size: number, at: (i: number) => number, p: number): number | null => {
  if (!(p >= 0 && p <= 1)) throw new RangeError('quantileOf: p must lie between 0 and 1');
  if (size === 0) return null;
  // (size − 1) p may fall a rounding error short of a whole place, as in R.
  const exact = (size - 1) * p;
  const place = Math.abs(exact - Math.round(exact)) < 4 * Number.EPSILON * size ? Math.round(exact) : exact;
  const below = Math.floor(place);
  const low = at(below);
  return place === below ? low : low + (place - below) * (at(below + 1) - low);
};

/** The same of values in any order, none of them NaN. */
export const quantile = (values: readonly number[], p: number): number | null => {
  const sorted = Float64Array.from(values).sort();
  return quantileOf(sorted.length, (i) => sorted[i]!, p);
};

/** The middle value; of an even number the mean of the two in the middle. null where there is none. */
export const median = (values: readonly number[]): number | null => quantile(values, 0.5);

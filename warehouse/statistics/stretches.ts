/** A longest piece of a series over which the sign stays the same. */
export interface Stretch {
  readonly sign: number;
  /** First place, and the place after the last. */
  readonly start: number;
  readonly end: number;
}

/** A series of signs cut into stretches, in order; together they hold every place once. */
export const stretches = (signs: readonly number[]): Stretch[] => {
  const found: Stretch[] = [];
  let start = 0;
  for (let end = 1; end <= signs.length; end++) {
    if (end < signs.length && signs[end] === signs[start]) continue;
    found.push({ sign: signs[start]!, start, end });
    start = end;
  }
  return found;
};

/** How a sample is shared out over strata: by their sizes, or the same to each. */
export type Allocation = 'proportional' | 'equal';

/**
 * How many to draw from each stratum, in the order of the sizes: together exactly n, each at least 1 and at most its
 * size.
 *
 * Each starts with 1; every further one goes to the stratum that is furthest below its quota (n·N_h/N, or n/H), the
 * earlier one of equals. Where no quota is below 1 or above its stratum that is the method of largest remainders.
 *
 * @param n from the number of strata to the sum of the sizes
 * @throws RangeError where n is out of these bounds, or a stratum is empty
 */
export const allocate = (sizes: readonly number[], n: number, allocation: Allocation): readonly number[] => {
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (sizes.some((size) => size < 1)) throw new RangeError('allocate: a stratum is empty');
  if (n < sizes.length || n > total)
    throw new RangeError('allocate: n lies between the number of strata and the frame');
  const drawn = sizes.map(() => 1);
  // Quota and share drawn as whole numbers over one denominator, so that ties are ties.
  const quota = sizes.map((size) => n * (allocation === 'proportional' ? size : 1));
  const unit = allocation === 'proportional' ? total : sizes.length;
  for (let left = n - sizes.length; left > 0; left--) {
    let next = -1;
    let most = -Infinity;
    for (const [i, size] of sizes.entries()) {
      const short = quota[i]! - drawn[i]! * unit;
      if (drawn[i]! < size && short > most) [next, most] = [i, short];
    }
    drawn[next]! += 1;
  }
  return drawn;
};

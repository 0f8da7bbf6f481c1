import { quantileOf } from './quantile.ts';

/** How often each value came up: `value` ascending and distinct (whole days, may be negative), `count` whole, 0 or more. */
export interface Histogram {
  readonly value: ArrayLike<number>;
  readonly count: ArrayLike<number>;
}

/**
 * The exact percentile of the values a histogram was made of, as if they were all laid out: R's type 7 (`quantileOf`).
 * Linear in the number of distinct values, whatever their counts. null where nothing was counted.
 * @throws RangeError where p is no share, the values do not ascend, or a count is no whole number of 0 or more
 */
export const histogramQuantile = ({ value, count }: Histogram, p: number): number | null => {
  let size = 0;
  for (let i = 0; i < value.length; i++) {
    const times = count[i]!;
    if (!(Number.isInteger(times) && times >= 0)) throw new RangeError('histogramQuantile: counts are whole numbers');
    if (i > 0 && !(value[i]! > value[i - 1]!)) throw new RangeError('histogramQuantile: values must ascend');
    size += times;
  }
  // `quantileOf` asks for one place and the next, in this order: one walk suffices.
  let bin = 0;
  let through = size === 0 ? 0 : count[0]!;
  const at = (place: number): number => {
    while (through <= place) through += count[++bin]!;
    return value[bin]!;
  };
  return quantileOf(size, at, p);
};

import { gammaRise } from './saddle-point.ts';
import type { Shares } from './shares.ts';

/**
 * The regularised incomplete gamma functions P(a, x) and Q(a, x) = 1 − P, a > 0, x ≥ 0. About 1e-13 of the smaller.
 *
 * Power series below x = a + 1 (DLMF 8.11.4), continued fraction above (8.9.2), which is where each converges.
 * @throws RangeError outside these bounds
 */
export const incompleteGamma = (a: number, x: number): Shares => {
  if (!(a > 0)) throw new RangeError('incompleteGamma: the shape must be above 0');
  if (!(x >= 0)) throw new RangeError('incompleteGamma: x must not be below 0');
  if (x === 0) return { below: 0, above: 1 };
  if (x === Infinity) return { below: 1, above: 0 };
  const rise = gammaRise(a, x);
  if (x < a + 1) {
    const below = Math.min(1, (rise / a) * series(a, x));
    return { below, above: 1 - below };
  }
  const above = Math.min(1, rise * fraction(a, x));
  return { below: 1 - above, above };
};

const most = 100_000;

const series = (a: number, x: number): number => {
  let term = 1;
  let sum = 1;
  for (let n = 1; n < most; n++) {
    term *= x / (a + n);
    sum += term;
    if (term < sum * 1e-17) break;
  }
  return sum;
};

/** 1 / (x + 1 − a − 1(1 − a) / (x + 3 − a − 2(2 − a) / …)), by Lentz's method. */
const fraction = (a: number, x: number): number => {
  let b = x + 1 - a;
  let c = Infinity;
  let d = 1 / b;
  let result = d;
  for (let n = 1; n < most; n++) {
    const numerator = -n * (n - a);
    b += 2;
    d = 1 / (numerator * d + b);
    c = b + numerator / c;
    result *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return result;
};

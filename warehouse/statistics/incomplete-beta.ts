import { betaRise } from './saddle-point.ts';
import type { Shares } from './shares.ts';

/**
 * The regularised incomplete beta function I_x(a, b) and its complement; 0 ≤ x ≤ 1, y = 1 − x given apart so that
 * neither end loses digits; a, b > 0. About 1e-12 of the smaller, up to a and b of 1e6.
 *
 * Continued fraction DLMF 8.17.22, on the side of the mean where it converges fast; the other side is its mirror image.
 * @throws RangeError where a or b is not above 0, or x and y are no shares
 */
export const incompleteBeta = (x: number, y: number, a: number, b: number): Shares => {
  if (!(a > 0 && b > 0)) throw new RangeError('incompleteBeta: a and b must be above 0');
  if (!(x >= 0 && y >= 0)) throw new RangeError('incompleteBeta: x must lie between 0 and 1');
  if (x === 0) return { below: 0, above: 1 };
  if (y === 0) return { below: 1, above: 0 };
  const rise = betaRise(x, y, a, b);
  if (x < (a + 1) / (a + b + 2)) {
    const below = Math.min(1, (rise * fraction(x, a, b)) / a);
    return { below, above: 1 - below };
  }
  const above = Math.min(1, (rise * fraction(y, b, a)) / b);
  return { below: 1 - above, above };
};

/** Evaluated by Lentz's method as modified by Thompson & Barnett (1986). */
const fraction = (x: number, a: number, b: number): number => {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 100_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    result *= d * c;
    if (Math.abs(d * c - 1) < 1e-16) break;
  }
  return result;
};

import { incompleteBeta } from './incomplete-beta.ts';
import { normalQuantile } from './normal-quantile.ts';
import { betaRise } from './saddle-point.ts';

/**
 * The value below which a share p of Student's t distribution with `degrees` of freedom lies; 0 < p < 1, degrees > 0.
 *
 * Newton's method on the distribution function, which is the regularised incomplete beta function
 * (Abramowitz & Stegun 26.5.27, 26.7.1); about 12 digits. Above 1e5 degrees Fisher's expansion around
 * the normal one (26.7.5), where its next term is below 1e-13.
 * @throws RangeError outside these bounds
 */
export const studentTQuantile = (p: number, degrees: number): number => {
  if (!(p > 0 && p < 1)) throw new RangeError('studentTQuantile: p must lie between 0 and 1');
  if (!(degrees > 0)) throw new RangeError('studentTQuantile: degrees of freedom must be above 0');
  if (p === 0.5) return 0;
  if (p < 0.5) return -studentTQuantile(1 - p, degrees);
  if (degrees > 1e5) return nearlyNormal(normalQuantile(p), degrees);
  if (degrees === 1) return 1 / Math.tan(Math.PI * (1 - p));
  if (degrees === 2) return (2 * p - 1) / Math.sqrt(2 * p * (1 - p));
  return solve(1 - p, degrees);
};

const nearlyNormal = (z: number, degrees: number): number =>
  z + (z ** 3 + z) / (4 * degrees) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * degrees ** 2);

/** The t whose upper tail is `tail` (< ½). The tail is convex there, so Newton from the left never overshoots. */
const solve = (tail: number, degrees: number): number => {
  let t = normalQuantile(1 - tail);
  for (let step = 0; step < 200; step++) {
    const whole = degrees + t * t;
    const [x, y, a] = [degrees / whole, (t * t) / whole, degrees / 2];
    const density = betaRise(x, y, a, 0.5) / t;
    const change = (incompleteBeta(x, y, a, 0.5).below / 2 - tail) / density;
    t += change;
    if (Math.abs(change) <= 1e-14 * t) break;
  }
  return t;
};

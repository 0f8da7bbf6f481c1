import { normalQuantile } from './normal-quantile.ts';

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
  const logPeak = logGammaStep(degrees / 2) - 0.5 * Math.log(degrees * Math.PI);
  let t = normalQuantile(1 - tail);
  for (let step = 0; step < 200; step++) {
    const density = Math.exp(logPeak - ((degrees + 1) / 2) * Math.log1p((t * t) / degrees));
    const change = (upperTail(t, degrees) - tail) / density;
    t += change;
    if (Math.abs(change) <= 1e-14 * t) break;
  }
  return t;
};

/** Share above t > 0: half the regularised incomplete beta I_x(ν/2, ½) at x = ν / (ν + t²); its fraction is DLMF 8.17.22. */
const upperTail = (t: number, degrees: number): number => {
  const a = degrees / 2;
  const x = degrees / (degrees + t * t);
  const y = (t * t) / (degrees + t * t);
  const front = Math.exp(
    logGammaStep(a) - 0.5 * Math.log(Math.PI) - a * Math.log1p((t * t) / degrees) + 0.5 * Math.log(y),
  );
  // The fraction converges fast only on its own side of the mean; the other side is its mirror image.
  return x < (a + 1) / (a + 2.5)
    ? (front * continuedFraction(x, a, 0.5)) / a / 2
    : (1 - front * continuedFraction(y, 0.5, a) * 2) / 2;
};

/** Evaluated by Lentz's method as modified by Thompson & Barnett (1986). */
const continuedFraction = (x: number, a: number, b: number): number => {
  const tiny = 1e-300;
  const away = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= 10_000; m++) {
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

/**
 * ln Γ(a + ½) − ln Γ(a), a > 0: its series in 1/a (from DLMF 5.11.13) after shifting a above 20. Taken as one step
 * because the two logarithms are huge and nearly equal where a is.
 */
const logGammaStep = (a: number): number => {
  let shift = 0;
  let z = a;
  for (; z < 20; z++) shift += Math.log1p(0.5 / z);
  const w = 1 / (z * z);
  return 0.5 * Math.log(z) - (1 / 8 - w * (1 / 192 - w * (1 / 640 - (w * 17) / 14336))) / z - shift;
};

import type { Shares } from './shares.ts';

/** A distribution on the positive numbers, as far as its quantiles need it. */
export interface PositiveDistribution {
  readonly shares: (x: number) => Shares;
  /** x times the density at x. */
  readonly rise: (x: number) => number;
}

/**
 * The value below which a share p of a distribution on the positive numbers lies, 0 < p < 1.
 *
 * Newton's method on the logarithm of the smaller tail against ln x, kept within a bracket; the tail is nearly a line
 * there at either end, so that few steps do. `guess` > 0 is where it begins.
 */
export const positiveQuantile = ({ shares, rise }: PositiveDistribution, p: number, guess: number): number => {
  const isLower = p <= 0.5;
  const wanted = isLower ? p : 1 - p;
  let [low, high] = [-Infinity, Infinity];
  let at = Math.log(guess);
  for (let step = 0; step < 500; step++) {
    const x = Math.exp(at);
    const tail = isLower ? shares(x).below : shares(x).above;
    const miss = Math.log(tail / wanted);
    const isTooFar = isLower ? miss > 0 : miss < 0;
    if (isTooFar) high = at;
    else low = at;
    const newton = at - ((isLower ? 1 : -1) * miss * tail) / rise(x);
    const next = newton > low && newton < high ? newton : halved(at, low, high);
    if (Math.abs(next - at) <= 1e-15 * Math.max(1, Math.abs(at))) return Math.exp(next);
    at = next;
  }
  return Math.exp(at);
};

/** The middle of the bracket; where it is open at one end, a step of 1 that way. */
const halved = (at: number, low: number, high: number): number =>
  low === -Infinity ? at - 1 : high === Infinity ? at + 1 : (low + high) / 2;

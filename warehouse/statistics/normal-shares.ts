import { incompleteGamma } from './incomplete-gamma.ts';
import type { Shares } from './shares.ts';

/**
 * Shares of the standard normal distribution below and above z: Φ(z) and 1 − Φ(z).
 *
 * ½ Q(½, z²/2), Abramowitz & Stegun 7.1.2 with 6.5.17. At least 13 digits of either for |z| ≤ 8, 12 up to 37; beyond 38
 * the smaller is 0.
 */
export const normalShares = (z: number): Shares => {
  if (Number.isNaN(z)) return { below: NaN, above: NaN };
  const tail = incompleteGamma(0.5, (z * z) / 2).above / 2;
  return z < 0 ? { below: tail, above: 1 - tail } : { below: 1 - tail, above: tail };
};

import { sum } from './mean.ts';
import { quantile } from './quantile.ts';

export interface OverDispersion {
  /** Mean of the squared, winsorised z scores: 1 where units differ by chance alone. null without units. */
  readonly phi: number | null;
  /** Variance between units on the scale of the standard errors, 0 where φ gives no reason for any. */
  readonly tau2: number;
}

/**
 * How much units differ beyond chance: τ² by moments (DerSimonian & Laird 1986) from φ over z scores drawn in to their
 * `winsorise` and 1 − `winsorise` quantiles (type 7); Spiegelhalter et al., J R Stat Soc A 175 (2012) 1–47.
 *
 * τ² = (nφ − (n − 1)) / (Σw − Σw²/Σw) with w = 1/error². 0 with fewer than two units.
 */
export const overDispersion = (
  units: readonly { readonly z: number; readonly error: number }[],
  winsorise = 0.1,
): OverDispersion => {
  const n = units.length;
  const scores = units.map(({ z }) => z);
  const low = quantile(scores, winsorise);
  const high = quantile(scores, 1 - winsorise);
  if (low === null || high === null) return { phi: null, tau2: 0 };
  const phi = sum(scores.map((z) => Math.min(high, Math.max(low, z)) ** 2)) / n;
  const weights = units.map(({ error }) => 1 / (error * error));
  const whole = sum(weights);
  const room = whole - sum(weights.map((weight) => weight * weight)) / whole;
  const excess = n * phi - (n - 1);
  return { phi, tau2: n < 2 || excess <= 0 ? 0 : excess / room };
};

/**
 * ln Γ(n + 1) − [(n + ½) ln n − n + ½ ln 2π], n > 0: what Stirling's formula leaves out. About 1e-15, any n.
 *
 * Its series in 1/n (DLMF 5.11.1) above 16, where the next term is below 1e-17; shifted up to there below.
 */
export const stirlingError = (n: number): number => {
  let shift = 0;
  let z = n;
  // Each step up changes it by (z + ½) ln(1 + 1/z) − 1.
  for (; z < 16; z++) shift += (z + 0.5) * Math.log1p(1 / z) - 1;
  const w = 1 / (z * z);
  const series = 1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - (w * 691) / 360360))));
  return shift + series / z;
};

/**
 * x ln(x / mean) + mean − x for x > 0, mean > 0, without the cancellation where the two are near: the deviance part of
 * Poisson and binomial densities. Loader, Fast and Accurate Computation of Binomial Probabilities (2000), bd0.
 */
export const deviance = (x: number, mean: number): number => {
  const ratio = (x - mean) / (x + mean);
  if (Math.abs(ratio) >= 0.1) return x * Math.log(x / mean) + mean - x;
  const square = ratio * ratio;
  let sum = (x - mean) * ratio;
  let power = 2 * x * ratio;
  for (let j = 1; j < 1000; j++) {
    power *= square;
    const next = sum + power / (2 * j + 1);
    if (next === sum) break;
    sum = next;
  }
  return sum;
};

/** xᵃ e⁻ˣ / Γ(a), a > 0 and x ≥ 0: x times the density of the gamma distribution of shape a. About 1e-14 of itself. */
export const gammaRise = (a: number, x: number): number =>
  x === 0 ? 0 : Math.sqrt(a / (2 * Math.PI)) * Math.exp(-stirlingError(a) - deviance(a, x));

/**
 * xᵃ yᵇ / B(a, b) with y = 1 − x given apart, so that neither end loses digits; a, b > 0. About 1e-14 of itself.
 */
export const betaRise = (x: number, y: number, a: number, b: number): number => {
  if (x === 0 || y === 0) return 0;
  const n = a + b;
  const exponent = stirlingError(n) - stirlingError(a) - stirlingError(b) - deviance(a, n * x) - deviance(b, n * y);
  return Math.sqrt((a * b) / (2 * Math.PI * n)) * Math.exp(exponent);
};

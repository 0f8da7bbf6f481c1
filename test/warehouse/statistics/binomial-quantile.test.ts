import { expect, test } from 'vitest';
import { binomialQuantile } from '../../../warehouse/statistics/binomial-quantile.ts';

/** The sum itself, term by term. */
const byHand = (p: number, n: number, chance: number): number => {
  let term = (1 - chance) ** n;
  let below = term;
  let k = 0;
  while (below < p * (1 - 64 * Number.EPSILON)) {
    term *= ((n - k) / (k + 1)) * (chance / (1 - chance));
    below += term;
    k++;
  }
  return k;
};

test('is what adding up the chances gives', () => {
  for (let n = 1; n <= 120; n++) {
    for (const chance of [0.03, 0.5, 0.8]) {
      for (const p of [0.05, 0.5, 0.975]) expect(binomialQuantile(p, n, chance)).toBe(byHand(p, n, chance));
    }
  }
});

test.each([
  // R: qbinom
  [0.05, 999, 0.5, 474],
  [0.05, 1_000_000, 0.5, 499_178],
  [0.95, 100, 0.03, 6],
  [0.01, 5, 0.9, 3],
])('of %f in %i trials of %f', (p, n, chance, k) => {
  expect(binomialQuantile(p, n, chance)).toBe(k);
});

test('a share reached exactly is reached', () => {
  // P(X ≤ 0) of two even trials is ¼.
  expect(binomialQuantile(0.25, 2, 0.5)).toBe(0);
  expect(binomialQuantile(0.2500001, 2, 0.5)).toBe(1);
});

test('no trial, no chance, certainty; and what has no answer', () => {
  expect(binomialQuantile(0.5, 0, 0.5)).toBe(0);
  expect(binomialQuantile(0.5, 9, 0)).toBe(0);
  expect(binomialQuantile(0.5, 9, 1)).toBe(9);
  expect(() => binomialQuantile(0, 9, 0.5)).toThrow(RangeError);
  expect(() => binomialQuantile(0.5, 1.5, 0.5)).toThrow(RangeError);
  expect(() => binomialQuantile(0.5, -1, 0.5)).toThrow(RangeError);
  expect(() => binomialQuantile(0.5, 9, 1.1)).toThrow(RangeError);
});

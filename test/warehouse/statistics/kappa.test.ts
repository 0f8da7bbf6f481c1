import { expect, test } from 'vitest';
import { cohenKappa, kappaInterval } from '../../../warehouse/statistics/kappa.ts';
import {
  biasIndex,
  negativeAgreement,
  pabak,
  positiveAgreement,
  prevalenceIndex,
} from '../../../warehouse/statistics/agreement.ts';

/** measures.md section 8, F */
const golden = { a: 40, b: 5, c: 3, d: 52 };
const square = ({ a, b, c, d }: typeof golden) => [
  [a, b],
  [c, d],
];

test('the golden 2×2 table', () => {
  const kappa = cohenKappa(square(golden));
  expect(kappa?.n).toBe(100);
  expect(kappa?.observed).toBe((40 + 52) / 100);
  expect(kappa?.expected).toBeCloseTo((45 * 43 + 55 * 57) / 100 ** 2, 14);
  expect(kappa?.expected).toBeCloseTo(0.507, 14);
  expect(kappa?.kappa?.toFixed(4)).toBe('0.8377');
  expect(pabak(kappa!.observed)).toBeCloseTo(0.84, 14);
  expect(positiveAgreement(golden)).toBe(80 / (80 + 5 + 3));
  expect(negativeAgreement(golden)).toBe(104 / (104 + 5 + 3));
  expect(prevalenceIndex(golden)).toBe((52 - 40) / 100);
  expect(biasIndex(golden)).toBe((5 - 3) / 100);
});

/** Delta method by numeric slopes: Var = (Σ p g² − (Σ p g)²) / n. */
const numericError = (counts: readonly (readonly number[])[]): number => {
  const n = counts.flat().reduce((sum, count) => sum + count, 0);
  const kappaWith = (i: number, j: number, step: number): number => {
    const share = counts.map((row, a) => row.map((count, b) => count / n + (a === i && b === j ? step : 0)));
    const row = (a: number) => share[a]!.reduce((sum, one) => sum + one, 0);
    const column = (b: number) => share.reduce((sum, one) => sum + one[b]!, 0);
    const observed = share.reduce((sum, one, a) => sum + one[a]!, 0);
    const expected = share.reduce((sum, _, a) => sum + row(a) * column(a), 0);
    return (observed - expected) / (1 - expected);
  };
  let [first, second] = [0, 0];
  for (const [i, row] of counts.entries()) {
    for (const [j, count] of row.entries()) {
      const slope = (kappaWith(i, j, 1e-6) - kappaWith(i, j, -1e-6)) / 2e-6;
      first += (count / n) * slope;
      second += (count / n) * slope * slope;
    }
  }
  return Math.sqrt((second - first * first) / n);
};

test.each([
  [square(golden)],
  [
    [
      [20, 5, 1],
      [4, 30, 6],
      [0, 3, 31],
    ],
  ],
  [
    [
      [1, 9, 0, 0],
      [2, 3, 4, 5],
      [0, 0, 8, 1],
      [6, 0, 0, 7],
    ],
  ],
])('the standard error is that of the delta method', (counts) => {
  expect(cohenKappa(counts)?.standardError).toBeCloseTo(numericError(counts), 8);
});

test('the interval is cut at 1, and ends with κ', () => {
  const kappa = cohenKappa(square(golden))!;
  const half = 1.959963984540054 * 0.054973399947205334;
  expect(kappaInterval(kappa)).toEqual({
    lower: expect.closeTo(0.8377281947261663 - half, 9),
    upper: expect.closeTo(0.8377281947261663 + half, 9),
  });
  const perfect = cohenKappa([
    [5, 0],
    [0, 5],
  ])!;
  expect(perfect.kappa).toBe(1);
  expect(kappaInterval(perfect)).toEqual({ lower: 1, upper: 1 });
});

test('one category for all leaves κ unknown, not NaN', () => {
  const alike = cohenKappa([
    [30, 0],
    [0, 0],
  ])!;
  expect(alike).toMatchObject({ observed: 1, kappa: null, standardError: null });
  expect(kappaInterval(alike)).toBeNull();
  expect(pabak(alike.observed)).toBe(1);
  expect(negativeAgreement({ a: 30, b: 0, c: 0, d: 0 })).toBeNull();
  expect(
    cohenKappa([
      [0, 0],
      [0, 0],
    ]),
  ).toBeNull();
  expect(cohenKappa([])).toBeNull();
  expect(prevalenceIndex({ a: 0, b: 0, c: 0, d: 0 })).toBeNull();
  expect(() => cohenKappa([[1, 2]])).toThrow(RangeError);
});

test('κ falls as one answer becomes rare, though they agree as often', () => {
  const even = cohenKappa([
    [45, 5],
    [5, 45],
  ])!;
  const rare = cohenKappa([
    [85, 5],
    [5, 5],
  ])!;
  expect(even.observed).toBe(rare.observed);
  expect(even.kappa).toBeCloseTo(0.8, 14);
  expect(rare.kappa).toBeCloseTo((0.9 - 0.82) / 0.18, 14);
});

test('PABAK of more categories', () => {
  expect(pabak(0.7, 4)).toBeCloseTo((4 * 0.7 - 1) / 3, 14);
  expect(pabak(1 / 4, 4)).toBe(0);
  expect(() => pabak(0.5, 1)).toThrow(RangeError);
});

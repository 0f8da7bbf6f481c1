import { expect, test } from 'vitest';
import { kappaInterval, kappaStandardError } from '../../../warehouse/statistics/kappa-interval.ts';
import {
  negativeAgreement,
  pabak,
  positiveAgreement,
  prevalenceIndex,
  raterAgreement,
  type RaterPair,
} from '../../../warehouse/statistics/rater-agreement.ts';

type Table = readonly (readonly number[])[];

/** A table of counts, first rater by row, as the pairs that came up. */
const pairsOf = (counts: Table): RaterPair[] =>
  counts.flatMap((row, i) =>
    row.flatMap((units, j) => (units === 0 ? [] : [{ first: `c${i}`, second: `c${j}`, units }])),
  );

/** measures.md section 8, F */
const golden = { a: 40, b: 5, c: 3, d: 52 };
const goldenTable = [
  [40, 5],
  [3, 52],
];

test('the golden 2×2 table', () => {
  const { n, observed, kappa } = raterAgreement(pairsOf(goldenTable));
  expect(n).toBe(100);
  expect(observed).toBe((40 + 52) / 100);
  const byChance = (45 * 43 + 55 * 57) / 100 ** 2;
  expect(byChance).toBeCloseTo(0.507, 14);
  expect(kappa).toBeCloseTo((0.92 - byChance) / (1 - byChance), 14);
  expect(kappa.toFixed(4)).toBe('0.8377');
  expect(pabak(observed, 2)).toBeCloseTo(0.84, 14);
  expect(positiveAgreement(golden)).toBe(80 / (80 + 5 + 3));
  expect(negativeAgreement(golden)).toBe(104 / (104 + 5 + 3));
  expect(prevalenceIndex(golden)).toBe((52 - 40) / 100);
});

/** κ of a table of shares, straight from its definition. */
const kappaOf = (share: Table): number => {
  const row = (a: number) => share[a]!.reduce((sum, one) => sum + one, 0);
  const column = (b: number) => share.reduce((sum, one) => sum + one[b]!, 0);
  const observed = share.reduce((sum, one, a) => sum + one[a]!, 0);
  const expected = share.reduce((sum, _, a) => sum + row(a) * column(a), 0);
  return (observed - expected) / (1 - expected);
};

/** Delta method by numeric slopes: Var = (Σ p g² − (Σ p g)²) / n. */
const numericError = (counts: Table): number => {
  const n = counts.flat().reduce((sum, count) => sum + count, 0);
  const kappaWith = (i: number, j: number, step: number): number =>
    kappaOf(counts.map((row, a) => row.map((count, b) => count / n + (a === i && b === j ? step : 0))));
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

test.each<[Table]>([
  [goldenTable],
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
])('κ is its definition, its standard error that of the delta method', (counts) => {
  const n = counts.flat().reduce((sum, count) => sum + count, 0);
  expect(raterAgreement(pairsOf(counts)).kappa).toBeCloseTo(kappaOf(counts.map((row) => row.map((c) => c / n))), 13);
  expect(kappaStandardError(pairsOf(counts))).toBeCloseTo(numericError(counts), 8);
});

test('the interval is κ ± z · SE, and ends with κ at 1', () => {
  const half = 1.959963984540054 * 0.054973399947205334;
  expect(kappaInterval(pairsOf(goldenTable))).toEqual({
    lower: expect.closeTo(0.8377281947261663 - half, 9),
    upper: expect.closeTo(0.8377281947261663 + half, 9),
  });
  const perfect = pairsOf([
    [5, 0],
    [0, 5],
  ]);
  expect(kappaInterval(perfect)).toEqual({ lower: 1, upper: 1 });
  const nearly = pairsOf([
    [5, 1],
    [0, 5],
  ]);
  expect(kappaInterval(nearly)?.upper).toBe(1);
});

test('one category for all, or no unit, leaves κ without an interval', () => {
  const alike = pairsOf([[30]]);
  expect(raterAgreement(alike)).toMatchObject({ observed: 1, kappa: NaN });
  expect(kappaInterval(alike)).toBeNull();
  expect(kappaStandardError(alike)).toBeNaN();
  expect(kappaInterval([])).toBeNull();
});

test('κ falls as one answer becomes rare, though they agree as often', () => {
  const even = raterAgreement(
    pairsOf([
      [45, 5],
      [5, 45],
    ]),
  );
  const rare = raterAgreement(
    pairsOf([
      [85, 5],
      [5, 5],
    ]),
  );
  expect(even.observed).toBe(rare.observed);
  expect(even.kappa).toBeCloseTo(0.8, 14);
  expect(rare.kappa).toBeCloseTo((0.9 - 0.82) / 0.18, 14);
});

test('PABAK of more categories', () => {
  expect(pabak(0.7, 4)).toBeCloseTo((4 * 0.7 - 1) / 3, 14);
  expect(pabak(1 / 4, 4)).toBe(0);
  expect(pabak(0.5, 1)).toBeNaN();
});

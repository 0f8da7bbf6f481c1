import { expect, test } from 'vitest';
import { stratifiedInterval, weightedSums, type StratumSums } from '../../../warehouse/statistics/stratified-ratio.ts';
import { studentTQuantile } from '../../../warehouse/statistics/student-t-quantile.ts';
import { wilson } from '../../../warehouse/statistics/wilson.ts';

type Cluster = readonly [m: number, n: number];

const stratum = (population: number, clusters: readonly Cluster[], sampled = clusters.length): StratumSums => {
  const sum = (part: (m: number, n: number) => number): number =>
    clusters.reduce((total, [m, n]) => total + part(m, n), 0);
  return {
    population,
    sampled,
    k: clusters.length,
    m: sum((m) => m),
    n: sum((_, n) => n),
    mm: sum((m) => m * m),
    mn: sum((m, n) => m * n),
    nn: sum((_, n) => n * n),
  };
};

const tens = (...right: readonly number[]): Cluster[] => right.map((m) => [m, 10]);

test('worked by hand: two strata, 10 of 100 and 5 of 10 records', () => {
  const a = stratum(100, tens(9, 10, 8, 10, 9, 10, 9, 10, 8, 10)); // Σ 93 of 100, weight 10
  const b = stratum(10, tens(5, 6, 7, 6, 6)); // Σ 30 of 50, weight 2
  expect(weightedSums([a, b])).toEqual({ numerator: 930 + 60, denominator: 1000 + 100 });
  const value = 990 / 1100; // 0.9
  // m − 0.9 × 10: of a 0 1 −1 1 0 1 0 1 −1 1, Σ 3, Σ² 7; of b −4 −3 −2 −3 −3, Σ −15, Σ² 47
  const va = (1 - 10 / 100) * (10 / 9) * (10 / 1100) ** 2 * (7 - 3 ** 2 / 10);
  const vb = (1 - 5 / 10) * (5 / 4) * (2 / 1100) ** 2 * (47 - 15 ** 2 / 5);
  const half = studentTQuantile(0.975, 10 + 5 - 2) * Math.sqrt(va + vb);
  const interval = stratifiedInterval([a, b])!;
  expect(interval.method).toBe('linearised');
  expect(interval.lower).toBeCloseTo(value - half, 12);
  expect(interval.upper).toBeCloseTo(value + half, 12);
});

test('one stratum of a frame without end is the plain cluster interval about the mean', () => {
  const clusters = tens(9, 10, 8, 10, 9, 10, 9, 10, 8, 10);
  const se = Math.sqrt((10 / 9) * clusters.reduce((sum, [m, n]) => sum + (m - 0.93 * n) ** 2, 0)) / 100;
  const { lower } = stratifiedInterval([stratum(1e15, clusters)])!;
  expect(lower).toBeCloseTo(0.93 - studentTQuantile(0.975, 9) * se, 10);
});

test('strata of one record are taken as one: N 20 + 30, n 2', () => {
  const many = stratum(100, tens(9, 10, 8, 10, 9, 10, 9, 10, 8, 10));
  const [c, d] = [stratum(20, tens(8)), stratum(30, tens(10))];
  const bottom = 1000 + 200 + 300;
  const value = (930 + 160 + 300) / bottom;
  const z = [(20 * (8 - value * 10)) / bottom, (30 * (10 - value * 10)) / bottom] as const;
  const pair = (1 - 2 / 50) * 2 * (z[0] ** 2 + z[1] ** 2 - (z[0] + z[1]) ** 2 / 2);
  const squares = [9, 10, 8, 10, 9, 10, 9, 10, 8, 10].map((m) => ((m - value * 10) * 10) / bottom);
  const mean = squares.reduce((sum, each) => sum + each, 0) / 10;
  const own = (1 - 10 / 100) * (10 / 9) * squares.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const interval = stratifiedInterval([many, c, d])!;
  expect(interval.method).toBe('collapsed');
  expect(interval.upper - value).toBeCloseTo(studentTQuantile(0.975, 12 - 2) * Math.sqrt(own + pair), 12);
});

test('a lone stratum of one record leaves the interval out; drawn whole it leaves nothing to chance', () => {
  const many = stratum(100, tens(9, 10, 8, 10, 9, 10, 9, 10, 8, 10));
  expect(stratifiedInterval([many, stratum(20, tens(8))])).toBeNull();
  expect(stratifiedInterval([many, stratum(1, tens(8))])?.method).toBe('linearised');
});

test('records drawn but outside the group count with nothing', () => {
  const group = stratum(100, tens(9, 10, 8, 10, 9, 10, 9, 10, 8, 10), 20);
  const value = 0.93;
  const z = [9, 10, 8, 10, 9, 10, 9, 10, 8, 10].map((m) => (m - value * 10) / 100);
  const mean = z.reduce((sum, each) => sum + each, 0) / 20;
  const squares = z.reduce((sum, each) => sum + (each - mean) ** 2, 0) + 10 * mean ** 2;
  const half = studentTQuantile(0.975, 19) * Math.sqrt((1 - 20 / 100) * (20 / 19) * squares);
  expect(stratifiedInterval([group])!.upper).toBeCloseTo(value + half, 12);
});

test('nine records are few: Wilson on the effective number, 9 where weights and sizes are equal; ten are not', () => {
  const nine = stratum(900, tens(9, 10, 8, 10, 9, 10, 9, 10, 8));
  expect(stratifiedInterval([nine])).toEqual({ ...wilson((83 / 90) * 9, 9), method: 'wilson', effective: 9 });
  expect(stratifiedInterval([stratum(900, tens(9, 10, 8, 10, 9, 10, 9, 10, 8, 10))])?.method).toBe('linearised');
});

test.each([
  ['population not known', [stratum(NaN, tens(9, 9))]],
  ['population below what was drawn', [stratum(1, tens(9, 9))]],
  ['one of two strata without a population', [stratum(10, tens(9, 9)), stratum(NaN, tens(9, 9))]],
])('no weights: %s', (_, strata) => {
  expect(weightedSums(strata)).toBeNull();
  expect(stratifiedInterval(strata)).toBeNull();
});

test('nothing to divide by is not known', () => {
  expect(
    stratifiedInterval([
      stratum(10, [
        [0, 0],
        [0, 0],
      ]),
    ]),
  ).toBeNull();
});

import { expect, test } from 'vitest';
import {
  clusterInterval,
  clusterStandardError,
  designEffect,
  type ClusterSums,
} from '../../../warehouse/statistics/cluster-ratio.ts';
import { wilson } from '../../../warehouse/statistics/wilson.ts';

type Cluster = readonly [m: number, n: number];

const sums = (clusters: readonly Cluster[]): ClusterSums => {
  const sum = (part: (m: number, n: number) => number): number =>
    clusters.reduce((total, [m, n]) => total + part(m, n), 0);
  return {
    k: clusters.length,
    m: sum((m) => m),
    n: sum((_, n) => n),
    mm: sum((m) => m * m),
    mn: sum((m, n) => m * n),
    nn: sum((_, n) => n * n),
  };
};

const repeat = (times: number, clusters: readonly Cluster[]): Cluster[] =>
  Array.from({ length: times }, () => clusters).flat();

/** measures.md section 8, D */
const golden: readonly Cluster[] = [
  [9, 10],
  [10, 10],
  [4, 8],
  [12, 12],
];

test('the standard error over clusters is the golden one', () => {
  const all = sums(golden);
  expect(all.m / all.n).toBe(0.875);
  expect(clusterStandardError(all)).toBeCloseTo(0.103582, 6);
  expect(Math.sqrt((0.875 * 0.125) / 40)).toBeCloseTo(0.052291, 6);
  expect(designEffect(all)).toBeCloseTo((0.103582 / 0.052291) ** 2, 3);
});

test('ten clusters or more carry t with k − 1 degrees of freedom', () => {
  const all = sums(repeat(5, golden));
  const residuals = 5 * (0.25 ** 2 + 1.25 ** 2 + 3 ** 2 + 1.5 ** 2);
  const error = Math.sqrt((20 / 19) * residuals) / 200;
  const limits = clusterInterval(all, 1);
  expect(limits?.method).toBe('cluster');
  expect(limits?.lower).toBeCloseTo(0.875 - 2.09302405441 * error, 10);
  expect(limits?.upper).toBeCloseTo(0.875 + 2.09302405441 * error, 10);
});

test('nine clusters fall back to Wilson, ten do not', () => {
  const ten = repeat(5, [golden[0]!, golden[2]!]);
  expect(clusterInterval(sums(ten), 1)?.method).toBe('cluster');
  expect(clusterInterval(sums(ten.slice(1)), 1)?.method).toBe('wilson');
});

test('a perfect score keeps a real interval: Wilson on the effective sample size', () => {
  const perfect = sums(repeat(30, [[4, 4]]));
  expect(clusterStandardError(perfect)).toBe(0);
  expect(clusterInterval(perfect, 2)).toEqual({ ...wilson(60, 60), method: 'wilson' });
});

test('clusters that are all alike have no spread of their own', () => {
  const alike = sums(repeat(12, [[3, 4]]));
  expect(clusterStandardError(alike)).toBe(0);
  expect(clusterInterval(alike, 1)).toEqual({ ...wilson(36, 48), method: 'wilson' });
});

test('one cluster says nothing of its spread, none says nothing at all', () => {
  expect(clusterInterval(sums([[9, 10]]), 1)).toBeNull();
  expect(clusterInterval(sums([]), 1)).toBeNull();
  expect(clusterInterval(sums(repeat(12, [[0, 0]])), 1)).toBeNull();
});

test('a value below 0 (CA2 may be) has no Wilson interval and keeps t', () => {
  const below = sums([
    [-3, 4],
    [1, 5],
    [-1, 3],
  ]);
  const limits = clusterInterval(below, 1);
  expect(limits?.method).toBe('cluster');
  expect(limits?.lower).toBeLessThan(below.m / below.n);
});

test('the design effect is at least 1', () => {
  // Every cluster has its share exactly but for one unit: less variance than a simple draw.
  const even = sums(
    repeat(10, [
      [5, 10],
      [6, 10],
    ]),
  );
  expect(designEffect(even)).toBe(1);
  expect(designEffect(sums(repeat(5, [[2, 2]])))).toBe(1);
});

test('a sample of a finite population is narrower by the share not drawn', () => {
  const all = sums(golden);
  const endless = clusterStandardError(all)!;
  expect(clusterStandardError(all, 16)).toBeCloseTo(endless * Math.sqrt(1 - 4 / 16), 14);
  expect(clusterStandardError(all, 4)).toBe(0);
  expect(() => clusterStandardError(all, 3)).toThrow(RangeError);
  expect(() => clusterInterval(all, 1, 0.95, 3)).toThrow(RangeError);
});

test('the finite population narrows Wilson by the same share of the variance', () => {
  const perfect = sums(repeat(30, [[4, 4]]));
  expect(clusterInterval(perfect, 2, 0.95, 60)).toEqual({ ...wilson(60 / 0.5, 60 / 0.5), method: 'wilson' });
  const many = sums(repeat(5, golden));
  const half = (limits: { lower: number; upper: number } | null) => limits!.upper - limits!.lower;
  expect(half(clusterInterval(many, 1, 0.95, 80))).toBeCloseTo(half(clusterInterval(many, 1)) * Math.sqrt(0.75), 12);
});

test('where all were audited nothing is left to chance', () => {
  expect(clusterInterval(sums(golden), 2, 0.95, 4)).toEqual({ lower: 0.875, upper: 0.875, method: 'cluster' });
});

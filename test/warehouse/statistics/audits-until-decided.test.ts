import { expect, test } from 'vitest';
import { auditsUntilDecided, recordsUntilDecided } from '../../../warehouse/statistics/audits-until-decided.ts';
import { clusterInterval, type ClusterSums } from '../../../warehouse/statistics/cluster-ratio.ts';
import { wilson } from '../../../warehouse/statistics/wilson.ts';

const target = 0.95;

test('practice.md: 30 of 30 stays undetermined against 95 % up to 72 in a row', () => {
  expect(wilson(72, 72)!.lower).toBeLessThan(target);
  expect(wilson(73, 73)!.lower).toBeGreaterThan(target);
  expect(auditsUntilDecided(30, 30, { target })).toBe(73 - 30);
  expect(auditsUntilDecided(72, 72, { target })).toBe(1);
  expect(auditsUntilDecided(73, 73, { target })).toBe(0);
  expect(auditsUntilDecided(1, 1, { target })).toBe(72);
});

test('is the score test turned round: n > z² t(1 − t)/(p − t)²', () => {
  const z = 1.959963984540054;
  for (const [successes, n] of [
    [45, 50],
    [29, 30],
    [58, 60],
    [10, 40],
    [0, 3],
  ] as const) {
    const wanted = (z * z * target * (1 - target)) / (successes / n - target) ** 2;
    const more = auditsUntilDecided(successes, n, { target });
    expect(more).toBe(Math.max(0, Math.floor(wanted) + 1 - n));
  }
});

test('more of the same never decide where the share is the target', () => {
  expect(auditsUntilDecided(19, 20, { target })).toBeNull();
  expect(auditsUntilDecided(5, 5, { target: 1 })).toBeNull();
  expect(auditsUntilDecided(0, 5, { target: 0 })).toBeNull();
  // One error in any number is below 100 % for sure.
  expect(auditsUntilDecided(4, 5, { target: 1 })).toBe(0);
  expect(auditsUntilDecided(0, 0, { target })).toBeNull();
});

test('a lower level of confidence needs fewer', () => {
  expect(auditsUntilDecided(30, 30, { target, level: 0.8 })!).toBeLessThan(43);
});

const sumsOf = (clusters: readonly (readonly [m: number, n: number])[]): ClusterSums => {
  const sum = (part: (m: number, n: number) => number) => clusters.reduce((all, [m, n]) => all + part(m, n), 0);
  return {
    k: clusters.length,
    m: sum((m) => m),
    n: sum((_, n) => n),
    mm: sum((m) => m * m),
    mn: sum((m, n) => m * n),
    nn: sum((_, n) => n * n),
  };
};
const times = (k: number, ...clusters: (readonly [number, number])[]) =>
  sumsOf(Array.from({ length: k }, () => clusters).flat());

test('records: perfect ones count as units over the design effect', () => {
  // 30 records of 4 codes, all right, design effect 4: thirty units' worth.
  const sums = times(30, [4, 4]);
  expect(recordsUntilDecided(sums, 4, { target })).toBe(43);
  expect(recordsUntilDecided(sums, 1, { target })).toBe(0);
});

test('records: as many as the very interval takes', () => {
  // 93 of 100 codes in each ten records, some of them worse.
  const ten = [
    [10, 10],
    [8, 10],
    [10, 10],
    [9, 10],
    [10, 10],
    [9, 10],
    [10, 10],
    [10, 10],
    [7, 10],
    [10, 10],
  ] as const;
  const sums = times(2, ...ten);
  const more = recordsUntilDecided(sums, 1, { target })!;
  expect(more).toBeGreaterThan(0);
  const after = (records: number) => {
    const all = sumsOf(ten);
    const factor = (20 + records) / 10;
    const grown = Object.fromEntries(Object.entries(all).map(([name, value]) => [name, value * factor]));
    return clusterInterval(grown as unknown as ClusterSums, 1)!;
  };
  expect(after(more).upper).toBeLessThan(target);
  expect(after(more - 1).upper).toBeGreaterThanOrEqual(target);
});

test('records: no more than there are, and all of them always decide', () => {
  const sums = times(30, [4, 4]);
  expect(recordsUntilDecided(sums, 4, { target, population: 35 })!).toBeLessThanOrEqual(5);
  expect(recordsUntilDecided(sums, 4, { target, population: 30 })).toBe(0);
  expect(recordsUntilDecided(sums, 4, { target: 1, population: 35 })).toBeNull();
});

test('records: one says nothing', () => {
  expect(recordsUntilDecided(sumsOf([[9, 10]]), 1, { target })).toBeNull();
  expect(recordsUntilDecided(sumsOf([]), 1, { target })).toBeNull();
});

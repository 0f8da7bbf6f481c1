import { expect, test } from 'vitest';
import { normalQuantile } from '../../../warehouse/statistics/normal-quantile.ts';
import { studentTQuantile } from '../../../warehouse/statistics/student-t-quantile.ts';

test.each([
  // Published 97.5 % points.
  [1, 12.7062047364],
  [2, 4.30265272991],
  [3, 3.18244630528],
  [4, 2.7764451052],
  [9, 2.26215716274],
  [29, 2.04522964213],
  [100, 1.98397151845],
  [1000, 1.96233908083],
])('with %i degrees 2.5 in a hundred lie above %f', (degrees, t) => {
  expect(studentTQuantile(0.975, degrees)).toBeCloseTo(t, 9);
});

test('with four degrees agrees with the closed form', () => {
  for (const p of [0.6, 0.9, 0.975, 0.999]) {
    const alpha = 4 * p * (1 - p);
    const q = Math.cos(Math.acos(Math.sqrt(alpha)) / 3) / Math.sqrt(alpha);
    expect(studentTQuantile(p, 4)).toBeCloseTo(2 * Math.sqrt(q - 1), 10);
  }
});

test('cuts off the share of the density it says, for any degrees', () => {
  for (const degrees of [1, 2, 3, 5, 7, 10, 23, 49, 120]) {
    for (const p of [0.55, 0.8, 0.95, 0.975, 0.995]) {
      expect(shareBelow(studentTQuantile(p, degrees), degrees)).toBeCloseTo(p, 9);
    }
  }
});

test('is odd around one half, and normal in the end', () => {
  expect(studentTQuantile(0.025, 7)).toBe(-studentTQuantile(0.975, 7));
  expect(studentTQuantile(0.5, 7)).toBe(0);
  expect(studentTQuantile(0.975, 1e9)).toBeCloseTo(normalQuantile(0.975), 8);
  expect(studentTQuantile(0.975, Infinity)).toBe(normalQuantile(0.975));
  // No jump where the expansion takes over.
  expect(studentTQuantile(0.975, 100_000)).toBeCloseTo(studentTQuantile(0.975, 100_000.001), 11);
});

test('refuses what has no answer', () => {
  expect(() => studentTQuantile(1, 5)).toThrow(RangeError);
  expect(() => studentTQuantile(0, 5)).toThrow(RangeError);
  expect(() => studentTQuantile(0.9, 0)).toThrow(RangeError);
});

/** Simpson's rule on the density, its constant found by Simpson's rule too: t = √ν tan θ makes the range finite. */
const shareBelow = (t: number, degrees: number): number => {
  const density = (angle: number): number => Math.cos(angle) ** (degrees - 1);
  const end = Math.atan(t / Math.sqrt(degrees));
  return 0.5 + (0.5 * simpson(density, 0, end)) / simpson(density, 0, Math.PI / 2);
};

const simpson = (f: (x: number) => number, from: number, to: number): number => {
  const steps = 20_000;
  const width = (to - from) / steps;
  let sum = f(from) + f(to);
  for (let i = 1; i < steps; i++) sum += (i % 2 === 1 ? 4 : 2) * f(from + i * width);
  return (sum * width) / 3;
};

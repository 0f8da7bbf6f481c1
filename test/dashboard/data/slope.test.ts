import { expect, test } from 'vitest';
import { slopeOf } from '../../../dashboard/data/slope.ts';

test('equal weights give the plain line, and the doubt of its slope', () => {
  const points = [10, 8, 6].map((value, at) => ({ at, value, half: 3 }));
  // Σ(x−1)(y−8) / Σ(x−1)² = (−1·2 + 0 + 1·−2) / 2; half = 3 / √2
  expect(slopeOf(points)).toEqual({ slope: -4 / 2, half: expect.closeTo(3 / Math.sqrt(2)) });
});

test('a value that is hardly known hardly counts', () => {
  const sure = [0, 1, 2].map((at) => ({ at, value: 5, half: 0.1 }));
  expect(slopeOf([...sure, { at: 3, value: 50, half: 100 }])?.slope).toBeCloseTo(0, 3);
});

test('two values make no trend', () => {
  expect(
    slopeOf([
      { at: 0, value: 1, half: 1 },
      { at: 1, value: 9, half: 1 },
    ]),
  ).toBeNull();
});

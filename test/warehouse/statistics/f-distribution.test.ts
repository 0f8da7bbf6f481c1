import { expect, test } from 'vitest';
import { fQuantile, fShares, fTail } from '../../../warehouse/statistics/f-distribution.ts';
import { studentTQuantile } from '../../../warehouse/statistics/student-t-quantile.ts';
import { expectDigits } from './digits.ts';

test.each([
  // 40-digit incomplete beta function (mpmath).
  [4, 1, 10, 0.073388034770740366],
  [3, 5, 20, 0.035201337452666634],
  [1, 100, 100, 0.5],
  [50, 3, 8, 1.5843430680967862e-5],
  [0.1, 2, 7, 0.9061068269189959],
  [2.5, 0.5, 0.5, 0.41411090749843743],
  [1.02, 10_000, 5_000, 0.2104691409308223],
  [1.02, 100_000, 50_000, 0.005342879050118725],
])('above %f with %f and %f degrees lies the share the beta function gives', (x, first, second, share) => {
  expectDigits(fTail(x, first, second), share, 11);
});

test.each([
  [0.95, 1, 10, 4.9646027437307144],
  [0.975, 5, 20, 3.2890558456804082],
  [0.05, 12, 3, 0.28650874831941571],
  [0.99, 2, 2, 99],
  [0.5, 100, 100, 1],
])('of %f with %f and %f degrees', (p, first, second, x) => {
  expectDigits(fQuantile(p, first, second), x, 11);
});

test('the quantile and the shares undo each other', () => {
  for (const [first, second] of [
    [0.5, 0.5],
    [1, 1],
    [3, 9],
    [40, 7],
    [1000, 30],
    [100_000, 100_000],
  ] as const) {
    for (const p of [1e-6, 0.01, 0.5, 0.99, 0.9999]) {
      expectDigits(fShares(fQuantile(p, first, second), first, second).below, p, 9);
    }
  }
});

test('identities: t squared, and the other way round', () => {
  for (const degrees of [3, 8, 120]) {
    expectDigits(fQuantile(0.95, 1, degrees), studentTQuantile(0.975, degrees) ** 2, 11);
    expectDigits(fQuantile(0.95, 4, degrees), 1 / fQuantile(0.05, degrees, 4), 10);
  }
  expectDigits(fTail(3, 2, 12), (1 + (2 * 3) / 12) ** -6, 13);
});

test('both ends, and what has no answer', () => {
  expect(fShares(0, 2, 3)).toEqual({ below: 0, above: 1 });
  expect(fShares(Infinity, 2, 3)).toEqual({ below: 1, above: 0 });
  expect(() => fTail(-1, 2, 3)).toThrow(RangeError);
  expect(() => fTail(1, 0, 3)).toThrow(RangeError);
  expect(() => fQuantile(0, 2, 3)).toThrow(RangeError);
  expect(() => fQuantile(0.5, 2, -3)).toThrow(RangeError);
});

import { expect, test } from 'vitest';
import { westernElectric } from '../../../warehouse/statistics/western-electric-rules.ts';

/** Rules at the last of these points, in σ from the centre. */
const atLast = (...heights: (number | null)[]) =>
  westernElectric(
    heights.map((value) => ({ value, centre: 0, sigma: 1, lower: -3, lower2: -2, upper2: 2, upper: 3 })),
  ).at(-1);

test('1: one beyond 3 σ, not on it', () => {
  expect(atLast(3.01)).toEqual([1]);
  expect(atLast(3)).toEqual([]);
  expect(atLast(-3.01)).toEqual([1]);
});

test('2: two of three beyond 2 σ on one side, the last among them', () => {
  expect(atLast(2.1, 0, 2.1)).toEqual([2]);
  expect(atLast(2.1, 0, 0, 2.1)).toEqual([]);
  expect(atLast(2.1, 0, -2.1)).toEqual([]);
  expect(atLast(2.1, 2.1, 0)).toEqual([]);
  expect(atLast(2, 0, 2.1)).toEqual([]);
  expect(atLast(2.1, null, 2.1)).toEqual([2]);
});

test('3: four of five beyond 1 σ on one side', () => {
  expect(atLast(1.1, 1.1, 0, 1.1, 1.1)).toEqual([3]);
  expect(atLast(1.1, 1.1, 0, 0, 1.1, 1.1)).toEqual([]);
  expect(atLast(-1.1, -1.1, -1.1, -1.1)).toEqual([3]);
  expect(atLast(1.1, 1.1, 1, 1.1)).toEqual([]);
});

test('4: eight in a row on one side, seven are too few, one on the centre breaks them', () => {
  expect(atLast(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).toEqual([4]);
  expect(atLast(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1)).toEqual([]);
  expect(atLast(0.1, 0.1, 0.1, 0.1, 0, 0.1, 0.1, 0.1)).toEqual([]);
});

test('several at once, in order', () => {
  expect(atLast(1.5, 1.5, 1.5, 2.5, 3.5)).toEqual([1, 2, 3]);
});

test('limits cut at 0 do not matter; without σ there is nothing to say', () => {
  const point = { value: 0, centre: 0.02, sigma: 0.01, lower: 0, lower2: 0, upper2: 0.04, upper: 0.05 };
  expect(westernElectric(new Array(8).fill(point)).at(-1)).toEqual([3, 4]);
  expect(westernElectric([{ ...point, sigma: null }])).toEqual([[]]);
  expect(westernElectric([{ ...point, value: 0.02, sigma: 0 }])).toEqual([[]]);
  expect(westernElectric([{ ...point, value: 0.03, sigma: 0 }])).toEqual([[1]]);
});

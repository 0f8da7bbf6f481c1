import { expect, test } from 'vitest';
import { segments } from '../../../warehouse/statistics/segments.ts';

test('a series is cut where parts begin, and every place stays', () => {
  expect(segments(['a', 'b', 'c', 'd'], [2])).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  expect(segments(['a', 'b', 'c'], [1, 2])).toEqual([['a'], ['b'], ['c']]);
});

test('the beginning, places outside and a place named twice cut nothing more', () => {
  expect(segments(['a', 'b'], [])).toEqual([['a', 'b']]);
  expect(segments(['a', 'b'], [-1, 0, 2, 9])).toEqual([['a', 'b']]);
  expect(segments(['a', 'b'], [1, 1])).toEqual([['a'], ['b']]);
  expect(segments([], [1])).toEqual([[]]);
});

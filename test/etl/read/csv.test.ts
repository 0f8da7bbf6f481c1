import { expect, test } from 'vitest';
import { delimiterOf, globless, headerNames } from '../../../etl/read/csv.ts';

test('names of a header as they stand, without their quotes', () => {
  expect(headerNames('a,b,c')).toEqual(['a', 'b', 'c']);
  expect(headerNames('"a","b ""x"", y", c')).toEqual(['a', 'b "x", y', ' c']);
  expect(headerNames('a,,')).toEqual(['a', '', '']);
  expect(headerNames('a;b', ';')).toEqual(['a', 'b']);
  expect(headerNames('')).toEqual(['']);
});

test('the delimiter under which most of the wanted names show', () => {
  expect(delimiterOf('a,b,c', ['a', 'b'])).toBe(',');
  expect(delimiterOf('a;b;c', ['a', 'b'])).toBe(';');
  expect(delimiterOf('a\tb', ['a', 'b'])).toBe('\t');
  expect(delimiterOf('x|y', ['a', 'b'])).toBe(',');
});

test('a path with the characters of a pattern means itself', () => {
  expect(globless('/data/a[1]*?.csv')).toBe('/data/a[[]1][*][?].csv');
});

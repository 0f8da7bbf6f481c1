import { expect, test } from 'vitest';
import { globless, headerNames } from '../../../etl/read/csv.ts';

test('names of a header as they stand, without their quotes', () => {
  expect(headerNames('a,b,c')).toEqual(['a', 'b', 'c']);
  expect(headerNames('"a","b ""x"", y", c')).toEqual(['a', 'b "x", y', ' c']);
  expect(headerNames('a,,')).toEqual(['a', '', '']);
  expect(headerNames('a;b', ';')).toEqual(['a', 'b']);
  expect(headerNames(`'a';'b ''x''; y';c`, ';', "'")).toEqual(['a', "b 'x'; y", 'c']);
  expect(headerNames('"a"|b', '|', 'none')).toEqual(['"a"', 'b']);
  expect(headerNames('')).toEqual(['']);
});

test('a path with the characters of a pattern means itself', () => {
  expect(globless('/data/a[1]*?.csv')).toBe('/data/a[[]1][*][?].csv');
});

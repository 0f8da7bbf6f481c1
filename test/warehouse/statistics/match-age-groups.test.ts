import { expect, test } from 'vitest';
import { matchAgeGroups, type AgeCount } from '../../../warehouse/statistics/match-age-groups.ts';

const group = (from: number, to: number | null, count: number): AgeCount => ({ from, to, count });

test('a standard of finer groups meets the people of coarser ones, cases go by their age', () => {
  const people = [group(0, 4, 100), group(5, 84, 900), group(85, null, 10), group(0, 4, 50)];
  const standard = [group(1, 4, 3), group(0, 0, 1), group(5, 84, 20), group(85, null, 2)];
  const cases = [
    { age: 0, count: 1 },
    { age: 4, count: 2 },
    { age: 5, count: 3 },
    { age: 104, count: 4 },
  ];
  expect(matchAgeGroups(cases, people, standard)).toEqual([
    { cases: 3, personYears: 150, standard: 4 },
    { cases: 3, personYears: 900, standard: 20 },
    { cases: 4, personYears: 10, standard: 2 },
  ]);
});

test('and the other way round', () => {
  const people = [group(0, 0, 10), group(1, 4, 40), group(5, null, 50)];
  expect(matchAgeGroups([], people, [group(0, 4, 1), group(5, null, 1)])).toEqual([
    { cases: 0, personYears: 50, standard: 1 },
    { cases: 0, personYears: 50, standard: 1 },
  ]);
});

test('groups that cross each other meet where they can', () => {
  const people = [group(0, 14, 1), group(15, 29, 2), group(30, null, 3)];
  const standard = [group(0, 9, 1), group(10, 29, 2), group(30, null, 3)];
  expect(matchAgeGroups([], people, standard).map(({ personYears }) => personYears)).toEqual([3, 3]);
});

test.each([
  ['a gap', [group(0, 4, 1), group(6, null, 1)], [group(0, 4, 1), group(5, null, 1)], /without gap or overlap/],
  ['an overlap', [group(0, 5, 1), group(5, null, 1)], [group(0, null, 1)], /personYears must follow/],
  ['another end', [group(0, 84, 1)], [group(0, null, 1)], /begin and end with the same age/],
  ['another beginning', [group(15, null, 1)], [group(0, null, 1)], /begin and end with the same age/],
])('refused: %s', (_, people, standard, message) => {
  expect(() => matchAgeGroups([], people, standard)).toThrow(message);
});

test('no case is dropped in silence', () => {
  expect(() => matchAgeGroups([{ age: 3, count: 1 }], [group(5, 9, 1)], [group(5, 9, 1)])).toThrow(/no group has/);
});

import { expect, test } from 'vitest';
import { crudeRate } from '../../../warehouse/statistics/crude-rate.ts';
import { incidenceRates } from '../../../warehouse/statistics/incidence-rates.ts';

const standard = [
  { from: 0, to: 64, count: 3 },
  { from: 65, to: null, count: 1 },
];
const people = [
  { group: 'north', from: 0, to: 64, count: 1000 },
  { group: 'north', from: 65, to: null, count: 200 },
  { group: 'south', from: 0, to: 64, count: 500 },
  { group: 'south', from: 65, to: null, count: 500 },
];
const cases = [
  { group: 'north', age: 40, count: 10 },
  { group: 'north', age: 70, count: 6 },
  { group: 'south', age: 70, count: 15 },
  { group: 'south', age: null, count: 2 },
  { group: 'abroad', age: 70, count: 4 },
];

test('each group has its crude and its adjusted rate; 16 cases are published, 15 are not', () => {
  const { rates } = incidenceRates(cases, people, standard);
  const [north, south] = rates;
  expect(rates.map(({ group }) => group)).toEqual(['north', 'south']);
  expect(north?.crude).toEqual(crudeRate(16, 1200));
  expect(north?.adjusted?.rate).toBeCloseTo(0.75 * (10 / 1000) + 0.25 * (6 / 200), 14);
  expect(north?.adjusted?.standardError).toBeCloseTo(
    Math.sqrt((0.75 ** 2 * 10) / 1000 ** 2 + (0.25 ** 2 * 6) / 200 ** 2),
    14,
  );
  expect(north?.isSuppressed).toBe(false);
  expect(south).toMatchObject({ cases: 15, personYears: 1000, isSuppressed: true });
  expect(south?.adjusted?.rate).toBeCloseTo(0.25 * (15 / 500), 14);
});

test('cases without an age and cases of nobody’s are told', () => {
  expect(incidenceRates(cases, people, standard)).toMatchObject({ withoutAge: 2, withoutPeople: 4 });
  expect(incidenceRates([], people, standard).rates.map(({ adjusted }) => adjusted?.rate)).toEqual([0, 0]);
  expect(incidenceRates(cases, [], standard)).toEqual({ rates: [], withoutAge: 0, withoutPeople: 37 });
});

test('the threshold is a parameter', () => {
  expect(incidenceRates(cases, people, standard, { below: 17 }).rates[0]?.isSuppressed).toBe(true);
  expect(incidenceRates(cases, people, standard, { below: 11 }).rates[1]?.isSuppressed).toBe(false);
});

test('people of a group without anybody in it: no rate', () => {
  const [empty] = incidenceRates(
    [],
    [{ group: 'none', from: 0, to: null, count: 0 }],
    [{ from: 0, to: null, count: 1 }],
  ).rates;
  expect(empty).toMatchObject({ crude: null, adjusted: null, cases: 0 });
});

import { expect, test } from 'vitest';
import { daysToShow, medianDay } from '../../../dashboard/chart/survival-steps.ts';
import { survivalCurve } from '../../../dashboard/chart/survival.ts';
import { svgOf } from './svg.ts';

const points = [
  { time: 2, survival: 0.8, lower: 0.7, upper: 0.9, atRisk: 10 },
  { time: 8, survival: 0.5, lower: 0.4, upper: 0.6, atRisk: 7 },
  { time: 40, survival: 0.25, lower: 0.1, upper: 0.4, atRisk: 3 },
];
const input = { points, label: 'Complete', mark: { day: 30, label: '30 days' }, days: 60, width: 600, height: 260 };

test('the share done rises in steps, with the thirtieth day and those still open', () => {
  expect(svgOf(survivalCurve(input))).toMatchSnapshot();
});

test('what is done is one less what is open, and the bounds change places', () => {
  const at = new Map(survivalCurve(input).table.rows.map((row) => [row[0]?.raw, row.map((cell) => cell.raw)]));
  expect(at.get(0)).toEqual([0, 0, 0, 0, 10]);
  expect(at.get(10)).toEqual([10, 1 - 0.5, 1 - 0.6, 1 - 0.4, 3]);
  expect(at.get(40)).toEqual([40, 1 - 0.25, 1 - 0.4, 1 - 0.1, 3]);
  // Nobody was watched beyond day 40: there is nothing to say of the days after.
  expect([...at.keys()].at(-1)).toBe(40);
});

test('no more days are shown than were watched, but the day that matters always', () => {
  expect(daysToShow(points, 30)).toBe(40);
  expect(daysToShow(points.slice(0, 2), 30)).toBe(30 + 2);
  expect(daysToShow(points, 0)).toBe(40);
});

test('half are done on the first day that leaves no more than half open', () => {
  expect(medianDay(points)).toBe(8);
  expect(medianDay(points.slice(0, 1))).toBeNull();
});

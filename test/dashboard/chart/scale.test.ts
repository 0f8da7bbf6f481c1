import { expect, test } from 'vitest';
import { bullet } from '../../../dashboard/chart/bullet.ts';
import { spread } from '../../../dashboard/chart/drawing.ts';
import { axisFor, tickText } from '../../../dashboard/chart/scale.ts';
import { sparkline } from '../../../dashboard/chart/sparkline.ts';

test('an axis starts at zero, unless shares all lie in the upper half', () => {
  expect(axisFor([3, 9], 'days').domain).toEqual([0, 10]);
  expect(axisFor([0.12, 0.38], 'share').domain[0]).toBe(0);
  expect(axisFor([0.94, 0.96], 'share').domain).toEqual([0.94, 0.96]);
  expect(axisFor([0.5, 0.9], 'share').domain[0]).toBe(0);
});

test('a share never goes beyond all, counts never into parts', () => {
  expect(axisFor([0.7, 0.99], 'share').domain[1]).toBe(1);
  expect(axisFor([0, 2], 'count').ticks).toEqual([0, 1, 2]);
});

test('nothing known, or one value only, still makes an axis', () => {
  for (const values of [[], [null], [0], [0.95]]) {
    const { domain } = axisFor(values, 'share');
    expect(domain[1]).toBeGreaterThan(domain[0]);
  }
});

test('ticks have the decimals of their step', () => {
  const axis = axisFor([0.94, 0.97], 'share', 3);
  expect(tickText(0.95, 'share', axis).replaceAll('\u00a0', ' ')).toBe('95 %');
  const fine = axisFor([0.951, 0.953], 'share', 4);
  expect(tickText(0.9515, 'share', fine)).toMatch(/95\.15|95\.2/);
});

test('labels are moved apart, keeping their order and their middle', () => {
  const [one = 0, other = 0] = spread([100, 102], 14);
  expect([one, other]).toEqual([94, 108]);
  expect(spread([10, 90], 14)).toEqual([10, 90]);
});

test('a bullet holds what lies outside at its edge', () => {
  expect(bullet(50, [0, 100], 120, [0, 100], 110)).toEqual({ dot: 55, interval: [5, 105], target: 105 });
  expect(bullet(50, [null, 60], null, [0, 100], 110)).toEqual({ dot: 55, interval: null, target: null });
});

test('a sparkline breaks where nothing is known and dashes what is filling up', () => {
  const points = [1, null, 3, 2].map((value, index) => ({ value, filling: index === 3 }));
  const drawn = sparkline(points, [0, 4], 8, { width: 38, height: 18 });
  expect(drawn).toEqual({
    line: 'M4,11.5M24,6.5',
    open: 'M24,6.5L34,9',
    last: { x: 24, y: 6.5 },
    median: 9,
    target: null,
  });
});

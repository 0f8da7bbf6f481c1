import { expect, test } from 'vitest';
import type { TrendInput } from '../../../dashboard/chart/trend-point.ts';
import { fillingNote, trend } from '../../../dashboard/chart/trend.ts';
import { svgOf } from './svg.ts';

const points = [
  { period: '2026-05-01', value: 0.95, lower: 0.93, upper: 0.97, n: 200 },
  { period: '2026-06-01', value: null, lower: null, upper: null, n: 0 },
  { period: '2026-07-01', value: 0.9, lower: 0.88, upper: 0.92, n: 180 },
  { period: '2026-08-01', value: 0.96, lower: 0.9, upper: 0.99, n: 40 },
];
const input: TrendInput = {
  points,
  label: 'Accuracy',
  unit: 'share',
  better: 'higher',
  grain: 'month',
  target: 0.95,
  completeThrough: '2026-08-12',
  width: 600,
  height: 240,
};

test('line, band, target and the part still filling up', () => {
  expect(svgOf(trend(input))).toMatchSnapshot();
});

test('each known point can be read out, with what it means', () => {
  expect(trend(input).spots.map((spot) => spot.words.replaceAll('\u00a0', ' '))).toEqual([
    'May 2026: 95.0 %, interval 93.0–97.0',
    'Jul 2026: 90.0 %, interval 88.0–92.0, misses the target',
    'Aug 2026: 96.0 %, interval 90.0–99.0, still filling up',
  ]);
});

test('the table has every period, the unknown as an en dash', () => {
  const { rows } = trend(input).table;
  expect(rows.map((row) => row[1]?.text.replaceAll('\u00a0', ' '))).toEqual(['95.0 %', '–', '90.0 %', '96.0 %']);
  expect(rows[1]?.[1]?.raw).toBeNull();
});

test('the shade is explained only where there is one', () => {
  expect(fillingNote(points, 'month', '2026-08-12')).toBe('shaded: still filling up after 12 Aug');
  expect(fillingNote(points, 'month', '2026-08-31')).toBe('');
});

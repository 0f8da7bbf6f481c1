import { expect, test } from 'vitest';
import { bars } from '../../../dashboard/chart/bars.ts';
import { columns } from '../../../dashboard/chart/columns.ts';
import { waterfall } from '../../../dashboard/chart/waterfall.ts';
import { svgOf } from './svg.ts';

test('bars from zero with their numbers', () => {
  const items = [
    { label: 'Signature', value: 412 },
    { label: 'Operative report', value: 0 },
    { label: 'Consult', value: null },
  ];
  expect(svgOf(bars({ items, label: 'Open', first: 'Document', unit: 'count', width: 400 }))).toMatchSnapshot();
});

test('columns by year, the last still filling up', () => {
  const points = [
    { period: '2024-01-01', value: 300 },
    { period: '2025-01-01', value: 320 },
    { period: '2026-01-01', value: 190 },
  ];
  const drawing = columns({ points, label: 'Cases', grain: 'year', completeThrough: '2026-08-31', width: 400 });
  expect(svgOf(drawing)).toMatchSnapshot();
  expect(drawing.spots.at(-1)?.words).toBe('2026: 190, still filling up');
});

test('a loss of a few among many thousands is still seen', () => {
  const drawing = waterfall(
    [
      { label: 'mapped', from: 0, to: 100_000, kind: 'total' },
      { label: 'quarantined', from: 99_998, to: 100_000, kind: 'loss' },
      { label: 'accepted', from: 0, to: 99_998, kind: 'total' },
    ],
    'Rows',
    500,
  );
  expect(svgOf(drawing)).toMatchSnapshot();
});

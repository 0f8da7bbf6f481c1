import { expect, test } from 'vitest';
import { ranking, rankingMost, type RankingInput } from '../../../dashboard/chart/ranking.ts';
import { svgOf } from './svg.ts';

const item = (label: string, value: number | null, half: number) => ({
  label,
  value,
  lower: value === null ? null : value - half,
  upper: value === null ? null : value + half,
  n: 30,
});
const input: RankingInput = {
  items: [
    item('Coder 4', 0.89, 0.02),
    item('Coder 2', 0.945, 0.01),
    item('Coder 1', 0.98, 0.01),
    item('Coder 9', null, 0),
  ],
  label: 'Accuracy',
  first: 'Coder',
  unit: 'share',
  better: 'higher',
  target: 0.95,
  width: 500,
};

test('dots on their intervals, against the target', () => {
  expect(svgOf(ranking(input))).toMatchSnapshot();
});

test('only an interval wholly on one side is called clear', () => {
  expect(ranking(input).table.rows.map((row) => row.at(-1)?.text)).toEqual([
    'clearly below target',
    'not yet decided',
    'clearly meets target',
    '',
  ]);
});

test('the table leaves out what no item has', () => {
  const items = [{ label: 'North', value: 12, lower: null, upper: null, n: 12 }];
  const { table } = ranking({ ...input, items, unit: 'count', target: null });
  expect(table.columns.map(({ label }) => label)).toEqual(['Coder', 'Accuracy', 'n']);
  expect(table.rows[0]).toHaveLength(3);
});

test('the chart stops where the eye does, the table does not', () => {
  const many = Array.from({ length: rankingMost + 5 }, (_, index) => item(`Provider ${index}`, 0.9, 0.01));
  const drawing = ranking({ ...input, items: many });
  expect(drawing.spots).toHaveLength(rankingMost);
  expect(drawing.table.rows).toHaveLength(rankingMost + 5);
});

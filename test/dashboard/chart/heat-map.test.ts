import { expect, test } from 'vitest';
import { heatMap } from '../../../dashboard/chart/heat-map.ts';
import { svgOf } from './svg.ts';

const cell = (row: string, column: string, value: number, isMarked = false) => ({
  ...{ row, column, value, isMarked, words: `${row}, ${column}: ${value}` },
});

const input = {
  ...{ rows: ['north', 'south'], columns: ['Jul', 'Aug', 'Sep'], width: 400, label: 'Rows', rowLabel: 'Source' },
  ...{ columnLabel: 'Month', valueLabel: 'Rows' },
  cells: [cell('south', 'Jul', 4), cell('north', 'Sep', 100, true), cell('north', 'Jul', 25)],
};

test('a heat map draws every field, colours those that hold something, and is read row by row', () => {
  const drawing = heatMap(input);
  expect(drawing.isGrid).toBe(true);
  expect(drawing.spots.map(({ words }) => words)).toEqual(['north, Jul: 25', 'north, Sep: 100', 'south, Jul: 4']);
  expect(drawing.table.rows.map((row) => row.map(({ text }) => text))).toEqual([
    ['north', 'Jul', '25'],
    ['north', 'Sep', '100'],
    ['south', 'Jul', '4'],
  ]);
  expect(svgOf(drawing)).toMatchSnapshot();
});

test('numbers stand in fields that have room for them, and nowhere else', () => {
  expect(svgOf(heatMap(input))).toContain('>100<');
  expect(svgOf(heatMap({ ...input, width: 180 }))).not.toContain('>100<');
});

import { expect, test } from 'vitest';
import { suppressCells, type Margins } from '../../../warehouse/statistics/suppression.ts';
import { drawFrom } from '../../oracle/chance.ts';

const both: Margins = { rows: true, columns: true };
const drawn = (hidden: readonly (readonly boolean[])[]): readonly string[] =>
  hidden.map((row) => row.map((one) => (one ? 'x' : '.')).join(''));

test('below 16 and not at 16; zeros as told', () => {
  const list = [[15, 16, 0, 40, 30]];
  expect(drawn(suppressCells(list, { rows: false, columns: false }))).toEqual(['x.x..']);
  expect(drawn(suppressCells(list, { rows: false, columns: false }, { showZero: true }))).toEqual(['x....']);
  expect(drawn(suppressCells(list, { rows: false, columns: false }, { below: 11 }))).toEqual(['..x..']);
});

test('one alone under a total takes the smallest other with it, a zero last', () => {
  expect(drawn(suppressCells([[5, 100, 20]], { rows: true, columns: false }))).toEqual(['x.x']);
  expect(drawn(suppressCells([[5, 0, 20]], { rows: true, columns: false }, { showZero: true }))).toEqual(['x.x']);
  expect(drawn(suppressCells([[5, 0]], { rows: true, columns: false }, { showZero: true }))).toEqual(['xx']);
  expect(drawn(suppressCells([[5], [30], [17]], { rows: false, columns: true }))).toEqual(['x', '.', 'x']);
});

test('in a table with both totals a rectangle is withheld', () => {
  expect(
    drawn(
      suppressCells(
        [
          [5, 20, 50],
          [30, 40, 60],
          [70, 80, 90],
        ],
        both,
      ),
    ),
  ).toEqual(['xx.', 'xx.', '...']);
});

test('two in every row and column can still give one away: two rectangles joined by a single cell', () => {
  const counts = Array.from({ length: 4 }, () => [50, 50, 50, 50]);
  for (const [row, column] of [
    [0, 0],
    [0, 1],
    [1, 0],
    [1, 1],
    [2, 2],
    [2, 3],
    [3, 2],
    [3, 3],
    [1, 2],
  ] as const)
    counts[row]![column] = 5;
  // Rows 0 and 1 less columns 0 and 1 leave the cell in row 1, column 2 alone.
  const hidden = suppressCells(counts, both);
  expect(hidden.flat().filter(Boolean).length).toBeGreaterThan(9);
});

/** Whether a withheld cell is told by the totals: solved as linear equations. */
const isTold = (hidden: readonly (readonly boolean[])[], row: number, column: number): boolean => {
  const cells = hidden.flatMap((line, r) => line.flatMap((one, c) => (one ? [[r, c] as const] : [])));
  const wanted = cells.findIndex(([r, c]) => r === row && c === column);
  const equations = [
    ...hidden.map((_, r) => cells.map((cell) => (cell[0] === r ? 1 : 0))),
    ...hidden[0]!.map((_, c) => cells.map((cell) => (cell[1] === c ? 1 : 0))),
  ] as number[][];
  // The cell is told where its unit vector is a combination of the equations: elimination with it put last.
  const order = [...cells.keys()].filter((i) => i !== wanted).concat(wanted);
  const left = equations.map((line) => order.map((i) => line[i]!));
  let top = 0;
  for (let at = 0; at < order.length; at++) {
    const pivot = left.findIndex((line, i) => i >= top && Math.abs(line[at]!) > 1e-9);
    if (pivot < 0) continue;
    if (at === order.length - 1) return true;
    [left[top], left[pivot]] = [left[pivot]!, left[top]!];
    const base = left[top]!;
    for (let i = top + 1; i < left.length; i++) {
      const factor = left[i]![at]! / base[at]!;
      left[i] = left[i]!.map((value, j) => value - factor * base[j]!);
    }
    top++;
  }
  return false;
};

test('no withheld cell of random tables can be worked out', () => {
  const draw = drawFrom(16);
  let added = 0;
  for (let round = 0; round < 60; round++) {
    const [height, width] = [draw.whole(2, 6), draw.whole(2, 6)];
    const counts = Array.from({ length: height }, () =>
      Array.from({ length: width }, () => (draw.maybe(0.3) ? draw.whole(0, 15) : draw.whole(16, 90))),
    );
    const hidden = suppressCells(counts, both);
    counts.forEach((line, r) =>
      line.forEach((count, c) => {
        if (count < 16) expect(hidden[r]![c]).toBe(true);
        if (count >= 16 && hidden[r]![c]) added++;
        if (hidden[r]![c]) expect([counts, isTold(hidden, r, c)]).toEqual([counts, false]);
      }),
    );
  }
  expect(added).toBeGreaterThan(20);
});

test('what cannot be protected is refused', () => {
  expect(() => suppressCells([[1, 20]], both)).toThrow(/a single cell is that cell/);
  expect(() => suppressCells([[1, 20], [3]], both)).toThrow(/one length/);
});

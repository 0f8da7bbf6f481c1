import { groupsOf, oneGroup, type Groups } from './block.ts';
import { isValid, type Column, type ColumnTable } from './column-table.ts';

/** A result of several rows a group, as its groups and the rows of each: from inclusive, to exclusive. */
export interface GroupRuns {
  readonly groups: Groups;
  readonly ranges: readonly (readonly [from: number, to: number])[];
}

/** Rows come ordered by their keys, so a group is a run of equal ones. Without keys there is one group, if of no rows. */
export const groupRuns = (result: ColumnTable): GroupRuns => {
  const keys = result.columns.filter(({ name }) => name === '_period' || /^_by\d+$/.test(name));
  const starts: number[] = [];
  for (let row = 0; row < result.rows; row++) {
    if (row === 0 || keys.some((key) => differs(key, row - 1, row))) starts.push(row);
  }
  if (keys.length === 0 && starts.length === 0) return { groups: oneGroup, ranges: [[0, 0]] };
  return {
    groups: groupsOf(result, starts),
    ranges: starts.map((start, i) => [start, starts[i + 1] ?? result.rows]),
  };
};

const differs = (column: Column, a: number, b: number): boolean => {
  if (isValid(column, a) !== isValid(column, b)) return true;
  if (!isValid(column, a)) return false;
  return column.kind === 'text' ? column.codes[a] !== column.codes[b] : column.values[a] !== column.values[b];
};

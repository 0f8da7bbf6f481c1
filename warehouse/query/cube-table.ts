import { doubles, groupsOf } from './block.ts';
import { isValid, type Column, type ColumnTable, type NumberColumn, type TextColumn } from './column-table.ts';
import type { Unit } from './plan.ts';

/** The cells of one relation. */
export interface CubeTable {
  readonly unit: Unit;
  readonly scales: readonly (readonly [number, number])[];
  /**
   * A row a cell: `day` (whole days since 1970-01-01 of the first day of its period, −2147483648 where the date is not
   * known), `d0` … (place among the values of the dimension; after the last: not known), and the sums of each
   * metric as whole numbers of their scale.
   */
  readonly table: ColumnTable;
  /** Each dimension's values as text, in the order in which answers list them. */
  readonly values: readonly (readonly string[])[];
  /** Whether only the rows of the last date of each period stand in it. */
  readonly isStock: boolean;
  readonly isOfClusters: boolean;
}

export const dayUnknown = -(2 ** 31);
const millisecondsPerDay = 86_400_000;

/** The result of a unit's statement by period and dimensions as cells; null where sums reach beyond what doubles hold exactly. */
export const cubeTable = (
  unit: Unit,
  result: ColumnTable,
  scales: readonly (readonly [number, number])[] | null,
): CubeTable | null => {
  if (scales === null) return null;
  const { rows, period, by } = groupsOf(result);
  const day = Int32Array.from({ length: rows }, (_, row) => {
    const start = period?.[row] ?? NaN;
    return Number.isNaN(start) ? dayUnknown : start / millisecondsPerDay;
  });
  const placed = by.map((column, i) => placesOf(column, orderOf(result, i), rows));
  const sums = unit.metrics.flatMap((_, i) => sumColumns(unit, result, i, scales[i]!));
  if (sums.some((sum) => sum === null)) return null;
  const codes = placed.map(({ codes: values }, i) => numbers(`d${i}`, values));
  return {
    ...{ unit, scales, isStock: unit.last, isOfClusters: unit.shape === 'clusters' },
    table: { rows, columns: [numbers('day', day), ...codes, ...(sums as NumberColumn[])] },
    values: placed.map(({ values }) => values),
  };
};

const numbers = (name: string, values: NumberColumn['values']): NumberColumn => ({
  ...{ name, kind: 'number', values, validity: null },
});

type Order = (a: string, b: string) => number;

/** As `order by` has the values of a dimension: texts by their bytes, whole numbers and days as such, false before true. */
const orderOf = (result: ColumnTable, i: number): Order =>
  result.columns.find(({ name }) => name === `_by${i}`)?.kind === 'number'
    ? (a, b) => Number(a) - Number(b)
    : (a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b));

const placesOf = (column: TextColumn, order: Order, rows: number) => {
  const values = [...new Set(column.dictionary)].sort(order);
  const places = new Map(values.map((value, place) => [value, place]));
  const placeOf = column.dictionary.map((value) => places.get(value)!);
  const size = values.length + 1;
  const codes = size <= 0x100 ? new Uint8Array(rows) : size <= 0x1_0000 ? new Uint16Array(rows) : new Uint32Array(rows);
  for (let row = 0; row < rows; row++) codes[row] = isValid(column, row) ? placeOf[column.codes[row]!]! : values.length;
  return { values, codes };
};

/** The sums of the metric at `i`: `a` and `b`, or those over clusters; null in place of one that is beyond exactness. */
const sumColumns = (
  unit: Unit,
  result: ColumnTable,
  i: number,
  [above, below]: readonly [number, number],
): readonly (NumberColumn | null)[] => {
  const has = (name: string): boolean => result.columns.some((column: Column) => column.name === name);
  if (unit.shape === 'sums')
    return [...[exact(result, `a${i}`, above)], ...(has(`b${i}`) ? [exact(result, `b${i}`, below)] : [])];
  const added = ['k', 'm', 'n', 'mm', 'mn', 'nn'].map((part) => exact(result, `${part}${i}`, 1));
  const ends = ['low', 'over'].map((part) => numbers(`${part}${i}`, doubles(result, `${part}${i}`)));
  return [...added, ...ends];
};

/** Sums as whole numbers of a scale; null where all of them together are beyond 2^53, or one is no such number. */
const exact = (result: ColumnTable, name: string, scale: number): NumberColumn | null => {
  const sums = doubles(result, name).map((sum) => (Number.isNaN(sum) ? 0 : sum));
  let size = 0;
  for (let row = 0; row < sums.length; row++) {
    const whole = Math.round(sums[row]! * scale);
    if (whole / scale !== sums[row]) return null;
    sums[row] = whole;
    size += Math.abs(whole);
  }
  return size <= Number.MAX_SAFE_INTEGER ? numbers(name, sums) : null;
};

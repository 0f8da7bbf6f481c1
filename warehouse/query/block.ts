import type { Metric } from '../metric/metric.ts';
import { cell, columnNamed, type Column, type ColumnTable, type TextColumn } from './column-table.ts';
import { TextCodes } from './text-codes.ts';
import { Validity } from './validity.ts';

/** The numbers of one metric: one entry a period and group. NaN stands for unknown, as nothing else does here. */
export interface Block extends Groups {
  readonly metric: Metric;
  readonly value: Float64Array<ArrayBuffer>;
  readonly numerator: Float64Array<ArrayBuffer>;
  readonly denominator: Float64Array<ArrayBuffer>;
  readonly lower: Float64Array<ArrayBuffer>;
  readonly upper: Float64Array<ArrayBuffer>;
  readonly n: Float64Array<ArrayBuffer>;
  /** What is to be said of the method in this very answer; empty mostly. */
  readonly note: string;
  /** Why nothing in it is known, where the release has not what the metric needs. */
  readonly notKnown?: string;
  /**
   * How many more of n, alike those of that row, would put its interval wholly on one side of a target; null where there
   * is no interval that sampling narrows, or where more of the same never decide.
   */
  readonly untilDecided: (row: number, target: number) => number | null;
}

/** What a metric's rows are about. */
export interface Groups {
  readonly rows: number;
  /** First day of the period, milliseconds; null without grain, an entry of NaN where the date is not known. */
  readonly period: Float64Array<ArrayBuffer> | null;
  /** One column a dimension of the view. */
  readonly by: readonly TextColumn[];
}

/** The groups of a unit's result: of all its rows, or of those `at`. */
export const groupsOf = (result: ColumnTable, at: readonly number[] | null = null): Groups => {
  const kept = result.columns.map((column) => (at === null ? column : picked(column, at)));
  const rows = at?.length ?? result.rows;
  const period = kept.find(({ name }) => name === '_period');
  return {
    rows,
    period: period === undefined ? null : numbersOf(period, rows),
    by: kept.filter(({ name }) => /^_by\d+$/.test(name)).map((column) => asText(column, rows)),
  };
};

/** Of numbers whose interval no sample narrows. */
export const neverDecided = (): null => null;

/** One row about everything: what is answered where nothing was found and nothing was split. */
export const oneGroup: Groups = { rows: 1, period: null, by: [] };

/** The column of that name as doubles, unknown = NaN. */
export const doubles = (result: ColumnTable, name: string): Float64Array<ArrayBuffer> =>
  numbersOf(columnNamed(result, name), result.rows);

const numbersOf = (column: Column, rows: number): Float64Array<ArrayBuffer> => {
  if (column.kind === 'text') throw new Error(`${column.name} is text`);
  const values = Float64Array.from(column.values);
  if (column.validity !== null) {
    for (let row = 0; row < rows; row++) if (((column.validity[row >> 3]! >> (row & 7)) & 1) === 0) values[row] = NaN;
  }
  return values;
};

/** The column with the rows named only, in their order. */
const picked = (column: Column, at: readonly number[]): Column => {
  const validity = new Validity(at.length);
  at.forEach((row, i) => {
    if (column.validity !== null && ((column.validity[row >> 3]! >> (row & 7)) & 1) === 0) validity.clear(i);
  });
  if (column.kind === 'text') {
    return { ...column, codes: Uint32Array.from(at, (row) => column.codes[row]!), validity: validity.bits };
  }
  const values = Float64Array.from(at, (row) => column.values[row]!);
  return column.kind === 'boolean'
    ? { ...column, values: Uint8Array.from(values), validity: validity.bits }
    : { ...column, values, validity: validity.bits };
};

/** A dimension's values as text, whatever their type: numbers and booleans as JSON writes them, dates in ISO 8601. */
const asText = (column: Column, rows: number): TextColumn => {
  if (column.kind === 'text') return column;
  const codes = new TextCodes(rows);
  for (let row = 0; row < rows; row++) {
    const value = cell(column, row);
    if (value !== null) codes.put(row, String(value));
  }
  return { name: column.name, kind: 'text', ...codes.finish(), validity: column.validity };
};

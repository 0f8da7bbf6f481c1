import { cell, isValid, type Column, type ColumnTable, type NumberColumn, type TextColumn } from './column-table.ts';
import { TextCodes } from './text-codes.ts';
import { Validity, validityOf } from './validity.ts';

/** Columns by which the rows of an answer are told apart: metric, period, and a column each dimension. */
export const keyColumns = (table: ColumnTable, by: readonly string[]): readonly Column[] =>
  table.columns.slice(0, 2 + by.length);

/** What one row stands for: the same text for the same metric, period and group, in whichever table. */
export const rowKey = (keys: readonly Column[], row: number): string =>
  JSON.stringify(keys.map((column) => cell(column, row)));

/** Row of a table by its key. */
export const rowsByKey = (keys: readonly Column[], rows: number): ReadonlyMap<string, number> =>
  new Map(Array.from({ length: rows }, (_, row) => [rowKey(keys, row), row]));

/** The numbers of a column, NaN where it holds none. */
export const numbersOf = (column: Column, rows: number): Float64Array<ArrayBuffer> =>
  Float64Array.from({ length: rows }, (_, row) =>
    column.kind !== 'text' && isValid(column, row) ? (column.values[row] ?? NaN) : NaN,
  );

/** A column of doubles; NaN is not known. */
export const numberColumn = (name: string, values: Float64Array<ArrayBuffer>): NumberColumn => ({
  ...{ name, kind: 'number', values },
  validity: validityOf(values),
});

/** The same text in every row. */
export const sameText = (name: string, text: string, rows: number): TextColumn => ({
  ...{ name, kind: 'text', codes: new Uint8Array(rows), dictionary: [text] },
  validity: null,
});

/** A row of one of two tables alike, for `takeRows`. */
export type Place = readonly [table: 0 | 1, row: number];

/** One column of two tables alike, row by row as the places say. */
export const takeRows = (columns: readonly [Column, Column], places: readonly Place[]): Column => {
  const [first] = columns;
  const of = (at: number): readonly [Column, number] => {
    const [table, row] = places[at]!;
    return [columns[table], row];
  };
  if (first.kind === 'text') return takeTexts(first.name, places.length, of);
  const values = Float64Array.from(places, ([table, row]) => {
    const column = columns[table];
    return column.kind !== 'text' && isValid(column, row) ? column.values[row]! : NaN;
  });
  if (first.kind === 'boolean')
    return { name: first.name, kind: 'boolean', values: Uint8Array.from(values), validity: null };
  return { name: first.name, kind: first.kind, values, validity: validityOf(values) };
};

const takeTexts = (name: string, rows: number, of: (at: number) => readonly [Column, number]): TextColumn => {
  const codes = new TextCodes(rows);
  const validity = new Validity(rows);
  for (let at = 0; at < rows; at++) {
    const [column, row] = of(at);
    const text = cell(column, row);
    if (text === null) validity.clear(at);
    else codes.put(at, String(text));
  }
  return { name, kind: 'text', ...codes.finish(), validity: validity.bits };
};

import type { Column, ColumnTable } from '../../warehouse/query/column-table.ts';

type Value = string | number | boolean | null;

/**
 * A short list of plain rows as a table that every output format understands.
 *
 * @param names columns, in order; a column whose values are all numbers is a number column, all booleans a boolean one,
 *   anything else text; a list without rows has text columns
 */
export const listTable = (
  names: readonly string[],
  rows: readonly Readonly<Record<string, unknown>>[],
): ColumnTable => ({
  rows: rows.length,
  columns: names.map((name) =>
    columnOf(
      name,
      rows.map((row) => plain(row[name])),
    ),
  ),
});

/** Lists and maps, which a table has no cell for, as JSON. */
const plain = (value: unknown): Value => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value.join(' ');
  return JSON.stringify(value);
};

const columnOf = (name: string, values: readonly Value[]): Column => {
  const validity = new Uint8Array((values.length + 7) >> 3);
  values.forEach((value, i) => {
    if (value !== null) validity[i >> 3] = (validity[i >> 3] ?? 0) | (1 << (i & 7));
  });
  const known = values.filter((value) => value !== null);
  if (known.length > 0 && known.every((value) => typeof value === 'number'))
    return { name, kind: 'number', validity, values: Float64Array.from(values, (value) => Number(value ?? NaN)) };
  if (known.length > 0 && known.every((value) => typeof value === 'boolean'))
    return { name, kind: 'boolean', validity, values: Uint8Array.from(values, (value) => (value === true ? 1 : 0)) };
  const dictionary = [...new Set(values.map((value) => String(value ?? '')))];
  const codes = new Map(dictionary.map((text, code) => [text, code]));
  return {
    name,
    kind: 'text',
    validity,
    dictionary,
    codes: Uint32Array.from(values, (value) => codes.get(String(value ?? '')) ?? 0),
  };
};

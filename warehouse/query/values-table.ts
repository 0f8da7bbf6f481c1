import type { Column, ColumnTable } from './column-table.ts';
import { numberColumn } from './table-rows.ts';
import { TextCodes } from './text-codes.ts';
import { Validity, validityOf } from './validity.ts';

export type Value = string | number | null;

/**
 * Plain rows as a table of typed columns: numbers where a column holds nothing else, dates where all its texts are ISO
 * dates, else texts. Of two columns of one name the second is `name (2)`.
 */
export const tableOfValues = (names: readonly string[], rows: readonly (readonly Value[])[]): ColumnTable => {
  const taken = new Map<string, number>();
  return {
    rows: rows.length,
    columns: names.map((name, at) => {
      const times = (taken.get(name) ?? 0) + 1;
      taken.set(name, times);
      return columnOf(
        times === 1 ? name : `${name} (${times})`,
        rows.map((row) => row[at] ?? null),
      );
    }),
  };
};

const columnOf = (name: string, values: readonly Value[]): Column => {
  const known = values.filter((value) => value !== null);
  if (known.length > 0 && known.every((value) => typeof value === 'number'))
    return numberColumn(
      name,
      Float64Array.from(values, (value) => (typeof value === 'number' ? value : NaN)),
    );
  if (known.length > 0 && known.every((value) => typeof value === 'string' && isDay(value))) {
    const days = Float64Array.from(values, (value) => (value === null ? NaN : Date.parse(`${value}T00:00:00Z`)));
    return { name, kind: 'date', values: days, validity: validityOf(days) };
  }
  const codes = new TextCodes(values.length);
  const validity = new Validity(values.length);
  values.forEach((value, row) => (value === null ? validity.clear(row) : codes.put(row, String(value))));
  return { name, kind: 'text', ...codes.finish(), validity: validity.bits };
};

const isDay = (text: string): boolean => {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
};

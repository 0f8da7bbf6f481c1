import type { BooleanColumn, NumberColumn, TextColumn } from '../column-table.ts';
import { TextCodes } from '../text-codes.ts';
import { Validity, validityOf } from '../validity.ts';

/** A column of texts; null is not known. */
export const texts = (name: string, values: readonly (string | null)[]): TextColumn => {
  const [codes, validity] = [new TextCodes(values.length), new Validity(values.length)];
  values.forEach((value, row) => {
    if (value === null) validity.clear(row);
    else codes.put(row, value);
  });
  return { name, kind: 'text', ...codes.finish(), validity: validity.bits };
};

/** A column of doubles; null and whatever is not finite are not known. */
export const numbers = (name: string, values: readonly (number | null)[]): NumberColumn => {
  const doubles = Float64Array.from(values, (value) => (value !== null && Number.isFinite(value) ? value : NaN));
  return { name, kind: 'number', values: doubles, validity: validityOf(doubles) };
};

/** A column of yes and no. */
export const booleans = (name: string, values: readonly boolean[]): BooleanColumn => ({
  name,
  kind: 'boolean',
  values: Uint8Array.from(values, (value) => (value ? 1 : 0)),
  validity: null,
});

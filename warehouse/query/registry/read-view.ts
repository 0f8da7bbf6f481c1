import { UserError } from '../../error.ts';
import { nearest } from '../../metric/nearest.ts';
import { filters } from '../view-state.ts';

/** The object with these keys and no others. @throws UserError for anything else, naming the key */
export const refuseOtherKeys = <K extends string>(
  name: string,
  value: unknown,
  keys: Readonly<Record<K, unknown>>,
): Partial<Record<K, unknown>> => {
  const known = Object.keys(keys);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UserError(`A question about ${name} must be an object.`, {
      mend: `Keys it may have: ${known.join(', ')}.`,
    });
  for (const key of Object.keys(value))
    if (!known.includes(key))
      throw new UserError(`\`${key}\`: unknown key of a question about ${name}.`, { mend: nearest(key, known) });
  return value;
};

/** Filters by these dimensions alone, every one of them there. @throws UserError naming an unknown one */
export const choices = <K extends string>(
  value: unknown,
  dimensions: readonly K[],
): Readonly<Record<K, readonly string[]>> => {
  const given = filters(value);
  for (const key of Object.keys(given))
    if (!(dimensions as readonly string[]).includes(key))
      throw new UserError(`\`where.${key}\`: nothing can be kept by it here.`, { mend: nearest(key, dimensions) });
  const kept: Partial<Record<K, readonly string[]>> = {};
  for (const key of dimensions) kept[key] = given[key] ?? [];
  return kept as Readonly<Record<K, readonly string[]>>;
};

/** A calendar year, or null. @throws UserError naming the key */
export const year = (key: string, value: unknown): number | null => {
  if (value === null) return null;
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1900 && value <= 2100) return value;
  throw new UserError(`\`${key}\` must be a year of four digits, as 2014.`);
};

/** A text, or null. @throws UserError naming the key */
export const text = (key: string, value: unknown): string | null => {
  if (value === null || typeof value === 'string') return value;
  throw new UserError(`\`${key}\` must be a text.`);
};

import { UserError } from '../error.ts';
import type { RawTable } from './compiled.ts';
import type { Apartness } from './apart.ts';
import type { Model } from './model.ts';

/**
 * What tells units apart in this project: the columns that headers name with `Apart` and `Links`.
 *
 * A unit is what belongs together: an encounter, with its account and the other encounters of that account. Every row of
 * a relation that has key columns belongs to the one unit that any of them names.
 */
export interface Units {
  /** Columns whose values name units by themselves, wherever they stand: `encounter_id`. */
  readonly roots: ReadonlySet<string>;
  /** Columns that name them where a model says so: `account_id` of the model with `Links  account_id`, and what reads it. */
  readonly linked: ReadonlySet<string>;
}

/** Reads the units off the headers of all models. */
export const unitsOf = (models: readonly Model[]): Units => {
  const linked = new Set(models.flatMap(({ links }) => links));
  const roots = new Set(models.flatMap(({ apart }) => apart).filter((name) => !linked.has(name)));
  return { roots, linked };
};

/** Key columns of a raw table: those of roots; where it has none, those of linked keys; null where it has neither. */
export const rawKeys = (
  { columns }: Pick<RawTable, 'columns'>,
  { roots, linked }: Units,
): ReadonlyMap<string, string> | null => {
  const named = (kinds: ReadonlySet<string>): [string, string][] =>
    columns.filter(({ name }) => kinds.has(name)).map(({ name }) => [name, name]);
  const keys = [named(roots), named(linked)].find((found) => found.length > 0);
  return keys === undefined ? null : new Map(keys);
};

/**
 * Holds a model to what its header says of units, and adds the keys it links.
 *
 * @throws UserError where its rows of one unit depend on rows of others
 */
export const heldApart = (model: Model, found: Apartness): Apartness => {
  const [stated] = model.apart;
  if (stated !== undefined && (found.mode !== 'keyed' || ![...found.keys.values()].includes(stated))) {
    const why = found.mode === 'whole' ? found.why : `its rows are ${found.mode === 'sums' ? 'sums' : 'not of units'}`;
    throw new UserError(`${model.file}: the header says \`Apart  ${stated}\`, and the query mixes units: ${why}.`, {
      mend: 'Put what is taken over all units into a model of its own, or take the line away: the model is then built whole.',
    });
  }
  if (model.links.length === 0) return found;
  if (found.mode !== 'keyed')
    throw new UserError(`${model.file}: the header says \`Links\`, and the query does not keep units apart.`);
  return { mode: 'keyed', keys: new Map([...found.keys, ...model.links.map((name) => [name, name] as const)]) };
};

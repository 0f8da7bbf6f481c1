import type { Compiled } from '../warehouse/model/compiled.ts';

/** What each model reads, with the raw tables in place of the staging views between: those are views that no run tells of. */
export const modelReads = ({ models }: Pick<Compiled, 'models'>): ReadonlyMap<string, readonly string[]> => {
  const parentsOf = new Map(models.map(({ model, parents }) => [model.name, parents]));
  const through = (name: string): readonly string[] =>
    name.startsWith('staging.') ? (parentsOf.get(name) ?? []).flatMap(through) : [name];
  return new Map([...parentsOf].map(([name, parents]) => [name, [...new Set(parents.flatMap(through))].sort()]));
};

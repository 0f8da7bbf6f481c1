import type { Run } from './fold-run.ts';

/** What a run made of one table, against the run that published the release before. */
export interface TableChange {
  readonly name: string;
  /** Rows then; null where there was no such table, or it is a view. */
  readonly before: number | null;
  readonly after: number | null;
}

/** The run that published the release before the one this run published; null where either did not. `runs`: newest first. */
export const publishedBefore = (runs: readonly Run[], run: Run): Run | null => {
  if (!hasPublished(run)) return null;
  return runs.find((one) => one.id < run.id && hasPublished(one)) ?? null;
};

/** Every release ends in a run that tells of its models, built or kept. */
const hasPublished = (run: Run): boolean => run.release !== null && run.models.length > 0 && run.outcome !== 'failed';

/** Tables that came, went or have another number of rows: the greatest difference first. */
export const tableChanges = (before: Run, after: Run): readonly TableChange[] => {
  const rowsOf = (run: Run) => new Map(run.models.map(({ name, rows }) => [name, rows]));
  const [then, now] = [rowsOf(before), rowsOf(after)];
  return [...new Set([...then.keys(), ...now.keys()])]
    .map((name) => ({ name, before: then.get(name) ?? null, after: now.get(name) ?? null }))
    .filter((one) => one.before !== one.after)
    .sort((a, b) => sizeOf(b) - sizeOf(a) || (a.name < b.name ? -1 : 1));
};

const sizeOf = ({ before, after }: TableChange): number => Math.abs((after ?? 0) - (before ?? 0));

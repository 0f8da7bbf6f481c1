import { compareKeys, readDigests, type RowDigest, type RowKey } from './row-digest.ts';

/** Rows of a package against those of the one before it. */
export interface Difference {
  /** Id of that; null where it is the first of its profile. Then no row is listed. */
  readonly before: string | null;
  /** How many rows it had not. */
  readonly added: readonly RowKey[];
  /** Rows of which other values are sent now: what type M would send again. */
  readonly modified: readonly RowKey[];
  /** Rows it had. */
  readonly gone: readonly RowKey[];
}

/** A row that is in one package and not, or otherwise, in the other. */
export interface Change {
  readonly what: 'added' | 'modified' | 'gone';
  readonly key: RowKey;
}

/** Goes through two files of digests side by side; both are in the order of their keys. */
export const changesBetween = async function* (beforePath: string, nowPath: string): AsyncGenerator<Change> {
  const [old, now] = [readDigests(beforePath), readDigests(nowPath)];
  const next = async (rows: AsyncGenerator<RowDigest>): Promise<RowDigest | null> => {
    const step = await rows.next();
    return step.done === true ? null : step.value;
  };
  let [was, is] = [await next(old), await next(now)];
  while (was !== null || is !== null) {
    const order = was === null ? 1 : is === null ? -1 : compareKeys(was.key, is.key);
    if (order < 0) yield { what: 'gone', key: was!.key };
    if (order > 0) yield { what: 'added', key: is!.key };
    if (order === 0 && was!.digest !== is!.digest) yield { what: 'modified', key: is!.key };
    if (order <= 0) was = await next(old);
    if (order >= 0) is = await next(now);
  }
};

/** All that is new, modified and gone. */
export const differenceOf = async (before: string, beforePath: string, nowPath: string): Promise<Difference> => {
  const difference = { before, added: [] as RowKey[], modified: [] as RowKey[], gone: [] as RowKey[] };
  for await (const { what, key } of changesBetween(beforePath, nowPath)) difference[what].push(key);
  return difference;
};

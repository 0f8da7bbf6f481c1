import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../../warehouse/error.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { shownKey, shownKeyColumns } from './case-rows.ts';
import { changesBetween, type Change } from './difference.ts';
import { readProfile, type Profile } from './profile.ts';
import { readDigests, type RowKey } from './row-digest.ts';
import { readSubmissions, submissionFolder } from './submission-ledger.ts';

/** What is new, modified and gone in a package against the one before it, with the keys of the first of each. */
export interface PackageDifference {
  readonly id: string;
  /** The package it is held against; null for the first of its profile, of which nothing is listed. */
  readonly before: string | null;
  /** Names of the parts of a key: surrogates and numbers, not the site. */
  readonly columns: readonly string[];
  readonly changes: Readonly<Record<Change['what'], { readonly count: number; readonly keys: readonly RowKey[] }>>;
}

export interface DifferenceAsked {
  readonly profile: string;
  /** Of the package. */
  readonly id: string;
  /** Keys of each kind at most, 1 to 1000. */
  readonly limit: number;
}

/** Names of the parts of a key as it is shown, and the part of it that is. */
export const keyOf = (
  profile: Profile,
): { readonly columns: readonly string[]; readonly shown: (key: RowKey) => RowKey } =>
  profile.format === 'csv'
    ? { columns: profile.key, shown: (key) => key }
    : { columns: shownKeyColumns, shown: shownKey };

/**
 * Holds a package that was made against the one before it, by the digests that are kept of both.
 *
 * @throws UserError for a package there is none of, or a limit out of bounds
 */
export const packageDifference = async (
  workspace: Pick<Workspace, 'config' | 'dataFolder'>,
  { profile, id, limit }: DifferenceAsked,
): Promise<PackageDifference> => {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000)
    throw new UserError('`limit` must be a whole number from 1 to 1000.');
  const written = readProfile(workspace, profile);
  const { columns, shown } = keyOf(written);
  const isOfModified = written.format !== 'csv' && written.recordType === 'M';
  const folder = submissionFolder(workspace);
  const made = readSubmissions(folder).find((one) => one.id === id && one.profile === profile);
  if (made === undefined)
    throw new UserError('There is no such package of this profile.', { mend: '`himsight submit` lists those made.' });
  const changes = { added: nothing(), modified: nothing(), gone: nothing() };
  const { before } = made.difference;
  if (before !== null && isOfModified) {
    // All of it was modified; what is gone is listed in `difference.json` of the package alone.
    for await (const { key } of readDigests(digestsKept(folder, [id])[0]!)) take(changes.modified, shown(key), limit);
    changes.gone.count = made.difference.gone;
  } else if (before !== null) {
    const [was, is] = digestsKept(folder, [before, id]) as [string, string];
    for await (const { what, key } of changesBetween(was, is)) take(changes[what], shown(key), limit);
  }
  return { id, before, columns, changes };
};

const digestsKept = (folder: string, ids: readonly string[]): readonly string[] => {
  const paths = ids.map((id) => join(folder, `${id}.digest.gz`));
  if (paths.every((path) => existsSync(path))) return paths;
  throw new UserError('What was kept of the rows of these packages is no longer there.', {
    mend: 'The file `difference.json` in the folder of the package lists all keys.',
  });
};

const take = (change: { count: number; readonly keys: RowKey[] }, key: RowKey, limit: number): void => {
  change.count++;
  if (change.keys.length < limit) change.keys.push(key);
};

const nothing = (): { count: number; keys: RowKey[] } => ({ count: 0, keys: [] });

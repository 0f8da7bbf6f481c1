import type { NaaccrDictionary } from '../../naaccr/dictionary/dictionary.ts';
import { configuredDictionaries } from '../../registry/configured.ts';
import { limitsOf } from '../../workspace/folders.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import type { DigestOf } from '../row-digest.ts';
import { digestKeyOf } from './digest-key.ts';
import { FullAbstracts } from './full-abstracts.ts';
import { registryDatabaseOf } from './registry-database.ts';

/** What a package of record type A, M or C is made with besides the release. */
export interface KeptApart {
  readonly abstracts: FullAbstracts;
  /** Under the key that lies beside them. */
  readonly digestOf: DigestOf;
  /** Of that key; a digest says something only beside digests of the same. */
  readonly keyId: string;
}

/**
 * Opens the registry database of a workspace.
 *
 * @param known dictionaries at hand
 * @throws UserError as registryDatabaseOf, digestKeyOf and FullAbstracts.open
 */
export const openKeptApart = async (workspace: Workspace, known: readonly NaaccrDictionary[]): Promise<KeptApart> => {
  const database = registryDatabaseOf(workspace);
  const { id: keyId, digestOf } = digestKeyOf(database);
  const paths = configuredDictionaries(workspace);
  return { abstracts: await FullAbstracts.open(database, { known, paths }, limitsOf(workspace)), digestOf, keyId };
};

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { UserError } from '../../../warehouse/error.ts';
import type { Workspace } from '../../workspace/workspace.ts';

/** The registry database kept apart, which holds the names, addresses and texts of the abstracts. */
export interface RegistryDatabase {
  /** Absolute. */
  readonly file: string;
  readonly format: 'duckdb' | 'naaccr-xml';
}

const key = 'himsight.yaml `registry.full_abstracts`:';

/**
 * The registry database of a workspace. Only `himsight submit` calls this: nothing else ever opens it.
 *
 * @throws UserError when none is named, it lies inside the data folder (releases and backups are made of that), is not
 *   there, or others than its owner have rights on it
 */
export const registryDatabaseOf = ({
  folder,
  dataFolder,
  config,
}: Pick<Workspace, 'folder' | 'dataFolder' | 'config'>): RegistryDatabase => {
  const named = config.registry?.full_abstracts;
  if (named === undefined)
    throw new UserError(`${key} no registry database kept apart is named.`, {
      mend: 'Name the file that holds names and texts: a DuckDB database, or the NAACCR XML of type A that registry software exports.',
    });
  const file = resolve(folder, named);
  const within = relative(dataFolder, file);
  if (within !== '..' && !within.startsWith(`..${sep}`))
    throw new UserError(`${key} the registry database lies inside the data folder.`, {
      mend: 'Keep it in a folder of its own: it says who the patients are.',
    });
  refuseOthers(file, 'registry database');
  return { file, format: isDuckdb(file) ? 'duckdb' : 'naaccr-xml' };
};

/**
 * A file that its owner alone has rights on.
 *
 * @throws UserError when it is not there, or others may read or write it
 */
export const refuseOthers = (file: string, what: string): void => {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile())
    throw new UserError(`${key} there is no such file.`, {
      mend: 'Paths are relative to the folder of himsight.yaml.',
    });
  // Windows has no such bits; there the folder's own rights protect it.
  if (process.platform !== 'win32' && (stat.mode & 0o077) !== 0)
    throw new UserError(`${key} others than its owner have rights on the ${what}.`, {
      mend: 'Take them away: chmod 600.',
    });
};

/** DuckDB writes its name behind a checksum of eight bytes. */
const isDuckdb = (file: string): boolean => {
  const head = Buffer.alloc(12);
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch (cause) {
    throw new UserError(`${key} the registry database cannot be read.`, {
      mend: 'Run `himsight submit` as the account that owns it.',
      cause,
    });
  }
  try {
    readSync(descriptor, head, 0, head.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return head.toString('latin1', 8) === 'DUCK';
};

import { DuckDBInstance } from '@duckdb/node-api';
import { existsSync, linkSync, mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { syncToDisk } from './durable-file.ts';
import { LockedError, UserError, messageOf } from './error.ts';
import { removeUnfinished } from './release-folder.ts';

/**
 * Folders this process holds the lock of. The kernel frees a file lock when *any* descriptor of the file is closed in
 * the process, so a second try from within must not even open the file.
 */
const held = new Set<string>();

/** Makes the lock file whole or not at all, so that a kill never leaves one that cannot be opened. */
const createLockFile = async (file: string): Promise<void> => {
  const draft = `${file}.${process.pid}`;
  rmSync(draft, { force: true });
  (await DuckDBInstance.create(draft)).closeSync();
  syncToDisk(draft);
  try {
    linkSync(draft, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(draft, { force: true });
  }
};

const locked = (cause?: unknown): LockedError =>
  new LockedError('Another run holds the build lock of this workspace.', {
    mend: 'Wait until it ends; `himsight runs` shows what it does.',
    cause,
  });

const openLock = async (folder: string): Promise<DuckDBInstance> => {
  const file = join(folder, 'build.lock');
  if (!existsSync(file)) await createLockFile(file);
  try {
    return await DuckDBInstance.create(file, { threads: '1' });
  } catch (cause) {
    if (/lock/i.test(messageOf(cause).replace(file, ''))) throw locked(cause);
    throw new UserError('build.lock in the release folder cannot be opened.', {
      mend: 'Make sure that no run is going on, then delete that file; the next run makes a new one.',
      cause,
    });
  }
};

/**
 * Runs `work` while this process alone may build in the folder.
 *
 * The lock is an open read-write DuckDB file: the kernel frees it the moment its holder ends, however it ends. What
 * a builder that died left half done is removed before `work` begins.
 *
 * @throws LockedError (exit code 5) at once when another run holds it
 */
export const withBuildLock = async <T>(folder: string, work: () => Promise<T>): Promise<T> => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = resolve(folder);
  if (held.has(name)) throw locked();
  held.add(name);
  try {
    const lock = await openLock(folder);
    try {
      removeUnfinished(folder);
      return await work();
    } finally {
      lock.closeSync();
    }
  } finally {
    held.delete(name);
  }
};

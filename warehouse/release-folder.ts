import { existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { writeDurably } from './durable-file.ts';
import { UserError } from './error.ts';

/** A release that stands in the folder. */
export interface ReleaseEntry {
  readonly id: string;
  readonly file: string;
  /** ISO timestamp, UTC, as the id says. */
  readonly builtAt: string;
  readonly current: boolean;
}

const RELEASE_FILE = /^wh-(\d{8}T\d{6}Z-[0-9a-f]{8})\.duckdb$/;

/** The file of a release. */
export const releaseFile = (folder: string, id: string): string => join(folder, `wh-${id}.duckdb`);

/** Id of the release that is served; null where none was published yet. */
export const currentRelease = (folder: string): string | null => {
  try {
    const id = readFileSync(join(folder, 'CURRENT'), 'utf8').trim();
    return existsSync(releaseFile(folder, id)) ? id : null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
};

const builtAt = (id: string): string => id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/, '$1-$2-$3T$4:$5:$6Z');

/** Releases in the folder, newest first. */
export const listReleases = (folder: string): ReleaseEntry[] => {
  if (!existsSync(folder)) return [];
  const current = currentRelease(folder);
  return readdirSync(folder)
    .flatMap((name) => RELEASE_FILE.exec(name)?.[1] ?? [])
    .sort()
    .reverse()
    .map((id) => ({ id, file: releaseFile(folder, id), builtAt: builtAt(id), current: id === current }));
};

/** Makes a release the one that is served. The file must stand already; readers see the old name or the new one. */
export const makeCurrent = (folder: string, id: string): void => writeDurably(join(folder, 'CURRENT'), `${id}\n`);

/**
 * Goes back to a release that still stands. Hold the build lock meanwhile, or a build that ends now would undo it.
 *
 * @throws UserError when there is no such release, naming those there are
 */
export const rollBack = (folder: string, id: string): void => {
  const known = listReleases(folder).map((release) => release.id);
  if (!known.includes(id))
    throw new UserError(`There is no release ${id}.`, {
      mend: known.length > 0 ? `There are ${known.join(', ')}.` : 'Nothing was published yet; run `himsight run`.',
    });
  makeCurrent(folder, id);
};

/** Removes what a build that died left behind. Only the holder of the build lock may call it: a live build would die. */
export const removeUnfinished = (folder: string): void => {
  for (const name of readdirSync(folder))
    if (/\.building(\..+)?$|^CURRENT\.\d+\.tmp$|^build\.lock\.\d+(\..+)?$/.test(name))
      rmSync(join(folder, name), { force: true });
};

/**
 * Keeps the newest releases and removes the others; never the current one, never those named in `also`.
 *
 * @param count how many to keep, the current one among them
 * @param also ids kept beyond that: releases a submission was made from
 * @returns ids of those removed
 */
export const keepNewest = (folder: string, count: number, also: readonly string[] = []): string[] => {
  const old = listReleases(folder)
    .sort((a, b) => Number(b.current) - Number(a.current))
    .slice(Math.max(count, 1))
    .filter(({ id }) => !also.includes(id));
  for (const { file } of old) rmSync(file, { force: true });
  return old.map(({ id }) => id);
};

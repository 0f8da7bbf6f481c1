import { chmodSync, constants, copyFileSync } from 'node:fs';
import { openBuilder, type EngineLimits } from './open.ts';
import type { Previous, Work } from './plan.ts';
import { identifier, literal, relationName } from './quote.ts';

/** Tables alone, into a new file: what is going to be replaced leaves no hole in it. */
const carryOver = async (from: string, to: string, tables: readonly string[], limits: EngineLimits): Promise<void> => {
  const { connection, close } = await openBuilder(to, limits);
  await connection.run(`attach ${literal(from)} as previous (read_only)`);
  for (const name of [...tables, 'meta.period']) {
    await connection.run(`create schema if not exists ${identifier(name.split('.')[0]!)}`);
    await connection.run(`create table ${relationName(name)} as from previous.${relationName(name)}`);
  }
  await connection.run('detach previous');
  await close();
};

/**
 * Begins the file of the next release with what is kept of the current one.
 *
 * Mostly kept: the whole file is copied (as a reflink where the file system can). Mostly replaced: a copy would
 * end twice as large as its rows, since a dropped table's space is free only after the next checkpoint; so only the kept
 * tables are carried over into a new file. Nothing kept: there is no file yet.
 */
export const startFile = async (
  from: string,
  to: string,
  work: readonly Work[],
  previous: Previous,
  limits: EngineLimits,
): Promise<'copied' | 'carried' | 'empty'> => {
  const rows = (name: string): number => previous.models.get(name)?.rows ?? 0;
  const stays = (each: Work): boolean =>
    typeof previous.models.get(each.name)?.rows === 'number' &&
    (each.action === 'keep' || each.periods !== null || each.byUnit === true || each.byMonth === true);
  const kept = work.filter(stays).map((each) => each.name);
  const sum = (names: Iterable<string>): number => [...names].reduce((total, name) => total + rows(name), 0);
  if (kept.length === 0) return 'empty';
  if (sum(kept) < sum(previous.models.keys()) / 2) {
    await carryOver(from, to, kept, limits);
    return 'carried';
  }
  copyFileSync(from, to, constants.COPYFILE_FICLONE);
  chmodSync(to, 0o600);
  return 'copied';
};

import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { LockedError, UserError } from '../../warehouse/error.ts';
import { withBuildLock } from '../../warehouse/lock.ts';
import { temporaryFolder } from '../support/sql-folder.ts';

test('one at a time, also within one process; afterwards the next may', async () => {
  const folder = temporaryFolder();
  await withBuildLock(folder, async () => {
    const second = await withBuildLock(folder, async () => 'in').catch((thrown: unknown) => thrown);
    expect(second).toBeInstanceOf(LockedError);
    expect(second).toMatchObject({ exitCode: 5 });
    // Another folder is another matter.
    expect(await withBuildLock(temporaryFolder(), async () => 'in')).toBe('in');
  });
  expect(await withBuildLock(folder, async () => 'in')).toBe('in');
});

test('work that fails gives the lock back and its error on', async () => {
  const folder = temporaryFolder();
  await expect(withBuildLock(folder, () => Promise.reject(new Error('mine')))).rejects.toThrow('mine');
  expect(await withBuildLock(folder, async () => 'in')).toBe('in');
});

test('what dead builders left is removed, releases are not', async () => {
  const folder = temporaryFolder();
  for (const name of [
    'wh-x.building',
    'wh-x.building.wal',
    'wh-x.building.wal.checkpoint',
    'CURRENT.12.tmp',
    'build.lock.34',
    'wh-20260101T000000Z-0123abcd.duckdb',
    'notes.txt',
  ])
    writeFileSync(join(folder, name), '');
  await withBuildLock(folder, async () => undefined);
  expect(readdirSync(folder).sort()).toEqual(['build.lock', 'notes.txt', 'wh-20260101T000000Z-0123abcd.duckdb']);
});

test('a folder that is not there is made; a lock file that is no database is named', async () => {
  const folder = join(temporaryFolder(), 'data', 'release');
  await withBuildLock(folder, async () => expect(existsSync(join(folder, 'build.lock'))).toBe(true));
  writeFileSync(join(folder, 'build.lock'), 'not a database, and long enough to be read as one'.repeat(200));
  const error = await withBuildLock(folder, async () => 'in').catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(error).not.toBeInstanceOf(LockedError);
  expect(String(error)).toContain('build.lock');
});

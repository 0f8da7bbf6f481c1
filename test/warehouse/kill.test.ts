import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { LockedError } from '../../warehouse/error.ts';
import { withBuildLock } from '../../warehouse/lock.ts';
import { openReader } from '../../warehouse/open.ts';
import { currentRelease, releaseFile } from '../../warehouse/release-folder.ts';
import { readRows } from '../../warehouse/rows.ts';
import { SMALL_PROJECT } from '../support/small-project.ts';
import { sqlFolder, temporaryFolder } from '../support/sql-folder.ts';

const CHILD = fileURLToPath(new URL('../support/build-child.ts', import.meta.url));

interface Ended {
  readonly signal: string | null;
  readonly reached: readonly string[];
}

const start = (
  folder: string,
  sql: string,
  rows: number,
  dieAt: string,
): { child: ChildProcess; ended: Promise<Ended> } => {
  const child = spawn(process.execPath, [CHILD, folder, sql, String(rows), dieAt], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (_, signal) => resolve({ signal, reached: said.trim().split('\n') })),
  );
  return { child, ended };
};

/** Rows of the release that is current now; it must open and agree with itself. */
const rowsOfCurrent = async (folder: string): Promise<number> => {
  const reader = await openReader(releaseFile(folder, currentRelease(folder)!));
  const connection = await reader.connect();
  const [row] = await readRows(
    connection,
    `select count(*) as rows, any_value(row_count) as noted from core.loan, meta.model where name = 'core.loan'`,
  );
  connection.closeSync();
  await reader.close();
  expect(row?.rows).toBe(row?.noted);
  return Number(row?.rows);
};

test('a builder killed in any step leaves the current release whole, and the next build finishes', async () => {
  const [folder, sql] = [temporaryFolder(), sqlFolder(SMALL_PROJECT)];
  await start(folder, sql, 1, '').ended;
  expect(await rowsOfCurrent(folder)).toBe(1);
  const moments = [3, 4, 5, 6, 7, 8, 9].map((step) => `${step} begin`);
  let served = 1;
  for (const [at, moment] of ['locked', ...moments, '8 end', 'model core.loan', 'model mart.branch'].entries()) {
    const next = 2 + at;
    const { signal, reached } = await start(folder, sql, next, moment).ended;
    expect([signal, reached.at(-1)]).toEqual(['SIGKILL', moment]);
    const published = ['8 end', '9 begin'].includes(moment);
    if (published) served = next;
    expect(await rowsOfCurrent(folder), moment).toBe(served);
  }
  const { reached } = await start(folder, sql, 99, '').ended;
  expect(reached.at(-1)).toBe('done');
  expect(await rowsOfCurrent(folder)).toBe(99);
  expect(readdirSync(folder).filter((name) => !/^(CURRENT|build\.lock|wh-[^.]*\.duckdb)$/.test(name))).toEqual([]);
});

test('killed from outside at odd moments, mid-step too, the same holds', async () => {
  const [folder, sql] = [temporaryFolder(), sqlFolder(SMALL_PROJECT)];
  await start(folder, sql, 20_000, '').ended;
  let served = 20_000;
  for (const wait of [1, 3, 7, 15, 30, 60]) {
    const { child, ended } = start(folder, sql, 20_000 + wait, 'never');
    await new Promise((resolve) => child.stdout!.once('data', resolve));
    await sleep(wait);
    child.kill('SIGKILL');
    const { reached } = await ended;
    const possible = reached.includes('8 end')
      ? [20_000 + wait]
      : reached.includes('8 begin')
        ? [served, 20_000 + wait]
        : [served];
    served = await rowsOfCurrent(folder);
    expect(possible).toContain(served);
  }
  expect((await start(folder, sql, 7, '').ended).reached.at(-1)).toBe('done');
  expect(await rowsOfCurrent(folder)).toBe(7);
});

test('while another process builds the lock is refused, and what it builds is left alone', async () => {
  const [folder, sql] = [temporaryFolder(), sqlFolder(SMALL_PROJECT)];
  const { child, ended } = start(folder, sql, 1, 'hold');
  await new Promise((resolve) => child.stdout!.once('data', resolve));
  await expect(withBuildLock(folder, async () => 'in')).rejects.toBeInstanceOf(LockedError);
  expect(existsSync(folder)).toBe(true);
  child.kill('SIGKILL');
  await ended;
  expect(await withBuildLock(folder, async () => 'in')).toBe('in');
});

import type { DuckDBConnection } from '@duckdb/node-api';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { withBuildLock } from '../../warehouse/lock.ts';
import { NO_META } from '../../warehouse/meta.ts';
import { openBuilder, openReader, type Reader } from '../../warehouse/open.ts';
import { releaseFile } from '../../warehouse/release-folder.ts';
import { buildRelease } from '../../warehouse/release.ts';
import { readRows } from '../../warehouse/rows.ts';
import { SMALL_PROJECT, compileFolder, loans } from '../support/small-project.ts';
import { sqlFolder, temporaryFolder } from '../support/sql-folder.ts';

const publish = async (): Promise<{ folder: string; reader: Reader; connection: DuckDBConnection }> => {
  const folder = temporaryFolder();
  const compiled = await compileFolder(sqlFolder(SMALL_PROJECT), loans([`(1, 'n', date '2025-03-01', 4)`]));
  const { release } = await withBuildLock(folder, () => buildRelease({ folder, compiled, meta: NO_META }));
  const reader = await openReader(releaseFile(folder, release));
  onTestFinished(() => reader.close());
  expect(reader.release).toBe(release);
  return { folder, reader, connection: await reader.connect() };
};

test('macros and schemas answer to their plain names on every connection', async () => {
  const { reader } = await publish();
  for (let times = 0; times < 2; times++) {
    const connection = await reader.connect();
    expect(await readRows(connection, 'select ratio(loan_count, 2) as r from mart.branch')).toEqual([{ r: 1 / 2 }]);
  }
});

test('a reader reads and writes no other file, attaches nothing, loads nothing and changes no setting', async () => {
  const { folder, connection } = await publish();
  const [other, out] = [join(folder, 'other.csv'), join(folder, 'out.csv')];
  writeFileSync(other, 'a\n1\n');
  const before = readdirSync(folder).sort();
  for (const sql of [
    `from read_csv('${other}')`,
    `from read_text('${other}')`,
    `from read_blob('/etc/hostname')`,
    `from read_parquet('${folder}/*.parquet')`,
    `from '${other}'`,
    `from glob('${folder}/*')`,
    `copy (select 1) to '${out}'`,
    `copy core.loan to '${out}' (format parquet)`,
    `copy core.loan from '${other}'`,
    `export database '${folder}/export'`,
    `attach '${folder}/new.duckdb' as other`,
    `attach '${folder}/build.lock' as other (read_only)`,
    `attach ':memory:' as other`,
    `load '${folder}/x.duckdb_extension'`,
    'install httpfs',
    'insert into core.loan select * from core.loan',
    'create table core.mine (a int)',
    'drop table core.loan',
    'set enable_external_access = true',
    'set threads = 64',
    `set temp_directory = '${folder}/elsewhere'`,
    'set lock_configuration = false',
    'reset memory_limit',
  ])
    await expect(connection.run(sql), sql).rejects.toThrow();
  expect(readdirSync(folder).sort()).toEqual(before);
  expect(existsSync(out)).toBe(false);
  expect(await readRows(connection, 'select count(*) as n from core.loan')).toEqual([{ n: 1 }]);
});

test('threads, memory and time zone are fixed by us, not by the machine', async () => {
  const { connection } = await publish();
  expect(
    await readRows(
      connection,
      `select current_setting('threads') as threads, current_setting('TimeZone') as zone, current_setting('memory_limit') as memory`,
    ),
  ).toEqual([{ threads: 2, zone: 'UTC', memory: '1.8 GiB' }]);
});

test('two readers of one release, and a running query outlives its reader', async () => {
  const { folder, reader, connection } = await publish();
  const second = await openReader(releaseFile(folder, reader.release));
  const heavy = readRows(connection, 'select count(*) as n from range(20000000) t(i), core.loan where i % 3 = 0');
  await second.close();
  await reader.close();
  expect(await heavy).toEqual([{ n: Math.ceil(20000000 / 3) }]);
});

test('what a builder writes has the newest storage format, and stays when it closes', async () => {
  const file = join(temporaryFolder(), 'a.duckdb');
  const builder = await openBuilder(file);
  await builder.connection.run('create table t as select 42 as a');
  expect(
    await readRows(
      builder.connection,
      `select tags['storage_version'] as v from duckdb_databases() where database_name = 'wh'`,
    ),
  ).toEqual([{ v: expect.stringMatching(/^v1\.5/) }]);
  await builder.close();
  expect(statSync(file).size).toBeGreaterThan(0);
  const again = await openBuilder(file);
  expect(await readRows(again.connection, 'from t')).toEqual([{ a: 42 }]);
  await again.close();
});

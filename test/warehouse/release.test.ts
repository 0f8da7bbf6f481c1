import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { FatalAssertError, UserError } from '../../warehouse/error.ts';
import { withBuildLock } from '../../warehouse/lock.ts';
import { NO_META } from '../../warehouse/meta.ts';
import { compile } from '../../warehouse/model/compile.ts';
import { openBuilder, openReader } from '../../warehouse/open.ts';
import { readProject } from '../../warehouse/project.ts';
import { currentRelease, listReleases, releaseFile, rollBack } from '../../warehouse/release-folder.ts';
import { buildRelease, isCurrent, type Release, type ReleaseRequest } from '../../warehouse/release.ts';
import { readRows, type PlainRow } from '../../warehouse/rows.ts';
import { SMALL_PROJECT, compileFolder, loans } from '../support/small-project.ts';
import { sqlFolder, temporaryFolder } from '../support/sql-folder.ts';

const LOANS = [`(1, 'n', date '2025-03-01', 4)`, `(2, 'n', date '2025-03-31', 6)`, `(3, 's', date '2025-04-01', 1)`];

/** The ISO date so many days after 1 January 2025. */
const day = (days: number): string => new Date(Date.UTC(2025, 0, 1 + days)).toISOString().slice(0, 10);

const build = async (
  folder: string,
  tuples: readonly string[],
  more: Partial<ReleaseRequest> = {},
): Promise<Release> => {
  const compiled = await compileFolder(sqlFolder(SMALL_PROJECT), loans(tuples, true));
  return withBuildLock(folder, () => buildRelease({ folder, compiled, meta: NO_META, ...more }));
};

const read = async (folder: string, sql: string): Promise<PlainRow[]> => {
  const reader = await openReader(releaseFile(folder, currentRelease(folder)!));
  const connection = await reader.connect();
  const rows = await readRows(connection, sql);
  connection.closeSync();
  await reader.close();
  return rows;
};

test('a release holds the kept layers, their comments and macros, and nothing of raw or staging', async () => {
  const folder = temporaryFolder();
  const { release } = await build(folder, LOANS);
  expect(release).toMatch(/^\d{8}T\d{6}Z-[0-9a-f]{8}$/);
  expect(currentRelease(folder)).toBe(release);
  expect(readdirSync(folder).sort()).toEqual(['CURRENT', 'build.lock', `wh-${release}.duckdb`]);
  expect(statSync(releaseFile(folder, release)).mode & 0o777).toBe(0o600);
  const schemas = await read(folder, 'select distinct schema_name as s from duckdb_tables() order by 1');
  expect(schemas.map((row) => row.s)).toEqual(['core', 'mart', 'meta', 'reference']);
  expect(await read(folder, 'select branch, loan_count from mart.branch order by branch')).toEqual([
    { branch: 'n', loan_count: 1 + 1 },
    { branch: 's', loan_count: 1 },
  ]);
  expect(await read(folder, 'select ratio(1, 4) as r, month_of(date $$2025-03-09$$) as m')).toEqual([
    { r: 1 / 4, m: '2025-03-01' },
  ]);
  expect(
    await read(
      folder,
      `select comment from duckdb_tables() where schema_name in ('core', 'reference') union all
      select comment from duckdb_views() where view_name = 'branch' and schema_name = 'mart' order by 1`,
    ),
  ).toEqual([
    { comment: 'One row per branch of the library' },
    { comment: 'One row per branch.' },
    { comment: 'One row per loan of a known branch.' },
  ]);
});

test('every relation of a release has a comment', async () => {
  const folder = temporaryFolder();
  await build(folder, LOANS);
  const bare = `select schema_name, table_name from duckdb_tables() where comment is null`;
  expect(await read(folder, bare)).toEqual([]);
});

test('meta tells release, models, columns, lineage, asserts and periods', async () => {
  const folder = temporaryFolder();
  const { release } = await build(folder, LOANS, {
    meta: {
      asOf: '2025-05-01T00:00:00Z',
      completeThrough: '2025-04-30',
      coverage: [{ contract: 'loan', source_id: 'desk', as_of: '2025-05-01T00:00:00Z', through: '2025-04-30' }],
      tables: [
        {
          name: 'batch',
          summary: 'One row per batch',
          columns: { batch_id: 'VARCHAR', rows: 'BIGINT' },
          rows: [{ batch_id: 'b1', rows: 3 }],
        },
      ],
    },
  });
  expect(await read(folder, 'select release, as_of, complete_through from meta.release')).toEqual([
    { release, as_of: '2025-05-01 00:00:00', complete_through: '2025-04-30' },
  ]);
  expect(await read(folder, 'select name, kind, row_count from meta.model order by name')).toEqual([
    { name: 'core.loan', kind: 'table', row_count: 3 },
    { name: 'mart.branch', kind: 'view', row_count: null },
    { name: 'mart.loan_day', kind: 'period', row_count: 3 },
    { name: 'staging.loan', kind: 'view', row_count: null },
  ]);
  expect(await read(folder, `select header->>'excludes' as excludes from meta.model where name = 'core.loan'`)).toEqual(
    [{ excludes: 'loans of branches nobody knows' }],
  );
  expect(
    await read(folder, `select name, type, describes from meta.column where model = 'raw.loan' and position = 4`),
  ).toEqual([{ name: 'days', type: 'BIGINT', describes: 'Whole days' }]);
  expect(
    await read(
      folder,
      `select column_name, source_relation, source_column, kind from meta.lineage where model = 'mart.loan_day' and column_name = 'days'`,
    ),
  ).toEqual([{ column_name: 'days', source_relation: 'core.loan', source_column: 'days', kind: 'AGGREGATION' }]);
  expect(await read(folder, 'select name, severity, violations from meta.assert order by name')).toEqual([
    { name: 'no_loan_lost', severity: 'fatal', violations: 0 },
    { name: 'unique-key:core.loan', severity: 'fatal', violations: 0 },
    { name: 'unique-key:mart.branch', severity: 'fatal', violations: 0 },
    { name: 'unique-key:mart.loan_day', severity: 'fatal', violations: 0 },
  ]);
  expect(await read(folder, 'select period, row_count from meta.period order by period')).toEqual([
    { period: '2025-03-01', row_count: 2 },
    { period: '2025-04-01', row_count: 1 },
  ]);
  expect(await read(folder, 'select through, as_of from meta.coverage')).toEqual([
    { through: '2025-04-30', as_of: '2025-05-01 00:00:00' },
  ]);
  expect(await read(folder, 'from meta.batch')).toEqual([{ batch_id: 'b1', rows: 3 }]);
  expect(await read(folder, 'select count(*) as n from meta.gate_check')).toEqual([{ n: 0 }]);
});

test('what an earlier release was told of its data does not linger', async () => {
  const folder = temporaryFolder();
  const batch = {
    name: 'batch',
    summary: 'One row per batch',
    columns: { batch_id: 'VARCHAR' },
    rows: [{ batch_id: 'b1' }],
  };
  await build(folder, LOANS, { meta: { ...NO_META, tables: [batch] } });
  await build(folder, LOANS);
  expect(await read(folder, `select count(*) as n from duckdb_tables() where table_name = 'batch'`)).toEqual([
    { n: 0 },
  ]);
});

test('what did not change is kept, and a release of the same content is recognised', async () => {
  const folder = temporaryFolder();
  await build(folder, LOANS);
  const compiled = await compileFolder(sqlFolder(SMALL_PROJECT), loans(LOANS, true));
  expect(isCurrent(compiled, folder)).toBe(true);
  const again = await build(folder, LOANS);
  expect(again.work.map(({ name, action, reason }) => ({ name, action, reason }))).toEqual([
    { name: 'core.loan', action: 'keep', reason: 'unchanged' },
    { name: 'mart.loan_day', action: 'keep', reason: 'unchanged' },
    { name: 'mart.branch', action: 'keep', reason: 'unchanged' },
  ]);
  expect(await read(folder, 'select count(*) as n from core.loan')).toEqual([{ n: 3 }]);
  expect(isCurrent(await compileFolder(sqlFolder(SMALL_PROJECT), loans(LOANS.slice(1), true)), folder)).toBe(false);
});

test('a release that another version wrote is replaced whole, not misread', async () => {
  const folder = temporaryFolder();
  const { release } = await build(folder, LOANS);
  const { connection, close } = await openBuilder(releaseFile(folder, release));
  await connection.run('alter table meta.release drop column layout; alter table meta.model drop column definition');
  await close();
  const { work } = await build(folder, LOANS);
  expect(new Set(work.map(({ reason }) => reason))).toEqual(new Set(['no release to build on']));
  expect(await read(folder, 'select count(*) as n from core.loan')).toEqual([{ n: LOANS.length }]);
});

test('of a period model only the months that changed are replaced', async () => {
  const folder = temporaryFolder();
  await build(folder, LOANS);
  const more = [...LOANS, `(4, 'n', date '2025-04-30', 2)`, `(5, 's', null, 9)`];
  const { work } = await build(folder, more);
  expect(work.find(({ name }) => name === 'mart.loan_day')).toMatchObject({
    action: 'build',
    reason: 'raw.loan changed',
    periods: ['', '2025-04-01'],
  });
  expect(await read(folder, 'from mart.loan_day order by lent_date, branch')).toEqual([
    { branch: 'n', lent_date: '2025-03-01', loan_count: 1, days: 4 },
    { branch: 'n', lent_date: '2025-03-31', loan_count: 1, days: 6 },
    { branch: 's', lent_date: '2025-04-01', loan_count: 1, days: 1 },
    { branch: 'n', lent_date: '2025-04-30', loan_count: 1, days: 2 },
    { branch: 's', lent_date: null, loan_count: 1, days: 9 },
  ]);
  expect(await read(folder, 'select period, row_count from meta.period order by period nulls first')).toEqual([
    { period: null, row_count: 1 },
    { period: '2025-03-01', row_count: 2 },
    { period: '2025-04-01', row_count: 2 },
  ]);
  // A month whose rows are gone is emptied.
  await build(folder, LOANS.slice(0, 2));
  expect(await read(folder, 'select period, row_count from meta.period')).toEqual([
    { period: '2025-03-01', row_count: 2 },
  ]);
  expect(
    await read(
      folder,
      'select count(*) as n from mart.loan_day where lent_date >= $$2025-04-01$$ or lent_date is null',
    ),
  ).toEqual([{ n: 0 }]);
});

test('a model taken away leaves the release', async () => {
  const folder = temporaryFolder();
  await build(folder, LOANS);
  const { 'mart/branch.sql': _gone, ...rest } = SMALL_PROJECT;
  const compiled = await compileFolder(sqlFolder(rest), loans(LOANS, true));
  await withBuildLock(folder, () => buildRelease({ folder, compiled, meta: NO_META }));
  expect(await read(folder, `select count(*) as n from duckdb_views() where schema_name = 'mart'`)).toEqual([{ n: 0 }]);
});

test('a table may become a view and a view a table', async () => {
  const folder = temporaryFolder();
  await build(folder, LOANS);
  const changed = {
    ...SMALL_PROJECT,
    'mart/branch.sql': SMALL_PROJECT['mart/branch.sql']!.replace('Kind  view', 'Kind  table'),
    'mart/loan_day.sql': SMALL_PROJECT['mart/loan_day.sql']!.replace('period lent_date', 'view').replace(
      /-- Follows.*\n/,
      '',
    ),
  };
  const compiled = await compileFolder(sqlFolder(changed), loans(LOANS, true));
  const { work } = await withBuildLock(folder, () => buildRelease({ folder, compiled, meta: NO_META }));
  expect(work.map(({ name, action }) => `${name} ${action}`)).toEqual([
    'core.loan keep',
    'mart.loan_day build',
    'mart.branch build',
  ]);
  expect(await read(folder, `select name, row_count from meta.model where layer = 'mart' order by 1`)).toEqual([
    { name: 'mart.branch', row_count: 2 },
    { name: 'mart.loan_day', row_count: null },
  ]);
});

test('a fatal assert keeps the release back and leaves no file behind', async () => {
  const folder = temporaryFolder();
  const { release } = await build(folder, LOANS);
  const error = await build(folder, [...LOANS, `(4, 'n', date '2025-04-30', -1)`]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FatalAssertError);
  expect(error).toMatchObject({ exitCode: 4, broken: [{ name: 'no_loan_lost', violations: 1 }] });
  expect(currentRelease(folder)).toBe(release);
  expect(readdirSync(folder).sort()).toEqual(['CURRENT', 'build.lock', `wh-${release}.duckdb`]);
});

test('a repeated key is a fatal assert of its own', async () => {
  const twice = await build(temporaryFolder(), [...LOANS, LOANS[0]!]).catch((thrown: unknown) => thrown);
  expect(twice).toMatchObject({ exitCode: 4, broken: [{ name: 'unique-key:core.loan', violations: 1 }] });
});

test('a model that fails on the data is named, the value is not', async () => {
  const files = {
    ...SMALL_PROJECT,
    'core/loan.sql': SMALL_PROJECT['core/loan.sql']!.replace('days\n', 'cast(branch as integer) as days\n'),
  };
  const folder = temporaryFolder();
  const compiled = await compileFolder(sqlFolder(files), loans([`(1, 'n', date '2025-03-01', 4)`]));
  const error = await withBuildLock(folder, () => buildRelease({ folder, compiled, meta: NO_META })).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toContain('core.loan failed while it was built');
  expect(String(error) + String((error as Error).cause)).not.toContain(`'n'`);
  expect(currentRelease(folder)).toBe(null);
});

test('steps 3 to 9 are told in order, before and after', async () => {
  const told: string[] = [];
  await build(temporaryFolder(), LOANS, {
    onStep: (step, name, moment) => void told.push(`${step} ${name} ${moment}`),
  });
  expect(told).toEqual(
    ['3 plan', '4 copy', '5 build', '6 audit', '7 seal', '8 publish', '9 prune'].flatMap((each) => [
      `${each} begin`,
      `${each} end`,
    ]),
  );
});

test('the last N are kept, the current one always; a roll back is one step', async () => {
  const folder = temporaryFolder();
  const made: string[] = [];
  for (let days = 1; days <= 4; days++)
    made.push(
      (
        await build(folder, [`(1, 'n', date '2025-03-01', ${days})`], {
          keep: 3,
          now: () => new Date(Date.UTC(2026, 0, days)),
        })
      ).release,
    );
  expect(listReleases(folder).map((each) => each.id)).toEqual([made[3], made[2], made[1]]);
  rollBack(folder, made[1]!);
  expect(readFileSync(join(folder, 'CURRENT'), 'utf8')).toBe(`${made[1]}\n`);
  expect(await read(folder, 'select days from core.loan')).toEqual([{ days: 2 }]);
  expect(() => rollBack(folder, made[0]!)).toThrow(`There is no release ${made[0]}.`);
  const next = await build(folder, [`(1, 'n', date '2025-03-01', 9)`], {
    keep: 1,
    keepAlso: [made[1]!],
    now: () => new Date(Date.UTC(2026, 0, 9)),
  });
  expect(listReleases(folder).map((each) => each.id)).toEqual([next.release, made[1]]);
});

test('the same inputs give the same sorted rows in every table, built at once or month by month', async () => {
  const [one, two] = [temporaryFolder(), temporaryFolder()];
  const many = Array.from(
    { length: 500 },
    (_, at) => `(${at}, '${at % 3 ? 'n' : 'S '}', date '${day(at % 90)}', ${at % 7})`,
  );
  await build(one, many, { limits: { threads: 4 } });
  await build(two, many.slice(0, 300));
  await build(two, many);
  for (const table of [
    'core.loan',
    'mart.loan_day',
    'mart.branch',
    'reference.branch',
    'meta.column',
    'meta.lineage',
    'meta.period',
    'meta.assert',
  ])
    expect(await read(two, `from ${table} order by all`), table).toEqual(await read(one, `from ${table} order by all`));
});

test('where most rows change the kept tables are carried over, where most stay the file is copied: neither grows on', async () => {
  const other = `-- One row per loan.\n-- Key  loan_id\nselect loan_id, branch from core.loan where loan_id < 10`;
  const files = {
    ...SMALL_PROJECT,
    'core/few.sql': other.replace('core.loan', 'staging.few'),
    'staging/few.sql': other.replace('core.loan', 'raw.few'),
  };
  const [folder, sql] = [temporaryFolder(), sqlFolder(files)];
  const few = { ...loans(['(1, $$n$$, null, 0)']), name: 'few' };
  const sizes: number[] = [];
  for (let days = 0; days < 5; days++) {
    const many = Array.from(
      { length: 20_000 },
      (_, at) => `(${at}, 'n', date '${day(at % 90)}', ${(at * 7919 + days) % 1000})`,
    );
    const compiled = await compile({ project: readProject([sql]), raw: [loans(many), few] });
    const { release, work } = await withBuildLock(folder, () => buildRelease({ folder, compiled, meta: NO_META }));
    if (days > 0) expect(work.find(({ name }) => name === 'core.few')).toMatchObject({ action: 'keep' });
    sizes.push(statSync(releaseFile(folder, release)).size);
    expect(await read(folder, 'from core.few')).toEqual([{ loan_id: 1, branch: 'n' }]);
    expect(await read(folder, `select comment from duckdb_tables() where table_name = 'few'`)).toEqual([
      { comment: 'One row per loan.' },
    ]);
  }
  expect(sizes[4]! / sizes[0]!).toBeLessThan(1.2);
});

test('a broken release file is refused with what to do', async () => {
  const folder = temporaryFolder();
  const { release } = await build(folder, LOANS);
  writeFileSync(releaseFile(folder, release), 'not a database');
  await expect(openReader(releaseFile(folder, release))).rejects.toThrow(/cannot be opened as a release/);
});

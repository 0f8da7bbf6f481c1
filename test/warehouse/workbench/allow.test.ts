import { expect, onTestFinished, test } from 'vitest';
import { withBuildLock } from '../../../warehouse/lock.ts';
import { NO_META } from '../../../warehouse/meta.ts';
import { openReader } from '../../../warehouse/open.ts';
import { releaseFile } from '../../../warehouse/release-folder.ts';
import { buildRelease } from '../../../warehouse/release.ts';
import { allow } from '../../../warehouse/workbench/allow.ts';
import { openTables } from '../../../warehouse/workbench/open-tables.ts';
import { SMALL_PROJECT, compileFolder, loans } from '../../support/small-project.ts';
import { sqlFolder, temporaryFolder } from '../../support/sql-folder.ts';

const published = async () => {
  const folder = temporaryFolder();
  const compiled = await compileFolder(sqlFolder(SMALL_PROJECT), loans([`(1, 'n', date '2025-03-01', 4)`]));
  const { release } = await withBuildLock(folder, () => buildRelease({ folder, compiled, meta: NO_META }));
  const reader = await openReader(releaseFile(folder, release));
  onTestFinished(() => reader.close());
  return { reader, connection: await reader.connect() };
};

const refused = [
  '',
  'select 1; select 2',
  'create table core.mine (a int)',
  'drop table core.loan',
  "copy core.loan to 'out.csv'",
  "attach ':memory:' as other",
  'set threads = 64',
  'pragma version',
  'explain select 1',
  "summarize from read_text('/etc/passwd')",
  "from 'other.csv'",
  "from read_csv('other.csv')",
  "from read_text('/etc/passwd')",
  "from enable_logging(storage = 'file', storage_path = 'x')",
  'from duckdb_settings()',
  'from duckdb_tables',
  'from information_schema.tables',
  'from pg_catalog.pg_class',
  'from staging.loan',
  'from raw.loan',
  "select current_setting('threads')",
  "select write_log('x')",
  'select sleep_ms(10)',
  "select getvariable('x')",
  "from query('drop table core.loan')",
  "from query_table('core.loan')",
  "select * from mart.branch where exists (from read_text('/etc/passwd'))",
  "with x as (select write_log('x') as a) from x",
  "select json_serialize_sql('select 1')",
  "select list_aggregate([1], 'write_log')  from core.loan, duckdb_logs()",
];

test('nothing but one SELECT over the tables of the release with functions of values', async () => {
  const { connection } = await published();
  for (const sql of refused)
    await expect(allow(connection, sql), sql).rejects.toThrow(
      /Only one SELECT|may not be called|is not a table|no SQL here/,
    );
});

test.each([
  ['from mart.branch', 'from mart.branch'],
  [' select 1 ; ', 'select 1'],
  ['FROM Core.Loan', 'FROM Core.Loan'],
  [
    'with l as (from core.loan) select month_of(lent_date) as m, ratio(sum(days), count(*)) from l group by m order by m',
  ],
  ['select sum(days) over (partition by branch order by lent_date) from core.loan'],
  ['select quantile_cont(days, 0.5), list(branch) from core.loan join reference.branch using (branch)'],
  [`select name, header->>'summary' from meta.model`],
  ['select unnest(range(3)) as i, current_date'],
  ['summarize core.loan'],
])('%s is let through', async (sql, as = sql) => {
  const { connection } = await published();
  expect(await allow(connection, sql)).toBe(as);
});

test('a mistake is told with its line', async () => {
  const { connection } = await published();
  await expect(allow(connection, 'select 1\nfrm mart.branch\nwhere (')).rejects.toThrow(/^Line [23]: /);
});

test('the tables it may read are told with what they hold', async () => {
  const { reader } = await published();
  const tables = await openTables(reader);
  expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['core.loan', 'mart.branch', 'meta.model']));
  expect(tables.find(({ name }) => name === 'core.loan')).toMatchObject({
    summary: 'One row per loan of a known branch.',
    rows: 1,
    columns: [
      { name: 'loan_id' },
      { name: 'branch' },
      { name: 'branch_name' },
      { name: 'lent_date' },
      { name: 'days' },
    ],
  });
});

import { expect, test } from 'vitest';
import { Changes } from '../../warehouse/change.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { SMALL_PROJECT, compileFolder, loans } from '../support/small-project.ts';
import { sqlFolder } from '../support/sql-folder.ts';

const COMPARED_ROWS = 300_000;

/** `core.loan` of the release before and of now, from tuples of a date and a number, and what tells how they differ. */
const changesOf = async (was: string, now: string) => {
  const { connection, close } = await openBuilder(null, { threads: 1 });
  await connection.run(`attach ':memory:' as previous`);
  for (const [era, rows] of [
    ['previous', was],
    ['wh', now],
  ] as const) {
    await connection.run(`create schema if not exists ${era}.core`);
    await connection.run(`create table ${era}.core.loan as
      select days as loan_id, 'n' as branch, 'North' as branch_name, lent_date, days, 'May' as month from (${rows}) as t(lent_date, days)`);
  }
  // A column of its own that is called as what is counted.
  const loan = SMALL_PROJECT['core/loan.sql']!.replace('lent_date, days', `lent_date, days, 'May' as month`);
  const compiled = await compileFolder(sqlFolder({ ...SMALL_PROJECT, 'core/loan.sql': loan }), loans([]));
  const changes = new Changes(connection, compiled, { release: 'r', models: new Map(), inputs: new Map() });
  return { connection, close, changes };
};

const MARCH = `(date '2025-03-31', 1)`;
const APRIL = `(date '2025-04-01', 2)`;

test('months are those of old rows and of new ones, rows without a date under the empty text', async () => {
  const { changes, close } = await changesOf(
    `values ${MARCH}, ${APRIL}, (date '2025-05-05', 3)`,
    `values ${APRIL}, (date '2025-05-05', 4), (null, 5)`,
  );
  changes.note('core.loan', 'other');
  expect(await changes.months('core.loan', 'lent_date')).toEqual(['', '2025-03-01', '2025-05-01']);
  await close();
});

test('a row that stands twice now and stood once has come', async () => {
  const { changes, close } = await changesOf(`values ${MARCH}, ${APRIL}`, `values ${MARCH}, ${APRIL}, ${APRIL}`);
  expect(await changes.months('core.loan', 'lent_date')).toEqual(['2025-04-01']);
  await close();
});

test('none where the relation is the same; not known where it is not kept, has no such column, or was not there', async () => {
  const { changes, connection, close } = await changesOf(`values ${MARCH}`, `values ${APRIL}`);
  expect(await changes.months('core.loan', 'due_date')).toBeNull();
  expect(await changes.months('staging.loan', 'lent_date')).toBeNull();
  expect(await changes.months('raw.loan', 'lent_on')).toBeNull();
  await connection.run('create schema wh.mart; create table wh.mart.loan_day as from wh.core.loan');
  expect(await changes.months('mart.loan_day', 'lent_date')).toBeNull();
  changes.note('mart.branch', 'same');
  expect(await changes.months('mart.branch', 'lent_date')).toEqual([]);
  await close();
});

test.each([
  ['up to 300,000 rows are compared one by one', COMPARED_ROWS],
  ['more are compared by a digest of each month', COMPARED_ROWS + 1],
])('%s', async (_, size) => {
  const rows = (days: string, order = 'asc'): string =>
    `select case range % 3 when 0 then date '2025-03-01' when 1 then date '2025-04-30' end, ${days}
     from range(${size}) order by range ${order}`;
  const { changes, close } = await changesOf(rows('range'), rows('range', 'desc'));
  expect(await changes.months('core.loan', 'lent_date')).toEqual([]);
  await close();
  const other = await changesOf(rows('range'), rows('case range when 4 then 1000000 when 8 then null else range end'));
  expect(await other.changes.months('core.loan', 'lent_date')).toEqual(['', '2025-04-01']);
  await other.close();
  // Two rows that change places over a month's end: the number of each month stays, and so does the sum over both.
  const swapped = await changesOf(rows('range'), rows('case range when 3 then 4 when 4 then 3 else range end'));
  expect(await swapped.changes.months('core.loan', 'lent_date')).toEqual(['2025-03-01', '2025-04-01']);
  await swapped.close();
});

test('rows that were touched are known of a model that was brought up to date, however large it is', async () => {
  const { changes, close } = await changesOf(
    `select date '2025-03-01', range from range(${COMPARED_ROWS + 1})`,
    `select date '2025-03-01', 0`,
  );
  changes.note('core.loan', 'units');
  changes.noteRows('core.loan', () => Promise.resolve(`select date '2026-02-28' as lent_date`));
  expect(await changes.months('core.loan', 'lent_date')).toEqual(['2026-02-01']);
  await close();
});

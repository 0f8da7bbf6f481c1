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
    await connection.run(`create table ${era}.core.loan as select * from (${rows}) as t(lent_date, days)`);
  }
  const compiled = await compileFolder(sqlFolder(SMALL_PROJECT), loans([]));
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

test('none where the relation is the same; not known where it is large, is not kept, or has no such column', async () => {
  const rows = (n: number): string => `select date '2025-03-01', range from range(${n})`;
  const small = await changesOf(rows(COMPARED_ROWS), rows(COMPARED_ROWS - 1));
  expect(await small.changes.months('core.loan', 'lent_date')).toEqual(['2025-03-01']);
  expect(await small.changes.months('core.loan', 'due_date')).toBeNull();
  expect(await small.changes.months('staging.loan', 'lent_date')).toBeNull();
  expect(await small.changes.months('raw.loan', 'lent_on')).toBeNull();
  small.changes.note('mart.branch', 'same');
  expect(await small.changes.months('mart.branch', 'lent_date')).toEqual([]);
  await small.close();
  const large = await changesOf(rows(COMPARED_ROWS + 1), rows(COMPARED_ROWS));
  expect(await large.changes.months('core.loan', 'lent_date')).toBeNull();
  await large.close();
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

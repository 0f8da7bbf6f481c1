import { expect, test } from 'vitest';
import { readAsserts, runAsserts, uniqueKey } from '../../warehouse/assert.ts';
import { createTable } from '../support/table.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { sqlFolder } from '../support/sql-folder.ts';

test('each promise is counted, fatal unless it says warn', async () => {
  const asserts = readAsserts([
    sqlFolder({
      'assert/a_days.sql':
        '-- Days are never below zero.\n--\n-- Examines  core.loan where days is not null\nselect 1 from core.loan where days < 0',
      'assert/b_days.sql':
        '-- Loans are short.\n--\n-- Severity  warn\nselect 1 from core.loan where days > 2 -- long ones',
    }),
  ]);
  const { connection } = await openBuilder(null);
  await createTable(connection, 'core.loan', 'loan_id | days\n1 | 0\n2 | 3\n2 | 4');
  expect(
    await runAsserts(connection, [...asserts, uniqueKey({ name: 'core.loan', key: ['loan_id'], file: 'x' })]),
  ).toEqual([
    { name: 'a_days', severity: 'fatal', examined: 3, violations: 0, summary: 'Days are never below zero.' },
    { name: 'b_days', severity: 'warn', examined: null, violations: 1 + 1, summary: 'Loans are short.' },
    {
      name: 'unique-key:core.loan',
      severity: 'fatal',
      examined: 3,
      violations: 1,
      summary: 'No two rows of core.loan share loan_id.',
    },
  ]);
});

test('an assert says what it promises', () => {
  expect(() => readAsserts([sqlFolder({ 'assert/a.sql': 'select 1' })])).toThrow(
    'sql/assert/a.sql:1: the header is missing',
  );
});

test('what an assert examines is a relation, with a condition or without', () => {
  const examining = (text: string) => () =>
    readAsserts([sqlFolder({ 'assert/a.sql': `-- Holds.\n--\n-- Examines  ${text}\nselect 1 where false` })]);
  expect(examining('core.loan')()[0]?.examines).toEqual({ relation: 'core.loan', where: null });
  expect(examining('core.loan where days > 1')()[0]?.examines).toEqual({ relation: 'core.loan', where: 'days > 1' });
  expect(examining('loans of the year')).toThrow('`Examines` names no relation');
});

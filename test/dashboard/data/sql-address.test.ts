import { expect, test } from 'vitest';
import { broughtSql, mostLetters, sqlAddress } from '../../../dashboard/data/sql-address.ts';

const searchOf = (address: string | null): string => new URL(address ?? '', 'http://here').search;

test.each([
  'select 1',
  "select 'a & b = 50 %, ''quoted''' as text -- 内科\n, 1 + 1",
  `select "Gynäkologie" from mart.x where a <> '#?/'`,
])('SQL comes back from its address as it was', (sql) => {
  expect(broughtSql(searchOf(sqlAddress(sql)))).toEqual({ sql });
});

test('what is too long for an address is not made one, and not taken from one', () => {
  const sql = `select '${'x'.repeat(mostLetters)}'`;
  expect(sqlAddress(sql)).toBeNull();
  expect(broughtSql(`?${new URLSearchParams({ sql })}`)).toEqual({ why: expect.stringContaining('was not taken') });
});

test('an address without SQL brings none', () => {
  for (const search of ['', '?sql=', '?sql=%20', '?period=12m']) expect(broughtSql(search)).toBeNull();
});

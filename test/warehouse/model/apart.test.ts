import { afterAll, beforeAll, expect, test } from 'vitest';
import { apartnessOf, type Apartness } from '../../../warehouse/model/apart.ts';
import { planOf } from '../../../warehouse/model/lineage.ts';
import { openBuilder, type Builder } from '../../../warehouse/open.ts';

let builder: Builder;

beforeAll(async () => {
  builder = await openBuilder(null);
  await builder.connection.run(`create schema core;
    create table core.loan (loan_id varchar, branch varchar, day date, cents bigint, fee double, price decimal(10, 2));
    create table core.fine (loan_id varchar, cents bigint);
    create table core.branch (branch varchar, region varchar)`);
});
afterAll(() => builder.close());

const KEYS = new Map([
  ['core.loan', new Map([['loan_id', 'loan_id']])],
  ['core.fine', new Map([['loan_id', 'loan_id']])],
]);

const read = async (sql: string): Promise<Apartness> => {
  const reader = await builder.connection.runAndReadAll(`describe ${sql}`);
  const columns = reader.getRows().map(([name]) => String(name));
  return apartnessOf(await planOf(builder.connection, sql), columns, (relation) => KEYS.get(relation) ?? null);
};

test.each([
  ['its columns', 'select loan_id, cents from core.loan'],
  ['joined with what has no units', 'select loan_id, region from core.loan left join core.branch using (branch)'],
  ['two relations joined by key', 'select loan_id from core.loan join core.fine using (loan_id)'],
  ['a key that is equated in where', 'select loan.loan_id from core.loan, core.fine where loan.loan_id = fine.loan_id'],
  ['grouped by key', 'select loan_id, max(day) as day from core.loan group by loan_id'],
  ['the least of equal keys', 'select loan_id as id, min(loan_id) as loan_id from core.loan group by all'],
  ['a window within the key', 'select loan_id, row_number() over (partition by loan_id order by day) from core.loan'],
  ['distinct with the key', 'select distinct loan_id, branch from core.loan'],
  ['a union of both', 'select loan_id from core.loan union select loan_id from core.fine'],
  ['exists', 'select loan_id from core.loan where exists (select 1 from core.fine where fine.loan_id = loan.loan_id)'],
  [
    'an aggregate joined back by key',
    'with most as (select loan_id, max(cents) as cents from core.fine group by loan_id) select loan.loan_id, most.cents from core.loan left join most on most.loan_id = loan.loan_id',
  ],
])('units are kept apart: %s', async (_, sql) => {
  const found = await read(sql);
  expect(found.mode === 'keyed' ? [...found.keys.keys()] : found).toContain('loan_id');
});

test.each([
  ['a join of units by something else', 'select loan.loan_id from core.loan join core.loan as other using (branch)'],
  ['a window over all', 'select loan_id, row_number() over (order by day) from core.loan'],
  ['a window over another column', 'select loan_id, sum(cents) over (partition by branch) from core.loan'],
  ['the first rows', 'select loan_id from core.loan order by day limit 3'],
  [
    'in, which a null among the keys changes',
    'select loan_id from core.loan where loan_id not in (select loan_id from core.fine)',
  ],
  [
    'what no loan is of',
    'select branch from core.branch where not exists (select 1 from core.loan where loan.branch = branch.branch)',
  ],
  ['outer rows of what has no units', 'select loan_id, branch from core.branch left join core.loan using (branch)'],
  ['its key is lost', 'select branch, cents from core.loan'],
  ['a key that is worked out', `select loan_id || 'x' as loan_id from core.loan`],
  ['a figure over all loans beside each', 'select loan_id, (select max(cents) from core.loan) as most from core.loan'],
  ['values over all', 'select distinct branch from core.loan'],
  [
    'the other side of an outer join',
    'select fine.loan_id from core.loan left join core.fine on fine.loan_id = loan.loan_id',
  ],
])('units are mixed: %s', async (_, sql) => {
  expect(await read(sql)).toMatchObject({ mode: 'whole' });
});

test('sums over units add up, with the count of the rows that tells whether a group is still there', async () => {
  expect(
    await read('select branch, count(*) as n, sum(coalesce(cents, 0)) as cents from core.loan group by branch'),
  ).toEqual({ mode: 'sums', groups: ['branch'], sums: ['n', 'cents'], rows: 'n' });
  // What begins is added and what ends taken away again: constants and filled columns stay filled in a union.
  expect(
    await read(`with turn as (
        select loan_id, branch, day, 1 as sign, coalesce(cents, 0) as cents from core.loan
        union all select loan_id, branch, day, -1, -coalesce(cents, 0) from core.loan)
      select branch, day, count(*) as n, sum(sign) as loans, sum(cents) as cents from turn group by branch, day`),
  ).toEqual({ mode: 'sums', groups: ['branch', 'day'], sums: ['n', 'loans', 'cents'], rows: 'n' });
  expect(
    await read(`with turn as (
        select loan_id, branch, coalesce(cents, 0) as cents from core.loan
        union all select loan_id, branch, cents from core.loan)
      select branch, count(*) as n, sum(cents) as cents from turn group by branch`),
  ).toMatchObject({ mode: 'whole', why: 'a sum of what may be null' });
  expect(
    await read(`select branch, count(*) as n, sum(case when cents > 100 then 1 else 0 end) as dear,
      sum(coalesce(price, 0)) as price from core.loan group by branch`),
  ).toMatchObject({ mode: 'sums', sums: ['n', 'dear', 'price'] });
  expect(
    await read(`with by_day as (select branch, day, count(*) as n from core.loan group by branch, day)
      select region, cast(sum(n) as bigint) as n from by_day join core.branch using (branch) group by region`),
  ).toMatchObject({ mode: 'sums', rows: 'n' });
});

test.each([
  ['without a count of rows', 'select branch, sum(coalesce(cents, 0)) as cents from core.loan group by branch'],
  ['that may be null', 'select branch, count(*) as n, sum(cents) as cents from core.loan group by branch'],
  [
    'of doubles, whose order counts',
    'select branch, count(*) as n, sum(coalesce(fee, 0)) as fee from core.loan group by branch',
  ],
  ['and a maximum', 'select branch, count(*) as n, max(cents) as most from core.loan group by branch'],
  ['and distinct values', 'select branch, count(*) as n, count(distinct day) as days from core.loan group by branch'],
  ['of some groups alone', 'select branch, count(*) as n from core.loan group by branch having count(*) > 1'],
  ['over everything', 'select count(*) as n from core.loan'],
  [
    'of counts, counted',
    'select n, count(*) as times from (select branch, count(*) as n from core.loan group by branch) group by n',
  ],
])('what cannot be added up: sums %s', async (_, sql) => {
  expect(await read(sql)).toMatchObject({ mode: 'whole' });
});

test('what reads no units depends on none', async () => {
  expect(await read('select region, count(*) as n from core.branch group by region limit 1')).toEqual({ mode: 'free' });
});

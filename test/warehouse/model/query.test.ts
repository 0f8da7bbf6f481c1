import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import { parseQueries, parseQuery, type Query } from '../../../warehouse/model/query.ts';
import { openBuilder } from '../../../warehouse/open.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = (await openBuilder(null)).connection;
});

const parse = (sql: string): Promise<Query> => parseQuery(connection, sql, 'sql/core/x.sql');

test.each<[string, string, string[]]>([
  ['a join by using', 'select * from core.a join core.b using (id)', ['core.a', 'core.b']],
  ['an old comma join', 'select * from core.a, core.b', ['core.a', 'core.b']],
  ['a CTE is no relation', 'with a as (select * from core.b) select * from a', ['core.b']],
  ['a CTE that reads the CTE before it', 'with a as (select 1), b as (select * from a) select * from b', []],
  [
    'a CTE named as what it reads',
    'with b as (select * from core.b) select * from b join staging.b using (id)',
    ['core.b', 'staging.b'],
  ],
  ['an inner CTE ends with its query', 'select * from (with c as (select 1) select * from c), c', ['c']],
  ['a CTE is not visible to itself', 'with a as (select * from a) select * from a', ['a']],
  [
    'a recursive CTE is',
    'with recursive t as (select 1 as n union all select n + 1 from t where n < 3) select * from t',
    [],
  ],
  [
    'subqueries',
    'select (select max(x) from core.a) from core.b where exists (from core.c) and y in (select y from core.d)',
    ['core.a', 'core.b', 'core.c', 'core.d'],
  ],
  ['a set operation', 'select x from core.a union all by name select x from core.b', ['core.a', 'core.b']],
  ['lateral', 'select * from core.a, lateral (select * from core.b where b.id = a.id)', ['core.a', 'core.b']],
  [
    'asof, semi and anti joins',
    'from core.a asof join core.b on a.x >= b.x semi join core.c using (x) anti join core.d using (x)',
    ['core.a', 'core.b', 'core.c', 'core.d'],
  ],
  ['a pivot with a list', `from (pivot core.a on grp in ('x', 'y') using sum(v) group by m)`, ['core.a']],
  ['an unpivot', 'unpivot core.a on x, y into name k value v', ['core.a']],
  ['names in any case', 'select * from Core.A', ['core.a']],
  ['a catalog stays to be seen', 'select * from other.core.a', ['other.core.a']],
])('relations: %s', async (_, sql, relations) => {
  expect((await parse(sql)).relations).toEqual(relations);
});

test('functions are found wherever they stand, keywords without parentheses too', async () => {
  const query = await parse(
    'select now(), sum(x) over (order by random()), t.current_date from core.t where d < CURRENT_DATE',
  );
  expect(query.functions).toEqual(expect.arrayContaining(['now', 'random', 'sum', 'current_date']));
  expect((await parse('select t.current_date from core.t')).functions).toEqual([]);
  expect((await parse(`from read_csv('x.csv')`)).tableFunctions).toEqual(['read_csv']);
  expect((await parse('select * from core.a using sample 10%')).samples).toBe(true);
});

test('comments and layout are not part of the canonical text, values are', async () => {
  const canonical = async (sql: string): Promise<string> => (await parse(sql)).canonical;
  expect(await canonical('-- why\nselect  a as b -- so\nfrom core.t\n')).toBe(
    await canonical('SELECT a AS b FROM core.t'),
  );
  expect(await canonical(`select 'a'`)).not.toBe(await canonical(`select 'b'`));
});

test('one plain select: nothing else passes, and the line is named', async () => {
  await expect(parse('select 1;')).rejects.toThrow('sql/core/x.sql: a semicolon');
  await expect(parse('select 1; select 2')).rejects.toThrow('sql/core/x.sql: a semicolon');
  await expect(parse('select 1 as x,\n  from from core.t')).rejects.toThrow(/^sql\/core\/x\.sql:2: syntax error/);
  await expect(parse('create table t (a int)')).rejects.toThrow('Only SELECT statements');
  await expect(parse('')).rejects.toThrow('holds 0 statements');
  await expect(parse(`select ';' as a /* ; */ -- ;\n`)).resolves.toMatchObject({ relations: [] });
});

test('many are parsed as one is, in order, and the first that is wrong is named', async () => {
  const texts = ['core.b', 'core.a', 'core.c'].map((name) => ({ sql: `select '"' as x from ${name}`, file: name }));
  const parsed = await parseQueries(connection, texts);
  expect(parsed.map(({ relations }) => relations)).toEqual([['core.b'], ['core.a'], ['core.c']]);
  expect(parsed[1]).toEqual(await parse(texts[1]!.sql));
  expect(await parseQueries(connection, [])).toEqual([]);
  const wrong = ['select 1', 'selec 1', 'drop table core.a'].map((sql, at) => ({ sql, file: `${at}.sql` }));
  await expect(parseQueries(connection, wrong)).rejects.toThrow('1.sql:1: syntax error');
});

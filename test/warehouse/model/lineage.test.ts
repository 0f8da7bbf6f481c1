import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import { lineageOf, planOf, type LineageEdge } from '../../../warehouse/model/lineage.ts';
import { parseQuery } from '../../../warehouse/model/query.ts';
import { openBuilder } from '../../../warehouse/open.ts';
import { readRows } from '../../../warehouse/rows.ts';

let connection: DuckDBConnection;
beforeAll(async () => {
  connection = (await openBuilder(null)).connection;
  await connection.run(`create schema core; create schema reference;
    create table core.loan (id int, reader int, branch varchar, out_at timestamp, back_at timestamp, class varchar, age int);
    create table core.copy (id int, line int, code varchar, clerk varchar);
    create table core.review (review int, id int, judge varchar, agreed boolean, code varchar);
    create table core.tall (month date, kind varchar, amount int);
    create table reference.genre (code varchar, genre varchar, weight double);
    create view core.short as select reader, class from core.loan;
    create macro hours(a, b) as date_diff('hour', a, b);
    create macro share(a, b) as a / nullif(b, 0)`);
});

const trace = async (sql: string): Promise<{ columns: string[]; edges: readonly LineageEdge[] }> => {
  const { relations } = await parseQuery(connection, sql, 'test.sql');
  const described = await readRows(connection, `select column_name from (describe ${sql})`);
  const columns = described.map((row) => String(row.column_name));
  return { columns, edges: lineageOf(await planOf(connection, sql), columns, relations) };
};

const SIGN: Readonly<Record<string, string>> = { IDENTITY: '=', TRANSFORMATION: '~', AGGREGATION: 'Σ' };

const short = (edge: LineageEdge): string => `${edge.sourceRelation.split('.')[1]}.${edge.sourceColumn}`;

/** `column = source`, `column ~ sources` worked out from them, `column Σ sources` summed up; a bare column has none. */
const drawColumn = (column: string, edges: readonly LineageEdge[]): string => {
  const own = edges.filter((edge) => edge.column === column);
  return own.length === 0 ? column : `${column} ${SIGN[own[0]!.kind]} ${own.map(short).join(', ')}`;
};

const drawInfluences = (edges: readonly LineageEdge[]): string[] => {
  const whole = edges.filter((edge) => edge.column === null && edge.sourceColumn !== null);
  return Object.entries(Object.groupBy(whole, (edge) => edge.kind))
    .map(([kind, each]) => `${kind} ${each.map(short).join(', ')}`)
    .sort();
};

/**
 * Golden cases: DuckDB's plan is internal to it, so a new version of DuckDB must pass these before it is pinned.
 * Each is a query, its columns and what shapes its rows.
 */
test.each<[name: string, sql: string, columns: string[], influences: string[]]>([
  [
    'expressions and a macro',
    `select id, upper(branch) as b, hours(out_at, back_at) as h from core.loan where age > 3`,
    ['id = loan.id', 'b ~ loan.branch', 'h ~ loan.back_at, loan.out_at'],
    ['FILTER loan.age'],
  ],
  [
    'star, exclude and a window through CTEs',
    `with a as (select * from core.loan), b as (select a.*, c.code from a join core.copy c using (id) where c.line = 1) select * exclude (age, back_at, class), row_number() over (partition by reader order by out_at) as n from b`,
    ['id = loan.id', 'reader = loan.reader', 'branch = loan.branch', 'out_at = loan.out_at', 'code = copy.code', 'n'],
    ['FILTER copy.line', 'JOIN copy.id, loan.id', 'WINDOW loan.out_at, loan.reader'],
  ],
  [
    'group by all, filter, quantile and a macro of sums',
    `select branch, date_trunc('month', back_at) as m, share(count(*) filter (agreed), count(*)) as s, quantile_cont(hours(out_at, back_at), 0.9) as p from core.review join core.loan using (id) group by all`,
    ['branch = loan.branch', 'm ~ loan.back_at', 's Σ review.agreed', 'p Σ loan.back_at, loan.out_at'],
    ['FILTER review.agreed', 'GROUP_BY loan.back_at, loan.branch', 'JOIN loan.id, review.id'],
  ],
  [
    'correlated subqueries',
    `select e.id, (select count(*) from core.copy c where c.id = e.id and c.clerk <> e.branch) as n, exists (select 1 from core.review r where r.id = e.id) as has from core.loan e`,
    ['id = loan.id', 'n', 'has ~ loan.id'],
    [
      'FILTER copy.clerk, copy.id, loan.branch, loan.id, review.id',
      'GROUP_BY loan.branch, loan.id',
      'JOIN loan.branch, loan.id',
    ],
  ],
  [
    'a subquery in in',
    `select id from core.loan where class in (select code from reference.genre where weight > 1)`,
    ['id = loan.id'],
    ['FILTER genre.code, genre.weight', 'JOIN loan.class, genre.code'],
  ],
  [
    'union by name',
    `select id as k, code as x from core.copy union all by name select review as k, code as x from core.review`,
    ['k = copy.id, review.review', 'x = copy.code, review.code'],
    [],
  ],
  [
    'cube, distinct count, grouping, having',
    `select branch, class, count(distinct reader) as n, grouping(branch) as g from core.loan group by cube (branch, class) having n >= 11`,
    ['branch = loan.branch', 'class = loan.class', 'n Σ loan.reader', 'g'],
    ['FILTER loan.reader', 'GROUP_BY loan.branch, loan.class'],
  ],
  [
    'a view is seen through',
    `select reader, class from core.short`,
    ['reader = loan.reader', 'class = loan.class'],
    [],
  ],
  [
    'pivot with a list',
    `from (pivot core.tall on kind in ('a', 'b') using sum(amount) group by month)`,
    ['month = tall.month', 'a Σ tall.amount, tall.kind', 'b Σ tall.amount, tall.kind'],
    ['FILTER tall.kind', 'GROUP_BY tall.month'],
  ],
  [
    'unpivot',
    `unpivot (select id, code, clerk from core.copy) on code, clerk into name part value v`,
    ['id = copy.id', 'part', 'v ~ copy.clerk, copy.code'],
    ['FILTER copy.clerk, copy.code'],
  ],
  [
    'asof join',
    `select e.id, r.review from core.loan e asof left join core.review r on e.reader = r.id and e.id >= r.review`,
    ['id = loan.id', 'review = review.review'],
    ['JOIN loan.id, loan.reader, review.id, review.review'],
  ],
  [
    'lateral with a limit',
    `select e.id, l.* from core.loan e, lateral (select code, line + e.age as z from core.copy c where c.id = e.id order by line limit 3) l`,
    ['id = loan.id', 'code = copy.code', 'z ~ copy.line, loan.age'],
    ['FILTER copy.id, loan.id', 'JOIN loan.age, loan.id', 'WINDOW copy.line, loan.age, loan.id'],
  ],
  [
    'recursive CTE',
    `with recursive t(n, code) as (select 1, code from reference.genre union all select n + 1, t.code || x.clerk from t join core.copy x using (code) where n < 4) select n, max(code) as c from t group by n`,
    ['n', 'c Σ copy.clerk, genre.code'],
    ['JOIN copy.code, genre.code'],
  ],
  [
    'unnest of a list',
    `select reader, unnest(list(distinct class order by class)) as d from core.loan group by reader`,
    ['reader = loan.reader', 'd Σ loan.class'],
    ['GROUP_BY loan.reader'],
  ],
  [
    'lambda',
    `select reader, list_transform(list(class), lambda x: x || branch) as d from core.loan group by reader, branch`,
    ['reader = loan.reader', 'd Σ loan.branch, loan.class'],
    ['GROUP_BY loan.branch, loan.reader'],
  ],
  [
    'struct and its field',
    `select {'a': branch, 'b': class} as s, (s).a as f from core.loan`,
    ['s ~ loan.branch, loan.class', 'f ~ loan.branch, loan.class'],
    [],
  ],
  [
    'named window and lag',
    `select branch, avg(age) over w as a, lag(class) over (partition by reader order by back_at) as l from core.loan window w as (partition by branch)`,
    ['branch = loan.branch', 'a Σ loan.age', 'l Σ loan.class'],
    ['WINDOW loan.back_at, loan.branch, loan.reader'],
  ],
  [
    'qualify',
    `select id, code from core.copy qualify row_number() over (partition by id, code order by line) = 1`,
    ['id = copy.id', 'code = copy.code'],
    ['WINDOW copy.code, copy.id, copy.line'],
  ],
  [
    'columns by pattern',
    `select branch, max(columns('.*_at')) from core.loan group by branch`,
    ['branch = loan.branch', 'out_at Σ loan.out_at', 'back_at Σ loan.back_at'],
    ['GROUP_BY loan.branch'],
  ],
  [
    'intersect and except',
    `select code from core.copy intersect select code from reference.genre except select class from core.loan`,
    ['code = copy.code, loan.class, genre.code'],
    ['GROUP_BY copy.code, loan.class, genre.code'],
  ],
  [
    'case',
    `select case when age < 18 then 'child' when branch is null then class else 'adult' end as g from core.loan`,
    ['g ~ loan.age, loan.branch, loan.class'],
    [],
  ],
  [
    'distinct on',
    `select distinct on (reader) reader, class from core.loan order by reader, back_at desc`,
    ['reader = loan.reader', 'class = loan.class'],
    ['GROUP_BY loan.reader', 'SORT loan.back_at, loan.reader'],
  ],
  [
    'values',
    `select v.a, e.class from (values (1, 'x')) v(a, b) join core.loan e on e.id = v.a`,
    ['a', 'class = loan.class'],
    ['JOIN loan.id'],
  ],
  [
    'semi join',
    `select id, code from core.copy semi join reference.genre using (code)`,
    ['id = copy.id', 'code = copy.code'],
    ['JOIN copy.code, genre.code'],
  ],
  [
    'anti join',
    `select id, code from core.copy anti join reference.genre using (code)`,
    ['id = copy.id', 'code = copy.code'],
    ['JOIN copy.code, genre.code'],
  ],
  [
    'full join',
    `select coalesce(a.code, b.code) as c, a.clerk, b.genre from core.copy a full join reference.genre b on a.code = b.code`,
    ['c ~ copy.code, genre.code', 'clerk = copy.clerk', 'genre = genre.genre'],
    ['JOIN copy.code, genre.code'],
  ],
  [
    'a table function',
    `select i, id from range(10) t(i) join core.loan on age = i`,
    ['i', 'id = loan.id'],
    ['JOIN loan.age'],
  ],
  [
    'using in a full join',
    `select id, clerk, judge from core.copy full join core.review using (id)`,
    ['id ~ copy.id, review.id', 'clerk = copy.clerk', 'judge = review.judge'],
    ['JOIN copy.id, review.id'],
  ],
  [
    'aggregates of two arguments',
    `select regr_slope(age, id) as r, arg_max(class, back_at) as m from core.loan`,
    ['r Σ loan.age, loan.id', 'm Σ loan.back_at, loan.class'],
    [],
  ],
  ['count alone', `select count(*) as n from core.loan`, ['n'], []],
  ['top n', `select id from core.loan order by age desc limit 5`, ['id = loan.id'], ['SORT loan.age']],
  ['a constant', `select 'x' as c`, ['c'], []],
  [
    'positional join',
    `select a.id, b.judge from core.copy a positional join core.review b`,
    ['id = copy.id', 'judge = review.judge'],
    [],
  ],
  [
    'cast of a sum',
    `select branch, cast(sum(age) as bigint) + 1 as s from core.loan group by branch`,
    ['branch = loan.branch', 's Σ loan.age'],
    ['GROUP_BY loan.branch'],
  ],
])('%s', async (_, sql, columns, influences) => {
  const traced = await trace(sql);
  expect(traced.columns.map((column) => drawColumn(column, traced.edges))).toEqual(columns);
  expect(drawInfluences(traced.edges)).toEqual(influences);
});

test('every relation read is an edge of its own, so that count(*) leads somewhere', async () => {
  const { edges } = await trace('select count(*) as n from core.loan');
  expect(edges).toEqual([{ column: null, sourceRelation: 'core.loan', sourceColumn: null, kind: 'RELATION' }]);
});

test('at an operator not known the relations alone are told', async () => {
  const { edges } = await trace('select id, code from core.copy using sample 10%');
  expect(edges).toEqual([{ column: null, sourceRelation: 'core.copy', sourceColumn: null, kind: 'RELATION' }]);
});

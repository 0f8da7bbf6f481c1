import { expect, test } from 'vitest';
import type { Compiled } from '../../../warehouse/model/compiled.ts';
import { SMALL_PROJECT, compileFolder, loans } from '../../support/small-project.ts';
import { sqlFolder } from '../../support/sql-folder.ts';

const compileWith = (files: Record<string, string>, rows: string[] = []): Promise<Compiled> =>
  compileFolder(sqlFolder({ ...SMALL_PROJECT, ...files }), loans(rows));

const model = (sql: string, head = ''): string => `-- One row per loan.\n-- Key  loan_id\n${head}${sql}`;

test('a sound project: build order, columns with types, inputs near and far', async () => {
  const compiled = await compileWith({});
  expect(compiled.models.map(({ model: { name } }) => name)).toEqual([
    'staging.loan',
    'core.loan',
    'mart.loan_day',
    'mart.branch',
  ]);
  const day = compiled.models.find(({ model: { name } }) => name === 'mart.loan_day');
  expect(day?.columns).toEqual([
    { name: 'branch', type: 'VARCHAR' },
    { name: 'lent_date', type: 'DATE' },
    { name: 'loan_count', type: 'BIGINT' },
    { name: 'days', type: 'BIGINT' },
  ]);
  expect(day?.parents).toEqual(['core.loan']);
  expect(day?.inputs).toEqual(['raw.loan']);
  expect(compiled.given.get('reference.branch')?.map(({ name }) => name)).toEqual(['branch', 'name']);
});

test.each<[string, Record<string, string>, string]>([
  [
    'an unknown column',
    { 'core/x.sql': model('select\n  loan_id,\n  nope\nfrom staging.loan') },
    'sql/core/x.sql:5: core.x does not compile: Binder Error: Referenced column "nope" not found',
  ],
  [
    'a wrong type',
    { 'core/x.sql': model('select loan_id + true as loan_id from staging.loan') },
    'sql/core/x.sql:3: core.x does not compile:',
  ],
  [
    'a function nobody defined',
    { 'core/x.sql': model('select nofun(loan_id) as loan_id from staging.loan') },
    'sql/core/x.sql:3: core.x does not compile: Catalog Error: Scalar Function with name nofun does not exist!',
  ],
  [
    'an unknown relation',
    { 'core/x.sql': model('select loan_id from staging.lone') },
    'sql/core/x.sql: core.x reads staging.lone, which does not exist.',
  ],
  [
    'no schema',
    { 'core/x.sql': model('select loan_id from loan') },
    'sql/core/x.sql: core.x reads `loan`; write every relation with its schema',
  ],
  [
    'a layer too far down',
    { 'mart/x.sql': model('select loan_id from staging.loan') },
    'sql/mart/x.sql: mart.x reads staging.loan; a mart model may read core, mart, reference only.',
  ],
  [
    'a layer above',
    { 'core/x.sql': model('select 1 as loan_id from mart.branch') },
    'sql/core/x.sql: core.x reads mart.branch; a core model may read staging, core, reference only.',
  ],
  ['raw behind staging', { 'core/x.sql': model('select loan_id from raw.loan') }, 'core.x reads raw.loan'],
  [
    'a circle',
    { 'core/x.sql': model('select loan_id from core.y'), 'core/y.sql': model('select loan_id from core.x') },
    'models read each other in a circle: core.x → core.y → core.x.',
  ],
  [
    'the time',
    { 'core/x.sql': model('select loan_id, current_date as d from staging.loan') },
    'sql/core/x.sql: calls current_date;',
  ],
  [
    'chance behind a function',
    {
      'function/duckdb.sql': 'create macro luck() as random()',
      'mart/loan_day.sql': SMALL_PROJECT['mart/loan_day.sql']!,
      'core/x.sql': model('select loan_id, luck() as l from staging.loan'),
    },
    'sql/core/x.sql: calls random;',
  ],
  [
    'a sample',
    { 'core/x.sql': model('select loan_id from staging.loan using sample 3') },
    'sql/core/x.sql: samples rows;',
  ],
  [
    'a file',
    { 'staging/x.sql': model(`select 1 as loan_id from read_csv('x.csv')`) },
    'sql/staging/x.sql: calls read_csv;',
  ],
  [
    'a key that is no column',
    { 'core/x.sql': model('select loan_id as id from staging.loan') },
    'sql/core/x.sql: the header names the column `loan_id`',
  ],
  [
    'a period that is no date',
    { 'core/x.sql': model('select loan_id, branch from staging.loan', '-- Kind  period branch\n') },
    'sql/core/x.sql: the period column branch is neither a DATE nor a TIMESTAMP.',
  ],
  [
    'a relation followed that is not read',
    {
      'core/x.sql': model(
        'select loan_id, lent_date from staging.loan',
        '-- Kind  period lent_date\n-- Follows  core.loan lent_date\n',
      ),
    },
    'sql/core/x.sql: it follows core.loan, and does not read it.',
  ],
  [
    'a relation followed by what is no date',
    {
      'mart/x.sql': model(
        'select loan_id, lent_date from core.loan',
        '-- Kind  period lent_date\n-- Follows  core.loan branch onward\n',
      ),
    },
    'sql/mart/x.sql: it follows core.loan by branch, which is neither a DATE nor a TIMESTAMP of it.',
  ],
  [
    'a table that follows',
    { 'mart/x.sql': model('select loan_id, lent_date from core.loan', '-- Follows  core.loan lent_date\n') },
    'sql/mart/x.sql: it follows core.loan, and has no months.',
  ],
  [
    'a view of what is not kept',
    { 'core/x.sql': model('select loan_id from staging.loan', '-- Kind  view\n') },
    'sql/core/x.sql: core.x is a view of staging.loan, which is not kept in a release',
  ],
  [
    'an assert that does not bind',
    { 'assert/a.sql': '-- Never.\nselect nope from core.loan' },
    'sql/assert/a.sql: does not compile:',
  ],
  [
    'an assert of unknown severity',
    { 'assert/a.sql': '-- Never.\n-- Severity  loud\nselect 1' },
    'sql/assert/a.sql: Severity `loud` is not known',
  ],
  [
    'a function file that does more',
    { 'function/duckdb.sql': `create macro a(x) as x; select 1` },
    'sql/function/duckdb.sql: statement 2 is not `create macro`',
  ],
])('%s is refused, file and model named', async (_, files, message) => {
  await expect(compileWith(files)).rejects.toThrow(message);
});

test('a comment at the end of a model swallows nothing', async () => {
  const compiled = await compileWith({ 'core/x.sql': model('select loan_id from staging.loan -- the end') });
  expect(compiled.models.map(({ model: { name } }) => name)).toContain('core.x');
});

test('a key may be written in the letter case of its column', async () => {
  await expect(
    compileWith({ 'core/x.sql': '-- One row per x.\n-- Key  loanId\nselect loan_id as loanId from staging.loan' }),
  ).resolves.toBeDefined();
});

const fingerprints = (compiled: Compiled): Record<string, string> =>
  Object.fromEntries(compiled.models.map((each) => [each.model.name, each.fingerprint]));

const changedBy = async (files: Record<string, string>, rows: string[] = []): Promise<string[]> => {
  const [before, after] = [fingerprints(await compileWith({})), fingerprints(await compileWith(files, rows))];
  return Object.keys(before).filter((name) => before[name] !== after[name]);
};

const edit = (file: string, from: string | RegExp, to: string): Record<string, string> => ({
  [file]: SMALL_PROJECT[file]!.replace(from, to),
});

test('a fingerprint moves with meaning, and everything built on it moves along', async () => {
  expect(await changedBy({})).toEqual([]);
  expect(await changedBy(edit('core/loan.sql', 'from staging', '  -- by branch\n  FROM staging'))).toEqual([]);
  expect(await changedBy(edit('core/loan.sql', 'Excludes  loans', 'Excludes    loans'))).toEqual([]);
  expect(await changedBy(edit('core/loan.sql', 'nobody knows', 'closed'))).toEqual([
    'core.loan',
    'mart.loan_day',
    'mart.branch',
  ]);
  expect(await changedBy(edit('mart/loan_day.sql', 'sum(days)', 'max(days)'))).toEqual([
    'mart.loan_day',
    'mart.branch',
  ]);
  expect(await changedBy(edit('reference/branch.csv', 'South', 'Southern'))).toEqual([
    'core.loan',
    'mart.loan_day',
    'mart.branch',
  ]);
  expect(await changedBy({}, [`(1, 'n', date '2025-03-01', 4)`])).toEqual([
    'staging.loan',
    'core.loan',
    'mart.loan_day',
    'mart.branch',
  ]);
});

test('a fingerprint moves with the functions used, also through other functions, and not with those unused', async () => {
  const uses = {
    'mart/branch.sql': SMALL_PROJECT['mart/branch.sql']!.replace('select branch,', 'select branch, outer_one(1) as o,'),
  };
  const macros = (inner: string): string =>
    `create macro inner_one(x) as ${inner}; create macro outer_one(x) as inner_one(x); create macro unused(x) as x`;
  const one = fingerprints(await compileWith({ ...uses, 'function/duckdb.sql': macros('x + 1') }));
  const two = fingerprints(await compileWith({ ...uses, 'function/duckdb.sql': macros('x + 2') }));
  const three = fingerprints(
    await compileWith({ ...uses, 'function/duckdb.sql': macros('x + 1').replace('as x', 'as x') + '+ 5' }),
  );
  expect(Object.keys(one).filter((name) => one[name] !== two[name])).toEqual(['mart.branch']);
  expect(three).toEqual(one);
});

test('the content of a release is all it is made of: asserts too', async () => {
  const { content } = await compileWith({});
  expect((await compileWith({})).content).toBe(content);
  expect((await compileWith(edit('assert/no_loan_lost.sql', '< 0', '< -1'))).content).not.toBe(content);
});

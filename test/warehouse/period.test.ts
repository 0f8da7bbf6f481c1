import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NO_META } from '../../warehouse/meta.ts';
import { compile } from '../../warehouse/model/compile.ts';
import type { Column, RawTable } from '../../warehouse/model/compiled.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { joinedSpans, onwardFrom, spansOf } from '../../warehouse/period.ts';
import { plan, type PlanOptions } from '../../warehouse/plan.ts';
import { readProject } from '../../warehouse/project.ts';
import { literal } from '../../warehouse/quote.ts';
import { rawQuery } from '../../warehouse/raw-part.ts';
import { currentRelease, releaseFile } from '../../warehouse/release-folder.ts';
import { buildRelease, readCurrent, type Release } from '../../warehouse/release.ts';
import { readRows } from '../../warehouse/rows.ts';
import { sqlFolder, temporaryFolder } from '../support/sql-folder.ts';

test('months that follow each other are one span, over the end of a year too; rows without a date stand alone', () => {
  expect(spansOf(['2026-01-01', '', '2025-12-01', '2025-10-01', '2026-01-01'])).toEqual([
    { from: '', to: '' },
    { from: '2025-10-01', to: '2025-11-01' },
    { from: '2025-12-01', to: '2026-02-01' },
  ]);
  expect(onwardFrom(['', '2025-03-01', '2025-02-01'])).toEqual([
    { from: '', to: '' },
    { from: '2025-02-01', to: null },
  ]);
  expect(onwardFrom([])).toEqual([]);
});

test('spans that overlap or touch are joined, and what lies apart stays apart', () => {
  expect(
    joinedSpans([
      ...spansOf(['2025-01-01', '2025-05-01', '']),
      ...spansOf(['2025-02-01', '']),
      ...onwardFrom(['2025-05-01']),
      ...spansOf(['2025-08-01']),
    ]),
  ).toEqual([
    { from: '', to: '' },
    { from: '2025-01-01', to: '2025-03-01' },
    { from: '2025-05-01', to: null },
  ]);
});

/** A library whose stock of lent books goes on from day to day; a loan is a unit. */
const LIBRARY: Readonly<Record<string, string>> = {
  'function/duckdb.sql': `create macro month_of(d) as cast(date_trunc('month', d) as date);`,
  'staging/loan.sql':
    '-- One row per loan.\n--\n-- Key  loan_id\nselect loan_id, branch, lent_date, back_date from raw.loan',
  'core/loan.sql': `-- One row per loan.
--
-- Key    loan_id
-- Apart  loan_id
select loan_id, branch, lent_date, back_date from staging.loan`,
  'staging/day.sql': '-- One row per day.\n--\n-- Key  day\nselect day from raw.day',
  'core/day.sql': '-- One row per day that is told of.\n--\n-- Key  day\nselect day from staging.day',
  'staging/branch.sql': '-- One row per branch.\n--\n-- Key  branch\nselect branch, name from raw.branch',
  'core/branch.sql': '-- One row per branch.\n--\n-- Key  branch\nselect branch, name from staging.branch',
  'mart/loan_flow.sql': `-- One row per branch and day: loans less returns.
--
-- Key  branch, day
with turn as (
  select loan_id, branch, lent_date as day, 1 as sign from core.loan
  union all
  select loan_id, branch, back_date, -1 from core.loan where back_date is not null
)
select branch, day, count(*) as turn_count, cast(sum(sign) as bigint) as lent_count from turn group by branch, day`,
  'mart/loan_stock.sql': `-- One row per branch and day: books out.
--
-- Key      branch, stock_date
-- Kind     period stock_month
-- Follows  mart.loan_flow day onward
--          core.day day
select
  calendar.day as stock_date,
  month_of(calendar.day) as stock_month,
  branch,
  name,
  cast(sum(lent_count) as bigint) as lent_count
from core.day as calendar
inner join mart.loan_flow as flow on flow.day <= calendar.day
inner join core.branch using (branch)
group by calendar.day, branch, name`,
};

const RAW: Readonly<Record<string, readonly Column[]>> = {
  loan: [
    { name: 'loan_id', type: 'VARCHAR' },
    { name: 'branch', type: 'VARCHAR' },
    { name: 'lent_date', type: 'DATE' },
    { name: 'back_date', type: 'DATE' },
  ],
  day: [{ name: 'day', type: 'DATE' }],
  branch: [
    { name: 'branch', type: 'VARCHAR' },
    { name: 'name', type: 'VARCHAR' },
  ],
};

/** What landed: a file of tuples by name, of each table. */
type Landed = Readonly<Record<'loan' | 'day' | 'branch', Readonly<Record<string, string>>>>;

class Library {
  readonly folder = temporaryFolder();
  readonly #sql = sqlFolder(LIBRARY);

  constructor() {
    mkdirSync(join(this.folder, 'raw'));
  }

  async #table(name: keyof Landed, files: Readonly<Record<string, string>>): Promise<RawTable> {
    const columns = RAW[name]!;
    const names = columns.map((column) => column.name);
    const { connection, close } = await openBuilder(null, { threads: 1 });
    const parts = [];
    for (const [batch, tuples] of Object.entries(files)) {
      const file = join(this.folder, 'raw', `${name}-${batch}.parquet`);
      const typed = columns.map((column) => `cast(${column.name} as ${column.type}) as ${column.name}`);
      await connection.run(
        `copy (select ${typed.join(', ')} from (values ${tuples}) as t(${names.join(', ')})) to ${literal(file)}`,
      );
      parts.push({ batch, file, covered: [], yieldsTo: [] });
    }
    await close();
    const parted = { columns, key: [names[0]!], period: null, parts };
    return { name, ...parted, query: rawQuery(parted), fingerprint: JSON.stringify(files) };
  }

  async compiled(landed: Landed) {
    const raw = await Promise.all((['loan', 'day', 'branch'] as const).map((name) => this.#table(name, landed[name])));
    return compile({ project: readProject([this.#sql]), raw });
  }

  async build(landed: Landed, options: PlanOptions = {}): Promise<Release> {
    const compiled = await this.compiled(landed);
    return buildRelease({ folder: this.folder, compiled, meta: NO_META, plan: options, limits: { threads: 1 } });
  }

  /** The stocks of the first days of months. Marked rows stay wrong as long as nothing replaces them. */
  async stock(): Promise<readonly string[]> {
    return this.#open(async (connection) => {
      const rows = await readRows(
        connection,
        'select stock_date, lent_count from mart.loan_stock where day(stock_date) = 1 order by stock_date',
      );
      return rows.map(({ stock_date, lent_count }) => `${String(stock_date)}: ${String(lent_count)}`);
    });
  }

  /** Makes every row of the current release wrong, so that those that are not replaced can be told. */
  async mark(): Promise<void> {
    await this.#open((connection) => connection.run('update mart.loan_stock set lent_count = -1'));
  }

  async #open<T>(work: (connection: Awaited<ReturnType<typeof openBuilder>>['connection']) => Promise<T>): Promise<T> {
    const { connection, close } = await openBuilder(releaseFile(this.folder, currentRelease(this.folder)!));
    const result = await work(connection);
    await close();
    return result;
  }
}

const FIRST: Landed = {
  loan: { a: `('1', 'n', '2025-01-15', null), ('2', 'n', '2025-02-15', null)` },
  day: {
    a: `('2025-01-31'), ('2025-02-01'), ('2025-02-28'), ('2025-03-01'), ('2025-03-31'), ('2025-04-01')`,
  },
  branch: { a: `('n', 'North')` },
};
const STOCK = ['2025-02-01: 1', '2025-03-01: 2', '2025-04-01: 2'];

const how = ({ models }: Release): unknown => models.find(({ name }) => name === 'mart.loan_stock')?.by;

test('a flow that changed in a month replaces the stock of that month and of all later ones, not of those before', async () => {
  const library = new Library();
  expect(how(await library.build(FIRST))).toBe('whole');
  expect(await library.stock()).toEqual(STOCK);
  await library.mark();
  const release = await library.build({
    ...FIRST,
    loan: { ...FIRST.loan, b: `('3', 'n', '2025-03-01', '2025-04-01')` },
  });
  expect(how(release)).toBe('months');
  // The day before the month began belongs to the month before.
  expect(await library.stock()).toEqual(['2025-02-01: -1', '2025-03-01: 3', '2025-04-01: 2']);
  await library.mark();
  await library.build({ ...FIRST, loan: { ...FIRST.loan, c: `('4', 'n', '2025-02-28', null)` } });
  expect(await library.stock()).toEqual(['2025-02-01: 1', '2025-03-01: 3', '2025-04-01: 3']);
});

test('a day that is told of now brings its month alone, and a night without news for a stock keeps it', async () => {
  const library = new Library();
  await library.build(FIRST);
  await library.mark();
  const days = { ...FIRST, day: { ...FIRST.day, b: `('2025-03-15')` } };
  expect(how(await library.build(days))).toBe('months');
  expect(await library.stock()).toEqual(['2025-02-01: -1', '2025-03-01: 2', '2025-04-01: -1']);
  // The same loan in another file: nothing differs but where it stands.
  const { a } = FIRST.loan;
  expect(how(await library.build({ ...days, loan: { again: a! } }))).toBe(null);
});

test('what else it reads changed: the whole stock', async () => {
  const library = new Library();
  await library.build(FIRST);
  await library.mark();
  const release = await library.build({ ...FIRST, branch: { b: `('n', 'Northern')` } });
  expect(how(release)).toBe('whole');
  expect(await library.stock()).toEqual(STOCK);
});

test('months asked for are replaced too, on data that changed and on data that did not', async () => {
  const library = new Library();
  await library.build(FIRST);
  await library.mark();
  const months = { from: '2025-02-01', to: '2025-03-01' };
  expect(how(await library.build(FIRST, { months }))).toBe('months');
  expect(await library.stock()).toEqual(['2025-02-01: 1', '2025-03-01: -1', '2025-04-01: -1']);
  await library.mark();
  await library.build({ ...FIRST, loan: { ...FIRST.loan, b: `('3', 'n', '2025-04-01', null)` } }, { months });
  expect(await library.stock()).toEqual(['2025-02-01: 1', '2025-03-01: -1', '2025-04-01: 3']);
});

test('the plan says that the build finds the months out, and where', async () => {
  const library = new Library();
  await library.build(FIRST);
  const compiled = await library.compiled({ ...FIRST, loan: { b: `('3', 'n', '2025-04-01', null)` } });
  const stock = plan(compiled, await readCurrent(library.folder)).find(({ name }) => name === 'mart.loan_stock');
  expect(stock).toEqual({
    name: 'mart.loan_stock',
    action: 'build',
    reason: 'raw.loan changed; months as mart.loan_flow, core.day tell',
    periods: null,
    byMonth: true,
  });
});

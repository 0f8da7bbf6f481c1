import { expect, test } from 'vitest';
import type { CheckScan } from '../../../warehouse/check/check.ts';
import { readChecks } from '../../../warehouse/check/read-checks.ts';
import { layResults, runChecks, totals } from '../../../warehouse/check/run-checks.ts';
import { openBuilder, type Builder } from '../../../warehouse/open.ts';
import { sqlFolder } from '../../support/sql-folder.ts';
import { createTable, rows } from '../../support/table.ts';

const scansOf = (text: string): readonly CheckScan[] => readChecks([sqlFolder({ 'check/loan.yaml': text })]);
const words = 'says: Holds, kahn: completeness, quality: Accuracy';

const loanChecks = (): CheckScan =>
  scansOf(`
scans:
  - relation: core.loan
    key: [loan_id]
    facility: branch
    month: lent_on
    checks:
      - { id: short, applies: days is not null, violated: days > 2, ${words} }
      - { id: dated, violated: lent_on is null, ${words} }
      - { id: few, applies: days is not null, violated: days > 100, ${words} }
      - { id: never, applies: days < 0, violated: days < 0, ${words} }
`)[0]!;

const drawn = `
  loan_id | branch | lent_on    | days
  1       | n      | 2025-03-01 | 4
  2       | n      | 2025-03-31 | 2
  3       | n      | 2025-04-01 |
  4       | s      | 2025-03-05 | 3
  5       |        |            | 9
`;

const opened = async (drawing = drawn): Promise<Builder> => {
  const builder = await openBuilder(null, { threads: 1 });
  await createTable(builder.connection, 'core.loan', drawing);
  await layResults(builder.connection);
  return builder;
};

const results = ({ connection }: Builder) =>
  rows(
    connection,
    'select check_id, facility_id, month::varchar as month, examined, violated from meta.check_result order by all',
  );

const row = (
  check_id: string,
  facility_id: string | null,
  month: string | null,
  examined: number,
  violated: number,
) => ({
  ...{ check_id, facility_id, month, examined, violated },
});

test('one pass counts all checks by facility and month; strata without rows a check applies to are not kept', async () => {
  const builder = await opened();
  expect([...(await runChecks(builder.connection, [{ scan: loanChecks(), months: null }]))]).toEqual([]);
  expect(await results(builder)).toEqual([
    row('dated', 'n', '2025-03-01', 2, 0),
    row('dated', 'n', '2025-04-01', 1, 0),
    row('dated', 's', '2025-03-01', 1, 0),
    row('dated', null, null, 1, 1),
    row('few', 'n', '2025-03-01', 2, 0),
    row('few', 's', '2025-03-01', 1, 0),
    row('few', null, null, 1, 0),
    row('short', 'n', '2025-03-01', 2, 1),
    row('short', 's', '2025-03-01', 1, 1),
    row('short', null, null, 1, 1),
  ]);
  expect((await totals(builder.connection)).get('short')).toEqual({ examined: 2 + 1 + 1, violated: 1 + 1 + 1 });
  expect((await totals(builder.connection)).has('never')).toBe(false);
  await builder.close();
});

test('months that did not change keep their counts, those counted anew lose their old ones', async () => {
  const builder = await opened();
  const { connection } = builder;
  const scan = loanChecks();
  await runChecks(connection, [{ scan, months: null }]);
  await connection.run('update core.loan set days = 1');
  await connection.run(`delete from core.loan where loan_id = 3`);
  await runChecks(connection, [{ scan, months: ['2025-04-01', null] }]);
  const found = await results(builder);
  expect(found).toContainEqual(row('short', 'n', '2025-03-01', 2, 1));
  expect(found).toContainEqual(row('short', null, null, 1, 0));
  expect(found.filter(({ month }) => month === '2025-04-01')).toEqual([]);
  await runChecks(connection, [{ scan, months: null }]);
  const whole = await results(builder);
  await connection.run('delete from meta.check_result');
  await runChecks(connection, [
    { scan, months: ['2025-03-01'] },
    { scan, months: ['2025-04-01', null] },
  ]);
  expect(await results(builder)).toEqual(whole);
  await builder.close();
});

test('a check that fails on the data costs no other its answer, and its failure quotes no row', async () => {
  const builder = await opened();
  const [scan] = scansOf(`
scans:
  - relation: core.loan
    key: [loan_id]
    checks:
      - { id: short, violated: days > 2, ${words} }
      - { id: numbered, violated: branch::integer > 0, ${words} }
`);
  const errors = await runChecks(builder.connection, [{ scan: scan!, months: null }]);
  expect([...errors]).toEqual([['numbered', 'Conversion Error']]);
  expect([...(await totals(builder.connection)).keys()]).toEqual(['short']);
  await builder.close();
});

/** The same counts once more, in plain loops. */
interface Loan {
  readonly branch: string | null;
  readonly month: number | null;
  readonly days: number | null;
}

const counted = (loans: readonly Loan[]): Map<string, readonly [number, number]> => {
  const found = new Map<string, readonly [number, number]>();
  const asked = {
    short: [(loan: Loan) => loan.days !== null, (loan: Loan) => loan.days! > 2],
    dated: [() => true, (loan: Loan) => loan.month === null],
    few: [(loan: Loan) => loan.days !== null, (loan: Loan) => loan.days! > 100],
    never: [(loan: Loan) => loan.days !== null && loan.days < 0, () => true],
  } as const;
  for (const [id, [applies, breaks]] of Object.entries(asked))
    for (const loan of loans) {
      if (!applies(loan)) continue;
      const key = [id, loan.branch, loan.month].join(' ');
      const [examined, violated] = found.get(key) ?? [0, 0];
      found.set(key, [examined + 1, violated + Number(breaks(loan))]);
    }
  return found;
};

test('random rows are counted as plain loops count them', async () => {
  let state = 20260301;
  const draw = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return (state >>> 8) % below;
  };
  for (let round = 0; round < 5; round++) {
    const loans = Array.from({ length: 400 }, (): Loan => ({
      branch: [null, 'n', 's', 'w'][draw(4)]!,
      month: [null, 1, 2, 12][draw(4)]!,
      days: [null, -1, 0, 2, 3, 100, 101][draw(7)]!,
    }));
    const builder = await openBuilder(null, { threads: 2 });
    const { connection } = builder;
    await connection.run('create schema core');
    await connection.run('create table core.loan (loan_id integer, branch varchar, lent_on date, days integer)');
    const tuples = loans.map(({ branch, month, days }, at) => {
      const day = month === null ? 'null' : `date '2025-${String(month).padStart(2, '0')}-${1 + draw(28)}'`;
      return `(${at}, ${branch === null ? 'null' : `'${branch}'`}, ${day}, ${days ?? 'null'})`;
    });
    await connection.run(`insert into core.loan values ${tuples.join(', ')}`);
    await layResults(connection);
    await runChecks(connection, [{ scan: loanChecks(), months: null }]);
    const found = (await results(builder)).map(({ check_id, facility_id, month, examined, violated }) => [
      [check_id, facility_id, month === null ? null : Number(String(month).slice(5, 7))].join(' '),
      [examined, violated],
    ]);
    expect(new Map(found as [string, [number, number]][])).toEqual(counted(loans));
    await builder.close();
  }
});

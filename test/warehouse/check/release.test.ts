import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Accepted } from '../../../warehouse/check/audit-checks.ts';
import type { CheckOverrides } from '../../../warehouse/check/check.ts';
import { settingsOf } from '../../../warehouse/check/settings.ts';
import { FatalAssertError } from '../../../warehouse/error.ts';
import { withBuildLock } from '../../../warehouse/lock.ts';
import { NO_META } from '../../../warehouse/meta.ts';
import type { Catalogue } from '../../../warehouse/metric/catalogue.ts';
import { readMetricFolders } from '../../../warehouse/metric/read-metrics.ts';
import { compile } from '../../../warehouse/model/compile.ts';
import { openBuilder, openReader, type Reader } from '../../../warehouse/open.ts';
import { readProject } from '../../../warehouse/project.ts';
import { checkKeys, checkStrata } from '../../../warehouse/query/check-detail.ts';
import { checksOf, type Check } from '../../../warehouse/query/checks.ts';
import { currentRelease, releaseFile } from '../../../warehouse/release-folder.ts';
import { buildRelease, type Release } from '../../../warehouse/release.ts';
import { loans, SMALL_PROJECT } from '../../support/small-project.ts';
import { sqlFolder, temporaryFolder } from '../../support/sql-folder.ts';

const words = 'kahn: completeness, quality: Accuracy';
const checkFile = (more = ''): string => `
scans:
  - relation: core.loan
    key: [loan_id]
    facility: branch
    month: lent_date
    checks:
      - { id: loan_is_short, number: 61, says: Loans are short, violated: days > 2, threshold: 50, ${words} }
      - { id: loan_is_dated, says: Loans are dated, violated: lent_date is null, severity: fatal, threshold: 25, gate: [loan is-dated], ${words} }
      - { id: no_loan, says: No loan at all, applies: days > 900, violated: days > 999, ${words} }
      ${more}
`;

const metricFile = `
subject: Loans
page: loans
metrics:
  - id: loan_days
    code: L2
    label: Days
    help: Days on loan
    definition: Days on loan.
    method: Sum
    source: ours
    unit: count
    better: lower
    measure: { kind: count, from: mart.loan_day, date: lent_date, count: days }
  - id: loan_count
    code: L1
    label: Loans
    help: Loans
    definition: Loans.
    method: Sum
    source: ours
    unit: count
    better: higher
    gated_by: [no_loan_lost]
    measure: { kind: count, from: mart.loan_day, date: lent_date, count: loan_count }
`;

interface Built {
  readonly folder: string;
  readonly sql: string;
  readonly build: (tuples: readonly string[], overrides?: CheckOverrides, accepted?: Accepted) => Promise<Release>;
  readonly read: <T>(use: (reader: Reader, catalogue: Catalogue) => Promise<T>) => Promise<T>;
}

const workshop = (checks = checkFile()): Built => {
  const folder = temporaryFolder();
  const sql = sqlFolder({ ...SMALL_PROJECT, 'check/loan.yaml': checks, 'metric/loan.yaml': metricFile });
  return {
    folder,
    sql,
    build: async (tuples, overrides = {}, accepted = {}) => {
      const compiled = await compile({ project: readProject([sql], overrides), raw: [loans(tuples, true)] });
      return withBuildLock(folder, () => buildRelease({ folder, compiled, meta: { ...NO_META, accepted } }));
    },
    read: async (use) => {
      const reader = await openReader(releaseFile(folder, currentRelease(folder)!), { threads: 1 });
      try {
        return await use(reader, readMetricFolders([`${sql}/metric`]));
      } finally {
        await reader.close();
      }
    },
  };
};

const LOANS = [
  `(1, 'n', date '2025-03-01', 4)`,
  `(2, 'n', date '2025-03-31', 2)`,
  `(3, 's', date '2025-04-30', 5)`,
  `(4, 's', date '2025-04-30', 1)`,
];
const undated = `(9, 's', null, 1)`;

const outcome = (checks: readonly Check[], id: string) => {
  const { status, examined, violated } = checks.find((check) => check.id === id)!;
  return { status, examined, violated };
};

test('a fatal check that fails keeps the release back, told by id and counts; at its threshold it does not', async () => {
  const { folder, build } = workshop();
  const { release, checks } = await build([...LOANS.slice(0, 3), undated]);
  expect(checks.find(({ id }) => id === 'loan_is_dated')).toMatchObject({
    status: 'pass_with',
    violated: 1,
    examined: 4,
  });
  const error = await build([...LOANS.slice(0, 2), undated]).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(FatalAssertError);
  expect(error).toMatchObject({
    exitCode: 4,
    message: 'The release was kept back, the current one stays: fatal check failed: loan_is_dated (1 of 3 rows).',
  });
  expect(currentRelease(folder)).toBe(release);
  expect(readdirSync(folder).sort()).toEqual(['CURRENT', 'build.lock', `wh-${release}.duckdb`]);
});

test('what a workspace sets anew decides: another severity, a reason not to ask, a wider threshold', async () => {
  const broken = [undated];
  const refused = (overrides: CheckOverrides) =>
    workshop()
      .build(broken, overrides)
      .then(
        () => null,
        (error: unknown) => (error as Error).message,
      );
  expect(await refused({})).toContain('loan_is_dated (1 of 1 rows)');
  expect(await refused({ loan_is_dated: { severity: 'convention' } })).toBeNull();
  expect(await refused({ loan_is_dated: { off: 'The desk keeps no dates' } })).toBeNull();
  expect(await refused({ loan_is_dated: { threshold: 100 } })).toBeNull();
});

test('rows let in by decision against a rule that asks the same do not keep a release back; no others are let past', async () => {
  const broken = [...LOANS.slice(0, 2), undated, undated.replace('9', '8')];
  const kept = (accepted: Accepted) =>
    workshop()
      .build(broken, {}, accepted)
      .then(
        () => false,
        (error: unknown) => (error as Error).message.includes('loan_is_dated (2 of 4 rows)'),
      );
  // One of the two rows was decided about: 1 of 4 is within the threshold of 25 %, 2 of 4 is not.
  expect(await kept({ 'loan is-dated': 1 })).toBe(false);
  expect(await kept({})).toBe(true);
  expect(await kept({ 'loan is-dated': 0, 'loan is-short': 2, 'copy is-dated': 2 })).toBe(true);
  const { build, read } = workshop();
  await build(broken, {}, { 'loan is-dated': 2 });
  const checks = await read((reader, catalogue) => checksOf(reader, catalogue, new Map()));
  expect(outcome(checks, 'loan_is_dated')).toEqual({ status: 'fail', examined: 4, violated: 2 });
});

test('a check that cannot be run is an error: told, and kept back only where it is fatal', async () => {
  const failing = (severity: string) =>
    workshop(
      checkFile(`- { id: numbered, says: Numbered, violated: branch::int > 0, severity: ${severity}, ${words} }`),
    );
  const lenient = failing('convention');
  await lenient.build(LOANS);
  const checks = await lenient.read((reader, catalogue) => checksOf(reader, catalogue, new Map()));
  expect(checks[0]).toMatchObject({ id: 'numbered', status: 'error', error: 'Conversion Error', examined: 0 });
  expect(outcome(checks, 'loan_is_short')).toEqual({ status: 'pass_with', examined: 4, violated: 2 });
  await expect(failing('fatal').build(LOANS)).rejects.toMatchObject({
    exitCode: 4,
    message: expect.stringContaining('fatal check failed: numbered (could not be run: Conversion Error)') as string,
  });
});

test('five statuses, the worst first, and the metrics each puts in doubt by lineage or by name', async () => {
  const { build, read } = workshop();
  await build(LOANS);
  const checks = await read((reader, catalogue) => checksOf(reader, catalogue, new Map()));
  expect(checks.find(({ id }) => id === 'loan_is_short')).toEqual({
    ...{ id: 'loan_is_short', number: 61, kind: 'check', table: 'core.loan', source: null, says: 'Loans are short' },
    ...{ kahn: 'completeness', context: 'verification', quality: 'Accuracy', severity: 'convention', origin: 'own' },
    ...{
      note: null,
      examined: 4,
      violated: 2,
      share: 0.5,
      threshold: 0.5,
      status: 'pass_with',
      off: null,
      error: null,
    },
    items: [],
    metrics: ['loan_days'],
  });
  expect(outcome(checks, 'no_loan')).toEqual({ status: 'na', examined: 0, violated: 0 });
  expect(outcome(checks, 'loan_is_dated').status).toBe('pass');
  expect(checks.find(({ id }) => id === 'no_loan_lost')).toMatchObject({ kind: 'assert', metrics: ['loan_count'] });
  expect(checks.map(({ status }) => status)).toEqual([...checks.map(({ status }) => status)].sort(byWorst));
});

const order = ['error', 'fail', 'pass_with', 'pass', 'na'];
const byWorst = (a: string, b: string): number => order.indexOf(a) - order.indexOf(b);

test('a threshold changed after the run judges the counts anew, and so does a reason not to ask', async () => {
  const { build, read, sql } = workshop();
  await build(LOANS);
  const judged = (overrides: CheckOverrides) =>
    read(async (reader, catalogue) => {
      const settings = settingsOf(readProject([sql], overrides).checks);
      const checks = await checksOf(reader, catalogue, settings);
      const { strata } = await checkStrata(reader, 'loan_is_short', settings);
      return [checks.find(({ id }) => id === 'loan_is_short')!.status, ...strata.map(({ status }) => status)];
    });
  expect(await judged({})).toEqual(['pass_with', 'pass_with', 'pass_with']);
  expect(await judged({ loan_is_short: { threshold: 49.99 } })).toEqual(['fail', 'fail', 'fail']);
  expect(await judged({ loan_is_short: { off: 'Long loans are the rule' } })).toEqual(['na', 'na', 'na']);
});

test('strata by facility and month, and the keys of what breaks it, never more than asked for', async () => {
  const { build, read } = workshop();
  const { release } = await build([...LOANS, undated.replace('1)', '9)')]);
  const stratum = (facility_id: string, month: string | null, examined: number, violated: number) => ({
    ...{ facility_id, month, examined, violated, share: violated / examined },
    status: violated * 2 > examined ? 'fail' : 'pass_with',
  });
  expect(await read((reader) => checkStrata(reader, 'loan_is_short', new Map()))).toEqual({
    release,
    strata: [stratum('n', '2025-03-01', 2, 1), stratum('s', '2025-04-01', 2, 1), stratum('s', null, 1, 1)],
  });
  const keys = (asked: Parameters<typeof checkKeys>[2]) => read((reader) => checkKeys(reader, 'loan_is_short', asked));
  const ids = (...found: number[]) => found.map((loan_id) => ({ loan_id }));
  expect(await keys({})).toEqual({ release, columns: ['loan_id'], rows: ids(1, 3, 9), more: false });
  expect(await keys({ limit: 2 })).toMatchObject({ rows: ids(1, 3), more: true });
  expect(await keys({ facility: 's' })).toMatchObject({ rows: ids(3, 9) });
  expect(await keys({ facility: 's', month: '2025-04' })).toMatchObject({ rows: ids(3) });
  expect(await keys({ month: '' })).toMatchObject({ rows: ids(9) });
  expect(await keys({ facility: "n' or true --" })).toMatchObject({ rows: [] });
  await expect(keys({ month: '2025-13' })).rejects.toThrow('write it as 2026-03');
  await expect(keys({ limit: 1001 })).rejects.toThrow('from 1 to 1000');
  await expect(read((reader) => checkKeys(reader, 'loan_is_shrt', {}))).rejects.toMatchObject({
    mend: expect.stringContaining('Did you mean `loan_is_short`?') as string,
  });
});

test('counts over relations that were kept come from the release before, those of others are taken anew', async () => {
  const { build, read, sql, folder } = workshop();
  await build(LOANS);
  const file = releaseFile(folder, currentRelease(folder)!);
  const counted = async () =>
    outcome(await read((reader, catalogue) => checksOf(reader, catalogue, new Map())), 'loan_is_short');
  expect(await counted()).toEqual({ status: 'pass_with', examined: 4, violated: 2 });
  // A mark on the counts of the release before: it is seen as long as nobody counts again.
  const { connection, close } = await openBuilder(file, { threads: 1 });
  await connection.run(
    `update meta.check_result set examined = 100 where check_id = 'loan_is_short' and facility_id = 'n'`,
  );
  await close();
  // An assert more makes another release of the same tables.
  const project = readProject([sql, sqlFolder({ 'assert/b.sql': '-- Holds.\nselect 1 where false' })]);
  const compiled = await compile({ project, raw: [loans(LOANS, true)] });
  await withBuildLock(folder, () => buildRelease({ folder, compiled, meta: NO_META }));
  expect(await counted()).toMatchObject({ examined: 100 + 2, violated: 2 });
  await build([...LOANS, `(5, 'n', date '2025-05-01', 9)`]);
  expect(await counted()).toEqual({ status: 'fail', examined: 5, violated: 3 });
});

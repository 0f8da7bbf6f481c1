import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from '../../../warehouse/model/compile.ts';
import type { Compiled, RawTable } from '../../../warehouse/model/compiled.ts';
import { keptFindings, type KeptFindings } from '../../../warehouse/model/kept-findings.ts';
import { readProject, type Project } from '../../../warehouse/project.ts';
import { loans, SMALL_PROJECT } from '../../support/small-project.ts';
import { sqlFolder, temporaryFolder } from '../../support/sql-folder.ts';

const more = Array.from({ length: 50 }, (_, i) => [
  `core/loan_${i}.sql`,
  `-- One row per loan.\n--\n-- Key  loan_id\nselect loan_id, days * ${i} as days from core.loan`,
]);
const check = `
scans:
  - relation: core.loan
    key: [loan_id]
    checks:
      - id: days_are_few
        says: Nobody keeps a book for a hundred days.
        applies: days is not null
        violated: days > 100
        threshold: 1
        kahn: conformance.relational
        quality: Consistency
        origin: ours
`;
const files: Readonly<Record<string, string>> = {
  ...SMALL_PROJECT,
  ...(Object.fromEntries(more) as Record<string, string>),
  'check/loan.yaml': check,
};
const projectOf = (change: Readonly<Record<string, string>> = {}): Project =>
  readProject([sqlFolder({ ...files, ...change })]);
const raw = loans(["(1, 'n', date '2025-03-01', 4)"]);

/** Counts what was at hand and what had to be found out. */
const counted = (kept: KeptFindings) => {
  const told = { atHand: 0, found: 0 };
  const counting: KeptFindings = {
    of: (...asked) => {
      const found = kept.of(...asked);
      if (found !== null) told.atHand++;
      return found;
    },
    keep: (...given) => {
      told.found++;
      kept.keep(...given);
    },
  };
  return {
    told,
    compileIn: (project: Project, table: RawTable = raw) => compile({ project, raw: [table], kept: counting }),
  };
};

/** Without the functions that tell the places of a check's keys. */
const plain = ({ checks, project: { checks: _, ...project }, ...compiled }: Compiled): object => ({
  ...{ ...compiled, project },
  checks: checks.map(({ at: _at, ...scan }) => scan),
});

test('what was kept is what would be found out, whatever the rows are', async () => {
  const { told, compileIn } = counted(keptFindings(temporaryFolder()));
  const project = projectOf();
  expect(plain(await compileIn(project))).toEqual(plain(await compile({ project, raw: [raw] })));
  expect(plain(await compileIn(project))).toEqual(plain(await compile({ project, raw: [raw] })));
  expect(told).toEqual({ atHand: 1, found: 1 });

  const others = loans(["(1, 'n', date '2025-03-01', 4)", "(2, 's', date '2025-04-01', 5)"]);
  const [before, after] = [await compileIn(project), await compileIn(project, others)];
  expect(told).toEqual({ atHand: 3, found: 1 });
  expect(plain(after)).toEqual(plain(await compile({ project, raw: [others] })));
  expect(after.content).not.toBe(before.content);
  expect(after.checks[0]?.at('key')).toBe(before.checks[0]?.at('key'));
});

test('any other text, column, threshold or reference is found out about anew', async () => {
  const folder = temporaryFolder();
  const { told, compileIn } = counted(keptFindings(folder));
  await compileIn(projectOf());
  const other = (path: string, text: string, by: string) => projectOf({ [path]: files[path]!.replace(text, by) });
  const wider = { ...raw, columns: [...raw.columns, { name: 'note', type: 'VARCHAR' }] };
  for (const project of [
    other('core/loan_7.sql', 'days * 7', 'days * 8'),
    other('core/loan_7.sql', 'One row per loan.', 'One row per loan, again.'),
    other('function/duckdb.sql', '0)::double', '0)::float'),
    other('reference/branch.csv', 'South', 'Southern'),
    other('assert/no_loan_lost.sql', 'days < 0', 'days < 1'),
    other('check/loan.yaml', 'threshold: 1', 'threshold: 2'),
  ])
    await compileIn(project);
  await compileIn(projectOf(), wider);
  expect(told).toEqual({ atHand: 0, found: 8 });
  expect(readdirSync(folder)).toHaveLength(8);
});

test('what is wrong is told each time, and never kept', async () => {
  const folder = temporaryFolder();
  const { told, compileIn } = counted(keptFindings(folder));
  const wrong = projectOf({ 'core/loan_7.sql': files['core/loan_7.sql']!.replace('days * 7', 'dayz * 7') });
  for (const _ of [1, 2]) await expect(compileIn(wrong)).rejects.toThrow('core.loan_7 does not compile');
  expect(told).toEqual({ atHand: 0, found: 0 });
  expect(readdirSync(folder)).toEqual([]);
});

test('a file that is damaged, cut short or gone is as none, and is mended', async () => {
  const folder = temporaryFolder();
  const { told, compileIn } = counted(keptFindings(folder));
  const project = projectOf();
  const whole = plain(await compileIn(project));
  const path = join(folder, readdirSync(folder)[0]!);
  const bytes = readFileSync(path);
  const spoilt = Buffer.from(bytes);
  spoilt[bytes.length >> 1]! ^= 1;
  for (const text of [spoilt, bytes.subarray(0, bytes.length - 1), Buffer.alloc(0)]) {
    writeFileSync(path, text);
    expect(plain(await compileIn(project))).toEqual(whole);
    expect(readFileSync(path)).toEqual(bytes);
  }
  rmSync(path);
  expect(plain(await compileIn(project))).toEqual(whole);
  expect(told).toEqual({ atHand: 0, found: 5 });
});

test('where nothing can be written everything is found out, and nobody is troubled', async () => {
  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');
  const { told, compileIn } = counted(keptFindings(join(file, 'folder')));
  await compileIn(projectOf());
  await compileIn(projectOf());
  expect(told).toEqual({ atHand: 0, found: 2 });
});

test('a small project leaves no file, and of many those used last stay', async () => {
  const folder = temporaryFolder();
  const kept = keptFindings(folder);
  await counted(kept).compileIn(readProject([sqlFolder(SMALL_PROJECT)]));
  expect(readdirSync(folder)).toEqual([]);
  const { told, compileIn } = counted(kept);
  const first = projectOf();
  await compileIn(first);
  const nothing = { models: [], asserts: [], checks: [], meanings: [], given: new Map(), keys: new Map() };
  for (let i = 0; i < 20; i++) {
    const project = projectOf({ 'core/loan_7.sql': files['core/loan_7.sql']!.replace('* 7', `* ${100 + i}`) });
    kept.keep(project, [raw], nothing);
    expect(kept.of(first, [raw])).not.toBeNull();
  }
  expect(readdirSync(folder)).toHaveLength(16);
  expect(told.found).toBe(1);
});

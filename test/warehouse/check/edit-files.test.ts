import { expect, test } from 'vitest';
import { readChecks } from '../../../warehouse/check/read-checks.ts';
import { compileFolder, loans, SMALL_PROJECT } from '../../support/small-project.ts';
import { sqlFolder } from '../../support/sql-folder.ts';

const scans = `
scans:
  - relation: core.loan
    edits: { of: loan, items: core.loan }
    key: [loan_id]
    month: lent_date
  - relation: mart.branch
    edits: { of: branch, items: core.loan }
    key: [branch]
`;

const edit = (lines: Readonly<Record<string, string | null>> = {}): string => {
  const written: Readonly<Record<string, string | null>> = {
    ...{ says: 'Loans are short.', means: 'Others wait.', source: 'Rules of the house, 2026', of: 'loan' },
    ...{ items: '[days, branch]', level: 'error', applies: 'days is not null', violated: 'days > 2 or days < 0' },
    ...lines,
  };
  return Object.entries(written)
    .flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}`]))
    .join('\n');
};

const project = (files: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
  ...SMALL_PROJECT,
  'check/loan.yaml': scans,
  ...files,
});
const compiled = (files: Readonly<Record<string, string>>) =>
  compileFolder(sqlFolder(project(files)), loans([`(1, 'n', '2025-03-01', 4)`]));

test('an edit is a check of the scan it is of, named for its file, that concerns its items', async () => {
  const { checks: found } = await compiled({
    'edit/loan_is_short.yaml': edit(),
    'edit/loan_is_odd.yaml': edit({ level: 'warning', number: '61', threshold: '0.5', override: 'branch_name' }),
  });
  expect(found.map(({ relation, checks }) => [relation, checks.map(({ id }) => id)])).toEqual([
    ['core.loan', ['loan_is_odd', 'loan_is_short']],
  ]);
  const [odd, short] = found[0]!.checks;
  expect(short).toMatchObject({
    ...{ kind: 'edit', severity: 'convention', threshold: 0, number: null, kahn: 'conformance.relational' },
    ...{ origin: 'Rules of the house, 2026', note: 'Others wait.', items: ['days', 'branch'] },
    concerns: ['core.loan.days', 'core.loan.branch'],
  });
  expect(odd).toMatchObject({
    ...{ severity: 'characterisation', threshold: 0.5, number: 61, items: ['days', 'branch', 'branch_name'] },
    ...{
      violated: '(\ndays > 2 or days < 0\n) and "branch_name" is null',
      concerns: ['core.loan.days', 'core.loan.branch'],
    },
  });
});

test('a second folder adds edits, and cannot take the name of one there is', () => {
  const [shipped, own, twin] = [
    sqlFolder(project({ 'edit/loan_is_short.yaml': edit() })),
    sqlFolder({ 'edit/loan_is_long.yaml': edit() }),
    sqlFolder({ 'edit/loan_is_short.yaml': edit() }),
  ];
  expect(readChecks([shipped, own]).flatMap(({ checks }) => checks.map(({ id }) => id))).toEqual([
    'loan_is_short',
    'loan_is_long',
  ]);
  expect(() => readChecks([shipped, twin])).toThrow(/`loan_is_short`: there is a check of this id already, at .*:1/);
});

test.each([
  ['no meaning', 'loan_is_short', edit({ means: null }), '`means` is missing'],
  ['no source', 'loan_is_short', edit({ source: null }), '`source` is missing'],
  ['a misspelt key', 'loan_is_short', edit({ violated: null, violates: 'true' }), '`violates`: unknown key'],
  ['a level that is none', 'loan_is_short', edit({ level: 'fatal' }), '`level`: is none of the values'],
  ['no item', 'loan_is_short', edit({ items: '[]' }), '`items`'],
  [
    'a relation nobody scans',
    'loan_is_short',
    edit({ of: 'lone' }),
    '`of`: no scan of the folder check takes edits of `lone`',
  ],
  ['a name in capitals', 'LoanIsShort', edit(), 'an edit is named for its file'],
])('%s is refused by file and line', (_what, name, text, sentence) => {
  const folder = sqlFolder(project({ [`edit/${name}.yaml`]: text }));
  expect(() => readChecks([folder])).toThrow(sentence);
  expect(() => readChecks([folder])).toThrow(new RegExp(`edit/${name}\\.yaml:\\d+`));
});

test.each([
  ['an unknown item', edit({ items: '[dayz]' }), 'items', 'dayz'],
  ['a condition that is none', edit({ violated: 'days' }), 'violated', 'not a condition'],
  ['a column that is not there', edit({ applies: 'dayz > 2' }), 'applies', 'dayz'],
  ['an over-ride that is not there', edit({ override: 'branchh' }), 'violated', 'branchh'],
])('%s does not compile, told by file, line and key', async (_what, text, key, word) => {
  const fault = await compiled({ 'edit/loan_is_short.yaml': text }).catch((thrown: unknown) => String(thrown));
  expect(fault).toMatch(new RegExp(`edit/loan_is_short\\.yaml:\\d+ \`${key}\``));
  expect(fault).toContain(word);
});

test('a scan needs checks, or edits it takes', () => {
  const folder = sqlFolder({ 'check/loan.yaml': 'scans:\n  - relation: core.loan\n    key: [loan_id]\n' });
  expect(() => readChecks([folder])).toThrow(/check\/loan\.yaml:\d+/);
});

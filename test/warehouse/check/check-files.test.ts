import { expect, test } from 'vitest';
import { readChecks } from '../../../warehouse/check/read-checks.ts';
import { settingsOf, withOverrides } from '../../../warehouse/check/settings.ts';
import { compileFolder, loans, SMALL_PROJECT } from '../../support/small-project.ts';
import { sqlFolder } from '../../support/sql-folder.ts';

const words = 'kahn: completeness, quality: Accuracy';

/** A file of one scan over core.loan with the checks given, each as the inside of `{ … }`. */
const file = (checks: readonly string[], scan = 'key: [loan_id], facility: branch, month: lent_date'): string => `
scans:
  - relation: core.loan
    ${scan.replaceAll(', ', '\n    ').replaceAll(/\[(\w+)\n {4}(\w+)\]/g, '[$1, $2]')}
    checks:
${checks.map((check) => `      - { ${check} }`).join('\n')}
`;

const short = `id: loan_is_short, says: Loans are short, violated: days > 2, ${words}`;
const compiled = (text: string) =>
  compileFolder(sqlFolder({ ...SMALL_PROJECT, 'check/loan.yaml': text }), loans([`(1, 'n', '2025-03-01', 4)`]));

test('a check is read with its defaults, and concerns the columns its condition reads', async () => {
  const { checks: scans } = await compiled(
    file([short, `id: named, says: Named, violated: days < 0, columns: [branch, mart.loan_day.days], ${words}`]),
  );
  expect(scans[0]).toMatchObject({ relation: 'core.loan', facility: 'branch', relations: ['core.loan'] });
  expect(scans[0]!.checks[0]).toMatchObject({
    ...{ id: 'loan_is_short', number: null, applies: 'true', threshold: 0, severity: 'convention', off: null },
    ...{ context: 'verification', origin: 'own', concerns: ['core.loan.days'] },
  });
  expect(scans[0]!.checks[1]!.concerns).toEqual(['core.loan.branch', 'mart.loan_day.days']);
});

test.each([
  ['a misspelt key', file([short.replace('violated', 'violates')]), '`scans[0].checks[0].violates`: unknown key'],
  ['a wrong severity', file([`${short}, severity: deadly`]), '`scans[0].checks[0].severity`: is none of the values'],
  ['a threshold over all', file([`${short}, threshold: 101`]), '`scans[0].checks[0].threshold`'],
  ['a relation of a layer that is gone', file([short]).replace('core.loan', 'staging.loan'), '`scans[0].relation`'],
  ['an id in capitals', file([short.replace('loan_is_short', 'LoanIsShort')]), '`scans[0].checks[0].id`'],
])('%s is refused by file, line and key', (_what, text, sentence) => {
  const folder = sqlFolder({ 'check/loan.yaml': text });
  expect(() => readChecks([folder])).toThrow(sentence);
  expect(() => readChecks([folder])).toThrow(/check\/loan\.yaml:\d+ /);
});

test('one id stands for one check, in all folders', () => {
  const folders = [sqlFolder({ 'check/a.yaml': file([short]) }), sqlFolder({ 'check/b.yaml': file([short]) })];
  expect(() => readChecks(folders)).toThrow(
    /b\.yaml:8 `loan_is_short`: there is a check of this id already, at .*a\.yaml:8/,
  );
});

test.each([
  [
    'an unknown column',
    file([short, short.replace('loan_is_short', 'b').replace('days > 2', 'dayz > 2')]),
    ':9 `violated`: ',
    'dayz',
  ],
  ['a syntax error', file([`${short}, applies: days >`]), ':8 `applies`: ', 'yntax'],
  ['an unknown relation', file([short]).replace('core.loan', 'core.loaned'), ':3 `relation`: ', 'loaned'],
  ['a facility that is no column', file([short], 'key: [loan_id], facility: house'), ':5 `facility`: ', 'house'],
  ['a month that is no date', file([short], 'key: [loan_id], month: monat'), ':5 `month`: ', 'monat'],
  ['a key that is no column', file([short], 'key: [loan_id, shelf]'), ':4 `key`: ', 'shelf'],
  ['a column that is none', file([`${short}, columns: [shelf]`]), ':8 `columns`: ', 'shelf'],
  [
    'a number for a condition',
    file([short.replace('days > 2', 'days')]),
    ':8 `violated`: ',
    'is BIGINT, not a condition',
  ],
  ['the clock', file([short.replace('days > 2', 'lent_date > current_date')]), ':3: ', 'may not ask for the time'],
  ['staging', file([short], 'from: select * from staging.loan, key: [loan_id]'), ':3: ', 'reads `staging.loan`'],
])('%s is refused before any data moves', async (_what, text, place, word) => {
  const problem = await compiled(text).then(
    () => '',
    (error: unknown) => (error as Error).message,
  );
  expect(problem).toContain(`check/loan.yaml${place}`);
  expect(problem).toContain(word);
});

test('a release is another one when a condition changes, and the same when a threshold does', async () => {
  const [one, two, three] = await Promise.all([
    compiled(file([short])),
    compiled(file([`${short}, threshold: 50, severity: fatal`])),
    compiled(file([short.replace('days > 2', 'days > 3')])),
  ]);
  expect(two.content).toBe(one.content);
  expect(three.content).not.toBe(one.content);
});

test('a workspace sets thresholds, severity and reasons not to ask anew', () => {
  const scans = readChecks([sqlFolder({ 'check/loan.yaml': file([short]) })]);
  const settings = (overrides: Parameters<typeof withOverrides>[1]) => settingsOf(withOverrides(scans, overrides));
  expect(settings({}).get('loan_is_short')).toEqual({ threshold: 0, severity: 'convention', off: null });
  expect(settings({ loan_is_short: { threshold: 5 } }).get('loan_is_short')).toMatchObject({ threshold: 5 });
  expect(settings({ loan_is_short: { severity: 'fatal', off: 'no loans' } }).get('loan_is_short')).toEqual({
    ...{ threshold: 0, severity: 'fatal', off: 'no loans' },
  });
});

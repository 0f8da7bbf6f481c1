import { expect, test } from 'vitest';
import type { Compiled } from '../../warehouse/model/compiled.ts';
import { plan, type Previous, type Work } from '../../warehouse/plan.ts';
import { SMALL_PROJECT, compileFolder, loans } from '../support/small-project.ts';
import { sqlFolder } from '../support/sql-folder.ts';

const MARCH = `(1, 'n', date '2025-03-01', 4)`;
const APRIL = `(2, 's', date '2025-04-30', 6)`;

const compiledOver = (rows: string[], byMonth = true, files = {}): Promise<Compiled> =>
  compileFolder(sqlFolder({ ...SMALL_PROJECT, ...files }), loans(rows, byMonth));

const previousOf = (compiled: Compiled): Previous => ({
  release: 'r',
  models: new Map(
    compiled.models.map(({ model, definition, fingerprint }) => [model.name, { definition, fingerprint, rows: 1 }]),
  ),
  inputs: new Map(compiled.raw.map((table) => [`raw.${table.name}`, table])),
});

const day = (work: readonly Work[]): Work | undefined => work.find(({ name }) => name === 'mart.loan_day');

test('without a release everything is built; staging is not spoken of', async () => {
  expect(plan(await compiledOver([MARCH]), null)).toEqual(
    ['core.loan', 'mart.loan_day', 'mart.branch'].map((name) => ({
      name,
      action: 'build',
      reason: 'no release to build on',
      periods: null,
    })),
  );
});

test('unchanged is kept; in full is built; named months are replaced in period models', async () => {
  const compiled = await compiledOver([MARCH]);
  const previous = previousOf(compiled);
  expect(plan(compiled, previous).map(({ action }) => action)).toEqual(['keep', 'keep', 'keep']);
  expect(new Set(plan(compiled, previous, { full: true }).map(({ reason }) => reason))).toEqual(
    new Set(['asked for in full']),
  );
  const asked = plan(compiled, previous, { months: { from: '2024-12-31', to: '2025-02-01' } });
  expect(asked.map(({ action }) => action)).toEqual(['keep', 'build', 'keep']);
  expect(day(asked)).toMatchObject({ reason: 'asked for', periods: ['2024-12-01', '2025-01-01'] });
});

test('a changed input dirties the months that differ, gone ones too', async () => {
  const previous = previousOf(await compiledOver([MARCH]));
  expect(day(plan(await compiledOver([APRIL]), previous))).toMatchObject({
    reason: 'raw.loan changed',
    periods: ['2025-03-01', '2025-04-01'],
  });
  expect(day(plan(await compiledOver([MARCH, APRIL]), previous))).toMatchObject({ periods: ['2025-04-01'] });
});

test('months not known, a table not followed, or a changed definition: the whole table', async () => {
  const previous = previousOf(await compiledOver([MARCH]));
  expect(day(plan(await compiledOver([APRIL], false), previous))).toMatchObject({ action: 'build', periods: null });
  const loose = { 'mart/loan_day.sql': SMALL_PROJECT['mart/loan_day.sql']!.replace(/-- Follows.*\n/, '') };
  const before = previousOf(await compiledOver([MARCH], true, loose));
  expect(day(plan(await compiledOver([APRIL], true, loose), before))).toMatchObject({ action: 'build', periods: null });
  expect(day(plan(await compiledOver([MARCH], true, loose), previous))).toMatchObject({
    reason: 'its definition, or that of what it reads, changed',
    periods: null,
  });
});

test('a model that is new is built, the others stay', async () => {
  const previous = previousOf(await compiledOver([MARCH]));
  const more = {
    'core/day.sql': '-- One row per day.\n-- Key  lent_date\nselect distinct lent_date from staging.loan',
  };
  expect(
    plan(await compiledOver([MARCH], true, more), previous).map(({ name, reason }) => `${name}: ${reason}`),
  ).toEqual(['core.day: new model', 'core.loan: unchanged', 'mart.loan_day: unchanged', 'mart.branch: unchanged']);
});

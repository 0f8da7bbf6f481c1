import { expect, test } from 'vitest';
import { definitionVersion } from '../../../warehouse/metric/definition-version.ts';
import type { Metric } from '../../../warehouse/metric/metric.ts';

const loans: Metric = {
  ...{ id: 'loans', code: 'L1', label: 'Loans', help: '', definition: 'Books lent.', excludes: null, method: 'Sum' },
  ...{ source: 'ours', unit: 'count', better: 'higher', scorecard: false, variantOf: null, target: null },
  measure: { kind: 'count', from: 'mart.loan_day', date: 'lent_date', count: 'loan_count' },
  dimensions: { branch: 'branch', shelf: 'shelf' },
  ...{ grains: ['month'], maturesAfterMonths: 0, gatedBy: [], subject: 'Loans', page: 'loans', order: 1, where: '' },
};

test('words that change nothing of the number, and the order of keys, leave the version as it is', () => {
  const { from, ...rest } = loans.measure;
  const other = { ...loans, label: 'Books lent', definition: 'All of them.', order: 2 };
  expect(definitionVersion({ ...other, measure: { ...rest, from } })).toBe(definitionVersion(loans));
  expect(definitionVersion({ ...loans, dimensions: { shelf: 'shelf', branch: 'branch' } })).toBe(
    definitionVersion(loans),
  );
  expect(definitionVersion(loans)).toMatch(/^[0-9a-f]{8}$/);
});

test.each<[string, Partial<Metric>]>([
  ['another column', { measure: { kind: 'count', from: 'mart.loan_day', date: 'lent_date', count: '*' } }],
  ['another unit', { unit: 'dollars' }],
  ['another dimension', { dimensions: { branch: 'branch' } }],
  ['a later settling', { maturesAfterMonths: 6 }],
  ['something it needs', { needs: [{ relation: 'mart.loan_day', says: '' }] }],
])('%s is another version', (_what, part) => {
  expect(definitionVersion({ ...loans, ...part })).not.toBe(definitionVersion(loans));
});

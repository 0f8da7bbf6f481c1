import { expect, test } from 'vitest';
import { isWithin, meets, namePeriod } from '../../../etl/land/name-period.ts';

test.each([
  ['encounter-2026.csv', '2026-01-01', '2027-01-01'],
  ['encounter-2026-Q3.csv', '2026-07-01', '2026-10-01'],
  ['encounter_2026q4.csv.gz', '2026-10-01', '2027-01-01'],
  ['encounter-2026-08.csv', '2026-08-01', '2026-09-01'],
  ['encounter202612.csv', '2026-12-01', '2027-01-01'],
  ['2026-08-31.parquet', '2026-08-31', '2026-09-01'],
  ['north_20240229_v2.csv', '2024-02-29', '2024-03-01'],
  ['20260831T051500.csv', '2026-08-31', '2026-09-01'],
  ['2026-08-of-202608.csv', '2026-08-01', '2026-09-01'],
])('%s holds %s to %s', (name, from, to) => {
  expect(namePeriod(name)).toEqual({ from, to });
});

test.each([
  'encounter.csv',
  'encounter-1.csv',
  'encounter-2026-13.csv',
  'encounter-2025-02-29.csv',
  'encounter-20260832.csv',
  'encounter-2026-08-01-to-2026-08-31.csv',
  'batch-123456789.csv',
  'encounter-1899.csv',
  'encounter-2026-0831.csv',
])('%s names no period', (name) => {
  expect(namePeriod(name)).toBeNull();
});

test('periods are half-open', () => {
  const august = { from: '2026-08-01', to: '2026-09-01' };
  expect(meets(august, { from: '2026-08-31', to: '2026-09-02' })).toBe(true);
  expect(meets(august, { from: '2026-09-01', to: '2026-10-01' })).toBe(false);
  expect(isWithin(august, august)).toBe(true);
  expect(isWithin({ from: '2026-08-31', to: '2026-09-01' }, august)).toBe(true);
  expect(isWithin({ from: '2026-08-31', to: '2026-09-02' }, august)).toBe(false);
});

import { expect, test } from 'vitest';
import { settledThrough, type ReleaseFacts } from '../../../warehouse/query/release-facts.ts';
import { metric } from './small-release.ts';

const facts = (through: string | null): ReleaseFacts => ({
  release: 'r1',
  asOf: null,
  completeThrough: through,
  coverage: new Map(),
  lineage: new Map(),
  filters: new Map(),
  reads: new Map(),
  withholdsBelow: null,
});
const count = { kind: 'count', from: 'mart.stay', date: 'discharge_date', count: '*' } as const;
const slow = { ...metric('in_six_months', count), maturesAfterMonths: 6 };

test.each([
  ['2026-08-31', '2026-02-28'],
  ['2026-08-30', '2026-02-28'],
  ['2026-08-15', '2026-02-15'],
  ['2026-02-28', '2025-08-31'],
  ['2026-03-31', '2025-09-30'],
  ['2026-01-10', '2025-07-10'],
])('what takes six months and has arrived through %s is settled through %s', (through, settled) => {
  expect(settledThrough(facts(through), slow, null)).toBe(settled);
});

test('what is settled at once is settled as far as it has arrived', () => {
  expect(settledThrough(facts('2026-08-31'), metric('at_once', count), null)).toBe('2026-08-31');
  expect(settledThrough(facts(null), slow, null)).toBeNull();
});

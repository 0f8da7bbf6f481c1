import { describe, expect, test } from 'vitest';
import type { DatedTarget } from '../../../warehouse/query/dated-target.ts';
import { targetInForce } from '../../../warehouse/query/dated-target.ts';
import { evidenceOf, policyOf, policyWindow } from '../../../warehouse/query/standing.ts';
import { metric } from './small-release.ts';

describe('the window: full periods that end with the last complete one', () => {
  test.each([
    ['2026-06-30', null, '2025-07-01', '2026-07-01'],
    ['2026-06-29', null, '2025-04-01', '2026-04-01'],
    ['2026-09-29', null, '2025-07-01', '2026-07-01'],
    ['2026-09-30', null, '2025-10-01', '2026-10-01'],
    ['2025-12-31', null, '2025-01-01', '2026-01-01'],
    ['2026-08-31', '3 months', '2026-06-01', '2026-09-01'],
    ['2026-08-30', '3 months', '2026-05-01', '2026-08-01'],
    ['2026-08-30', '1 quarter', '2026-04-01', '2026-07-01'],
    ['2026-08-30', '2 years', '2024-01-01', '2026-01-01'],
  ])('complete through %s, %s', (through, window, from, to) => {
    expect(policyWindow(through, window)).toEqual({ from, to });
  });

  test('how far the data reach is not known: neither is the window', () => {
    expect(policyWindow(null, '4 quarters')).toBeNull();
  });
});

describe('policy status: the point value, reaching the target is meeting it', () => {
  const [least, most] = [
    { value: 0.95, direction: 'at_least' },
    { value: 0.15, direction: 'at_most' },
  ] as const;
  test.each([
    [0.95, least, 'met'],
    [19 / 20, least, 'met'],
    [0.9499, least, 'not met'],
    [0.15, most, 'met'],
    [0.1501, most, 'not met'],
    [null, least, 'no value'],
    [0.95, null, 'not judged'],
    [0.95, { value: 0.95, direction: null }, 'not judged'],
    [null, { value: 0.95, direction: null }, 'not judged'],
  ])('%d against %o is %s', (value, target, status) => {
    expect(policyOf(value, target)).toBe(status);
  });
});

describe('evidence: where the whole interval lies', () => {
  test.each([
    [0.951, 0.98, 'above'],
    [0.95, 0.98, 'undecided'],
    [0.9, 0.95, 'undecided'],
    [0.9, 0.949, 'below'],
  ])('%d to %d against 0.95 is %s', (lower, upper, side) => {
    expect(evidenceOf({ lower, upper }, { value: 0.95 })).toBe(side);
  });

  test('no interval, or no target, is nothing at all', () => {
    expect(evidenceOf(null, { value: 0.95 })).toBeNull();
    expect(evidenceOf({ lower: 0, upper: 1 }, null)).toBeNull();
  });
});

describe('the target in force', () => {
  const customary = { value: 0.9, label: 'customary 90 %', citation: 'field', direction: 'at_least' } as const;
  const rate = { ...metric('rate', { kind: 'count', from: 'mart.a', date: 'd', count: '*' }), target: customary };
  const target = (given: Partial<DatedTarget>): DatedTarget => ({
    ...{ metric: 'rate', scope: null, value: 0, label: 'house', citation: null, direction: null },
    ...{ from: null, to: null, window: null },
    ...given,
  });
  const targets = [
    target({ value: 0.91, to: '2025-07-01' }),
    target({ value: 0.92, from: '2025-07-01', to: '2026-01-01' }),
    target({ value: 0.94, from: '2026-02-01' }),
    target({ value: 0.97, scope: 'n', from: '2026-03-01', window: '2 quarters' }),
    target({ value: 0.1, metric: 'other' }),
  ];
  const inForce = (scope: string | null, day: string | null) => targetInForce(targets, rate, scope, day);

  test.each([
    [null, '2025-06-30', 0.91],
    [null, '2025-07-01', 0.92],
    [null, '2025-12-31', 0.92],
    [null, '2026-02-01', 0.94],
    ['n', '2026-02-28', 0.94],
    ['n', '2026-03-01', 0.97],
    ['s', '2026-03-01', 0.94],
  ])('for %s on %s is %d', (scope, day, value) => {
    expect(inForce(scope, day)?.value).toBe(value);
  });

  test('says whose it is; in a gap the customary one holds, under its own name', () => {
    expect(inForce('n', '2026-03-01')).toMatchObject({ setFor: 'scope', window: '2 quarters', direction: 'at_least' });
    expect(inForce('s', '2026-03-01')).toMatchObject({ setFor: 'all', window: null });
    expect(inForce('n', '2026-01-15')).toMatchObject({ setFor: 'customary', label: 'customary 90 %' });
    expect(targetInForce([], { ...rate, target: null }, null, '2026-01-15')).toBeNull();
  });

  test('on a day not known only what holds for ever does', () => {
    expect(inForce(null, null)?.value).toBe(0.9);
    expect(targetInForce([target({ value: 0.5 })], rate, null, null)?.value).toBe(0.5);
  });

  test('a metric without a better side has the direction of its target, or none', () => {
    const neither = { ...rate, better: 'neither' } as const;
    expect(targetInForce([target({})], neither, null, null)?.direction).toBeNull();
    expect(targetInForce([target({ direction: 'at_most' })], neither, null, null)?.direction).toBe('at_most');
  });
});

import { expect, test } from 'vitest';
import { evidenceOf, sideOf } from '../../../warehouse/statistics/evidence.ts';

test('all of it above, all of it below, or neither; touching is neither', () => {
  expect(sideOf({ lower: 0.951, upper: 0.99 }, 0.95)).toBe('above');
  expect(sideOf({ lower: 0.95, upper: 0.99 }, 0.95)).toBe('undecided');
  expect(sideOf({ lower: 0.9, upper: 0.949 }, 0.95)).toBe('below');
  expect(sideOf({ lower: 0.9, upper: 0.95 }, 0.95)).toBe('undecided');
  expect(sideOf({ lower: 0.9, upper: 0.99 }, 0.95)).toBe('undecided');
});

test('no interval is less than undecided', () => {
  expect(sideOf(null, 0.95)).toBeNull();
  expect(sideOf({ lower: NaN, upper: NaN }, 0.95)).toBeNull();
  expect(evidenceOf(null, 0.95, 'higher')).toBeNull();
});

test('the direction says what a side means', () => {
  const above = { lower: 4, upper: 5 };
  expect(evidenceOf(above, 3, 'higher')).toBe('met');
  expect(evidenceOf(above, 3, 'lower')).toBe('missed');
  expect(evidenceOf(above, 6, 'higher')).toBe('missed');
  expect(evidenceOf(above, 6, 'lower')).toBe('met');
  expect(evidenceOf(above, 4.5, 'lower')).toBe('undecided');
  expect(evidenceOf(above, 3, 'neither')).toBeNull();
});

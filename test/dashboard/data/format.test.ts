import { expect, test } from 'vitest';
import {
  formatChange,
  formatCount,
  formatInterval,
  formatMonth,
  formatPeriod,
  formatRange,
  formatSeconds,
  formatTarget,
  formatValue,
  plural,
  unknown,
} from '../../../dashboard/data/format.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

test('values in the words of their unit', () => {
  expect(plain(formatValue(0.941, 'share'))).toBe('94.1 %');
  expect(plain(formatValue(3.08, 'days'))).toBe('3.1 d');
  expect(plain(formatValue(30.25, 'hours'))).toBe('30.3 h');
  expect(formatValue(0.8377, 'index')).toBe('0.84');
  expect(formatValue(1204, 'count')).toBe('1,204');
  expect(formatValue(31_400_000, 'dollars')).toBe('$31.4M');
});

test('what is not known is an en dash, and zero is zero', () => {
  expect(formatValue(null, 'share')).toBe(unknown);
  expect(formatValue(undefined, 'count')).toBe(unknown);
  expect(formatValue(Number.NaN, 'days')).toBe(unknown);
  expect(plain(formatValue(0, 'share'))).toBe('0.0 %');
  expect(formatCount(0)).toBe('0');
});

test('a change is signed, unless it rounds to nothing', () => {
  expect(plain(formatChange(0.003, 'share'))).toBe('+0.3 pts');
  expect(plain(formatChange(-0.9, 'days'))).toBe('−0.9 d');
  expect(plain(formatChange(-0.0004, 'share'))).toBe('0.0 pts');
  expect(plain(formatChange(-1.5, 'hours'))).toBe('−1.5 h');
  expect(formatChange(0.1, 'index')).toBe('+0.10');
  expect(formatChange(12, 'count')).toBe('+12');
  expect([formatChange(502_138, 'dollars'), formatChange(-0.4, 'dollars')]).toEqual(['+$502.1K', '−$0.4']);
  expect(formatChange(null, 'share')).toBe(unknown);
});

test('an interval has no unit of its own, and none at all when an end is missing', () => {
  expect(formatInterval({ value: 0.94, lower: 0.929, upper: 0.952 }, 'share')).toBe('92.9–95.2');
  expect(formatInterval({ value: 0.98, lower: 0.969, upper: 1.003 }, 'share')).toBe('96.9–100.0');
  expect(formatInterval({ value: 0.94, lower: null, upper: 0.952 }, 'share')).toBe('');
});

test('a target drops the decimals that say nothing', () => {
  expect(plain(formatTarget(0.95, 'share'))).toBe('95 %');
  expect(plain(formatTarget(0.925, 'share'))).toBe('92.5 %');
  expect(plain(formatTarget(4, 'days'))).toBe('4 d');
});

test('periods by grain', () => {
  expect(formatMonth('2026-08-01')).toBe('Aug 2026');
  expect(formatRange({ from: '2024-09-01', through: '2026-08-31' })).toBe('Sep 2024 – Aug 2026');
  expect(formatRange({ from: '2026-08-01', through: '2026-08-31' })).toBe('Aug 2026');
  expect(formatRange({ from: '2026-08-03', through: '2026-08-31' })).toBe('3 Aug 2026 – 31 Aug 2026');
  expect(formatRange({ from: '2026-08-03', through: '2026-08-03' })).toBe('3 Aug 2026');
  expect(formatPeriod('2026-07-01', 'quarter')).toBe('Q3 2026');
  expect(formatPeriod('2026-07-03', 'day')).toBe('3 Jul 2026');
  expect(formatPeriod('2026-01-01', 'year')).toBe('2026');
  expect(formatPeriod('2026-08-03', 'week')).toBe('week of 3 Aug 2026');
});

test('seconds and counts of things', () => {
  expect(plain(formatSeconds(0.84))).toBe('0.8 s');
  expect(plain(formatSeconds(125))).toBe('2 min 5 s');
  expect(plural(1, 'record')).toBe('1 record');
  expect(plural(2000, 'batch', 'batches')).toBe('2,000 batches');
});

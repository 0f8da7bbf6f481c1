import { expect, test } from 'vitest';
import { daysOf, firstSpan, readCaseSpan, spanIn, spanOfDays } from '../../../dashboard/data/case-span.ts';

test('years and months, both ends included, as days', () => {
  expect(daysOf({ from: '2004', to: '2023' })).toEqual({ from: '2004-01-01', to: '2024-01-01' });
  expect(daysOf({ from: '2023-02', to: '2023-12' })).toEqual({ from: '2023-02-01', to: '2024-01-01' });
});

test.each(['', '2023', '2023..2022', '2023..2023-06', '2023-13..2023-14', '1800..1900', '2020..2021..2022', 'a..b'])(
  '%s is no span',
  (text) => {
    expect(readCaseSpan(text)).toBeNull();
  },
);

test('days come back as years where they are, else as the months they touch', () => {
  for (const span of [
    { from: '2004', to: '2023' },
    { from: '2023-02', to: '2023-12' },
  ])
    expect(spanOfDays(daysOf(span))).toEqual(span);
  expect(spanOfDays({ from: '2023-01-15', to: '2023-03-02' })).toEqual({ from: '2023-01', to: '2023-03' });
});

test('a profile begins with the period of its last package, else with the last whole year', () => {
  expect(firstSpan(undefined, '2026-11-22')).toEqual({ from: '2025', to: '2025' });
  expect(firstSpan({ from: '2004-01-01', to: '2024-01-01' }, '2026-11-22')).toEqual({ from: '2004', to: '2023' });
});

test('a span told otherwise holds at least what it held', () => {
  expect(spanIn('months', { from: '2004', to: '2005' })).toEqual({ from: '2004-01', to: '2005-12' });
  expect(spanIn('years', { from: '2004-03', to: '2005-02' })).toEqual({ from: '2004', to: '2005' });
  expect(spanIn('years', { from: '2004', to: '2005' })).toEqual({ from: '2004', to: '2005' });
});

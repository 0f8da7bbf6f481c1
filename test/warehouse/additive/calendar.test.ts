import { expect, test } from 'vitest';
import { addDays, addGrains, addMonths, daysBetween, monthsBetween } from '../../../warehouse/additive/calendar.ts';

test('days and months across ends of months and years', () => {
  expect(addDays('2024-02-28', 1)).toBe('2024-02-29');
  expect(addDays('2025-01-01', -1)).toBe('2024-12-31');
  expect(addMonths('2025-03-31', -1)).toBe('2025-02-28');
  expect(addMonths('2024-02-29', -12)).toBe('2023-02-28');
  expect(addMonths('2025-11-30', 3)).toBe('2026-02-28');
  expect(addGrains('2025-01-01', 'quarter', -1)).toBe('2024-10-01');
  expect(addGrains('2025-01-06', 'week', -1)).toBe('2024-12-30');
});

test('distances', () => {
  expect(daysBetween('2025-03-29', '2025-04-02')).toBe(4);
  expect(monthsBetween('2024-11-01', '2025-02-01')).toBe(3);
  expect(monthsBetween('2024-11-02', '2025-02-01')).toBeNull();
});

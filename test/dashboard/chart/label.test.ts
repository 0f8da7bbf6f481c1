import { expect, test } from 'vitest';
import { fitted } from '../../../dashboard/chart/label.ts';

test('a long name takes a second line, and only then is cut', () => {
  expect(fitted('Lakeview Hospital', 200)).toBe('Lakeview Hospital');
  // 144 pixels hold (144 − 14) ÷ 6.5 = 20 letters.
  expect(fitted('Riverside Medical Center', 144)).toBe('Riverside Medical\nCenter');
  expect(fitted('St. Anne Critical Access Hospital of the County', 144)).toBe('St. Anne Critical\nAccess Hospital of…');
  expect(fitted('Otorhinolaryngology-and-neighbours', 144)).toBe('Otorhinolaryngology…');
});

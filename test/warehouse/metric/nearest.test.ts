import { expect, test } from 'vitest';
import { nearest } from '../../../warehouse/metric/nearest.ts';

test('the closest names, a letter or a part away', () => {
  expect(nearest('facilty', ['facility', 'service'])).toBe('Did you mean `facility`?');
  expect(nearest('accuracy', ['code_accuracy_auditor', 'dnfc_count'])).toBe('Did you mean `code_accuracy_auditor`?');
  expect(nearest('CA4', ['CA1', 'CA2', 'RC5'])).toBe('Did you mean `CA1` or `CA2`?');
});

test('all there is where nothing is close, a dozen at most', () => {
  expect(nearest('zzz', ['facility', 'service'])).toBe('There is `facility`, `service`.');
  expect(
    nearest(
      'zzz',
      Array.from({ length: 14 }, (_, i) => `column${i}`),
    ),
  ).toMatch(/`column11` and 2 more\.$/);
  expect(nearest('zzz', [])).toBe('There is none here.');
});

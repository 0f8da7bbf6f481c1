import { expect, test } from 'vitest';
import { failingChecks } from '../../../etl/ledger/failing-check.ts';

type Given = Parameters<typeof failingChecks>;

const asked = { says: 'Loans are short.', severity: 'convention', threshold: 1, off: null };
const found = { status: 'fail', examined: 100, violated: 2, error: null, isFatal: false, keepsBack: false };

const idsOf = (check: object, result: object = {}, asserts: readonly object[] = []) =>
  failingChecks(
    { checks: [{ checks: [{ id: 'a', ...asked, ...check }] }] } as unknown as Given[0],
    { checks: [{ id: 'a', ...found, ...result }], asserts } as unknown as Given[1],
  );

test('a check that puts numbers in doubt is told with its counts, and one that could not be run with why', () => {
  const told = { id: 'a', says: 'Loans are short.', examined: 100, violated: 2, threshold: 1 };
  expect(idsOf({})).toEqual([told]);
  expect(idsOf({}, { status: 'error', error: 'Conversion Error' })).toEqual([{ ...told, error: 'Conversion Error' }]);
});

test('what passes, what only describes, what is not asked and what keeps a release back are none', () => {
  for (const status of ['pass', 'pass_with', 'na']) expect(idsOf({}, { status })).toEqual([]);
  expect(idsOf({ severity: 'characterisation' })).toEqual([]);
  expect(idsOf({ severity: 'fatal' })).toEqual([]);
  expect(idsOf({ off: 'Not here' })).toEqual([]);
});

test('a promise that warns fails with its first row; a fatal one would have kept the release back', () => {
  const promise = { name: 'no_gap', severity: 'warn', examined: null, violations: 1, summary: 'No gap.' };
  const pass = { status: 'pass' };
  expect(idsOf({}, pass, [promise])).toEqual([
    { id: 'no_gap', says: 'No gap.', examined: null, violated: 1, threshold: null },
  ]);
  expect(idsOf({}, pass, [{ ...promise, violations: 0 }])).toEqual([]);
  expect(idsOf({}, pass, [{ ...promise, severity: 'fatal' }])).toEqual([]);
});

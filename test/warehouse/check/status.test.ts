import { expect, test } from 'vitest';
import { statusOf, type CheckCounts } from '../../../warehouse/check/status.ts';

const counts = (violated: number, examined: number | null): CheckCounts => ({ violated, examined });

test.each([
  ['nothing to examine is no pass', 0, 0, 0, 'na'],
  ['none break it', 0, 10, 0, 'pass'],
  ['the first is over a threshold of 0', 1, 1_000_000, 0, 'fail'],
  ['at the threshold', 1, 1000, 0.1, 'pass_with'],
  ['one row over it', 2, 1000, 0.1, 'fail'],
  ['at a threshold that no double holds', 57, 10_000, 0.57, 'pass_with'],
  ['one row over that', 58, 10_000, 0.57, 'fail'],
  ['all of them, where all may', 3, 3, 100, 'pass_with'],
  ['not told how many, none break it', 0, null, 0, 'pass'],
  ['not told how many, some do', 1, null, 0, 'fail'],
  ['none of its own kind examined, yet something breaks it', 1, 0, 0, 'fail'],
] as const)('%s', (_what, violated, examined, threshold, status) => {
  expect(statusOf(counts(violated, examined), threshold)).toBe(status);
});

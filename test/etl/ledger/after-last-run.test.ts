import { expect, test } from 'vitest';
import { afterLastRun } from '../../../etl/ledger/after-last-run.ts';

const now = new Date('2026-11-01T05:30:00.500Z');

test('a run begins when the clock says so', () => {
  expect(afterLastRun([], now)).toEqual(now);
  expect(afterLastRun(['20261101T053000Z-1f300000', 'not-a-run'], now)).toEqual(now);
  expect(afterLastRun(['20261101T053000Z-1f300000'], now)).toEqual(now);
});

test('a run begins after the last one though the clock has gone back', () => {
  // 500 is 0x1f4.
  expect(afterLastRun(['20261101T053000Z-1f400000'], now)).toEqual(new Date('2026-11-01T05:30:00.501Z'));
  expect(afterLastRun(['20261101T060000Z-3e7fffff'], now)).toEqual(new Date('2026-11-01T06:00:01.000Z'));
});

import { expect, test } from 'vitest';
import { trustOf, type Check } from '../../../dashboard/data/trust.ts';

const check = (status: Check['status'], ...metrics: string[]): Check => ({
  ...{ id: status, says: null, examined: 10, violated: status === 'failed' ? 1 : 0 },
  ...{ status, metrics },
});

test('checks are counted for each metric they guard, those not run for none', () => {
  const trust = trustOf([check('passed', 'a', 'b'), check('failed', 'a'), check('not run', 'a', 'c'), check('failed')]);
  expect([...trust]).toEqual([
    ['a', { broken: 1, run: 1 + 1 }],
    ['b', { broken: 0, run: 1 }],
  ]);
});

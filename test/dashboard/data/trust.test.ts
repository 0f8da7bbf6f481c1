import { expect, test } from 'vitest';
import type { CheckStatus } from '../../../dashboard/data/explanation.ts';
import { trustOf } from '../../../dashboard/data/trust.ts';

const check = (status: CheckStatus, ...metrics: string[]) => ({ status, metrics });

test('checks are counted for each metric they guard, those that apply to no row for none', () => {
  const trust = trustOf([
    check('pass', 'a', 'b'),
    check('pass_with', 'a'),
    check('fail', 'a'),
    check('error', 'b'),
    check('na', 'a', 'c'),
    check('fail'),
  ]);
  expect([...trust]).toEqual([
    ['a', { broken: 1, run: 1 + 1 + 1 }],
    ['b', { broken: 1, run: 1 + 1 }],
  ]);
});

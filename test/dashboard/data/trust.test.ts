import { expect, test } from 'vitest';
import { summariseChecks } from '../../../dashboard/data/explanation.ts';
import { trustOf, type Guard } from '../../../dashboard/data/trust.ts';

const check = (status: Guard['status'], metrics: readonly string[], severity = 'convention'): Guard => ({
  ...{ id: status, says: null, examined: 10, violated: status === 'fail' ? 1 : 0, threshold: 0 },
  ...{ status, severity, metrics },
});

test('checks are counted for each metric they guard, those with nothing to examine for none', () => {
  const trust = trustOf([check('pass', ['a', 'b']), check('fail', ['a']), check('na', ['a', 'c']), check('fail', [])]);
  expect([...trust]).toEqual([
    ['a', { broken: 1, run: 1 + 1 }],
    ['b', { broken: 0, run: 1 }],
  ]);
});

test('what fails or cannot be run marks a number; violations under the threshold and mere characterisation do not', () => {
  const [pass, mild, fail, error] = (['pass', 'pass_with', 'fail', 'error'] as const).map((one) => check(one, ['a']));
  const character = check('fail', ['a'], 'characterisation');
  expect(trustOf([pass!, mild!, character]).get('a')).toEqual({ broken: 0, run: 3 });
  expect(trustOf([pass!, mild!, fail!, error!]).get('a')).toEqual({ broken: 2, run: 4 });
  expect(summariseChecks([pass!, mild!, fail!, error!, character, check('na', ['a'])])).toEqual({
    ...{ passed: 1, passedWith: 1 + 1, broken: [fail, error], notRun: 1 },
  });
});

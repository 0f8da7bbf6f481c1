import { expect, test } from 'vitest';
import { matches } from '../../../etl/gate/pattern.ts';
import { ask, column } from '../../support/gate.ts';

test('the whole text must match', async () => {
  const zip3 = column('zip3', { pattern: '[0-9]{3}' });
  expect(await ask(zip3, matches(zip3, '[0-9]{3}'), ['021', '21', '0213', null])).toEqual([
    ['021', '021'],
    ['21', 'refused'],
    ['0213', 'refused'],
    [null, null],
  ]);
});

import { expect, test } from 'vitest';
import { oneOf } from '../../../etl/gate/one-of.ts';
import { ask, column } from '../../support/gate.ts';

test('a text outside the closed list is refused, letter for letter; an empty one is not its business', async () => {
  const sex = column('sex', { values: ['female', 'male'] });
  expect(await ask(sex, oneOf(sex, ['female', 'male']), ['female', 'Female', ' male', null])).toEqual([
    ['female', 'female'],
    ['Female', 'refused'],
    [' male', 'refused'],
    [null, null],
  ]);
});

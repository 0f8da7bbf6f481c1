import { expect, test } from 'vitest';
import { required } from '../../../etl/gate/required.ts';
import { ask, column } from '../../support/gate.ts';

test('an empty text is refused, any other passes', async () => {
  const id = column('encounter_id', { required: true });
  expect(await ask(id, required(id), [null, 'NA', '0'])).toEqual([
    [null, 'refused'],
    ['NA', 'NA'],
    ['0', '0'],
  ]);
});

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

test('a day that stands for "no end yet" is empty', async () => {
  const at = column('admit_ts', { type: 'timestamp', required: true });
  expect(await ask(at, required(at), ['2100-12-31 00:00:00', '9999-12-31', '2026-01-01 10:00'])).toEqual([
    ['2100-12-31 00:00:00', 'refused'],
    ['9999-12-31', 'refused'],
    ['2026-01-01 10:00', '2026-01-01 10:00:00'],
  ]);
});

import { expect, test } from 'vitest';
import { rowCheck } from '../../../etl/gate/row-check.ts';
import { ask, column } from '../../support/gate.ts';

const check = (examined: string) =>
  rowCheck({
    id: 'below-ten',
    examined,
    violated: 'value >= 10',
    severity: 'quarantine',
    kahn: '',
    quality: '',
    says: '',
    unlessPrivacy: [],
  });

test('only rows examined can break a check; a condition that is null is not broken', async () => {
  const value = column('value', { type: 'integer' });
  const texts = ['9', '10', '99', null];
  expect((await ask(value, check('true'), texts)).map(([, answer]) => answer)).toEqual([9, 'refused', 'refused', null]);
  expect((await ask(value, check('value < 50'), texts)).map(([, answer]) => answer)).toEqual([9, 'refused', 99, null]);
});

import { expect, test } from 'vitest';
import { numbered } from '../../../etl/mapping/numbered.ts';

test('braces stand for numbers as wide as the first is written', () => {
  expect(numbered('dx{08..10}').map(({ name }) => name)).toEqual(['dx08', 'dx09', 'dx10']);
  expect(numbered('I10_DX{9..10}_code')).toEqual([
    { name: 'I10_DX9_code', number: 9 },
    { name: 'I10_DX10_code', number: 10 },
  ]);
});

test('a name without braces is itself, and counting backwards is nothing', () => {
  expect(numbered('dx_adm')).toEqual([{ name: 'dx_adm', number: null }]);
  expect(numbered('dx{3..2}')).toEqual([]);
});

import { expect, test } from 'vitest';
import { byCode, readable, valueLabel } from '../../../dashboard/data/catalogue.ts';

const values = (...codes: string[]) => codes.map((value) => ({ value, label: value }));
const catalogue = readable({
  release: 'r',
  metrics: [],
  dimensions: [
    {
      id: 'weekday',
      label: 'Day of the week',
      values: [
        { value: '5', label: 'Friday' },
        { value: '1', label: 'Monday' },
        { value: '7', label: 'Sunday' },
      ],
    },
    { id: 'payer', label: 'Payer', values: values('self_pay', 'medicare') },
    { id: 'coder', label: 'Coder', values: values('coder-04') },
  ],
});

test('what people know the order of stands in it, the rest as the server lists it', () => {
  expect(catalogue.dimensions.map(({ values: all }) => all.map(({ label }) => label))).toEqual([
    ['Monday', 'Friday', 'Sunday'],
    ['Self pay', 'Medicare'],
    ['coder-04'],
  ]);
});

test('codes compare by their figures, and what is not recorded comes last', () => {
  expect([null, '10', '9', '00'].toSorted(byCode)).toEqual(['00', '9', '10', null]);
});

test('a value that the release does not hold keeps its own name', () => {
  expect(valueLabel(catalogue, 'payer', 'self_pay')).toBe('Self pay');
  expect(valueLabel(catalogue, 'payer', 'charity')).toBe('charity');
  expect(valueLabel(catalogue, 'payer', null)).toBe('not recorded');
});

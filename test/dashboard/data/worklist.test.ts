import { expect, test } from 'vitest';
import { surrogatesOf, worklistAddress, worklistText, type Worklist } from '../../../dashboard/data/worklist.ts';

const list: Worklist = {
  id: 'late',
  label: 'Late',
  help: '',
  page: 'completion',
  dimensions: ['facility'],
  columns: [
    { column: 'record', label: 'Record', kind: 'encounter', dimension: null },
    { column: 'who', label: 'Who', kind: 'provider', dimension: null },
    { column: 'cents', label: 'Charges', kind: 'cents', dimension: null },
  ],
};

test('the address keeps the filters the list knows, and leaves out the others', () => {
  const where = { facility: ['north', ''], coder: ['c1'] };
  expect(worklistAddress(list, where, 25)).toBe(
    '/api/worklist/late?limit=25&offset=25&where=facility%3Dnorth&where=facility%3D',
  );
  expect(worklistAddress(list, {}, null)).toBe('/api/worklist/late.csv?about=yes');
});

test('surrogates are gathered by kind, each once, and nothing where there is none', () => {
  const rows = [
    { record: 'e1', who: 'p1', cents: 1 },
    { record: 'e2', who: 'p1', cents: 2 },
    { record: 'e1', who: null, cents: 3 },
  ];
  expect([...surrogatesOf(list, rows)]).toEqual([
    ['encounter', ['e1', 'e2']],
    ['provider', ['p1']],
  ]);
  expect([...surrogatesOf(list, [])]).toEqual([]);
});

test('cells are read as their kind says; unknown is a dash', () => {
  const catalogue = {
    release: '',
    metrics: [],
    dimensions: [{ id: 'facility', label: 'Facility', values: [{ value: 'n', label: 'North' }] }],
  };
  const text = (kind: Worklist['columns'][number]['kind'], value: string | number | boolean | null) =>
    worklistText(catalogue, { column: 'c', label: 'C', kind, dimension: null }, value);
  expect(text('cents', 123_456)).toBe('$1,235');
  expect(text('dollars', 1_234_567)).toBe('$1,234,567');
  expect(text('date', '2026-08-31')).toBe('31 Aug 2026');
  expect(text('days', 1.25)).toBe('1.3\u00a0d');
  expect([text('flag', true), text('flag', false), text('count', null)]).toEqual(['yes', 'no', '–']);
  expect([text('text', 'CHARGE_REVIEW'), text('text', 'unsubmitted'), text('encounter', 'a_b')]).toEqual([
    'Charge review',
    'Unsubmitted',
    'a_b',
  ]);
  expect(worklistText(catalogue, { column: 'f', label: 'F', kind: 'text', dimension: 'facility' }, 'n')).toBe('North');
});

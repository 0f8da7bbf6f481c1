import { expect, test } from 'vitest';
import { checkWorklists, readWorklists, showable } from '../../../warehouse/worklist/worklist.ts';
import { sqlFolder } from '../../support/sql-folder.ts';

const written = (change: Readonly<Record<string, string>> = {}): string => {
  const keys = {
    id: 'late',
    label: 'Late',
    help: 'What is late',
    from: 'mart.late',
    order: '[-days, record]',
    dimensions: '{ facility: facility_id }',
    columns: '[{ column: record, label: Record, kind: encounter }, { column: days, label: Days, kind: count }]',
    ...change,
  };
  const lines = Object.entries(keys).map(([key, value]) => `    ${key}: ${value}`);
  return `page: completion\nworklists:\n  -${lines.join('\n').slice(3)}\n`;
};

const read = (text: string) => readWorklists([sqlFolder({ 'late.yaml': text })]);

const types = new Map([
  ['mart.late', new Map(['record', 'days', 'facility_id'].map((name) => [name, 'VARCHAR'] as const))],
]);

test('a list is read with its order taken apart', () => {
  const [list] = read(written());
  expect(list).toMatchObject({
    id: 'late',
    page: 'completion',
    order: [
      { column: 'days', descending: true },
      { column: 'record', descending: false },
    ],
    dimensions: { facility: 'facility_id' },
  });
  expect(list!.columns[0]).toEqual({ column: 'record', label: 'Record', kind: 'encounter', dimension: null });
});

test.each([
  ['an unknown key', { colour: 'red' }, /unknown key/],
  ['a kind that is none', { columns: '[{ column: record, label: R, kind: person }]' }, /none of the values allowed/],
  ['a relation of staging', { from: 'staging.late' }, /from/],
  ['no columns', { columns: '[]' }, /columns/],
])('%s is refused by file, line and key', (_why, change, sentence) => {
  expect(() => read(written(change))).toThrow(sentence);
  expect(() => read(written(change))).toThrow(/late\.yaml:\d+/);
});

test('an id given twice is refused', () => {
  const folder = sqlFolder({ 'a.yaml': written(), 'b.yaml': written() });
  expect(() => readWorklists([folder])).toThrow(/b\.yaml:\d+ `late`: there is a worklist of this id already/);
});

test('what a release lacks is refused at a run, and waits when shown', () => {
  const lists = read(written());
  expect(() => checkWorklists(lists, types)).not.toThrow();
  expect(showable(lists, types)).toHaveLength(1);
  for (const change of [{ from: 'mart.gone' }, { order: '[gone]' }, { dimensions: '{ facility: gone }' }]) {
    expect(() => checkWorklists(read(written(change)), types)).toThrow(/gone/);
    expect(showable(read(written(change)), types)).toEqual([]);
  }
});

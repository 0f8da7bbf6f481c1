import { expect, test } from 'vitest';
import { readModels } from '../../../warehouse/model/model.ts';
import { sqlFolder } from '../../support/sql-folder.ts';

const model = (head = ''): string => `-- One row per stay.\n-- Key  stay_id\n${head}select 1 as stay_id`;

test('models are read from several folders, sub-folders too, in order of layer and name', () => {
  const shipped = sqlFolder({
    'mart/day.sql': model(),
    'core/stay.sql': model(),
    'core/README.md': '',
    'metric/x.yaml': '',
  });
  const own = sqlFolder({ 'core/bed/bed.sql': model(), 'staging/stay.sql': model() });
  expect(
    readModels([shipped, own]).map(({ name, layer, kind, file, key }) => ({ name, layer, kind, file, key })),
  ).toEqual([
    { name: 'staging.stay', layer: 'staging', kind: 'view', file: 'sql/staging/stay.sql', key: ['stay_id'] },
    { name: 'core.bed', layer: 'core', kind: 'table', file: 'sql/core/bed/bed.sql', key: ['stay_id'] },
    { name: 'core.stay', layer: 'core', kind: 'table', file: 'sql/core/stay.sql', key: ['stay_id'] },
    { name: 'mart.day', layer: 'mart', kind: 'table', file: 'sql/mart/day.sql', key: ['stay_id'] },
  ]);
});

test('the three kinds', () => {
  const kinds = (head: string): unknown => {
    const [read] = readModels([sqlFolder({ 'core/stay.sql': model(head) })]);
    return [read?.kind, read?.periodColumn, read?.follows];
  };
  const followed = (lines: string): unknown =>
    readModels([sqlFolder({ 'core/stay.sql': model(`-- Kind  period stay_date\n-- Follows  ${lines}\n`) })])[0]
      ?.followed;
  expect(kinds('-- Kind  view\n')).toEqual(['view', null, []]);
  expect(kinds('-- Kind  period stay_date\n-- Follows  raw.stay, raw.bed\n')).toEqual([
    'period',
    'stay_date',
    ['raw.stay', 'raw.bed'],
  ]);
  expect(followed('raw.stay, raw.bed')).toEqual([]);
  expect(followed('mart.stay_flow day onward\n--          core.day day')).toEqual([
    { relation: 'mart.stay_flow', column: 'day', isOnward: true },
    { relation: 'core.day', column: 'day', isOnward: false },
  ]);
  for (const wrong of [
    'mart.stay_flow',
    'staging.stay day',
    'core.day day later',
    'raw.stay\n--          core.day day',
  ])
    expect(() => followed(wrong)).toThrow('is not known.');
  expect(() => kinds('-- Kind  cube\n')).toThrow('sql/core/stay.sql: Kind `cube` is not known.');
  expect(() => kinds('-- Kind  period\n')).toThrow('Kind `period` is not known.');
});

test('a missing header, a missing key, a bad name and a second file for one relation are refused by name', () => {
  const read = (files: Record<string, string>, more: Record<string, string> = {}): unknown =>
    readModels([sqlFolder(files), sqlFolder(more)]);
  expect(() => read({ 'core/stay.sql': 'select 1' })).toThrow('sql/core/stay.sql:1: the header is missing');
  expect(() => read({ 'core/stay.sql': '-- One row per stay.\nselect 1' })).toThrow(
    'sql/core/stay.sql: the header has no Key',
  );
  expect(() => read({ 'core/Stay-2.sql': model() })).toThrow('sql/core/Stay-2.sql: the name Stay-2');
  expect(() => read({ 'core/stay.sql': model() }, { 'core/stay.sql': model() })).toThrow(
    'core.stay is defined in sql/core/stay.sql',
  );
});

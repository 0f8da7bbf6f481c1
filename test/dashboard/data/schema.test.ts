import { expect, test } from 'vitest';
import { findTables, type OpenTable } from '../../../dashboard/data/schema.ts';

const table = (name: string, summary: string, ...columns: string[]): OpenTable => ({
  ...{ name, summary, rows: 1 },
  columns: columns.map((column) => ({ name: column, type: 'VARCHAR', describes: null })),
});
const tables = [
  table('core.tumor', 'One row per tumor.', 'site_code'),
  table('mart.tumor_day', 'Cases by day.', 'diagnosis_date'),
  table('mart.encounter_day', 'Discharges by day.', 'facility_id', 'tumor_count'),
];
const found = (asked: string) => findTables(tables, asked).map(({ name }) => name);

test('all tables without a word; with some those that hold every one, named so first', () => {
  expect(found('  ')).toEqual(['core.tumor', 'mart.tumor_day', 'mart.encounter_day']);
  expect(found('TUMOR')).toEqual(['core.tumor', 'mart.tumor_day', 'mart.encounter_day']);
  expect(found('day tumor')).toEqual(['mart.tumor_day', 'mart.encounter_day']);
  expect(found('site')).toEqual(['core.tumor']);
  expect(found('nothing')).toEqual([]);
});

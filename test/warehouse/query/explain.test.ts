import { beforeAll, expect, test } from 'vitest';
import type { Reader } from '../../../warehouse/open.ts';
import { toCatalogueJson } from '../../../warehouse/query/catalogue-json.ts';
import { explain } from '../../../warehouse/query/explain.ts';
import { catalogue, metric, releaseId, smallRelease, view } from './small-release.ts';

const from = { from: 'mart.coding', date: 'day' } as const;
const right = {
  ...metric(
    'right',
    { kind: 'ratio', ...from, numerator: 'correct', denominator: 'codes', interval: 'none' },
    { facility: 'facility_id', kind: 'kind' },
  ),
  variantOf: 'right',
  gatedBy: ['date_order', 'core_holds', 'never'],
};
const strict = { ...right, id: 'strict', code: 'CA2', gatedBy: [] };
const all = {
  ...catalogue(right, strict, metric('lonely', { kind: 'count', ...from, count: '*' })),
  dimensions: [
    {
      id: 'facility',
      label: 'Facility',
      labelFrom: { table: 'core.facility', value: 'facility_id', label: 'name' },
      labels: {},
    },
    { id: 'kind', label: 'Kind', labelFrom: null, labels: { b: 'Second' } },
  ],
};

let reader: Reader;

beforeAll(async () => {
  const release = await smallRelease();
  reader = release.reader;
  await release.connection.run(`
    create table mart.coding (day date, correct integer, codes integer, facility_id varchar, kind varchar);
    insert into mart.coding values ('2026-01-01', 1, 2, 'n', 'b'), ('2026-01-01', 1, 2, 'x', 'c'), ('2026-01-01', 1, 2, null, 'b');
    create table core.facility (facility_id varchar, name varchar);
    insert into core.facility values ('n', 'North');
    create table core.target (metric_id varchar, scope varchar, value double, label varchar, citation varchar, valid_from date, valid_to date);
    insert into core.target values
      ('right', null, 0.9, 'old', null, '2020-01-01', '2026-01-01'), ('right', null, 0.97, 'ours', 'Policy 6', '2026-01-01', null),
      ('right', 'n', 0.5, 'scoped', null, null, null);
    insert into meta.lineage values
      ('mart.coding', 'correct', 'staging.audit', 'verdict', 'AGGREGATION'), ('staging.audit', 'verdict', 'raw.audit', 'code', 'IDENTITY'),
      ('mart.coding', 'facility_id', 'raw.encounter', 'facility_id', 'IDENTITY'), ('mart.coding', 'day', 'raw.source', 'timezone', 'TRANSFORMATION');
    insert into meta.gate_check values
      ('date_order', 'audit', 'one', 'warn', 'Dates in order', 10, 1), ('date_order', 'audit', 'two', 'warn', 'Dates in order', 5, 2);
    insert into meta."assert" values ('core_holds', 'fatal', 0, 'One row per code')`);
  await release.describeColumns();
});

test('definition, SQL, lineage to the extracts, checks and variants of a metric', async () => {
  const explained = await explain(reader, all, 'RIGHT', {
    view: view({ metrics: ['right'], where: { facility: ['n'] }, from: '2026-01-01' }),
  });
  expect(explained.release).toBe(releaseId);
  expect(explained.sql).toContain('from "mart"."coding"');
  expect(explained.parameters).toEqual(['2026-01-01', 'n']);
  expect(explained.lineage.extracts).toEqual(['audit', 'encounter']);
  expect(explained.lineage.edges).toContainEqual({ from: 'raw.audit.code', to: 'staging.audit.verdict' });
  expect(explained.lineage.edges).toContainEqual({ from: 'raw.encounter.facility_id', to: 'mart.coding.facility_id' });
  expect(explained.lineage.relations[0]).toEqual({
    name: 'mart.coding',
    summary: 'One row per test',
    sql: 'select 1',
    columns: ['correct', 'day', 'facility_id'],
  });
  expect(explained.checks).toEqual([
    {
      ...{ id: 'date_order', severity: 'warn', says: 'Dates in order', examined: 15, violated: 3, status: 'fail' },
      threshold: 0.01,
    },
    {
      ...{ id: 'core_holds', severity: 'fatal', says: 'One row per code', examined: null, violated: 0, status: 'pass' },
      threshold: null,
    },
    { id: 'never', severity: null, says: null, examined: null, violated: null, threshold: null, status: 'na' },
  ]);
  expect(explained.variants.map(({ id }) => id)).toEqual(['strict']);
});

test('a metric alone has no variants, and is explained over the whole range', async () => {
  const explained = await explain(reader, all, 'lonely');
  expect(explained.variants).toEqual([]);
  expect(explained.parameters).toEqual([]);
});

test('the catalogue shows what may be asked, with the values of each dimension by label and the workspace’s target', async () => {
  const { release, metrics, dimensions } = await toCatalogueJson(reader, all);
  expect(release).toBe(releaseId);
  expect(metrics[0]).toMatchObject({
    id: 'right',
    kind: 'ratio',
    dimensions: ['facility', 'kind'],
    target: { value: 0.97, label: 'ours', citation: 'Policy 6', direction: 'at_least' },
  });
  expect(metrics[0]).not.toHaveProperty('measure');
  expect(metrics[2]).toMatchObject({ id: 'lonely', target: null });
  expect(dimensions).toEqual([
    {
      id: 'facility',
      label: 'Facility',
      values: [
        { value: 'n', label: 'North' },
        { value: 'x', label: 'x' },
      ],
    },
    {
      id: 'kind',
      label: 'Kind',
      values: [
        { value: 'c', label: 'c' },
        { value: 'b', label: 'Second' },
      ],
    },
  ]);
});

import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import type { Catalogue } from '../../../warehouse/metric/catalogue.ts';
import { grains, type Measure, type Metric } from '../../../warehouse/metric/metric.ts';
import type { Reader } from '../../../warehouse/open.ts';
import { readViewState, type ViewState } from '../../../warehouse/query/view-state.ts';

export const releaseId = '20260901T000000Z-0badcafe';

export interface SmallRelease {
  readonly reader: Reader;
  /** For making tables; the release's columns are described again by `describeColumns`. */
  readonly connection: DuckDBConnection;
  readonly describeColumns: () => Promise<void>;
}

/** A release in memory with empty schemas and the meta tables every release has. */
export const smallRelease = async (): Promise<SmallRelease> => {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
  const connection = await instance.connect();
  await connection.run(`
    create schema mart; create schema core; create schema meta;
    create table meta.release as select '${releaseId}' as release, timestamp '2026-09-01 00:00:00' as as_of, date '2026-08-31' as complete_through;
    create table meta.model (name varchar, layer varchar, kind varchar, summary varchar, header json, sql varchar);
    create table meta."column" (model varchar, position integer, name varchar, type varchar);
    create table meta.lineage (model varchar, column_name varchar, source_relation varchar, source_column varchar, kind varchar);
    create table meta.coverage (contract varchar, source_id varchar, as_of timestamp, through date);
    create table meta.gate_check (check_id varchar, contract varchar, source_id varchar, severity varchar, says varchar, examined bigint, violated bigint);
    create table meta."assert" (name varchar, severity varchar, violations bigint, summary varchar);
  `);
  const describeColumns = async (): Promise<void> => {
    await connection.run(`
      insert into meta."column"
      select schema_name || '.' || table_name, column_index, column_name, data_type
      from duckdb_columns() where schema_name in ('core', 'mart');
      insert into meta.model
      select distinct schema_name || '.' || table_name, schema_name, 'table', 'One row per test', null, 'select 1'
      from duckdb_columns() where schema_name in ('core', 'mart');
    `);
  };
  const reader: Reader = {
    release: releaseId,
    connect: () => instance.connect(),
    close: async () => instance.closeSync(),
  };
  return { reader, connection, describeColumns };
};

/** A metric with everything a test does not care for filled in. */
export const metric = (id: string, measure: Measure, dimensions: Record<string, string> = {}): Metric => ({
  id,
  code: id.toUpperCase(),
  label: id,
  help: id,
  definition: id,
  excludes: null,
  method: 'As tested',
  source: 'test',
  unit: 'share',
  better: 'higher',
  scorecard: false,
  variantOf: null,
  target: null,
  measure,
  dimensions,
  grains,
  maturesAfterMonths: 0,
  gatedBy: [],
  subject: 'Test',
  page: 'test',
  order: 1,
  where: 'test.yaml:1',
});

export const catalogue = (...metrics: readonly Metric[]): Catalogue => ({ metrics, dimensions: [], waiting: [] });

/** A view state with everything not given left empty. */
export const view = (given: Partial<ViewState>): ViewState => readViewState(given);

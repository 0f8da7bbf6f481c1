import type { AssertResult } from './assert.ts';
import type { BuiltModel } from './build.ts';
import type { CheckResult } from './check/audit-checks.ts';
import { checkTable } from './check/check-table.ts';
import type { MetaTable, ReleaseMeta } from './meta.ts';
import type { Compiled } from './model/compiled.ts';

/**
 * Version of the meta tables below. Raise it when a column that `readPrevious` needs changes: a release of another layout can be
 * served, but nothing of it is kept in the next build.
 */
export const META_LAYOUT = 2;

/** All there is to tell of one release. */
export interface About {
  readonly release: string;
  /** ISO timestamp, UTC. */
  readonly builtAt: string;
  readonly compiled: Compiled;
  readonly built: readonly BuiltModel[];
  readonly asserts: readonly AssertResult[];
  readonly checks: readonly CheckResult[];
  readonly meta: ReleaseMeta;
}

const modelTable = ({ compiled, built }: About): MetaTable => {
  const done = new Map(built.map((each) => [each.name, each]));
  return {
    name: 'model',
    summary: 'One row per model, with what its header says and the query that builds it',
    columns: {
      ...{ name: 'VARCHAR', layer: 'VARCHAR', kind: 'VARCHAR', summary: 'VARCHAR', header: 'JSON', sql: 'VARCHAR' },
      ...{ fingerprint: 'VARCHAR', definition: 'VARCHAR', row_count: 'BIGINT', seconds: 'DOUBLE' },
    },
    rows: compiled.models.map(({ model, fingerprint, definition }) => ({
      ...{
        name: model.name,
        layer: model.layer,
        kind: model.kind,
        summary: model.header.summary,
        sql: model.sql,
        fingerprint,
        definition,
      },
      header: { summary: model.header.summary, ...model.header.fields },
      row_count: done.get(model.name)?.rows ?? null,
      seconds: done.get(model.name)?.seconds ?? null,
    })),
  };
};

const columnTable = (compiled: Compiled): MetaTable => ({
  name: 'column',
  summary: 'One row per column of every relation, raw and reference tables included',
  columns: { model: 'VARCHAR', position: 'INTEGER', name: 'VARCHAR', type: 'VARCHAR', describes: 'VARCHAR' },
  rows: [...compiled.given, ...compiled.models.map(({ model, columns }) => [model.name, columns] as const)].flatMap(
    ([model, columns]) =>
      columns.map((column, at) => ({
        model,
        position: at + 1,
        name: column.name,
        type: column.type,
        describes: column.describes ?? null,
      })),
  ),
});

const lineageTable = (compiled: Compiled): MetaTable => ({
  name: 'lineage',
  summary:
    'One row per step of lineage: a column and a column it is made of, one hop back (column_name null: the whole model)',
  columns: {
    model: 'VARCHAR',
    column_name: 'VARCHAR',
    source_relation: 'VARCHAR',
    source_column: 'VARCHAR',
    kind: 'VARCHAR',
  },
  rows: compiled.models.flatMap(({ model, lineage }) =>
    lineage.map((edge) => ({
      ...{ model: model.name, column_name: edge.column, source_relation: edge.sourceRelation },
      ...{ source_column: edge.sourceColumn, kind: edge.kind },
    })),
  ),
});

const inputTable = (compiled: Compiled): MetaTable => ({
  name: 'input',
  summary: 'One row per raw table (period null) and month of it, with the fingerprint of its rows and where they stand',
  columns: { relation: 'VARCHAR', period: 'VARCHAR', fingerprint: 'VARCHAR', parts: 'VARCHAR', query: 'VARCHAR' },
  rows: compiled.raw.flatMap(({ name, fingerprint, months, parts, query }) => [
    {
      ...{ relation: `raw.${name}`, period: null, fingerprint },
      ...(parts === undefined ? { parts: null, query } : { parts: JSON.stringify(parts), query: null }),
    },
    ...Object.entries(months ?? {}).map(([period, each]) => ({
      ...{ relation: `raw.${name}`, period, fingerprint: each, parts: null, query: null },
    })),
  ]),
});

const releaseTable = ({ release, builtAt, meta }: About): MetaTable => ({
  name: 'release',
  summary: 'One row: this release, when it was built and what moment its data speaks of (UTC)',
  columns: {
    release: 'VARCHAR',
    built_at: 'TIMESTAMP',
    as_of: 'TIMESTAMP',
    complete_through: 'DATE',
    layout: 'INTEGER',
  },
  rows: [{ release, built_at: builtAt, as_of: meta.asOf, complete_through: meta.completeThrough, layout: META_LAYOUT }],
});

/** Readers count on it, even where nobody hands in rows for it. */
const NO_CHECKS: MetaTable = {
  name: 'gate_check',
  summary: 'One row per check of a contract and source: rows examined, rows that broke it',
  columns: {
    ...{ check_id: 'VARCHAR', contract: 'VARCHAR', source_id: 'VARCHAR', kahn: 'VARCHAR', quality: 'VARCHAR' },
    ...{ severity: 'VARCHAR', says: 'VARCHAR', examined: 'BIGINT', violated: 'BIGINT' },
  },
  rows: [],
};

const assertTable = ({ asserts }: About): MetaTable => ({
  name: 'assert',
  summary: 'One row per promise about this release: rows it is about (null: not counted), and what breaks it',
  columns: {
    ...{ name: 'VARCHAR', severity: 'VARCHAR', examined: 'BIGINT', violations: 'BIGINT', summary: 'VARCHAR' },
    definition: 'VARCHAR',
  },
  rows: asserts.map((each) => ({ ...each })),
});

const coverageTable = ({ meta }: About): MetaTable => ({
  name: 'coverage',
  summary: 'One row per contract and source: up to when it is known',
  columns: { contract: 'VARCHAR', source_id: 'VARCHAR', as_of: 'TIMESTAMP', through: 'DATE' },
  rows: meta.coverage.map((each) => ({ ...each })),
});

/** The meta tables that the engine itself fills; `gate_check` (empty) only where landing hands none in. */
export const ownTables = (about: About): readonly MetaTable[] => [
  releaseTable(about),
  modelTable(about),
  ...[columnTable, lineageTable, inputTable].map((table) => table(about.compiled)),
  assertTable(about),
  checkTable(about.compiled.checks, about.checks),
  coverageTable(about),
  ...(about.meta.tables.some(({ name }) => name === NO_CHECKS.name) ? [] : [NO_CHECKS]),
];

import type { DuckDBConnection } from '@duckdb/node-api';
import { fileURLToPath } from 'node:url';
import { readContracts, sqlType } from '../../etl/contract/contract.ts';
import { codeTableColumns } from '../../etl/raw/code-table-columns.ts';
import { uniqueKey, runAsserts, type Assert, type AssertResult } from '../../warehouse/assert.ts';
import { buildModels } from '../../warehouse/build.ts';
import { auditChecks, type CheckResult } from '../../warehouse/check/audit-checks.ts';
import { NO_META, writeMeta, type ReleaseMeta } from '../../warehouse/meta.ts';
import { compile, type Column, type Compiled, type RawTable } from '../../warehouse/model/compile.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { plan } from '../../warehouse/plan.ts';
import { readProject } from '../../warehouse/project.ts';
import { identifier } from '../../warehouse/quote.ts';
import { createTable } from './table.ts';

export { createTable, rows } from './table.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Columns that landing adds to every row of a contract. */
const LANDED: readonly Column[] = [
  { name: 'source_id', type: 'VARCHAR' },
  { name: 'batch_id', type: 'VARCHAR' },
  { name: 'record', type: 'BIGINT' },
];

const columns = (declared: Readonly<Record<string, string>>): Column[] =>
  Object.entries(declared).map(([name, type]) => ({ name, type }));

/** Raw tables filled from configuration. */
const SYSTEM: Readonly<Record<string, readonly Column[]>> = {
  source: columns({
    source_id: 'VARCHAR',
    timezone: 'VARCHAR',
    privacy_mode: 'VARCHAR',
    is_instant: 'BOOLEAN',
    as_of_ts: 'TIMESTAMP',
  }),
  completion_policy: columns({
    ...{
      facility_id: 'VARCHAR',
      doc_type: 'VARCHAR',
      action_type: 'VARCHAR',
      patient_class: 'VARCHAR',
      clock_start: 'VARCHAR',
    },
    ...{
      due_hours: 'DECIMAL(18,4)',
      delinquent_days: 'BIGINT',
      suspend_days: 'BIGINT',
      counts_toward_delinquency: 'BOOLEAN',
    },
    ...{ holds_stop_clock: 'BOOLEAN', valid_from: 'DATE', valid_to: 'DATE', citation: 'VARCHAR' },
  }),
  target: columns({
    ...{ metric_id: 'VARCHAR', scope: 'VARCHAR', value: 'DOUBLE', direction: 'VARCHAR', label: 'VARCHAR' },
    ...{ citation: 'VARCHAR', policy_window: 'VARCHAR', valid_from: 'DATE', valid_to: 'DATE' },
  }),
  metric_setting: columns({ name: 'VARCHAR', value: 'VARCHAR' }),
  work_unit: columns({ patient_class: 'VARCHAR', units: 'DOUBLE' }),
  reason_map: columns({ kind: 'VARCHAR', code: 'VARCHAR', category: 'VARCHAR', owner: 'VARCHAR' }),
  score_weight: columns({
    ...{ facility_id: 'VARCHAR', part: 'VARCHAR', weight: 'DOUBLE', valid_from: 'DATE', valid_to: 'DATE' },
  }),
  blended_rate: columns({ facility_id: 'VARCHAR', dollars: 'DOUBLE', valid_from: 'DATE', valid_to: 'DATE' }),
  ...codeTableColumns,
};

/** Every raw table by name, with its columns as landing makes them. */
export const rawColumns = (): ReadonlyMap<string, readonly Column[]> =>
  new Map([
    ...[...readContracts().values()].map((contract): [string, readonly Column[]] => [
      contract.id,
      [...contract.columns.map((column) => ({ name: column.name, type: sqlType(column) })), ...LANDED],
    ]),
    ...Object.entries(SYSTEM),
  ]);

let shipped: Promise<Compiled> | undefined;

/** The shipped project, compiled once a test file. */
export const compileShipped = (): Promise<Compiled> =>
  (shipped ??= compile({
    project: readProject([at('sql')]),
    raw: [...rawColumns()].map(([name, declared]): RawTable => ({
      ...{ name, columns: declared, fingerprint: '' },
      query: `from input.main.${identifier(name)}`,
    })),
  }));

/** A warehouse in memory, built from drawings. */
export interface MemoryWarehouse {
  readonly connection: DuckDBConnection;
  readonly compiled: Compiled;
  /** Findings of sql/assert, of sql/check and of the unique keys of every model, each by its name. */
  readonly asserts: readonly AssertResult[];
  readonly checks: readonly CheckResult[];
  readonly close: () => Promise<void>;
}

/**
 * Builds ALL of `sql/` in memory over raw tables drawn as text (`{ raw: { audit_code: '…' } }`). Tables not given are
 * empty; columns not drawn are null, but `source_id` is `test` where not drawn. Staging relations stay, to be looked at.
 */
export const buildInMemory = async (given: {
  readonly raw: Readonly<Record<string, string>>;
  readonly meta?: Partial<ReleaseMeta>;
}): Promise<MemoryWarehouse> => {
  const compiled = await compileShipped();
  // One thread: test files run side by side, and small tables gain nothing from a second.
  const { connection, close } = await openBuilder(null, { threads: 1 });
  await connection.run(`attach ':memory:' as input`);
  const known = rawColumns();
  for (const name of Object.keys(given.raw)) if (!known.has(name)) throw new Error(`there is no raw table ${name}`);
  await connection.run('use input');
  for (const [name, declared] of known) {
    const defined = declared.map(
      (column) => `${identifier(column.name)} ${column.type}${column.name === 'source_id' ? ` default 'test'` : ''}`,
    );
    await connection.run(`create table ${identifier(name)} (${defined.join(', ')})`);
    const drawing = given.raw[name];
    if (drawing !== undefined) await createTable(connection, `main.${name}`, drawing);
  }
  await connection.run('use wh');
  const built = await buildModels(connection, compiled, plan(compiled, null));
  const keys = compiled.models.filter(({ model }) => model.layer !== 'staging').map(({ model }) => uniqueKey(model));
  // Most tables of a drawing are empty, and no rows of theirs share a key.
  const empty = new Set(built.filter(({ rows }) => rows === 0).map(({ name }) => `unique-key:${name}`));
  const asserts = [
    ...(await runAsserts(connection, [...compiled.project.asserts, ...keys.filter(({ name }) => !empty.has(name))])),
    ...keys.filter(({ name }) => empty.has(name)).map(unbroken),
  ];
  const checks = await auditChecks(connection, compiled.checks, { work: [], increment: null });
  const meta = { ...NO_META, ...given.meta };
  const release = '20260901T000000Z-00000000';
  await writeMeta(connection, { release, builtAt: '2026-09-01T00:00:00Z', compiled, built, asserts, checks, meta });
  return { connection, compiled, asserts: [...asserts, ...checks.map(asAssert)], checks, close };
};

const unbroken = ({ name, severity, header }: Assert): AssertResult => ({
  ...{ name, severity, examined: 0, violations: 0, summary: header.summary },
});

/** A check among the asserts: what fails of it keeps a release back as they do. */
const asAssert = ({ id, isFatal, examined, violated }: CheckResult): AssertResult => ({
  ...{ name: id, severity: isFatal ? 'fatal' : 'warn', examined, violations: violated, summary: '' },
});

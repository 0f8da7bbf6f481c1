import type { DuckDBConnection } from '@duckdb/node-api';
import { runAsserts, type AssertResult } from '../../warehouse/assert.ts';
import { buildModels, type BuiltModel } from '../../warehouse/build.ts';
import { auditChecks, type CheckResult } from '../../warehouse/check/audit-checks.ts';
import { NO_META, writeMeta, type ReleaseMeta } from '../../warehouse/meta.ts';
import type { About } from '../../warehouse/meta-table.ts';
import type { Compiled } from '../../warehouse/model/compiled.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { plan } from '../../warehouse/plan.ts';
import { identifier } from '../../warehouse/quote.ts';
import { compileShipped, rawColumns } from './shipped.ts';
import { createTable } from './table.ts';

/** What a warehouse in memory is built of: raw tables drawn as text (`{ raw: { audit_code: '…' } }`). */
export interface Drawn {
  readonly raw: Readonly<Record<string, string>>;
  readonly meta?: Partial<ReleaseMeta>;
}

/** A warehouse in memory, built from drawings. */
export interface MemoryWarehouse {
  readonly connection: DuckDBConnection;
  readonly compiled: Compiled;
  /** Findings of sql/assert, of sql/check and of the unique keys of every model, each by its name. */
  readonly asserts: readonly AssertResult[];
  readonly checks: readonly CheckResult[];
  readonly close: () => Promise<void>;
}

/** A warehouse of which it is known what became of every model. */
export interface FromNothing extends MemoryWarehouse {
  readonly built: readonly BuiltModel[];
}

/** What is the same of every warehouse that tests build. */
const RELEASE: Pick<About, 'release' | 'builtAt'> = {
  release: '20260901T000000Z-00000000',
  builtAt: '2026-09-01T00:00:00Z',
};

/** All that is told of one in its meta schema. */
export const aboutOf = (
  found: Pick<About, 'compiled' | 'built' | 'asserts' | 'checks'>,
  meta: Partial<ReleaseMeta> = {},
): About => ({ ...RELEASE, ...found, meta: { ...NO_META, ...meta } });

/**
 * Adds the rows drawn to the raw tables of the catalog `input`.
 *
 * @throws Error for a table that no contract and no configuration lands
 */
export const draw = async (connection: DuckDBConnection, raw: Drawn['raw']): Promise<void> => {
  const known = rawColumns();
  for (const name of Object.keys(raw)) if (!known.has(name)) throw new Error(`there is no raw table ${name}`);
  await connection.run('use input');
  for (const [name, drawing] of Object.entries(raw)) await createTable(connection, `main.${name}`, drawing);
  await connection.run('use wh');
};

/** The raw tables as landing makes them, empty, in the catalog `input`. */
const layRaw = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run(`attach ':memory:' as input`);
  for (const [name, declared] of rawColumns()) {
    const defined = declared.map(
      (column) => `${identifier(column.name)} ${column.type}${column.name === 'source_id' ? ` default 'test'` : ''}`,
    );
    await connection.run(`create table input.main.${identifier(name)} (${defined.join(', ')})`);
  }
};

/** Builds every model of `sql/` over the raw tables drawn, each from its text, as the first run of a program does. */
export const buildFromNothing = async (given: Drawn): Promise<FromNothing> => {
  const compiled = await compileShipped();
  // One thread: test files run side by side, and small tables gain nothing from a second.
  const { connection, close } = await openBuilder(null, { threads: 1 });
  await layRaw(connection);
  await draw(connection, given.raw);
  const built = await buildModels(connection, compiled, plan(compiled, null));
  const all = compiled.asserts.map(({ assert }) => assert);
  const asserts = await runAsserts(connection, all);
  const checks = await auditChecks(connection, compiled.checks, { work: [], increment: null });
  await writeMeta(connection, aboutOf({ compiled, built, asserts, checks }, given.meta));
  return { connection, compiled, built, asserts: [...asserts, ...checks.map(asAssert)], checks, close };
};

/** A check among the asserts: what fails of it keeps a release back as they do. */
export const asAssert = ({ id, isFatal, examined, violated }: CheckResult): AssertResult => ({
  ...{ name: id, severity: isFatal ? 'fatal' : 'warn', examined, violations: violated, summary: '' },
});

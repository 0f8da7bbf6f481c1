import type { DuckDBConnection } from '@duckdb/node-api';
import { runAsserts, type AssertResult } from '../../warehouse/assert.ts';
import { buildAlone, type BuiltModel } from '../../warehouse/build.ts';
import { auditChecks } from '../../warehouse/check/audit-checks.ts';
import { ownTables, type About } from '../../warehouse/meta-table.ts';
import { writeTable } from '../../warehouse/meta.ts';
import type { Compiled } from '../../warehouse/model/compiled.ts';
import { openBuilder } from '../../warehouse/open.ts';
import { literal, relationName } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { inTransaction } from '../../warehouse/transaction.ts';
import { emptyWarehouse, type EmptyWarehouse } from './empty-warehouse.ts';
import { aboutOf, asAssert, draw, type Drawn, type MemoryWarehouse } from './from-nothing.ts';
import { compileShipped } from './shipped.ts';

export { createTable, rows } from './table.ts';
export type { MemoryWarehouse } from './from-nothing.ts';

/** Meta tables that tell of the project alone, and are the same over any rows. */
const OF_PROJECT: ReadonlySet<string> = new Set(['column', 'lineage', 'input']);

const copyOf = async ({ input, wh }: EmptyWarehouse): ReturnType<typeof openBuilder> => {
  // One thread: test files run side by side, and small tables gain nothing from a second.
  const builder = await openBuilder(null, { threads: 1 });
  const { connection } = builder;
  await connection.run(`attach ':memory:' as input`);
  for (const [catalog, file] of Object.entries({ input, wh })) {
    await connection.run(`attach ${literal(file)} as written (read_only)`);
    await connection.run(`copy from database written to ${catalog}`);
    await connection.run('detach written');
  }
  return builder;
};

/** Raw tables that hold rows, by name (`raw.encounter`). */
const filled = async (connection: DuckDBConnection, raw: Drawn['raw']): Promise<string[]> => {
  const names: string[] = [];
  for (const name of Object.keys(raw))
    if ((await readRows(connection, `from input.main."${name}" limit 1`)).length > 0) names.push(`raw.${name}`);
  return names;
};

/** The relations, and all that they read near or far. */
const readBy = ({ models }: Compiled, relations: readonly string[]): ReadonlySet<string> => {
  const wanted = new Set(relations);
  for (const { model, parents } of models.toReversed())
    if (wanted.has(model.name)) for (const name of parents) wanted.add(name);
  return wanted;
};

/**
 * Builds anew every model that reads, near or far, what differs from the empty warehouse, and adds its name to `differs`.
 * A table that stays without rows, as it was, leaves those that read it as they are.
 *
 * @param wanted the relations that may be looked at; null: all
 */
const rebuild = async (
  connection: DuckDBConnection,
  { models }: Compiled,
  before: readonly BuiltModel[],
  { differs, wanted }: { readonly differs: Set<string>; readonly wanted: ReadonlySet<string> | null },
): Promise<BuiltModel[]> => {
  const built = new Map(before.map((each) => [each.name, each]));
  for (const { model, parents } of models) {
    if (!parents.some((name) => differs.has(name))) continue;
    if (wanted?.has(model.name) === false) {
      // Who looks at it after all finds nothing, rather than what it would be without the drawing.
      await connection.run(`drop ${model.kind === 'view' ? 'view' : 'table'} ${relationName(model.name)}`);
      differs.add(model.name);
      continue;
    }
    const was = built.get(model.name);
    if (model.kind !== 'view') {
      const rows = await buildAlone(connection, model, 'table');
      if (was !== undefined) built.set(model.name, { ...was, rows });
      if (rows === 0 && was?.rows === 0) continue;
    }
    differs.add(model.name);
  }
  return [...built.values()];
};

/** Asks every promise anew that reads something that differs; of the others the answer is known. */
const keptPromises = async (
  connection: DuckDBConnection,
  { asserts }: Compiled,
  before: readonly AssertResult[],
  differs: ReadonlySet<string>,
): Promise<AssertResult[]> => {
  const known = new Map(before.map((each) => [each.name, each]));
  const due = asserts.filter(({ parents, examined }) =>
    [...parents, ...(examined?.parents ?? [])].some((name) => differs.has(name)),
  );
  const asked = await runAsserts(
    connection,
    due.map(({ assert }) => assert),
  );
  for (const each of asked) known.set(each.name, each);
  return asserts.map(({ assert }) => known.get(assert.name)!);
};

const tell = async (connection: DuckDBConnection, about: About): Promise<void> => {
  const own = ownTables(about).filter(({ name }) => !OF_PROJECT.has(name));
  for (const table of [...own, ...about.meta.tables]) await writeTable(connection, table);
};

/** A part of a warehouse: of promises and checks nothing is known. */
export type PartInMemory = Omit<MemoryWarehouse, 'asserts' | 'checks'>;

interface BuildInMemory {
  (given: Pick<Drawn, 'raw'> & { readonly looksAt: readonly string[]; readonly meta?: never }): Promise<PartInMemory>;
  (given: Drawn & { readonly looksAt?: never }): Promise<MemoryWarehouse>;
}

/**
 * All of `sql/` in memory over raw tables drawn as text (`{ raw: { audit_code: '…' } }`). Tables not given are empty;
 * columns not drawn are null, but `source_id` is `test` where not drawn. Staging relations stay, to be looked at.
 *
 * It begins as a copy of the warehouse over empty raw tables, and builds, asks and checks again whatever depends on what is
 * drawn: the outcome is that of `buildFromNothing`. Of a drawing that says what is looked at (`looksAt`) only that is built,
 * and nothing is asked, checked or told: a third of the time.
 */
export const buildInMemory: BuildInMemory = async (given: Drawn & { readonly looksAt?: readonly string[] }) => {
  const compiled = await compileShipped();
  const empty = await emptyWarehouse();
  const { connection, close } = await copyOf(empty);
  await draw(connection, given.raw);
  const differs = new Set(await filled(connection, given.raw));
  const wanted = given.looksAt === undefined ? null : readBy(compiled, given.looksAt);
  const built = await inTransaction(connection, () => rebuild(connection, compiled, empty.built, { differs, wanted }));
  if (wanted !== null) {
    await connection.run('drop table meta."assert"; drop table meta."check"');
    return { connection, compiled, asserts: [], checks: [], close };
  }
  const asserts = await keptPromises(connection, compiled, empty.asserts, differs);
  const work = [...differs].map((name) => ({ name, action: 'build' as const }));
  const checks = await auditChecks(connection, compiled.checks, { work, increment: null });
  await tell(connection, aboutOf({ compiled, built, asserts, checks }, given.meta));
  return { connection, compiled, asserts: [...asserts, ...checks.map(asAssert)], checks, close };
};

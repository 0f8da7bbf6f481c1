import { chmodSync } from 'node:fs';
import type { AssertResult } from './assert.ts';
import { auditAsserts } from './audit-asserts.ts';
import { auditChecks, type CheckResult } from './check/audit-checks.ts';
import { buildOnto, dropInputs, type BuiltModel } from './build.ts';
import { syncToDisk } from './durable-file.ts';
import { FatalAssertError } from './error.ts';
import { Increment, type Base } from './increment.ts';
import { writeMeta, type ReleaseMeta } from './meta.ts';
import type { Compiled } from './model/compiled.ts';
import { openBuilder, openReader, type Builder, type EngineLimits } from './open.ts';
import type { Work } from './plan.ts';
import { relationName } from './quote.ts';
import { readRows } from './rows.ts';

/** Steps of a build, numbered as engine.md section 2 numbers a run: 1 is the lock, 2 is landing. */
export const RELEASE_STEPS = {
  3: 'plan',
  4: 'copy',
  5: 'build',
  6: 'audit',
  7: 'seal',
  8: 'publish',
  9: 'prune',
} as const;
export type ReleaseStep = keyof typeof RELEASE_STEPS;

/** Runs one step, told before and after. */
export type Step = <T>(step: ReleaseStep, work: () => T | Promise<T>) => Promise<T>;

/** What is to be written, and whereto. */
export interface WriteRequest {
  readonly release: string;
  /** The `*.building` file; what stands in it already is kept or replaced as the work list says. */
  readonly file: string;
  readonly compiled: Compiled;
  readonly work: readonly Work[];
  /** The release that the file starts from; null where it starts from nothing. */
  readonly base: Base | null;
  readonly meta: ReleaseMeta;
  readonly builtAt: Date;
  readonly limits: EngineLimits;
  readonly onModel?: ((model: BuiltModel) => void | Promise<void>) | undefined;
}

interface Audit {
  readonly asserts: readonly AssertResult[];
  readonly checks: readonly CheckResult[];
}

/** Counts what breaks each promise and each check. */
const audit = async (
  { connection }: Builder,
  { compiled, work, base, meta: { accepted } }: Pick<WriteRequest, 'compiled' | 'work' | 'base' | 'meta'>,
  models: readonly BuiltModel[],
  increment: Increment | null,
): Promise<Audit> => {
  const previous = base?.previous ?? null;
  const asserts = await auditAsserts(connection, compiled.asserts, { models, previous, increment });
  const checks = await auditChecks(connection, compiled.checks, { work, increment }, accepted);
  if (increment !== null) await Increment.end(connection);
  const broken = asserts.filter((each) => each.severity === 'fatal' && each.violations > 0);
  const failed = checks.filter(({ keepsBack }) => keepsBack);
  if (broken.length + failed.length > 0)
    throw new FatalAssertError(
      broken,
      failed.map(({ id, violated, ...rest }) => ({ name: id, violations: violated, ...rest })),
    );
  return { asserts, checks };
};

/** Reads the sealed file as a reader will, and compares what it holds with what was written. */
const verify = async (file: string, models: readonly BuiltModel[], limits: EngineLimits): Promise<void> => {
  const reader = await openReader(file, limits);
  try {
    const connection = await reader.connect();
    for (const { name, rows } of models) {
      // A view holds no rows of its own: counting it would run it.
      if (rows === null) {
        await connection.run(`from ${relationName(name)} limit 0`);
        continue;
      }
      const [row] = await readRows(connection, `select count(*) as n from ${relationName(name)}`);
      if (Number(row?.n) !== rows)
        throw new Error(`${name} holds ${Number(row?.n)} rows after it was written, ${rows} before`);
    }
    connection.closeSync();
  } finally {
    await reader.close();
  }
};

/**
 * Steps 5 to 7: builds the models into the file, audits it, seals it and reads it back as a reader will.
 *
 * @throws FatalAssertError when a fatal assert is broken or a fatal check fails
 */
export const writeRelease = async (
  { release, file, compiled, work, base, meta, builtAt, limits, onModel }: WriteRequest,
  step: Step,
): Promise<Audit & { readonly models: readonly BuiltModel[] }> => {
  const builder = await openBuilder(file, limits);
  const { connection } = builder;
  const state = { isOpen: true };
  try {
    const { models, increment } = await step(5, () => buildOnto(connection, compiled, work, onModel, base));
    const audited = await step(6, async () => {
      const results = await audit(builder, { compiled, work, base, meta }, models, increment);
      const about = { release, builtAt: builtAt.toISOString(), compiled, built: models, ...results, meta };
      await writeMeta(connection, about);
      return results;
    });
    await step(7, async () => {
      await dropInputs(connection);
      await connection.run('checkpoint wh');
      state.isOpen = false;
      await builder.close();
      chmodSync(file, 0o600);
      syncToDisk(file);
      await verify(file, models, limits);
    });
    return { ...audited, models };
  } finally {
    if (state.isOpen) await builder.close();
  }
};

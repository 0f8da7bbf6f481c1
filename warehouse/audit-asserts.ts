import type { DuckDBConnection } from '@duckdb/node-api';
import { countExamined, countViolations, type AssertResult } from './assert.ts';
import type { BuiltModel } from './build.ts';
import type { Increment } from './increment.ts';
import type { CompiledAssert } from './model/compile-asserts.ts';
import type { Previous } from './plan.ts';

/** What a release was built of, as far as it decides what must be counted. */
interface Built {
  readonly models: readonly BuiltModel[];
  readonly previous: Previous | null;
  /** What tells which rows differ from the release before; null where everything was built whole. */
  readonly increment: Increment | null;
}

/**
 * Counts what breaks each promise about a release that is being built. Counts of the release before are brought up to date
 * by what changed since: not at all where nothing did, by the units that did, else by counting everything.
 */
export const auditAsserts = async (
  connection: DuckDBConnection,
  asserts: readonly CompiledAssert[],
  { models, previous, increment }: Built,
): Promise<readonly AssertResult[]> => {
  const built = new Map(models.map((model) => [model.name, model]));
  const isKept = (relation: string): boolean => relation.startsWith('reference.') || built.get(relation)?.by === null;
  const results: AssertResult[] = [];
  for (const each of asserts) {
    const { assert, definition, parents } = each;
    const { name, severity, header, examines } = assert;
    const before = previous?.asserts?.get(definition);
    const isSame = before !== undefined && parents.every(isKept);
    const rows = examines?.where === null ? (built.get(examines.relation)?.rows ?? null) : null;
    const violations = isSame
      ? before.violations
      : ((await increment?.violations(each, before)) ?? (await countViolations(connection, assert)));
    const examined = rows ?? (await increment?.examined(each, before)) ?? (await countExamined(connection, assert));
    results.push({ name, severity, examined, violations, summary: header.summary, definition });
  }
  return results;
};

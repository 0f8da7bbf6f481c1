import type { DuckDBConnection } from '@duckdb/node-api';
import type { Work } from '../plan.ts';
import { readRows } from '../rows.ts';
import { standing } from '../standing.ts';
import type { CompiledScan } from './check.ts';
import { layResults, RESULT_TABLE, runChecks, totals } from './run-checks.ts';
import { statusOf, type CheckCounts, type CheckStatus } from './status.ts';

/** What a check found in a release that is being audited. */
export interface CheckResult extends CheckCounts {
  readonly id: string;
  readonly status: CheckStatus;
  readonly isFatal: boolean;
  /** Kind of the failure that kept it from being run. */
  readonly error: string | null;
}

/**
 * Counts the checks of a release that is being built. A scan of relations that were all kept as they were, under the same
 * conditions, keeps the counts that the file brought from the release before.
 */
export const auditChecks = async (
  connection: DuckDBConnection,
  scans: readonly CompiledScan[],
  work: readonly Pick<Work, 'name' | 'action'>[],
): Promise<readonly CheckResult[]> => {
  const before = await definitionsBefore(connection);
  await layResults(connection);
  const built = new Set(work.flatMap(({ name, action }) => (action === 'build' ? [name] : [])));
  const isKept = ({ checks, relations }: CompiledScan): boolean =>
    checks.every(({ id, definition }) => before.get(id) === definition) &&
    relations.every((relation) => relation.startsWith('reference.') || !built.has(relation));
  const due = scans.filter((scan) => !isKept(scan));
  const errors = await runChecks(
    connection,
    due.map((scan) => ({ scan, months: null })),
  );
  const known = scans.flatMap(({ checks }) => checks.map(({ id }) => id));
  await connection.run(`delete from ${RESULT_TABLE} where not list_contains(from_json($1, '["VARCHAR"]'), check_id)`, [
    JSON.stringify(known),
  ]);
  const found = await totals(connection);
  return scans
    .flatMap(({ checks }) => checks)
    .map(({ id, severity, threshold, off }) => {
      const counts = found.get(id) ?? { examined: 0, violated: 0 };
      const error = errors.get(id) ?? null;
      const isFatal = severity === 'fatal' && off === null;
      return { id, ...counts, error, isFatal, status: error === null ? statusOf(counts, threshold) : 'error' };
    });
};

/** Definitions that the counts in the file were taken by, of checks that could be run. */
const definitionsBefore = async (connection: DuckDBConnection): Promise<ReadonlyMap<string, string>> => {
  const tables = await standing(connection, 'meta');
  if (!tables.has('meta.check') || !tables.has(RESULT_TABLE)) return new Map();
  const rows = await readRows(connection, 'select id, definition from meta."check" where error is null');
  return new Map(rows.map((row) => [String(row.id), String(row.definition)]));
};

import type { DuckDBConnection } from '@duckdb/node-api';
import type { Increment } from '../increment.ts';
import type { Work } from '../plan.ts';
import { readRows } from '../rows.ts';
import { standing } from '../standing.ts';
import { addDifference } from './add-difference.ts';
import type { Check, CompiledScan } from './check.ts';
import { layResults, RESULT_TABLE, runChecks, totals, type ScanWork } from './run-checks.ts';
import { statusOf, type CheckCounts, type CheckStatus } from './status.ts';

/** What a check found in a release that is being audited. */
export interface CheckResult extends CheckCounts {
  readonly id: string;
  readonly status: CheckStatus;
  readonly isFatal: boolean;
  /** Whether it keeps the release back: it is fatal, and could not be run or fails for more rows than were let in by decision. */
  readonly keepsBack: boolean;
  /** Kind of the failure that kept it from being run. */
  readonly error: string | null;
}

/** What a release was built of, as far as it decides what must be counted. */
export interface Built {
  readonly work: readonly Pick<Work, 'name' | 'action'>[];
  /** What tells which rows differ from the release before; null where everything was built whole. */
  readonly increment: Increment | null;
}

/**
 * Counts the checks of a release that is being built. Counts taken under the same conditions are brought up to date by
 * what changed since: not at all where nothing did, by the units or the months that did, else by counting everything.
 */
export const auditChecks = async (
  connection: DuckDBConnection,
  scans: readonly CompiledScan[],
  { work, increment }: Built,
  accepted: Accepted = {},
): Promise<readonly CheckResult[]> => {
  const before = await definitionsBefore(connection);
  await layResults(connection);
  const built = new Set(work.flatMap(({ name, action }) => (action === 'build' ? [name] : [])));
  const due: ScanWork[] = [];
  for (const scan of scans) {
    const isCounted = scan.checks.every(({ id, definition }) => before.get(id) === definition);
    const isKept = scan.relations.every((relation) => relation.startsWith('reference.') || !built.has(relation));
    if (isCounted && isKept) continue;
    if (!isCounted || increment === null) due.push({ scan, months: null });
    else if (!(await bringUpToDate(connection, scan, increment)))
      due.push({ scan, months: await monthsOf(scan, increment) });
  }
  const errors = await runChecks(connection, due);
  const known = scans.flatMap(({ checks }) => checks.map(({ id }) => id));
  await connection.run(`delete from ${RESULT_TABLE} where not list_contains(from_json($1, '["VARCHAR"]'), check_id)`, [
    JSON.stringify(known),
  ]);
  const found = await totals(connection);
  return scans
    .flatMap(({ checks }) => checks)
    .map((check) =>
      judged(check, found.get(check.id) ?? { examined: 0, violated: 0 }, errors.get(check.id) ?? null, accepted),
    );
};

/** Rows let in by decision although they break a rule, by contract and rule: `encounter age-0-to-90`. */
export type Accepted = Readonly<Record<string, number>>;

/** What was let in by decision is no news: the check still shows as failing, and the release is not kept back for those rows. */
const judged = (
  { id, severity, threshold, off, gate }: Pick<Check, 'id' | 'severity' | 'threshold' | 'off' | 'gate'>,
  counts: CheckCounts,
  error: string | null,
  accepted: Accepted,
): CheckResult => {
  const isFatal = severity === 'fatal' && off === null;
  const status = error === null ? statusOf(counts, threshold) : 'error';
  const decided = gate.reduce((sum, rule) => sum + (accepted[rule] ?? 0), 0);
  const rest = { ...counts, violated: Math.max(0, counts.violated - decided) };
  const keepsBack = isFatal && (error !== null || statusOf(rest, threshold) === 'fail');
  return { id, ...counts, error, isFatal, keepsBack, status };
};

/** Whether the counts of the release before could be made those of this one without counting rows of other units again. */
const bringUpToDate = async (
  connection: DuckDBConnection,
  scan: CompiledScan,
  increment: Increment,
): Promise<boolean> => {
  const { relations, lineage, isByUnit } = scan;
  const { standing } = await increment.standing({
    parents: relations,
    lineage,
    mixes: isByUnit ? null : 'it mixes units',
  });
  return standing === 'same' || (standing === 'units' && (await addDifference(connection, scan, increment)));
};

/** Months that a scan has to count again, of one whose rows speak for themselves; null: all. */
const monthsOf = async (
  { relation, isByRow, month }: CompiledScan,
  { changes }: Increment,
): Promise<ScanWork['months']> => {
  if (!isByRow || month === null || !/^[a-z_]+$/.test(month)) return null;
  const months = await changes.months(relation, month);
  return months?.map((each) => (each === '' ? null : each)) ?? null;
};

/** Definitions that the counts in the file were taken by, of checks that could be run. */
const definitionsBefore = async (connection: DuckDBConnection): Promise<ReadonlyMap<string, string>> => {
  const tables = await standing(connection, 'meta');
  if (!tables.has('meta.check') || !tables.has(RESULT_TABLE)) return new Map();
  const rows = await readRows(connection, 'select id, definition from meta."check" where error is null');
  return new Map(rows.map((row) => [String(row.id), String(row.definition)]));
};

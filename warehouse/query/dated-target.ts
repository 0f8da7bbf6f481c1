import type { DuckDBConnection } from '@duckdb/node-api';
import { directionOf, type Direction, type Metric, type Target } from '../metric/metric.ts';
import { readRows, type PlainRow } from '../rows.ts';

/** A target of the workspace, and when and for whom it holds. */
export interface DatedTarget extends Target {
  readonly metric: string;
  /** Value of the scope dimension it is for; null = all. */
  readonly scope: string | null;
  /** First day it holds, ISO; null = always did. */
  readonly from: string | null;
  /** First day it no longer holds, ISO; null = still does. */
  readonly to: string | null;
  /** Full periods it is judged over, such as `4 quarters`; null = the default. */
  readonly window: string | null;
}

/** A target as it holds on a day, and whose it is. */
export interface TargetInForce extends Target {
  /** `scope`: set for this facility; `all`: set for all of them; `customary`: the metric's own, as none is set. */
  readonly setFor: 'scope' | 'all' | 'customary';
  readonly window: string | null;
}

/** Dimension whose values targets are set for. */
export const scopeDimension = 'facility';

/** The targets of the workspace that a release holds; none where it has no `core.target`. */
export const readTargets = async (connection: DuckDBConnection): Promise<readonly DatedTarget[]> => {
  const [there] = await readRows(connection, `select 1 as it from meta.model where name = 'core.target'`);
  if (there === undefined) return [];
  const rows = await readRows(
    connection,
    `select * replace (cast(valid_from as varchar) as valid_from, cast(valid_to as varchar) as valid_to) from core.target
    order by metric_id, scope nulls first, valid_from nulls first`,
  );
  return rows.map((row) => ({
    metric: String(row.metric_id),
    scope: text(row.scope),
    value: Number(row.value),
    label: text(row.label) ?? 'target',
    citation: text(row.citation),
    direction: text(row.direction) as Direction | null,
    // A release older than a column lacks it.
    window: text(row.policy_window),
    from: text(row.valid_from),
    to: text(row.valid_to),
  }));
};

const text = (value: PlainRow[string] | undefined): string | null =>
  typeof value === 'string' && value !== '' ? value : null;

/**
 * The target of a metric that holds on a day: the scope's own, else that of all, else the metric's customary one; null
 * where there is none.
 *
 * @param day ISO; null = not known, then only targets without days hold
 */
export const targetInForce = (
  targets: readonly DatedTarget[],
  metric: Metric,
  scope: string | null,
  day: string | null,
): TargetInForce | null => {
  const holding = targets.filter((target) => target.metric === metric.id && holds(target, day));
  const own = scope === null ? undefined : holding.find((target) => target.scope === scope);
  const general = holding.find((target) => target.scope === null);
  const found = own ?? general;
  if (found !== undefined) {
    const { value, label, citation, window } = found;
    const direction = found.direction ?? directionOf(metric.better);
    return { value, label, citation, direction, window, setFor: found === own ? 'scope' : 'all' };
  }
  return metric.target === null ? null : { ...metric.target, window: null, setFor: 'customary' };
};

const holds = ({ from, to }: DatedTarget, day: string | null): boolean =>
  day === null ? from === null && to === null : (from === null || from <= day) && (to === null || to > day);

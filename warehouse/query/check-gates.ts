import type { Catalogue } from '../metric/catalogue.ts';
import { measureColumns } from '../metric/measure-columns.ts';
import type { Metric } from '../metric/metric.ts';
import type { Reader } from '../open.ts';
import { hopsToExtracts, releaseFacts, type ReleaseFacts } from './release-facts.ts';

/**
 * Column (`core.encounter.discharge_at`) → ids of the metrics that a fault in it would put in doubt: those whose values are
 * made of it, and those counted over rows that a condition on it lets through. The date that only places a row in its period
 * is left aside: nearly all numbers stand on the day of discharge.
 */
export type Gates = ReadonlyMap<string, ReadonlySet<string>>;

const known = new WeakMap<Catalogue, Promise<Gates>>();

/** Follows every metric of a release back to the columns it is made of; worked out once a catalogue. */
export const gatesOf = (reader: Reader, catalogue: Catalogue): Promise<Gates> => {
  let gates = known.get(catalogue);
  if (gates === undefined) {
    gates = releaseFacts(reader).then((facts) => follow(facts, catalogue.metrics));
    known.set(catalogue, gates);
    gates.catch(() => known.delete(catalogue));
  }
  return gates;
};

const follow = (facts: ReleaseFacts, metrics: readonly Metric[]): Gates => {
  const gates = new Map<string, Set<string>>();
  for (const { id, measure } of metrics) {
    const { date: _date, ...values } = { ...measureColumns(measure) };
    const own = Object.values(values);
    const hops = hopsToExtracts(facts, measure.from, own);
    const relations = new Set([measure.from, ...hops.map(({ sourceRelation }) => sourceRelation)]);
    const columns = [
      ...own.map((column) => `${measure.from}.${column}`),
      ...hops.map(({ sourceRelation, sourceColumn }) => `${sourceRelation}.${sourceColumn}`),
      ...[...relations].flatMap((relation) => facts.filters.get(relation) ?? []),
    ];
    for (const column of columns) {
      const guarded = gates.get(column) ?? new Set<string>();
      gates.set(column, guarded.add(id));
    }
  }
  return gates;
};

/** Ids of the metrics that columns put in doubt, together with those that name the check themselves; catalogue order. */
export const metricsGatedBy = (
  gates: Gates,
  { metrics }: Catalogue,
  check: { readonly id: string; readonly concerns: readonly string[] },
): readonly string[] => {
  const found = new Set(check.concerns.flatMap((column) => [...(gates.get(column) ?? [])]));
  return metrics.filter(({ id, gatedBy }) => found.has(id) || gatedBy.includes(check.id)).map(({ id }) => id);
};

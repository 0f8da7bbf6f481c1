import type { Standing } from '../../warehouse/query/standings.ts';
import type { Answer, Row } from './answer.ts';
import type { Metric } from './catalogue.ts';
import { isFilling, type IsoDate } from './period.ts';

/** What a metric comes to at one facility. */
export interface FacilityCell {
  /** The latest complete month that has a value; null where none has. */
  readonly latest: Row | null;
  /** Against the facility's own target, over the window of its policy; null while that is fetched, or without one. */
  readonly standing: Standing | null;
}

/** One line: facility → its cell. */
export interface FacilityRow {
  readonly metric: Metric;
  /** Null where the metric is not kept by facility. */
  readonly cells: ReadonlyMap<string, FacilityCell> | null;
}

/**
 * Metrics by facility, in the order asked.
 *
 * @param answer by month and facility
 * @param standings one a metric and facility; null while they are fetched
 * @param throughOf the last day of which everything of a metric has arrived
 */
export const facilityRows = (
  metrics: readonly Metric[],
  answer: Answer,
  standings: readonly Standing[] | null,
  throughOf: (metric: Metric) => IsoDate,
): readonly FacilityRow[] => {
  const rows = Map.groupBy(answer.rows, ({ metric, group }) => `${metric} ${group.facility ?? ''}`);
  const judged = new Map(standings?.map((one) => [`${one.metric} ${one.facility ?? ''}`, one]));
  const facilities = [...new Set(answer.rows.flatMap(({ group }) => group.facility ?? []))];
  return metrics.map((metric) => {
    if (!metric.dimensions.includes('facility')) return { metric, cells: null };
    const through = throughOf(metric);
    const isWhole = ({ period }: Row) => period !== null && !isFilling(period, 'month', through);
    const cellOf = (facility: string): FacilityCell => {
      const known = (rows.get(`${metric.id} ${facility}`) ?? []).filter((row) => row.value !== null && isWhole(row));
      const latest = known.toSorted((a, b) => ((a.period ?? '') < (b.period ?? '') ? -1 : 1)).at(-1) ?? null;
      return { latest, standing: judged.get(`${metric.id} ${facility}`) ?? null };
    };
    return { metric, cells: new Map(facilities.map((facility) => [facility, cellOf(facility)])) };
  });
};

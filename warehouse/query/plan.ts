import type { KmMeasure, Metric } from '../metric/metric.ts';
import type { ViewState } from './view-state.ts';

/** What one SQL statement yields for a set of metrics that read the same rows. */
export interface Unit {
  /**
   * `sums`: additive parts and quantiles by group. `clusters`: sums over clusters by group. `times`: events and censored
   * by group and time.
   */
  readonly shape: 'sums' | 'clusters' | 'times';
  readonly from: string;
  readonly date: string;
  /** Only rows of the last date within each period. */
  readonly last: boolean;
  /** Columns to split by, in the order of the view's dimensions. */
  readonly by: readonly string[];
  /** Column and the values kept. */
  readonly where: readonly (readonly [column: string, values: readonly string[]])[];
  /** Column that names the cluster, of `clusters`. */
  readonly cluster: string | null;
  /** Columns of the clock, of `times`. */
  readonly clock: Pick<KmMeasure, 'start' | 'event' | 'until'> | null;
  readonly metrics: readonly Metric[];
}

/** Metrics that read the same rows in the same shape go into one statement; in the order of their first metric. */
export const planUnits = (metrics: readonly Metric[], view: ViewState): readonly Unit[] => {
  const units = new Map<string, Unit & { readonly metrics: Metric[] }>();
  for (const metric of metrics) {
    const unit = unitOf(metric, view);
    const key = JSON.stringify(unit);
    const shared = units.get(key);
    if (shared === undefined) units.set(key, { ...unit, metrics: [metric] });
    else shared.metrics.push(metric);
  }
  return [...units.values()];
};

const unitOf = ({ measure, dimensions }: Metric, view: ViewState): Omit<Unit, 'metrics'> => {
  const columnOf = (id: string): string => dimensions[id] ?? id;
  const clock = measure.kind === 'km_quantile' || measure.kind === 'km_share';
  const cluster = measure.kind === 'ratio' ? (measure.cluster ?? null) : null;
  return {
    shape: clock ? 'times' : cluster === null ? 'sums' : 'clusters',
    from: measure.from,
    date: measure.date,
    last: 'take' in measure,
    by: view.by.map(columnOf),
    where: Object.entries(view.where)
      .filter(([, values]) => values.length > 0)
      .map(([id, values]) => [columnOf(id), values] as const),
    cluster,
    clock: clock ? { start: measure.start, event: measure.event, until: measure.until } : null,
  };
};

import type { AgreementMeasure, KmMeasure, Measure, Metric } from '../metric/metric.ts';
import type { ViewState } from './view-state.ts';

/** What one SQL statement yields for a set of metrics that read the same rows. */
export interface Unit {
  /**
   * `sums`: additive parts and quantiles by group. `clusters`: sums over clusters by group. `strata`: the same by group and
   * stratum. `pairs`: units by group and both raters' categories. `times`: events and censored by group and time.
   */
  readonly shape: 'sums' | 'clusters' | 'strata' | 'pairs' | 'times';
  readonly from: string;
  readonly date: string;
  /** Only rows of the last date within each period. */
  readonly last: boolean;
  /** Columns to split by, in the order of the view's dimensions. */
  readonly by: readonly string[];
  /** Column and the values kept. */
  readonly where: readonly (readonly [column: string, values: readonly string[]])[];
  /** Column of the moment a row was settled, where the view asks as of a day. */
  readonly known: string | null;
  /** Column that names the cluster, of `clusters` and `strata`. */
  readonly cluster: string | null;
  /** Columns of the stratum and its population, of `strata`. */
  readonly sample: { readonly stratum: string; readonly population: string } | null;
  /** Columns of both raters' categories, of `pairs`. */
  readonly raters: Pick<AgreementMeasure, 'first' | 'second'> | null;
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
  return {
    shape: shapeOf(measure),
    from: measure.from,
    date: measure.date,
    last: 'take' in measure,
    by: view.by.map(columnOf),
    where: Object.entries(view.where)
      .filter(([, values]) => values.length > 0)
      .map(([id, values]) => [columnOf(id), values] as const),
    known: view.asOf !== null && 'known' in measure ? measure.known : null,
    cluster: measure.kind === 'ratio' ? (measure.cluster ?? null) : null,
    sample:
      measure.kind === 'ratio' && measure.interval === 'stratified'
        ? { stratum: measure.stratum!, population: measure.population! }
        : null,
    raters: measure.kind === 'agreement' ? { first: measure.first, second: measure.second } : null,
    clock: 'event' in measure ? { start: measure.start, event: measure.event, until: measure.until } : null,
  };
};

const shapeOf = (measure: Measure): Unit['shape'] => {
  if (measure.kind === 'agreement') return 'pairs';
  if ('event' in measure) return 'times';
  if (measure.kind !== 'ratio') return 'sums';
  if (measure.interval === 'stratified') return 'strata';
  return measure.interval === 'cluster' ? 'clusters' : 'sums';
};

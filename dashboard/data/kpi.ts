import type { Metric } from './catalogue.ts';
import { grains, type Address, type Grain } from './url.ts';

/** What the page of one metric is made of, as its address asks and the metric allows. */
export interface KpiParts {
  /** The grains on offer; none of a metric that is kept day by day alone. */
  readonly offered: readonly Grain[];
  readonly grain: Grain;
  /** The dimension of the first breakdown, and of a second one beside it; null where it is kept by none. */
  readonly by: string | null;
  readonly other: string | null;
  /** The dimension of the funnel: people are many and differ by chance. Null where there is none. */
  readonly funnelBy: string | null;
}

export const kpiParts = (metric: Metric, address: Pick<Address, 'grain' | 'by'>): KpiParts => {
  const { dimensions } = metric;
  const first = (ids: readonly string[]) => ids.find((id) => dimensions.includes(id)) ?? null;
  const offered = grains.filter((grain) => metric.grains.includes(grain));
  const asked = address.by !== null && dimensions.includes(address.by) ? address.by : null;
  const by = asked ?? first(['facility', 'service']) ?? dimensions[0] ?? null;
  const others = new Set(['coder', 'service', 'doc_type', 'facility', 'site']);
  return {
    offered,
    grain: offered.includes(address.grain) ? address.grain : 'month',
    by,
    other: dimensions.find((id) => id !== by && others.has(id)) ?? null,
    funnelBy: metric.unit === 'share' ? first(['coder', 'provider']) : null,
  };
};

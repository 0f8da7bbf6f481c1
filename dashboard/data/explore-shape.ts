import type { Metric } from './catalogue.ts';
import type { ChartKind, ExploreView, ShareKind } from './explore-address.ts';

/** What of a question decides how its answer can be drawn. */
export type Shape = Pick<ExploreView, 'rows' | 'columns' | 'grain'>;

export const chartNames: Readonly<Record<ChartKind, string>> = {
  lines: 'Lines',
  panels: 'Small multiples',
  heat: 'Heat map',
  bars: 'Bars',
  funnel: 'Funnel',
  curve: 'Curve',
  figures: 'Figures',
};

/** Metrics whose curve can be drawn: those made of one. */
export const hasCurve = (metric: Metric): boolean => metric.kind.startsWith('km_');

/** The ways to draw an answer of this shape, the usual one first; none without a metric. */
export const offeredCharts = ({ rows, columns, grain }: Shape, metrics: readonly Metric[]): readonly ChartKind[] => {
  if (metrics.length === 0) return [];
  if (grain !== null) {
    if (rows === null) return ['lines'];
    return columns === null ? ['lines', 'panels', 'heat'] : ['lines'];
  }
  const curves: readonly ChartKind[] = metrics.every(hasCurve) ? ['curve'] : [];
  if (rows === null) return ['figures', ...curves];
  if (columns !== null) return ['heat', 'bars'];
  const funnel: readonly ChartKind[] = metrics.some(({ unit }) => unit === 'share') ? ['funnel'] : [];
  return ['bars', ...funnel, ...curves];
};

/** Whether the numbers of groups add up to that of all: then a group has a share of the total. */
export const addsUp = ({ kind }: Metric): boolean => kind === 'count';

/** The same over time: a stock is counted on one day, and two days of it make no sum. */
export const addsUpOverTime = (metric: Metric): boolean => addsUp(metric) && metric.take !== 'last';

/**
 * Why no value is shown as a share of this, as a part of a sentence; null where it can be. A share is of a sum: of its row, of
 * its column, or of all, so there have to be rows and columns, and values that add up that way.
 */
export const shareMisfit = (
  { rows, columns, grain }: Shape,
  metrics: readonly Metric[],
  share: ShareKind,
): string | null => {
  if ((grain === null ? columns : rows) === null) return 'needs a table with splits both ways';
  const unadded = metrics.find((metric) => !addsUp(metric));
  if (unadded !== undefined) return `${unadded.label} does not add up`;
  const stock = share === 'row' || grain === null ? undefined : metrics.find((metric) => !addsUpOverTime(metric));
  return stock === undefined ? null : `${stock.label} is counted on one day, and its periods do not add up`;
};

/** Whether several groups can be put together as one without asking anew: sums, and ratios of sums. */
export const canBeJoined = ({ kind }: Metric): boolean => kind === 'count' || kind === 'ratio';

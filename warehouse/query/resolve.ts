import { UserError } from '../error.ts';
import { findMetrics, type Catalogue } from '../metric/catalogue.ts';
import type { Metric } from '../metric/metric.ts';
import { nearest } from '../metric/nearest.ts';
import type { ViewState } from './view-state.ts';

/**
 * The metrics a view asks for, each able to answer it: it has every dimension split or filtered by, and the grain.
 *
 * @throws UserError naming what is not there and what is
 */
export const resolveMetrics = (catalogue: Catalogue, view: ViewState): readonly Metric[] => {
  const metrics = findMetrics(catalogue, view.metrics);
  const filtered = Object.keys(view.where).filter((id) => (view.where[id] ?? []).length > 0);
  for (const metric of metrics) {
    for (const id of new Set([...view.by, ...filtered])) requireDimension(catalogue, metric, id);
    if (view.grain !== null && !metric.grains.includes(view.grain)) {
      throw new UserError(`\`${metric.id}\` has no grain \`${view.grain}\`.`, {
        mend: `It has ${metric.grains.join(', ')}.`,
      });
    }
  }
  return metrics;
};

const requireDimension = (catalogue: Catalogue, metric: Metric, id: string): void => {
  if (metric.dimensions[id] !== undefined) return;
  const own = Object.keys(metric.dimensions);
  const known = catalogue.dimensions.some((dimension) => dimension.id === id);
  throw new UserError(
    known
      ? `\`${metric.id}\` cannot be split or filtered by \`${id}\`.`
      : `\`${id}\`: there is no dimension of this name.`,
    {
      mend: known
        ? `It has ${own.length === 0 ? 'no dimensions' : own.join(', ')}.`
        : nearest(id, [...new Set([...catalogue.dimensions.map((dimension) => dimension.id), ...own])]),
    },
  );
};

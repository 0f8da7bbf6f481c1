import { UserError } from '../error.ts';
import type { Reader } from '../open.ts';
import { answerable, readColumnTypes } from './check-against-release.ts';
import type { Dimension, Metric } from './metric.ts';
import { nearest } from './nearest.ts';
import { readMetricFolders } from './read-metrics.ts';

/** Every metric and dimension that may be asked for. */
export interface Catalogue {
  /** By subject, then as written. */
  readonly metrics: readonly Metric[];
  readonly dimensions: readonly Dimension[];
  /** Metrics that the release at hand cannot answer yet, with the reason. */
  readonly waiting: readonly { readonly metric: Metric; readonly problem: UserError }[];
}

/**
 * Reads the metric files of all folders (the product's, then the workspace's own) and keeps what the release can answer.
 *
 * @throws UserError naming file, line and key of what is wrong in a file
 */
export const catalogueOf = async (reader: Reader, metricFolders: readonly string[]): Promise<Catalogue> =>
  answerable(readMetricFolders(metricFolders), await readColumnTypes(reader));

/**
 * The metrics asked for by id or by code, in the order asked, each once.
 *
 * @throws UserError for a name that is neither, with near ones; for a metric that waits, with its reason
 */
export const findMetrics = (catalogue: Catalogue, names: readonly string[]): readonly Metric[] => {
  const found = names.flatMap((name) => {
    const asked = name.toLowerCase();
    const byId = catalogue.metrics.filter((metric) => metric.id === asked);
    const metrics = byId.length > 0 ? byId : catalogue.metrics.filter((metric) => metric.code.toLowerCase() === asked);
    if (metrics.length > 0) return metrics;
    const waiting = catalogue.waiting.find(({ metric }) => [metric.id, metric.code.toLowerCase()].includes(asked));
    if (waiting) throw waiting.problem;
    const known = catalogue.metrics.flatMap((metric) => [metric.id, metric.code]);
    throw new UserError(`\`${name}\`: there is no metric of this id or code.`, {
      mend: `${nearest(name, [...new Set(known)])} \`himsight metrics\` lists them all.`,
    });
  });
  return [...new Set(found)];
};

/**
 * The one metric of this id, or of this code where no other shares it.
 *
 * @throws UserError where there is none, or several
 */
export const findMetric = (catalogue: Catalogue, name: string): Metric => {
  const [metric, ...others] = findMetrics(catalogue, [name]);
  if (metric === undefined || others.length > 0) {
    const ids = [metric, ...others].map((each) => `\`${each?.id}\``).join(', ');
    throw new UserError(`\`${name}\` is the code of several metrics: ${ids}.`, { mend: 'Name one of them.' });
  }
  return metric;
};

/** The dimension of this id; one nobody described is labelled by its id. */
export const dimensionOf = (catalogue: Catalogue, id: string): Dimension =>
  catalogue.dimensions.find((dimension) => dimension.id === id) ?? { id, label: id, labelFrom: null, labels: {} };

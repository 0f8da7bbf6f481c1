import { UserError } from '../error.ts';
import { refuseRepeated, yamlFiles } from '../yaml-files.ts';
import type { Catalogue } from './catalogue.ts';
import { readCheckedYaml } from './checked-yaml.ts';
import dimensionSchema from './dimension.schema.json' with { type: 'json' };
import {
  directionOf,
  grains,
  type Dimension,
  type Grain,
  type Measure,
  type Metric,
  type Need,
  type Target,
  type Unit,
} from './metric.ts';
import metricSchema from './metric.schema.json' with { type: 'json' };
import { nearest } from './nearest.ts';

/** As written in the file, before keys become camelCase. */
interface WrittenMetric {
  readonly id: string;
  readonly code: string;
  readonly label: string;
  readonly help: string;
  readonly definition: string;
  readonly excludes?: string;
  readonly method: string;
  readonly source: string;
  readonly unit: Unit;
  readonly better: Metric['better'];
  readonly scorecard?: boolean;
  readonly variant_of?: string;
  readonly target?: Pick<Target, 'value' | 'label'> & Partial<Target>;
  readonly measure: Measure;
  readonly dimensions?: Readonly<Record<string, string>>;
  readonly grains?: readonly Grain[];
  readonly needs?: readonly Need[];
  readonly matures_after_months?: number;
  readonly gated_by?: readonly string[];
}

interface WrittenSubject {
  readonly subject: string;
  readonly order?: number;
  readonly page: string;
  readonly metrics: readonly WrittenMetric[];
}

interface WrittenDimension {
  readonly id: string;
  readonly label: string;
  readonly label_from?: Dimension['labelFrom'];
  readonly labels?: Dimension['labels'];
}

/**
 * Reads every `*.yaml` of the folders: metrics by subject, and dimensions from `dimension.yaml`. A folder that is not
 * there holds none. Whether relations and columns exist is another question: `checkAgainstRelease`.
 *
 * @throws UserError naming file, line, key and the mend; also for an id given twice, an unknown dimension or variant
 */
export const readMetricFolders = (folders: readonly string[]): Catalogue => {
  const files = yamlFiles(folders);
  const dimensions = files.filter((file) => file.endsWith('dimension.yaml')).flatMap(readDimensions);
  const metrics = files.filter((file) => !file.endsWith('dimension.yaml')).flatMap(readSubject);
  refuseRepeated(dimensions, 'dimension');
  refuseRepeated(metrics, 'metric');
  refuseUnknownNames(metrics, dimensions);
  const ordered = metrics.toSorted(
    (a, b) => a.order - b.order || (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0),
  );
  return { metrics: ordered, dimensions: dimensions.map(({ where: _, ...dimension }) => dimension), waiting: [] };
};

const readSubject = (file: string): Metric[] => {
  const { value, at } = readCheckedYaml<WrittenSubject>(file, metricSchema);
  return value.metrics.map((written, index) => {
    const where = at(['metrics', index, 'id']);
    refuseStrayColumns(written, at(['metrics', index, 'measure']));
    refuseAimlessTarget(written, at(['metrics', index, 'target']));
    return {
      id: written.id,
      code: written.code,
      label: written.label,
      help: written.help,
      definition: written.definition.trim(),
      excludes: written.excludes?.trim() ?? null,
      method: written.method.trim(),
      source: written.source.trim(),
      unit: written.unit,
      better: written.better,
      scorecard: written.scorecard ?? false,
      variantOf: written.variant_of ?? null,
      target:
        written.target === undefined
          ? null
          : { citation: null, direction: directionOf(written.better), ...written.target },
      measure: written.measure,
      dimensions: written.dimensions ?? {},
      grains: written.grains ?? grains,
      ...(written.needs === undefined ? {} : { needs: written.needs }),
      maturesAfterMonths: written.matures_after_months ?? 0,
      gatedBy: written.gated_by ?? [],
      subject: value.subject,
      page: value.page,
      order: value.order ?? 100,
      where,
    };
  });
};

const readDimensions = (file: string): (Dimension & { readonly where: string })[] => {
  const { value, at } = readCheckedYaml<{ readonly dimensions: readonly WrittenDimension[] }>(file, dimensionSchema);
  return value.dimensions.map(({ id, label, label_from, labels }, index) => ({
    id,
    label,
    labelFrom: label_from ?? null,
    labels: labels ?? {},
    where: at(['dimensions', index, 'id']),
  }));
};

/** Columns that go with some kinds of interval, and only with them. */
const intervalColumns = {
  cluster: ['cluster', 'stratified'],
  stratum: ['stratified'],
  population: ['stratified'],
} as const;

const refuseStrayColumns = ({ id, measure }: WrittenMetric, where: string): void => {
  if (measure.kind !== 'ratio') return;
  for (const key of Object.keys(intervalColumns) as (keyof typeof intervalColumns)[]) {
    const kinds: readonly string[] = intervalColumns[key];
    const wanted = kinds.includes(measure.interval);
    if (wanted === (measure[key] !== undefined)) continue;
    throw new UserError(
      wanted
        ? `${where} \`${id}\`: \`interval: ${measure.interval}\` needs the column of its \`${key}\`.`
        : `${where} \`${id}\`: \`${key}\` is there but the interval is \`${measure.interval}\`.`,
      { mend: `Write \`interval: ${kinds.join('` or `')}\` together with \`${key}: <column>\`, or neither.` },
    );
  }
};

/** A target is on the metric's better side; a metric without one says in the target which it is. */
const refuseAimlessTarget = ({ id, better, target }: WrittenMetric, where: string): void => {
  if (target === undefined) return;
  const own = directionOf(better);
  if (own === null && target.direction === undefined)
    throw new UserError(`${where} \`${id}\`: it has no better side, so nothing tells when its target is met.`, {
      mend: 'Add `direction: at_least` or `direction: at_most` to the target.',
    });
  if (own !== null && target.direction !== undefined && target.direction !== own)
    throw new UserError(`${where} \`${id}\`: the target is \`${target.direction}\`, but ${better} is better.`, {
      mend: 'Leave `direction` out of the target, or mend `better`.',
    });
};

const refuseUnknownNames = (metrics: readonly Metric[], dimensions: readonly Dimension[]): void => {
  const ids = metrics.map(({ id }) => id);
  const known = dimensions.map(({ id }) => id);
  for (const metric of metrics) {
    if (metric.variantOf !== null && !ids.includes(metric.variantOf)) {
      throw new UserError(`${metric.where} \`variant_of\`: there is no metric \`${metric.variantOf}\`.`, {
        mend: nearest(metric.variantOf, ids),
      });
    }
    for (const id of Object.keys(metric.dimensions)) {
      if (known.includes(id)) continue;
      throw new UserError(`${metric.where} \`dimensions\`: \`${id}\` is not described in dimension.yaml.`, {
        mend: nearest(id, known),
      });
    }
  }
};

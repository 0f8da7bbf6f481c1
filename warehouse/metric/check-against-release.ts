import { UserError } from '../error.ts';
import type { Compiled } from '../model/compiled.ts';
import type { Reader } from '../open.ts';
import { readRows } from '../rows.ts';
import type { Catalogue } from './catalogue.ts';
import { measureColumns } from './measure-columns.ts';
import type { AgreementMeasure, Dimension, Metric } from './metric.ts';
import { nearest } from './nearest.ts';

/** Relation → column → DuckDB type. */
export type ColumnTypes = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Makes sure that a warehouse holds what the catalogue names: relations, columns, and types that fit their part.
 *
 * @throws UserError naming the metric's file and line, the key and near names
 */
export const checkCatalogue = (catalogue: Catalogue, columns: ColumnTypes): void => {
  for (const metric of catalogue.metrics) checkMetric(metric, columns);
  for (const dimension of catalogue.dimensions) checkDimension(dimension, columns);
};

/**
 * The part of the catalogue that a release can answer. A release older than a metric's model lacks it until the next
 * run; such a metric waits, and everything else is answered meanwhile.
 */
export const answerable = (catalogue: Catalogue, columns: ColumnTypes): Catalogue => {
  const problems = new Map(catalogue.metrics.map((metric) => [metric, problemOf(() => checkMetric(metric, columns))]));
  return {
    metrics: catalogue.metrics.filter((metric) => problems.get(metric) === null),
    dimensions: catalogue.dimensions.map((dimension) =>
      problemOf(() => checkDimension(dimension, columns)) === null ? dimension : { ...dimension, labelFrom: null },
    ),
    waiting: catalogue.metrics.flatMap((metric) => {
      const problem = problems.get(metric) ?? null;
      return problem === null ? [] : [{ metric, problem }];
    }),
  };
};

const problemOf = (check: () => void): UserError | null => {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
};

const checkDimension = ({ id, labelFrom }: Dimension, columns: ColumnTypes): void => {
  if (labelFrom === null) return;
  const of = columnsOf(columns, labelFrom.table, `dimension \`${id}\`: \`label_from.table\``);
  for (const key of ['value', 'label'] as const)
    typeOf(of, labelFrom[key], `dimension \`${id}\`: \`label_from.${key}\``);
};

/** The columns that a release of these models will hold. */
export const typesOf = ({ models, given }: Compiled): ColumnTypes => {
  const kept = models.map(({ model, columns }) => [model.name, columns] as const);
  return new Map(
    [...given, ...kept].map(([relation, columns]) => [
      relation,
      new Map(columns.map(({ name, type }) => [name, type])),
    ]),
  );
};

/** The columns a release holds, by its own account. */
export const readColumnTypes = async (reader: Reader): Promise<ColumnTypes> => {
  const connection = await reader.connect();
  try {
    const found = new Map<string, Map<string, string>>();
    for (const row of await readRows(connection, 'select model, name, type from meta."column"')) {
      const model = String(row.model);
      if (!found.has(model)) found.set(model, new Map());
      found.get(model)?.set(String(row.name), String(row.type));
    }
    return found;
  } finally {
    connection.closeSync();
  }
};

const timed = /^(DATE|TIMESTAMP)/;
const counted = /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|DECIMAL|DOUBLE|FLOAT|BOOLEAN)/;

const fits: Readonly<Record<string, RegExp>> = {
  date: timed,
  start: timed,
  event: timed,
  until: timed,
  known: timed,
  population: counted,
  numerator: counted,
  denominator: counted,
  count: counted,
  value: counted,
};

const checkMetric = (metric: Metric, columns: ColumnTypes): void => {
  const where = `${metric.where} \`${metric.id}\`:`;
  const of = columnsOf(columns, metric.measure.from, `${where} \`measure.from\``);
  for (const [key, column] of Object.entries(measureColumns(metric.measure))) {
    const type = typeOf(of, column, `${where} \`measure.${key}\``);
    const fit = fits[key];
    if (fit !== undefined && !fit.test(type)) {
      throw new UserError(`${where} \`measure.${key}\`: column \`${column}\` of ${metric.measure.from} is ${type}.`, {
        mend: fit === timed ? 'It must be a date or a timestamp.' : 'It must be a number.',
      });
    }
  }
  for (const need of metric.needs ?? []) columnsOf(columns, need.relation, `${where} \`needs\``);
  if (metric.measure.kind === 'agreement') checkRaters(metric.measure, of, where);
  for (const [dimension, column] of Object.entries(metric.dimensions)) {
    typeOf(of, column, `${where} \`dimensions.${dimension}\``);
  }
};

/** Categories are compared as text, so both must be written alike; some statistics know only true and false. */
const checkRaters = (measure: AgreementMeasure, of: ReadonlyMap<string, string>, where: string): void => {
  const [first, second] = [of.get(measure.first), of.get(measure.second)];
  if (first !== second) {
    throw new UserError(`${where} \`measure.second\`: it is ${second}, but \`measure.first\` is ${first}.`, {
      mend: 'Both raters must be columns of one type.',
    });
  }
  if (first !== 'BOOLEAN' && ['prevalence', 'positive', 'negative'].includes(measure.statistic)) {
    throw new UserError(
      `${where} \`measure.statistic\`: \`${measure.statistic}\` is of true and false, not ${first}.`,
      {
        mend: 'Take `observed`, `kappa` or `pabak`, or boolean columns.',
      },
    );
  }
};

const columnsOf = (columns: ColumnTypes, relation: string, where: string): ReadonlyMap<string, string> => {
  const found = columns.get(relation);
  if (found === undefined) {
    throw new UserError(`${where} names \`${relation}\`, which is not in the warehouse.`, {
      mend: `${nearest(relation, [...columns.keys()])} A model that is new is there after the next \`himsight run\`.`,
    });
  }
  return found;
};

const typeOf = (columns: ReadonlyMap<string, string>, column: string, where: string): string => {
  const type = columns.get(column);
  if (type === undefined) {
    throw new UserError(`${where} names column \`${column}\`, which the relation does not have.`, {
      mend: nearest(column, [...columns.keys()]),
    });
  }
  return type;
};

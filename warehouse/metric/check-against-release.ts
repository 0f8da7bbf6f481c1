import { UserError } from '../error.ts';
import type { Reader } from '../open.ts';
import { readRows } from '../rows.ts';
import type { Catalogue } from './catalogue.ts';
import { measureColumns } from './measure-columns.ts';
import type { Metric } from './metric.ts';
import { nearest } from './nearest.ts';

/** Relation → column → DuckDB type. */
type ReleaseColumns = ReadonlyMap<string, ReadonlyMap<string, string>>;

/**
 * Makes sure that the release holds what the catalogue names: relations, columns, and types that fit their part.
 *
 * @throws UserError naming the metric's file and line, the key and near names
 */
export const checkAgainstRelease = async (reader: Reader, catalogue: Catalogue): Promise<void> => {
  const columns = await readColumnTypes(reader);
  for (const metric of catalogue.metrics) checkMetric(metric, columns);
  for (const { id, labelFrom } of catalogue.dimensions) {
    if (labelFrom === null) continue;
    const of = columnsOf(columns, labelFrom.table, `dimension \`${id}\`: \`label_from.table\``);
    for (const key of ['value', 'label'] as const)
      typeOf(of, labelFrom[key], `dimension \`${id}\`: \`label_from.${key}\``);
  }
};

const readColumnTypes = async (reader: Reader): Promise<ReleaseColumns> => {
  const connection = await reader.connect();
  try {
    const found = new Map<string, Map<string, string>>();
    for (const row of await readRows(connection, 'select model, name, type from meta."column"')) {
      const model = String(row['model']);
      if (!found.has(model)) found.set(model, new Map());
      found.get(model)?.set(String(row['name']), String(row['type']));
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
  numerator: counted,
  denominator: counted,
  count: counted,
  value: counted,
};

const checkMetric = (metric: Metric, columns: ReleaseColumns): void => {
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
  for (const [dimension, column] of Object.entries(metric.dimensions)) {
    typeOf(of, column, `${where} \`dimensions.${dimension}\``);
  }
};

const columnsOf = (columns: ReleaseColumns, relation: string, where: string): ReadonlyMap<string, string> => {
  const found = columns.get(relation);
  if (found === undefined) {
    throw new UserError(`${where} names \`${relation}\`, which the release does not hold.`, {
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

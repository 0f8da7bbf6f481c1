import { createHash } from 'node:crypto';
import type { Metric } from './metric.ts';

/**
 * Eight hex digits that name the definition a number was made by: its measure, unit and dimensions. Two files with the
 * same version of a metric differ in data alone; words that change nothing of the number (a label, a target) leave it as it is.
 * What the models below it did is named by the release.
 */
export const definitionVersion = ({
  id,
  measure,
  unit,
  dimensions,
  maturesAfterMonths,
  needs = [],
}: Metric): string => {
  const relations = needs.map(({ relation }) => relation).sort();
  const said = [id, inOrder(measure), unit, inOrder(dimensions), maturesAfterMonths, relations];
  return createHash('sha256').update(JSON.stringify(said)).digest('hex').slice(0, 8);
};

/** An object's entries by name, so that the order in a file does not matter. */
const inOrder = (object: object): readonly (readonly [string, unknown])[] =>
  Object.entries(object).toSorted(([a], [b]) => (a < b ? -1 : 1));

import { UserError } from '../error.ts';
import type { Column } from './compiled.ts';
import type { Model } from './model.ts';

const DATED = /^(DATE|TIMESTAMP)$/;

/** A relation that is followed is one that it reads, and is dated by the column named. */
const checkFollowed = (
  { file, kind, followed }: Model,
  parents: readonly string[],
  columnsOf: (relation: string) => readonly Column[],
): void => {
  for (const { relation, column } of followed) {
    if (kind !== 'period' || !parents.includes(relation))
      throw new UserError(
        `${file}: it follows ${relation}, and ${kind === 'period' ? 'does not read it' : 'has no months'}.`,
        {
          mend: 'A model of `Kind period <date column>` follows relations that its query reads.',
        },
      );
    const type = columnsOf(relation).find(({ name }) => name.toLowerCase() === column.toLowerCase())?.type;
    if (type === undefined || !DATED.test(type))
      throw new UserError(
        `${file}: it follows ${relation} by ${column}, which is neither a DATE nor a TIMESTAMP of it.`,
      );
  }
};

/**
 * What the header says must be true of the query: key and period column are among its columns, what it follows is dated,
 * and a view of a kept layer reads nothing that goes away.
 *
 * @param columnsOf columns of the models that it reads
 * @throws UserError naming the file and the column
 */
export const checkHeader = (
  model: Model,
  columns: readonly Column[],
  parents: readonly string[],
  columnsOf: (relation: string) => readonly Column[],
): void => {
  const types = new Map(columns.map((column) => [column.name.toLowerCase(), column.type]));
  const lost = [...model.key, ...(model.periodColumn === null ? [] : [model.periodColumn])].find(
    (name) => !types.has(name.toLowerCase()),
  );
  if (lost !== undefined)
    throw new UserError(`${model.file}: the header names the column \`${lost}\`, the query has no such column.`, {
      mend: `Its columns are ${columns.map((column) => column.name).join(', ')}.`,
    });
  if (model.periodColumn !== null && !DATED.test(types.get(model.periodColumn.toLowerCase())!))
    throw new UserError(`${model.file}: the period column ${model.periodColumn} is neither a DATE nor a TIMESTAMP.`);
  checkFollowed(model, parents, columnsOf);
  const passing = parents.find((name) => /^(raw|staging)\./.test(name));
  if (model.kind === 'view' && model.layer !== 'staging' && passing !== undefined)
    throw new UserError(
      `${model.file}: ${model.name} is a view of ${passing}, which is not kept in a release; write \`Kind table\`.`,
    );
};

import { UserError } from '../error.ts';
import type { Column } from './compile.ts';
import type { Model } from './model.ts';

/**
 * What the header says must be true of the query: key and period column are among its columns, and a view of a kept
 * layer reads nothing that goes away.
 *
 * @throws UserError naming the file and the column
 */
export const checkHeader = (model: Model, columns: readonly Column[], parents: readonly string[]): void => {
  const types = new Map(columns.map((column) => [column.name.toLowerCase(), column.type]));
  const lost = [...model.key, ...(model.periodColumn === null ? [] : [model.periodColumn])].find(
    (name) => !types.has(name.toLowerCase()),
  );
  if (lost !== undefined)
    throw new UserError(`${model.file}: the header names the column \`${lost}\`, the query has no such column.`, {
      mend: `Its columns are ${columns.map((column) => column.name).join(', ')}.`,
    });
  if (model.periodColumn !== null && !/^(DATE|TIMESTAMP)$/.test(types.get(model.periodColumn.toLowerCase())!))
    throw new UserError(`${model.file}: the period column ${model.periodColumn} is neither a DATE nor a TIMESTAMP.`);
  const passing = parents.find((name) => /^(raw|staging)\./.test(name));
  if (model.kind === 'view' && model.layer !== 'staging' && passing !== undefined)
    throw new UserError(
      `${model.file}: ${model.name} is a view of ${passing}, which is not kept in a release; write \`Kind table\`.`,
    );
};

import type { DuckDBConnection } from '@duckdb/node-api';
import type { SqlFunction } from './function.ts';
import type { Model } from './model.ts';
import { parseQueries, type Query } from './query.ts';
import { checkLayers, checkRepeatable } from './rule.ts';

/** A model, its query parsed and found to keep the rules. */
export interface ParsedModel {
  readonly name: string;
  readonly file: string;
  readonly model: Model;
  readonly query: Query;
  /** What it reads, through functions too. */
  readonly parents: readonly string[];
}

/** The macros of `sql/function` that a query calls. */
export const usedFunctions = (query: Query, functions: ReadonlyMap<string, SqlFunction>): SqlFunction[] =>
  [...query.functions, ...query.tableFunctions].flatMap((name) => functions.get(name) ?? []);

/**
 * Parses every model and holds it to the rules of its layer and of repeatability.
 *
 * @throws UserError naming the file
 */
export const parseModels = async (
  connection: DuckDBConnection,
  models: readonly Model[],
  functions: ReadonlyMap<string, SqlFunction>,
): Promise<ParsedModel[]> => {
  const queries = await parseQueries(connection, models);
  return models.map((model, at) => {
    const query = queries[at]!;
    const called = usedFunctions(query, functions);
    const calls = [...new Set([...query.functions, ...called.flatMap((each) => each.calls)])];
    checkRepeatable({ ...query, functions: calls }, model.file, new Set(functions.keys()));
    const parents = [...new Set([...query.relations, ...called.flatMap((each) => each.relations)])].sort();
    checkLayers(model.name, model.layer, parents, model.file);
    return { name: model.name, file: model.file, model, query, parents };
  });
};

import type { DuckDBConnection } from '@duckdb/node-api';
import type { CompiledCheck, CompiledScan } from '../check/check.ts';
import { compileChecks } from '../check/compile-checks.ts';
import { UserError, messageOf } from '../error.ts';
import { openBuilder } from '../open.ts';
import type { Project } from '../project.ts';
import { identifier, relationName } from '../quote.ts';
import { loadReference } from '../reference.ts';
import { readRows } from '../rows.ts';
import { apartnessOf } from './apart.ts';
import { checkHeader } from './check-header.ts';
import { assertsOf, compileAsserts, type CompiledAssert } from './compile-asserts.ts';
import type { Column, CompiledModel, RawTable } from './compiled.ts';
import { definitionOf, digest } from './fingerprint.ts';
import { describeFunctions, installFunctions, type SqlFunction } from './function.ts';
import { buildOrder } from './graph.ts';
import { lineageOf, plansOf } from './lineage.ts';
import { MODEL_LAYERS, type Model } from './model.ts';
import { parseModels, usedFunctions, type ParsedModel } from './parse-models.ts';
import { heldApart, rawKeys, unitsOf } from './unit.ts';

/** A raw table without its rows: all that compiling looks at. */
export type RawShape = Pick<RawTable, 'name' | 'columns'>;

/** What was found of a model, but for what hangs on rows. */
export interface FoundModel extends Omit<CompiledModel, 'model' | 'fingerprint'> {
  readonly name: string;
}

/**
 * What compiling a project finds out: it hangs on texts and columns alone, on no row. Plain data, beside the project it was
 * found of.
 */
export interface Findings {
  /** In build order. */
  readonly models: readonly FoundModel[];
  /** In the order of `assertsOf`. */
  readonly asserts: readonly Omit<CompiledAssert, 'assert'>[];
  /** In the order of the project's scans, checks in the order of each. */
  readonly checks: readonly FoundScan[];
  /** Columns of raw and reference tables, by relation. */
  readonly given: ReadonlyMap<string, readonly Column[]>;
  /** Columns of raw tables and models that name units, and their kind; null where a relation's rows belong to none. */
  readonly keys: ReadonlyMap<string, ReadonlyMap<string, string> | null>;
  /** What each function of `sql/function` means. */
  readonly meanings: readonly string[];
}

type FoundScan = Pick<CompiledScan, 'relations' | 'lineage' | 'isByUnit' | 'isByRow'> & {
  readonly checks: readonly Pick<CompiledCheck, 'concerns' | 'definition'>[];
};

/** Columns of every relation there is, by its name. */
const allColumns = async (connection: DuckDBConnection): Promise<Map<string, Column[]>> => {
  const rows = await readRows(
    connection,
    `select schema_name || '.' || table_name as relation, column_name, data_type from duckdb_columns()
    where database_name = current_database() order by relation, column_index`,
  );
  const columns = new Map<string, Column[]>();
  for (const { relation, column_name: name, data_type: type } of rows) {
    if (!columns.has(String(relation))) columns.set(String(relation), []);
    columns.get(String(relation))!.push({ name: String(name), type: String(type) });
  }
  return columns;
};

/** DuckDB's complaint as a sentence that names file, line and model. The statement has one line before the model's. */
const compileError = (model: Model, cause: unknown): UserError => {
  const message = messageOf(cause);
  const line = /^LINE (\d+):/m.exec(message)?.[1];
  const said = message.split(/\n\s*\n/)[0]!.replaceAll('\n', ' ');
  const place = line === undefined ? model.file : `${model.file}:${Number(line) - 1}`;
  return new UserError(`${place}: ${model.name} does not compile: ${said}`, { cause });
};

/** Creates every raw table empty and every reference table full, and returns their columns. */
const layGround = async (
  connection: DuckDBConnection,
  project: Project,
  raw: readonly RawShape[],
): Promise<Map<string, readonly Column[]>> => {
  for (const schema of ['raw', 'reference', ...MODEL_LAYERS]) await connection.run(`create schema ${schema}`);
  for (const { name, columns } of raw) {
    const defined = columns.map((column) => `${identifier(column.name)} ${column.type}`).join(', ');
    await connection.run(`create table raw.${identifier(name)} (${defined})`);
  }
  for (const reference of project.references) await loadReference(connection, reference);
  const columns = await allColumns(connection);
  return new Map([
    ...raw.map((table) => [`raw.${table.name}`, table.columns] as const),
    ...project.references.map(({ name }) => [name, columns.get(name)!] as const),
  ]);
};

/** The typed, empty relation of one model. */
const layModel = async (connection: DuckDBConnection, model: Model): Promise<void> => {
  try {
    // The model stands on lines of its own: a comment at its end would swallow what follows.
    await connection.run(`create table ${relationName(model.name)} as\n${model.sql}\nwith no data`);
  } catch (cause) {
    throw compileError(model, cause);
  }
};

/** Everything known of a model whose relation stands. */
const findModel = ({ model, query, parents }: ParsedModel, plan: unknown, known: Known): FoundModel => {
  const columns = known.columns.get(model.name)!;
  checkHeader(model, columns, parents, (relation) => known.columns.get(relation) ?? []);
  const functions = usedFunctions(query, known.functions).map((each) => each.meaning);
  const definition = definitionOf(
    query.canonical,
    model.header,
    functions,
    parents.map((name) => known.definitions.get(name)!),
  );
  const inputs = [...new Set(parents.flatMap((name) => known.inputs.get(name) ?? []))].sort();
  known.definitions.set(model.name, definition);
  known.inputs.set(model.name, inputs);
  const names = columns.map((column) => column.name);
  const lineage = lineageOf(plan, names, parents);
  const apart = heldApart(
    model,
    apartnessOf(plan, names, (relation) => known.keys.get(relation) ?? null),
  );
  known.keys.set(model.name, apart.mode === 'keyed' ? apart.keys : null);
  return { name: model.name, parents, columns, lineage, apart, inputs, definition };
};

/** What is known of the relations compiled so far, by name. */
interface Known {
  readonly functions: ReadonlyMap<string, SqlFunction>;
  readonly definitions: Map<string, string>;
  readonly inputs: Map<string, readonly string[]>;
  /** Columns of every relation that stands, those of models still to be compiled included. */
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  /** Columns that name units, and their kind; null where a relation's rows belong to none. */
  readonly keys: Map<string, ReadonlyMap<string, string> | null>;
}

const knownAtFirst = (
  project: Project,
  raw: readonly RawShape[],
  functions: ReadonlyMap<string, SqlFunction>,
  columns: ReadonlyMap<string, readonly Column[]>,
): Known => {
  const named = raw.map((table) => [`raw.${table.name}`, table] as const);
  const shape = ({ columns }: RawShape): string => digest(columns.flatMap((column) => [column.name, column.type]));
  const units = unitsOf(project.models);
  return {
    functions,
    keys: new Map(named.map(([name, table]) => [name, rawKeys(table, units)])),
    inputs: new Map(named.map(([name]) => [name, [name]])),
    columns,
    definitions: new Map([
      ...named.map(([name, table]) => [name, shape(table)] as const),
      ...project.references.map((reference) => [reference.name, reference.fingerprint] as const),
    ]),
  };
};

const foundScan = ({ relations, lineage, isByUnit, isByRow, checks }: CompiledScan): FoundScan => ({
  ...{ relations, lineage, isByUnit, isByRow },
  checks: checks.map(({ concerns, definition }) => ({ concerns, definition })),
});

/**
 * Builds every relation of a project empty, in order, in memory, and looks at what stands.
 *
 * @throws UserError naming file and model: syntax, unknown relation or column, wrong type, cycle, broken layer rule
 */
export const findOut = async (project: Project, raw: readonly RawShape[]): Promise<Findings> => {
  // Everything is empty: a second thread has nothing to do, and costs a fifth more.
  const { connection, close } = await openBuilder(null, { threads: 1 });
  try {
    await installFunctions(connection, project.functions);
    const functions = await describeFunctions(connection);
    const given = await layGround(connection, project, raw);
    const parsed = buildOrder(await parseModels(connection, project.models, functions), new Set(given.keys()));
    for (const { model } of parsed) await layModel(connection, model);
    const columns = await allColumns(connection);
    const plans = await plansOf(
      connection,
      parsed.map(({ model }) => model.sql),
    );
    const known = knownAtFirst(project, raw, functions, columns);
    const models = parsed.map((each, at) => findModel(each, plans[at], known));
    const promises = assertsOf(
      project.asserts,
      parsed.map(({ model }) => model),
    );
    const asserts = await compileAsserts(connection, promises, known);
    const checks = await compileChecks(connection, project.checks, known);
    return {
      ...{ models, given, keys: known.keys },
      asserts: asserts.map(({ assert: _, ...found }) => found),
      checks: checks.map(foundScan),
      meanings: [...functions.values()].map(({ meaning }) => meaning),
    };
  } finally {
    await close();
  }
};

import type { DuckDBConnection } from '@duckdb/node-api';
import type { CompiledScan } from '../check/check.ts';
import { compileChecks } from '../check/compile-checks.ts';
import { UserError, messageOf } from '../error.ts';
import { openBuilder } from '../open.ts';
import type { RawPart } from '../raw-part.ts';
import type { Project } from '../project.ts';
import { identifier, relationName } from '../quote.ts';
import { loadReference } from '../reference.ts';
import { readRows } from '../rows.ts';
import { apartnessOf, type Apartness } from './apart.ts';
import { checkHeader } from './check-header.ts';
import { compileAsserts, type CompiledAssert } from './compile-asserts.ts';
import { definitionOf, digest } from './fingerprint.ts';
import { describeFunctions, installFunctions, type SqlFunction } from './function.ts';
import { buildOrder } from './graph.ts';
import { lineageOf, plansOf, type LineageEdge } from './lineage.ts';
import { MODEL_LAYERS, type Model } from './model.ts';
import { parseModels, usedFunctions, type ParsedModel } from './parse-models.ts';
import { heldApart, rawKeys, unitsOf } from './unit.ts';

export interface Column {
  readonly name: string;
  /** DuckDB's type, as `DECIMAL(18,4)`. */
  readonly type: string;
  readonly describes?: string;
}

/** A table that arrives from outside: `raw.<name>`. */
export interface RawTable {
  /** Name without schema: `encounter`. */
  readonly name: string;
  readonly columns: readonly Column[];
  /** One select that yields its rows, with at least these columns. */
  readonly query: string;
  /** Hash of its rows' origin: equal fingerprint, equal rows. */
  readonly fingerprint: string;
  /**
   * The same by calendar month of its period column, first day as ISO date (`2025-03-01`), rows without a date under
   * `''`. Without it a change touches every month.
   */
  readonly months?: Readonly<Record<string, string>>;
  /** The files its rows stand in, where they stand in files: `query` is their `rawQuery`. */
  readonly parts?: readonly RawPart[];
  /** Columns that tell two of its rows apart; given with `parts`. */
  readonly key?: readonly string[];
  /** The column that says when a row happened, or null; given with `parts`. */
  readonly period?: string | null;
}

/** A model that was found sound. */
export interface CompiledModel {
  readonly model: Model;
  /** Relations it reads, by name. */
  readonly parents: readonly string[];
  readonly columns: readonly Column[];
  readonly lineage: readonly LineageEdge[];
  /** How its rows depend on units (encounters, accounts): what an incremental build may narrow it to. */
  readonly apart: Apartness;
  /** Raw tables its rows depend on, near or far (`raw.encounter`). */
  readonly inputs: readonly string[];
  /** Hash of all that decides its rows but the raw rows themselves. */
  readonly definition: string;
  /** Hash of its definition and of the fingerprints of its inputs: equal fingerprint, equal rows. */
  readonly fingerprint: string;
}

/** A project whose every model has its types checked. */
export interface Compiled {
  readonly project: Project;
  readonly raw: readonly RawTable[];
  /** In build order: each after all it reads. */
  readonly models: readonly CompiledModel[];
  /** Checks on rows, each relation's together. */
  readonly checks: readonly CompiledScan[];
  /** Those of the project, then the unique key of each model of a kept layer. */
  readonly asserts: readonly CompiledAssert[];
  /** Columns of raw and reference tables, by relation. */
  readonly given: ReadonlyMap<string, readonly Column[]>;
  /** Hash of everything a release is made of; the last eight characters of a release id are its first. */
  readonly content: string;
  /** Columns of raw tables and models that name units, and their kind; null where a relation's rows belong to none. */
  readonly keys: ReadonlyMap<string, ReadonlyMap<string, string> | null>;
}

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
  raw: readonly RawTable[],
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
const compileModel = ({ model, query, parents }: ParsedModel, plan: unknown, known: Known): CompiledModel => {
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
  const fingerprint = digest([definition, ...inputs.map((name) => known.raw.get(name)!.fingerprint)]);
  return { model, parents, columns, lineage, apart, inputs, definition, fingerprint };
};

/** What is known of the relations compiled so far, by name. */
interface Known {
  readonly functions: ReadonlyMap<string, SqlFunction>;
  readonly raw: ReadonlyMap<string, RawTable>;
  readonly definitions: Map<string, string>;
  readonly inputs: Map<string, readonly string[]>;
  /** Columns of every relation that stands, those of models still to be compiled included. */
  readonly columns: ReadonlyMap<string, readonly Column[]>;
  /** Columns that name units, and their kind; null where a relation's rows belong to none. */
  readonly keys: Map<string, ReadonlyMap<string, string> | null>;
}

const knownAtFirst = (
  project: Project,
  raw: readonly RawTable[],
  functions: ReadonlyMap<string, SqlFunction>,
  columns: ReadonlyMap<string, readonly Column[]>,
): Known => {
  const named = raw.map((table) => [`raw.${table.name}`, table] as const);
  const shape = ({ columns }: RawTable): string => digest(columns.flatMap((column) => [column.name, column.type]));
  const units = unitsOf(project.models);
  return {
    functions,
    keys: new Map(named.map(([name, table]) => [name, rawKeys(table, units)])),
    raw: new Map(named),
    inputs: new Map(named.map(([name]) => [name, [name]])),
    columns,
    definitions: new Map([
      ...named.map(([name, table]) => [name, shape(table)] as const),
      ...project.references.map((reference) => [reference.name, reference.fingerprint] as const),
    ]),
  };
};

/**
 * Checks a whole project before any data moves: it builds every relation empty, in order, in memory.
 *
 * @throws UserError naming file and model: syntax, unknown relation or column, wrong type, cycle, broken layer rule
 */
export const compile = async (given: {
  readonly project: Project;
  readonly raw: readonly RawTable[];
}): Promise<Compiled> => {
  const { project, raw } = given;
  // Everything is empty: a second thread has nothing to do, and costs a fifth more.
  const { connection, close } = await openBuilder(null, { threads: 1 });
  try {
    await installFunctions(connection, project.functions);
    const functions = await describeFunctions(connection);
    const ground = await layGround(connection, project, raw);
    const parsed = buildOrder(await parseModels(connection, project.models, functions), new Set(ground.keys()));
    for (const { model } of parsed) await layModel(connection, model);
    const columns = await allColumns(connection);
    const plans = await plansOf(
      connection,
      parsed.map(({ model }) => model.sql),
    );
    const known = knownAtFirst(project, raw, functions, columns);
    const models = parsed.map((each, at) => compileModel(each, plans[at], known));
    const asserts = await compileAsserts(connection, project.asserts, models, known);
    const checks = await compileChecks(connection, project.checks, known);
    const content = digest([
      ...models.flatMap(({ model, fingerprint }) => [model.name, model.kind, fingerprint]),
      ...raw.flatMap((table) => [table.name, table.fingerprint]),
      ...project.references.map((reference) => reference.fingerprint),
      ...[...functions.values()].map((each) => each.meaning),
      ...asserts.map(({ definition }) => definition),
      ...checks.flatMap((scan) => scan.checks.map(({ definition }) => definition)),
    ]);
    return { project, raw, models, asserts, checks, given: ground, content, keys: known.keys };
  } finally {
    await close();
  }
};

import type { CompiledScan } from '../check/check.ts';
import type { Project } from '../project.ts';
import type { RawPart } from '../raw-part.ts';
import type { Apartness } from './apart.ts';
import { assertsOf, type CompiledAssert } from './compile-asserts.ts';
import { digest } from './fingerprint.ts';
import { findOut, type Findings } from './findings.ts';
import type { KeptFindings } from './kept-findings.ts';
import type { LineageEdge } from './lineage.ts';
import type { Model } from './model.ts';

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

/**
 * Checks a whole project before any data moves: it builds every relation empty, in order, in memory.
 *
 * @param given.kept where findings of the same texts and columns are kept; without it they are found out each time
 * @throws UserError naming file and model: syntax, unknown relation or column, wrong type, cycle, broken layer rule
 */
export const compile = async (given: {
  readonly project: Project;
  readonly raw: readonly RawTable[];
  readonly kept?: KeptFindings;
}): Promise<Compiled> => {
  const { project, raw, kept } = given;
  const known = kept?.of(project, raw) ?? null;
  const found = known ?? (await findOut(project, raw));
  if (known === null) kept?.keep(project, raw, found);
  return withRows(project, raw, found);
};

/** What was found, held beside the texts it is of, and fingerprints of rows. */
const withRows = (project: Project, raw: readonly RawTable[], found: Findings): Compiled => {
  const textOf = new Map(project.models.map((model) => [model.name, model]));
  const rowsOf = new Map(raw.map(({ name, fingerprint }) => [`raw.${name}`, fingerprint]));
  const models = found.models.map(({ name, ...each }): CompiledModel => ({
    model: textOf.get(name)!,
    ...each,
    fingerprint: digest([each.definition, ...each.inputs.map((input) => rowsOf.get(input)!)]),
  }));
  const promises = assertsOf(
    project.asserts,
    models.map(({ model }) => model),
  );
  const asserts = promises.map((assert, at): CompiledAssert => ({ assert, ...found.asserts[at]! }));
  const checks = project.checks.map((scan, at): CompiledScan => {
    const { checks: each, ...about } = found.checks[at]!;
    return { ...scan, ...about, checks: scan.checks.map((check, n) => ({ ...check, ...each[n]! })) };
  });
  const content = digest([
    ...models.flatMap(({ model, fingerprint }) => [model.name, model.kind, fingerprint]),
    ...raw.flatMap((table) => [table.name, table.fingerprint]),
    ...project.references.map((reference) => reference.fingerprint),
    ...found.meanings,
    ...asserts.map(({ definition }) => definition),
    ...checks.flatMap((scan) => scan.checks.map(({ definition }) => definition)),
  ]);
  return { project, raw, models, asserts, checks, given: found.given, content, keys: found.keys };
};

import type { CompiledScan } from '../check/check.ts';
import type { Project } from '../project.ts';
import type { RawPart } from '../raw-part.ts';
import type { Apartness } from './apart.ts';
import type { CompiledAssert } from './compile-asserts.ts';
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

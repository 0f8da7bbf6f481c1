import type { DuckDBConnection } from '@duckdb/node-api';
import { examinedSql, uniqueKey, type Assert, type Examined } from '../assert.ts';
import { UserError, messageOf } from '../error.ts';
import { apartnessOf } from './apart.ts';
import type { CompiledModel } from './compile.ts';
import { digest } from './fingerprint.ts';
import type { SqlFunction } from './function.ts';
import { lineageOf, planOf, type LineageEdge } from './lineage.ts';
import { usedFunctions } from './parse-models.ts';
import { parseQuery } from './query.ts';

/** What a query that is counted depends on. */
export interface Counted {
  readonly parents: readonly string[];
  readonly lineage: readonly LineageEdge[];
  /** Whether what it counts in one unit (an encounter) depends on rows of that unit alone: counts of units then add up. */
  readonly isByUnit: boolean;
}

/** An assert that was found sound. */
export interface CompiledAssert extends Counted {
  readonly assert: Assert;
  /** Hash of all that decides what it counts but the rows it reads. */
  readonly definition: string;
  /** Of the rows it is about; null where it does not say which. */
  readonly examined: Counted | null;
}

interface Known {
  readonly functions: ReadonlyMap<string, SqlFunction>;
  readonly definitions: ReadonlyMap<string, string>;
  readonly keys: ReadonlyMap<string, ReadonlyMap<string, string> | null>;
}

/**
 * Binds every assert, and the promise of a unique key that each model makes, against the empty relations; nothing is run.
 * Asserts may read whatever stands when a release is audited.
 *
 * @throws UserError naming the file
 */
export const compileAsserts = async (
  connection: DuckDBConnection,
  asserts: readonly Assert[],
  models: readonly CompiledModel[],
  known: Known,
): Promise<readonly CompiledAssert[]> => {
  const compiled: CompiledAssert[] = [];
  const keys = models.filter(({ model }) => model.layer !== 'staging').map(({ model }) => uniqueKey(model));
  for (const assert of [...asserts, ...keys]) compiled.push(await compileAssert(connection, assert, known));
  return compiled;
};

const compileAssert = async (connection: DuckDBConnection, assert: Assert, known: Known): Promise<CompiledAssert> => {
  const { name, severity, sql, examines, file } = assert;
  const { canonical, called, ...counted } = await compileCounted(connection, sql, file, known);
  return {
    assert,
    ...counted,
    examined: examines === null ? null : await compileExamined(connection, examines, file, known),
    definition: digest([
      ...[name, severity, examines === null ? '' : examinedSql(examines), canonical],
      digest(called.map(({ meaning }) => meaning)),
      digest(counted.parents.map((parent) => known.definitions.get(parent) ?? '')),
    ]),
  };
};

/** All rows of a relation are those of its units, and no query is needed to know it. */
const compileExamined = async (
  connection: DuckDBConnection,
  examines: Examined,
  file: string,
  known: Known,
): Promise<Counted> => {
  const { relation, where } = examines;
  if (where === null && known.definitions.has(relation))
    return { parents: [relation], lineage: [], isByUnit: (known.keys.get(relation) ?? null) !== null };
  const { parents, lineage, isByUnit } = await compileCounted(connection, examinedSql(examines), file, known);
  return { parents, lineage, isByUnit };
};

const compileCounted = async (
  connection: DuckDBConnection,
  sql: string,
  file: string,
  known: Known,
): Promise<Counted & { readonly canonical: string; readonly called: readonly SqlFunction[] }> => {
  const query = await parseQuery(connection, sql, file);
  let width: number;
  try {
    const prepared = await connection.prepare(sql);
    width = prepared.columnCount;
    prepared.destroySync();
  } catch (cause) {
    const said = messageOf(cause)
      .split(/\n\s*\n/)[0]!
      .replaceAll('\n', ' ');
    throw new UserError(`${file}: does not compile: ${said}`, { cause });
  }
  const called = usedFunctions(query, known.functions);
  const parents = [...new Set([...query.relations, ...called.flatMap(({ relations }) => relations)])].sort();
  const plan = await planOf(connection, sql);
  const names = Array.from({ length: width }, (_, at) => `column ${at}`);
  const apart = apartnessOf(plan, names, (relation) => known.keys.get(relation) ?? null);
  return {
    parents,
    called,
    canonical: query.canonical,
    lineage: lineageOf(plan, names, parents),
    isByUnit: apart.mode === 'keyed' || (apart.mode === 'whole' && apart.isApart === true),
  };
};

import type { DuckDBConnection } from '@duckdb/node-api';
import { examinedSql, uniqueKey, type Assert, type Examined } from '../assert.ts';
import { UserError, messageOf } from '../error.ts';
import { apartnessOf } from './apart.ts';
import { digest } from './fingerprint.ts';
import type { SqlFunction } from './function.ts';
import { lineageOf, plansOf, type LineageEdge } from './lineage.ts';
import type { Model } from './model.ts';
import { usedFunctions } from './parse-models.ts';
import { parseQueries, type SqlText } from './query.ts';

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

/** The promises of a project, and the unique key that each of its models promises; models in build order. */
export const assertsOf = (asserts: readonly Assert[], models: readonly Model[]): readonly Assert[] => [
  ...asserts,
  ...models.filter(({ layer }) => layer !== 'staging').map(uniqueKey),
];

/**
 * Binds every assert against the empty relations; nothing is run. Asserts may read whatever stands when a release is
 * audited.
 *
 * @throws UserError naming the file
 */
export const compileAsserts = async (
  connection: DuckDBConnection,
  all: readonly Assert[],
  known: Known,
): Promise<readonly CompiledAssert[]> => {
  const asked = await compileCounted(connection, all, known);
  const partly = all.filter(({ examines }) => examines !== null && !isWhole(examines, known));
  const rows = await compileCounted(
    connection,
    partly.map(({ examines, file }) => ({ sql: examinedSql(examines!), file })),
    known,
  );
  return all.map((assert, at) => compileAssert(assert, asked[at]!, rows[partly.indexOf(assert)], known));
};

/** All rows of a relation are those of its units, and no query is needed to know it. */
const isWhole = ({ relation, where }: Examined, { definitions }: Known): boolean =>
  where === null && definitions.has(relation);

const compileAssert = (
  assert: Assert,
  { canonical, called, ...counted }: CountedQuery,
  rows: CountedQuery | undefined,
  known: Known,
): CompiledAssert => {
  const { name, severity, examines } = assert;
  return {
    assert,
    ...counted,
    examined: examines === null ? null : examinedOf(examines, rows, known),
    definition: digest([
      ...[name, severity, examines === null ? '' : examinedSql(examines), canonical],
      digest(called.map(({ meaning }) => meaning)),
      digest(counted.parents.map((parent) => known.definitions.get(parent) ?? '')),
    ]),
  };
};

const examinedOf = ({ relation }: Examined, rows: CountedQuery | undefined, { keys }: Known): Counted =>
  rows === undefined
    ? { parents: [relation], lineage: [], isByUnit: (keys.get(relation) ?? null) !== null }
    : { parents: rows.parents, lineage: rows.lineage, isByUnit: rows.isByUnit };

interface CountedQuery extends Counted {
  readonly canonical: string;
  readonly called: readonly SqlFunction[];
}

/** How many columns a query has. */
const widthOf = async (connection: DuckDBConnection, { sql, file }: SqlText): Promise<number> => {
  try {
    const prepared = await connection.prepare(sql);
    const width = prepared.columnCount;
    prepared.destroySync();
    return width;
  } catch (cause) {
    const said = messageOf(cause)
      .split(/\n\s*\n/)[0]!
      .replaceAll('\n', ' ');
    throw new UserError(`${file}: does not compile: ${said}`, { cause });
  }
};

const compileCounted = async (
  connection: DuckDBConnection,
  texts: readonly SqlText[],
  known: Known,
): Promise<CountedQuery[]> => {
  const queries = await parseQueries(connection, texts);
  const widths: number[] = [];
  for (const text of texts) widths.push(await widthOf(connection, text));
  const plans = await plansOf(
    connection,
    texts.map(({ sql }) => sql),
  );
  return queries.map((query, at) => {
    const called = usedFunctions(query, known.functions);
    const parents = [...new Set([...query.relations, ...called.flatMap(({ relations }) => relations)])].sort();
    const names = Array.from({ length: widths[at]! }, (_, column) => `column ${column}`);
    const apart = apartnessOf(plans[at], names, (relation) => known.keys.get(relation) ?? null);
    return {
      parents,
      called,
      canonical: query.canonical,
      lineage: lineageOf(plans[at], names, parents),
      isByUnit: apart.mode === 'keyed' || (apart.mode === 'whole' && apart.isApart === true),
    };
  });
};

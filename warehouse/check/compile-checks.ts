import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError, messageOf } from '../error.ts';
import { apartnessOf, isRowByRow } from '../model/apart.ts';
import { digest } from '../model/fingerprint.ts';
import type { SqlFunction } from '../model/function.ts';
import { lineageOf, planOf } from '../model/lineage.ts';
import { KEPT_LAYERS } from '../model/model.ts';
import { usedFunctions } from '../model/parse-models.ts';
import { parseQuery } from '../model/query.ts';
import { checkRepeatable } from '../model/rule.ts';
import { identifier, relationName } from '../quote.ts';
import { readRows } from '../rows.ts';
import type { Check, CheckScan, CompiledScan } from './check.ts';
import { flaggedSql, flagNames, keysSql } from './scan-sql.ts';

/** What is still there when somebody asks a published release for keys. */
const READABLE: readonly string[] = [...KEPT_LAYERS, 'reference'];

/** What is known of the relations that checks may read. */
export interface Known {
  /** The macros of `sql/function`. */
  readonly functions: ReadonlyMap<string, SqlFunction>;
  /** Hash of what decides the rows of a relation, by its name. */
  readonly definitions: ReadonlyMap<string, string>;
  /** Columns that name units, and their kind; null where a relation's rows belong to none. */
  readonly keys: ReadonlyMap<string, ReadonlyMap<string, string> | null>;
}

/**
 * Binds every check against the empty relations and finds the columns it throws doubt on; nothing is run.
 *
 * @throws UserError naming file, line and key: syntax, an unknown column, a condition that is neither yes nor no
 */
export const compileChecks = async (
  connection: DuckDBConnection,
  scans: readonly CheckScan[],
  known: Known,
): Promise<CompiledScan[]> => {
  const compiled: CompiledScan[] = [];
  for (const scan of scans) compiled.push(await compileScan(connection, scan, known));
  return compiled;
};

const compileScan = async (
  connection: DuckDBConnection,
  scan: CheckScan,
  { functions, definitions, keys }: Known,
): Promise<CompiledScan> => {
  const sql = flaggedSql(scan, scan.checks);
  const types = await typesOf(connection, sql, scan.where).catch(async (cause: unknown) => {
    await findFault(connection, scan);
    throw cause;
  });
  refuseNonConditions(scan, types);
  await bind(connection, `select ${scan.key.map(identifier).join(', ')} from (${sqlOfRows(scan)})`, scan.at('key'));
  const query = await parseQuery(connection, sql, scan.where);
  const called = usedFunctions(query, functions);
  const calls = [...new Set([...query.functions, ...called.flatMap((each) => each.calls)])];
  checkRepeatable({ ...query, functions: calls }, scan.where, new Set(functions.keys()));
  const relations = [...new Set([...query.relations, ...called.flatMap((each) => each.relations)])].sort();
  const stray = relations.find((relation) => !READABLE.includes(relation.split('.')[0]!));
  if (stray !== undefined)
    throw new UserError(`${scan.where}: reads \`${stray}\`; a check reads ${READABLE.join(', ')} only.`, {
      mend: 'Raw and staging are gone once a release is published, and its keys could not be looked up: make it an assert.',
    });
  const definition = digest([
    query.canonical,
    ...scan.checks.map(({ id }) => id),
    ...called.map((each) => each.meaning),
    ...relations.map((relation) => definitions.get(relation) ?? ''),
  ]);
  const plan = await planOf(connection, sql);
  const names = [...types.keys()];
  const lineage = lineageOf(plan, names, relations);
  const checks = [];
  for (const [at, check] of scan.checks.entries()) {
    const [, violated] = flagNames(at);
    const read = lineage.filter(({ column }) => column === violated);
    const found = read.map(({ sourceRelation, sourceColumn }) => `${sourceRelation}.${sourceColumn}`);
    checks.push({ ...check, concerns: await columnsOf(connection, scan, check, [...new Set(found)]), definition });
  }
  const apart = apartnessOf(plan, names, (relation) => keys.get(relation) ?? null);
  const isByUnit = apart.mode === 'keyed' || (apart.mode === 'whole' && apart.isApart === true);
  const isByRow = scan.from === null && relations.length === 1 && isRowByRow(plan);
  return { ...scan, checks, relations, lineage, isByUnit, isByRow };
};

const sqlOfRows = ({ relation, from }: CheckScan): string => from ?? `from ${relationName(relation)}`;

/** Columns of a query with their types; a condition shared by several checks stands once. */
const typesOf = async (
  connection: DuckDBConnection,
  sql: string,
  where: string,
): Promise<ReadonlyMap<string, string>> => {
  try {
    const rows = await readRows(connection, `select column_name, column_type from (describe ${sql})`);
    return new Map(rows.map((row) => [String(row.column_name), String(row.column_type)]));
  } catch (cause) {
    throw new UserError(`${where}: does not compile: ${said(cause)}`, { cause });
  }
};

const refuseNonConditions = (scan: CheckScan, types: ReadonlyMap<string, string>): void => {
  for (const [at, { id }] of scan.checks.entries())
    for (const [flag, key] of flagNames(at).map((name, n) => [name, ['applies', 'violated'][n]!] as const)) {
      const type = types.get(flag) ?? 'BOOLEAN';
      if (type !== 'BOOLEAN')
        throw new UserError(`${scan.at(key, id)} \`${key}\`: is ${type}, not a condition.`, {
          mend: 'Write what is either true or false of a row, such as `seq < 1`.',
        });
    }
};

/** The columns a check names, made sure of; else those its condition reads. */
const columnsOf = async (
  connection: DuckDBConnection,
  scan: CheckScan,
  { id, kind, columns }: Check,
  read: readonly string[],
): Promise<readonly string[]> => {
  if (columns === null) return read;
  const full = columns.map((column) => (column.includes('.') ? column : `${scan.relation}.${column}`));
  for (const name of full) {
    const [schema, table, column] = name.split('.');
    const sql = `select ${identifier(column!)} from ${relationName(`${schema}.${table}`)}`;
    await bind(connection, sql, scan.at('columns', id), kind === 'edit' ? 'items' : 'columns');
  }
  return full;
};

/** DuckDB's complaint on one line. */
const said = (cause: unknown): string =>
  messageOf(cause)
    .split(/\n\s*\n/)[0]!
    .replaceAll('\n', ' ');

const bind = async (connection: DuckDBConnection, sql: string, where: string, key = 'key'): Promise<void> => {
  try {
    (await connection.prepare(sql)).destroySync();
  } catch (cause) {
    throw new UserError(`${where} \`${key}\`: ${said(cause)}`, { cause });
  }
};

/** Binds the parts of a scan that does not compile one by one, and throws for the first that is wrong. */
const findFault = async (connection: DuckDBConnection, scan: CheckScan): Promise<void> => {
  const bare = { ...scan, facility: null, month: null };
  const harmless = { ...scan.checks[0]!, applies: 'true', violated: 'false' };
  await bind(connection, sqlOfRows(scan), scan.at('from'), scan.from === null ? 'relation' : 'from');
  await bind(connection, flaggedSql({ ...bare, facility: scan.facility }, []), scan.at('facility'), 'facility');
  await bind(connection, flaggedSql({ ...bare, month: scan.month }, []), scan.at('month'), 'month');
  for (const check of scan.checks) {
    const { applies, violated, id } = check;
    await bind(connection, keysSql(bare, { ...harmless, applies }), scan.at('applies', id), 'applies');
    await bind(connection, flaggedSql(bare, [{ ...harmless, violated }]), scan.at('violated', id), 'violated');
  }
};

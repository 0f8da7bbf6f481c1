import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError } from '../error.ts';
import { readRows } from '../rows.ts';

/** What DuckDB's own parser says of one select. */
export interface Query {
  /** Relations read, in lower case and order of name; names that are CTEs of the query are not among them. */
  readonly relations: readonly string[];
  /** Functions called, in lower case and order of name, operators and keywords such as `current_date` included. */
  readonly functions: readonly string[];
  /** Table functions called (`unnest`, `range`, `read_csv` …). */
  readonly tableFunctions: readonly string[];
  /** The query as DuckDB prints it: comments, layout and letter case of keywords drop out. */
  readonly canonical: string;
  /** True where it takes a random sample of rows. */
  readonly samples: boolean;
}

/** A node of DuckDB's syntax tree as JSON; its shape is DuckDB's own, so it is read defensively. */
type Node = Readonly<Record<string, unknown>>;

interface Found {
  readonly relations: Set<string>;
  readonly functions: Set<string>;
  readonly tableFunctions: Set<string>;
  samples: boolean;
}

const lower = (value: unknown): string => String(value ?? '').toLowerCase();

const visitNode = (node: Node, scope: ReadonlySet<string>, found: Found): void => {
  if (node.type === 'BASE_TABLE') {
    const name = [node.catalog_name, node.schema_name, node.table_name].map(lower).filter(Boolean).join('.');
    if (node.schema_name || !scope.has(name)) found.relations.add(name);
  }
  if (node.class === 'FUNCTION' || node.class === 'WINDOW') found.functions.add(lower(node.function_name));
  const columns = node.column_names;
  // `current_date` without parentheses is parsed as a column of that name.
  if (node.class === 'COLUMN_REF' && Array.isArray(columns) && columns.length === 1)
    if (/^(current|local)_?(date|time|timestamp)$/.test(lower(columns[0]))) found.functions.add(lower(columns[0]));
  if (node.type === 'TABLE_FUNCTION')
    found.tableFunctions.add(lower((node.function as Node | undefined)?.function_name));
  if (node.sample) found.samples = true;
};

/** A CTE is visible to the CTEs after it and to the body; to itself only where it is recursive. */
const visitCtes = (entries: readonly Node[], outer: ReadonlySet<string>, found: Found): ReadonlySet<string> => {
  const scope = new Set(outer);
  for (const { key, value } of entries as readonly { key: string; value: Node }[]) {
    const body = (value.query as Node | undefined)?.node as Node | undefined;
    const own = body?.type === 'RECURSIVE_CTE_NODE' ? new Set([...scope, lower(key)]) : scope;
    visit(value, own, found);
    scope.add(lower(key));
  }
  return scope;
};

const visit = (node: unknown, scope: ReadonlySet<string>, found: Found): void => {
  if (node === null || typeof node !== 'object') return;
  if (Array.isArray(node)) {
    for (const each of node) visit(each, scope, found);
    return;
  }
  const { cte_map: ctes, ...rest } = node as Node & { readonly cte_map?: { readonly map?: readonly Node[] } };
  const inner = ctes?.map?.length ? visitCtes(ctes.map, scope, found) : scope;
  const own = rest.type === 'RECURSIVE_CTE_NODE' ? new Set([...inner, lower(rest.cte_name)]) : inner;
  visitNode(rest, own, found);
  for (const child of Object.values(rest)) visit(child, own, found);
};

/** True where a semicolon stands outside comments, texts and quoted names. */
const hasSemicolon = (sql: string): boolean =>
  sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '').includes(';');

const lineAt = (sql: string, position: unknown): number => sql.slice(0, Number(position) || 0).split('\n').length;

/** A select and the file it stands in, for messages. */
export interface SqlText {
  readonly sql: string;
  readonly file: string;
}

/** Rows `sql`, `place` of the texts bound to `$1` as a JSON array. */
export const GIVEN = `(
  select unnest(texts) as sql, generate_subscripts(texts, 1) as place
  from (select from_json($1::varchar, '["VARCHAR"]') as texts))`;

/** Syntax tree and canonical text of each select; no text where the tree is an error, or not one statement. */
const TREES = `
  select tree, case when json_array_length(tree, '$.statements') = 1 then json_deserialize_sql(tree) end as canonical
  from (select place, json_serialize_sql(sql) as tree from ${GIVEN}) order by place`;

const readTree = ({ sql, file }: SqlText, text: string, canonical: string): Query => {
  const tree = JSON.parse(text) as Node & { readonly statements?: readonly Node[] };
  if (tree.error === true) throw new UserError(`${file}:${lineAt(sql, tree.position)}: ${String(tree.error_message)}`);
  if (tree.statements?.length !== 1)
    throw new UserError(`${file}: holds ${tree.statements?.length ?? 0} statements; write one select.`);
  const found: Found = { relations: new Set(), functions: new Set(), tableFunctions: new Set(), samples: false };
  visit(tree.statements, new Set(), found);
  return {
    relations: [...found.relations].sort(),
    functions: [...found.functions].sort(),
    tableFunctions: [...found.tableFunctions].sort(),
    canonical,
    samples: found.samples,
  };
};

/**
 * Parses selects with DuckDB's parser; nothing is looked up or run. One question for all of them: asked one by one, most
 * of the time goes into the asking.
 *
 * @throws UserError for a syntax error, a semicolon, several statements, or anything but a select
 */
export const parseQueries = async (connection: DuckDBConnection, texts: readonly SqlText[]): Promise<Query[]> => {
  const several = texts.find(({ sql }) => hasSemicolon(sql));
  if (several !== undefined)
    throw new UserError(`${several.file}: a semicolon; a file holds one plain select, without \`;\` at its end.`);
  const rows = await readRows(connection, TREES, [JSON.stringify(texts.map(({ sql }) => sql))]);
  return texts.map((text, at) => readTree(text, String(rows[at]!.tree), String(rows[at]!.canonical)));
};

/**
 * `parseQueries` of one.
 *
 * @param file named in messages
 */
export const parseQuery = async (connection: DuckDBConnection, sql: string, file: string): Promise<Query> =>
  (await parseQueries(connection, [{ sql, file }]))[0]!;

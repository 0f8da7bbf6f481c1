import type { DuckDBConnection } from '@duckdb/node-api';
import { StatementType } from '@duckdb/node-api';
import { UserError, messageOf } from '../error.ts';
import { identifier } from '../quote.ts';
import { readRows } from '../rows.ts';
import { filesOf, type SqlFile } from './model.ts';
import { parseQueries } from './query.ts';

/** A macro of `sql/function`, with all it calls and reads, itself included. */
export interface SqlFunction {
  readonly name: string;
  /** Its parameters and body as DuckDB keeps them, and those of every macro it calls. */
  readonly meaning: string;
  /** Functions called, directly or through other macros. */
  readonly calls: readonly string[];
  /** Relations read within it, directly or through other macros. */
  readonly relations: readonly string[];
}

/** The function files of this engine: `sql/function/duckdb.sql` of each folder. */
export const readFunctions = (folders: readonly string[]): SqlFile[] =>
  folders.flatMap((folder) =>
    filesOf([folder], 'function', '.sql', /^[a-z][a-z0-9_-]*$/).filter((file) => file.name === 'duckdb'),
  );

const OWN = `from duckdb_functions() where not internal and database_name = current_database()`;

/**
 * Creates the macros of the given files in the default schema and takes away those that no file defines any more.
 *
 * @throws UserError when a file holds anything but `create macro` or does not parse
 */
export const installFunctions = async (connection: DuckDBConnection, files: readonly SqlFile[]): Promise<void> => {
  for (const row of await readRows(connection, `select distinct function_name, function_type ${OWN}`))
    await connection.run(
      `drop macro ${row.function_type === 'table_macro' ? 'table ' : ''}${identifier(String(row.function_name))}`,
    );
  for (const { file, text } of files) {
    try {
      const statements = await connection.extractStatements(text);
      for (let at = 0; at < statements.count; at++) {
        const statement = await statements.prepare(at);
        if (statement.statementType !== StatementType.CREATE)
          throw new UserError(`statement ${at + 1} is not \`create macro\``);
        await statement.run();
      }
    } catch (cause) {
      throw new UserError(`${file}: ${messageOf(cause).split('\n')[0]}`, { cause });
    }
  }
};

/** Describes the macros installed on a connection, by name. */
export const describeFunctions = async (connection: DuckDBConnection): Promise<ReadonlyMap<string, SqlFunction>> => {
  const own = new Map<string, { meaning: string; calls: readonly string[]; relations: readonly string[] }>();
  const rows = await readRows(
    connection,
    `select function_name, function_type, parameters::varchar as parameters, macro_definition ${OWN} order by all`,
  );
  const texts = rows.map(({ function_name: name, function_type: type, macro_definition: body }) => ({
    sql: type === 'macro' ? `select ${String(body)}` : String(body),
    file: `function ${String(name)}`,
  }));
  for (const [at, query] of (await parseQueries(connection, texts)).entries()) {
    const row = rows[at]!;
    const [name, body] = [String(row.function_name), String(row.macro_definition)];
    const before = own.get(name);
    own.set(name, {
      meaning: `${before?.meaning ?? ''}${name}${String(row.parameters)}${body}`,
      calls: [...(before?.calls ?? []), ...query.functions, ...query.tableFunctions],
      relations: [...(before?.relations ?? []), ...query.relations],
    });
  }
  const reachable = (name: string, seen = new Set<string>()): ReadonlySet<string> => {
    if (seen.has(name)) return seen;
    seen.add(name);
    for (const called of own.get(name)?.calls ?? []) reachable(called, seen);
    return seen;
  };
  return new Map(
    [...own.keys()].map((name) => {
      const all = [...reachable(name)].sort();
      const meaning = all.map((each) => own.get(each)?.meaning ?? '').join('\n');
      return [name, { name, meaning, calls: all, relations: all.flatMap((each) => own.get(each)?.relations ?? []) }];
    }),
  );
};

import type { DuckDBConnection } from '@duckdb/node-api';
import type { Assert } from '../assert.ts';
import { UserError, messageOf } from '../error.ts';
import { parseQuery } from './query.ts';

/**
 * Binds every assert against the empty relations; nothing is run. Asserts may read whatever stands when a release is audited.
 *
 * @returns what they promise, as texts to take a fingerprint of
 * @throws UserError naming the file
 */
export const compileAsserts = async (connection: DuckDBConnection, asserts: readonly Assert[]): Promise<string[]> => {
  const meaning: string[] = [];
  for (const { file, sql, examines, name, severity } of asserts) {
    meaning.push(name, severity, examines ?? '', (await parseQuery(connection, sql, file)).canonical);
    try {
      for (const each of [sql, ...(examines === null ? [] : [examines])])
        (await connection.prepare(each)).destroySync();
    } catch (cause) {
      const said = messageOf(cause)
        .split(/\n\s*\n/)[0]!
        .replaceAll('\n', ' ');
      throw new UserError(`${file}: does not compile: ${said}`, { cause });
    }
  }
  return meaning;
};

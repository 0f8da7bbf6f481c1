import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError, kindOf, withoutValues } from './error.ts';
import { readHeader, type Header } from './model/header.ts';
import { filesOf } from './model/model.ts';
import { identifier, relationName } from './quote.ts';
import { readRows } from './rows.ts';

/** A promise about the built warehouse: a query that returns the rows which break it. */
export interface Assert {
  readonly name: string;
  /** `fatal` keeps the release back, `warn` is only told. */
  readonly severity: 'fatal' | 'warn';
  readonly header: Header;
  readonly sql: string;
  readonly file: string;
}

/** What an assert found. */
export interface AssertResult {
  readonly name: string;
  readonly severity: 'fatal' | 'warn';
  /** Rows that break the promise. */
  readonly violations: number;
  readonly summary: string;
  /** Hash of what was asked; empty where it is not known. */
  readonly definition?: string;
}

/**
 * Reads `sql/assert/*.sql` of several folders. Severity is `fatal` unless the header says `Severity  warn`.
 *
 * @throws UserError for a missing header or an unknown severity
 */
export const readAsserts = (folders: readonly string[]): Assert[] =>
  filesOf(folders, 'assert', '.sql', /^[a-z][a-z0-9_-]*$/).map(({ name, file, text }) => {
    const header = readHeader(text);
    if (header.summary === '')
      throw new UserError(
        `${file}:1: the header is missing; an assert opens with a comment that says what it promises.`,
      );
    const severity = header.fields.severity ?? 'fatal';
    if (severity !== 'fatal' && severity !== 'warn')
      throw new UserError(`${file}: Severity \`${severity}\` is not known; write fatal or warn.`);
    return { name, severity, header, sql: text, file };
  });

/** The promise every model makes by its header: no two rows of it share a key. */
export const uniqueKey = (model: {
  readonly name: string;
  readonly key: readonly string[];
  readonly file: string;
}): Assert => ({
  name: `unique-key:${model.name}`,
  severity: 'fatal',
  header: { summary: `No two rows of ${model.name} share ${model.key.join(', ')}.`, fields: {} },
  sql: `select 1 from ${relationName(model.name)} group by ${model.key.map(identifier).join(', ')} having count(*) > 1`,
  file: model.file,
});

/** Runs asserts one after another; each is counted, none is cut short, so the person sees everything at once. */
export const runAsserts = async (connection: DuckDBConnection, asserts: readonly Assert[]): Promise<AssertResult[]> => {
  const results: AssertResult[] = [];
  for (const { name, severity, header, ...each } of asserts)
    results.push({ name, severity, violations: await countViolations(connection, each), summary: header.summary });
  return results;
};

/** Rows that break one promise, of everything the default catalog holds. */
export const countViolations = async (
  connection: DuckDBConnection,
  { sql, file }: Pick<Assert, 'sql' | 'file'>,
): Promise<number> => {
  try {
    const [row] = await readRows(connection, `select count(*) as violations from (\n${sql}\n)`);
    return Number(row?.violations);
  } catch (cause) {
    throw new UserError(`${file}: the assert failed while it ran: ${kindOf(cause)}.`, {
      exitCode: 1,
      cause: withoutValues(cause),
    });
  }
};

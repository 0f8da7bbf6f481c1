import type { DuckDBConnection } from '@duckdb/node-api';
import { UserError, kindOf, withoutValues } from './error.ts';
import { readHeader, type Header } from './model/header.ts';
import { filesOf } from './model/model.ts';
import { identifier, relationName } from './quote.ts';
import { readRows } from './rows.ts';

/** Rows of a relation: all of them, or those that fulfil a condition. */
export interface Examined {
  readonly relation: string;
  readonly where: string | null;
}

/** A query that yields a row for each of them. */
export const examinedSql = ({ relation, where }: Examined): string =>
  `select 1 from ${relationName(relation)}${where === null ? '' : ` where (\n${where}\n)`}`;

/** A promise about the built warehouse: a query that returns the rows which break it. */
export interface Assert {
  readonly name: string;
  /** `fatal` keeps the release back, `warn` is only told. */
  readonly severity: 'fatal' | 'warn';
  readonly header: Header;
  /** The rows the promise is about; null where the header does not say. */
  readonly examines: Examined | null;
  /** What no two rows share, of a promise that says so and nothing else. */
  readonly unique?: { readonly relation: string; readonly key: readonly string[] };
  readonly sql: string;
  readonly file: string;
}

/** What was counted of a promise. */
export interface AssertCounts {
  /** Rows the promise is about; null where its header does not say. */
  readonly examined: number | null;
  /** Rows that break the promise: not always rows of the kind that is examined. */
  readonly violations: number;
}

/** What an assert found. */
export interface AssertResult extends AssertCounts {
  readonly name: string;
  readonly severity: 'fatal' | 'warn';
  readonly summary: string;
  /** Hash of what was asked; empty where it is not known. */
  readonly definition?: string;
}

/**
 * Reads `sql/assert/*.sql` of several folders. Severity is `fatal` unless the header says `Severity  warn`; with
 * `Examines  core.audit_review where is_scored` it is told how many rows the promise is about.
 *
 * @throws UserError for a missing header, an unknown severity or an `Examines` that names no relation
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
    return { name, severity, header, examines: examinesOf(header, file), sql: text, file };
  });

const examinesOf = ({ fields: { examines } }: Header, file: string): Examined | null => {
  if (examines === undefined) return null;
  const [, relation, condition] = /^([a-z]+\.[a-z][a-z0-9_]*)(?:\s+where\s+(\S[\s\S]*))?$/.exec(examines) ?? [];
  if (relation === undefined)
    throw new UserError(`${file}: \`Examines\` names no relation.`, {
      mend: 'Write `Examines  core.audit_review`, or `Examines  core.audit_review where is_scored`.',
    });
  return { relation, where: condition ?? null };
};

/** The promise every model makes by its header: no two rows of it share a key. */
export const uniqueKey = (model: {
  readonly name: string;
  readonly key: readonly string[];
  readonly file: string;
}): Assert => ({
  name: `unique-key:${model.name}`,
  severity: 'fatal',
  examines: { relation: model.name, where: null },
  unique: { relation: model.name, key: model.key },
  header: { summary: `No two rows of ${model.name} share ${model.key.join(', ')}.`, fields: {} },
  sql: `select 1 from ${relationName(model.name)} group by ${model.key.map(identifier).join(', ')} having count(*) > 1`,
  file: model.file,
});

/** Runs asserts one after another; each is counted, none is cut short, so the person sees everything at once. */
export const runAsserts = async (connection: DuckDBConnection, asserts: readonly Assert[]): Promise<AssertResult[]> => {
  const results: AssertResult[] = [];
  for (const assert of asserts) {
    const { name, severity, header } = assert;
    const examined = await countExamined(connection, assert);
    const violations = await countViolations(connection, assert);
    results.push({ name, severity, examined, violations, summary: header.summary });
  }
  return results;
};

/** Rows a promise is about, of everything the default catalog holds; null where it does not say. */
export const countExamined = async (
  connection: DuckDBConnection,
  { examines, file }: Assert,
): Promise<number | null> =>
  examines === null
    ? null
    : countOf(connection, { sql: `select count(*) as examined from (\n${examinedSql(examines)}\n)`, file });

/**
 * Rows that break one promise, of everything the default catalog holds.
 *
 * A key of several columns is first looked at by its hash, one number a row: keys that are alike have hashes that are, so
 * where no two of these are, no two keys are. Only then are the keys themselves compared.
 */
export const countViolations = async (
  connection: DuckDBConnection,
  { sql, file, unique }: Pick<Assert, 'sql' | 'file' | 'unique'>,
): Promise<number> => {
  if (unique !== undefined && unique.key.length > 1) {
    const hashes = `count(distinct hash(${unique.key.map(identifier).join(', ')}))`;
    const shared = `select count(*) - ${hashes} as shared from ${relationName(unique.relation)}`;
    if ((await countOf(connection, { sql: shared, file })) === 0) return 0;
  }
  return countOf(connection, { sql: `select count(*) as violations from (\n${sql}\n)`, file });
};

/** The one number of a query of one row. */
const countOf = async (connection: DuckDBConnection, { sql, file }: Pick<Assert, 'sql' | 'file'>): Promise<number> => {
  try {
    const [row] = await readRows(connection, sql);
    return Number(Object.values(row ?? {})[0]);
  } catch (cause) {
    throw new UserError(`${file}: the assert failed while it ran: ${kindOf(cause)}.`, {
      exitCode: 1,
      cause: withoutValues(cause),
    });
  }
};

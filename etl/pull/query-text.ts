import { readFileSync } from 'node:fs';
import { UserError } from '../../warehouse/error.ts';
import type { BoundQuery } from './database.ts';

/** A query as an analyst wrote it, with `:from`, `:to` and `:since` where the run fills something in. */
export interface QueryText {
  /** As messages give it. */
  readonly name: string;
  readonly sql: string;
  /** Those that stand in it. */
  readonly parameters: ReadonlySet<QueryParameter>;
}

/** Days of a period, `from` inclusive and `to` not, or the moment up to which was pulled before. */
export type QueryParameter = 'from' | 'to' | 'since';

/** A quoted text, a quoted name, a comment (nested ones aside), or a parameter outside of them all. */
const token = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\[[^\]]*\]|--[^\n]*|\/\*[\s\S]*?\*\/|(?<![:\w]):(from|to|since)\b|;/g;

/**
 * The query in a .sql file.
 *
 * @throws UserError when it cannot be read, holds more than one statement, or asks for `:from` without `:to`
 */
export const readQuery = (file: string, name: string): QueryText => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new UserError(`${name}: the query cannot be read.`, {
      mend: 'Put it there, or mend `query` of the source in himsight.yaml.',
      cause,
    });
  }
  const sql = text.replace(/^\uFEFF/, '').replace(/[\s;]+$/, '');
  const found = [...sql.matchAll(token)];
  if (found.some(([whole]) => whole === ';'))
    throw new UserError(`${name}: it holds more than one statement.`, { mend: 'Keep the one `select`.' });
  if (!/\b(select|with)\b/i.test(sql.replaceAll(token, '')))
    throw new UserError(`${name}: it holds no \`select\`.`, { mend: 'Write the query whose rows are to land.' });
  const parameters = new Set(found.flatMap(([, parameter]) => (parameter as QueryParameter | undefined) ?? []));
  if (parameters.has('from') !== parameters.has('to'))
    throw new UserError(`${name}: \`:from\` and \`:to\` go together.`, {
      mend: 'Ask for the rows of a period: `where discharged >= :from and discharged < :to`.',
    });
  return { name, sql, parameters };
};

/** The query with its parameters as the database numbers them; one that stands twice is passed twice. */
export const bind = (
  { sql }: QueryText,
  values: Readonly<Record<QueryParameter, string>>,
  placeholder: (number: number) => string,
): BoundQuery => {
  const parameters: string[] = [];
  const bound = sql.replaceAll(token, (whole: string, parameter: QueryParameter | undefined) => {
    if (parameter === undefined) return whole;
    parameters.push(values[parameter]);
    return placeholder(parameters.length);
  });
  return { sql: bound, parameters };
};

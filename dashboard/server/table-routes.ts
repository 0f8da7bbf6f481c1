import { UserError } from '../../warehouse/error.ts';
import { encodeTable, mediaTypes, type TableFormat } from '../../warehouse/query/encode.ts';
import { tableOfValues, type Value } from '../../warehouse/query/values-table.ts';
import { jsonBody } from './view-request.ts';

/** Characters of a table that a page sends: what stands on a page is far smaller. */
const mostLetters = 20_000_000;

/**
 * `POST /api/table.parquet` or `.arrow` `{columns, rows, about}`: the table that stands on the page as a file. Nothing is
 * read and nothing kept: a page cannot write Parquet by itself.
 */
export const answerTable = async (request: Request): Promise<Response> => {
  const { pathname } = new URL(request.url);
  const format = pathname.slice(pathname.lastIndexOf('.') + 1) as TableFormat;
  const { columns, rows, about } = readTable(await jsonBody(request, mostLetters));
  return new Response(await encodeTable(tableOfValues(columns, rows), about, format), {
    headers: { 'content-type': mediaTypes[format], 'cache-control': 'no-store' },
  });
};

interface Sent {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Value[])[];
  readonly about: Readonly<Record<string, string>>;
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isValue = (value: unknown): value is Value => value === null || isText(value) || typeof value === 'number';

const readTable = (body: unknown): Sent => {
  const { columns, rows, about = {} } = (body ?? {}) as Partial<Record<keyof Sent, unknown>>;
  const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
  if (!isList(columns) || columns.length === 0 || !columns.every(isText))
    throw new UserError('`columns` must be a list of at least one name.');
  const fits = (row: unknown) => isList(row) && row.length === columns.length && row.every(isValue);
  if (!isList(rows) || !rows.every(fits))
    throw new UserError('`rows` must be lists of as many texts, numbers and nulls as there are columns.');
  if (typeof about !== 'object' || about === null || !Object.values(about).every(isText))
    throw new UserError('`about` must be an object of texts.');
  return { columns, rows: rows as Sent['rows'], about: about as Sent['about'] };
};

import type { Answer } from './answer.ts';
import { tableToArrow } from './arrow.ts';
import type { ColumnTable } from './column-table.ts';
import { tableToParquet } from './parquet.ts';
import { tableToCsv, tableToRows } from './text-formats.ts';

/** The forms in which a table leaves the warehouse. */
export type TableFormat = 'json' | 'csv' | 'csv-about' | 'arrow' | 'parquet';

export const mediaTypes: Readonly<Record<TableFormat, string>> = {
  json: 'application/json',
  csv: 'text/csv; charset=utf-8',
  'csv-about': 'text/csv; charset=utf-8',
  arrow: 'application/vnd.apache.arrow.stream',
  parquet: 'application/vnd.apache.parquet',
};

/**
 * A table in one of its forms.
 *
 * What is said about it (release, as-of …) stands before the rows in JSON, as texts in the metadata of Arrow and
 * Parquet, not at all in CSV, and in `csv-about` on lines before the header that begin with `# `.
 */
export const encodeTable = async (
  table: ColumnTable,
  about: Readonly<Record<string, unknown>>,
  format: TableFormat,
): Promise<Uint8Array<ArrayBuffer>> => {
  switch (format) {
    case 'json':
      return new TextEncoder().encode(JSON.stringify({ ...about, rows: tableToRows(table) }));
    case 'csv':
      return new TextEncoder().encode(tableToCsv(table));
    case 'csv-about':
      return new TextEncoder().encode(aboutLines(about) + tableToCsv(table));
    case 'arrow':
      return new Uint8Array(tableToArrow(table, asTexts(about)));
    case 'parquet':
      return tableToParquet(table, asTexts(about));
  }
};

const aboutLines = (about: Readonly<Record<string, unknown>>): string =>
  Object.entries(asTexts(about))
    .map(([key, text]) => `# ${key}: ${text.replaceAll(/[\r\n]+/g, ' ')}\r\n`)
    .join('');

/** What is said about an answer, for `encodeTable`. */
export const aboutAnswer = ({ table: _table, ...about }: Answer): Readonly<Record<string, unknown>> => about;

/** Unknown is the empty text, lists are JSON: metadata holds nothing but texts. */
const asTexts = (about: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(about).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value),
    ]),
  );

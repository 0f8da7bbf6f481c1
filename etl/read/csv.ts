import type { DuckDBConnection } from '@duckdb/node-api';
import { globless, identifier, literal } from '../../warehouse/quote.ts';
import type { CsvDialect } from './dialect.ts';
import { readNumbers } from './read-numbers.ts';
import { rejectRuleNames, type Rejects, type RejectRule } from './reject.ts';

/** Names in a header line, quotes taken off; nothing else is changed. */
export const headerNames = (header: string, delimiter = ',', quote: CsvDialect['quote'] = '"'): readonly string[] => {
  const names: string[] = [];
  const opening = quotedName[quote];
  let at = 0;
  do {
    const quoted = opening?.exec(header.slice(at));
    const end = header.indexOf(delimiter, at + (quoted?.[0].length ?? 0));
    names.push(quoted ? quoted[1]!.replaceAll(quote + quote, quote) : header.slice(at, end < 0 ? undefined : end));
    at = end < 0 ? -1 : end + delimiter.length;
  } while (at >= 0);
  return names;
};

const quotedName: Readonly<Record<CsvDialect['quote'], RegExp | null>> = {
  '"': /^ *"((?:[^"]|"")*)" */,
  "'": /^ *'((?:[^']|'')*)' */,
  none: null,
};

/** A CSV file to be read, with everything known about it beforehand. */
export interface CsvFile {
  readonly file: string;
  readonly isGzip: boolean;
  /** Names of its header, in order. */
  readonly columns: readonly string[];
  readonly dialect: CsvDialect;
}

const rejectTables = ['csv_reject', 'csv_scan'] as const;

/**
 * SQL of a CSV file's rows with every column as text; only the empty text is null (NA is a text).
 *
 * Nothing is guessed: delimiter, quote, header and names are given; the text is UTF-8. Records it cannot take apart are left out and
 * kept for `csvRejects`.
 */
export const csvRows = ({ file, isGzip, columns, dialect }: CsvFile): string => `read_csv(${literal(globless(file))},
  columns = {${columns.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ')}},
  auto_detect = false, header = true, delim = ${literal(dialect.delimiter)}, ${quoting(dialect)}, nullstr = '',
  compression = ${isGzip ? `'gzip'` : `'none'`}, strict_mode = true, null_padding = false,
  store_rejects = true, rejects_limit = 0, rejects_table = '${rejectTables[0]}', rejects_scan = '${rejectTables[1]}')`;

const quoting = ({ quote }: CsvDialect): string => {
  const mark = literal(quote === 'none' ? '' : quote);
  return `quote = ${mark}, escape = ${mark}`;
};

export { globless };

const ruleOf: Readonly<Record<string, RejectRule>> = {
  'MISSING COLUMNS': 'torn-row',
  'TOO MANY COLUMNS': 'too-many-columns',
  'UNQUOTED VALUE': 'unterminated-quote',
  'INVALID ENCODING': 'bad-encoding',
  'LINE SIZE OVER MAXIMUM': 'row-too-long',
};

/** Records that the read just done left out. Forgets them, so that the next read is apart. */
export const csvRejects = async (connection: DuckDBConnection): Promise<Rejects> => {
  const rule = Object.entries(ruleOf).map(
    ([error, name]) => `when ${literal(error)} then ${rejectRuleNames.indexOf(name)}`,
  );
  const [offsets, rules] = await readNumbers(
    connection,
    `select distinct line_byte_position::double, (case error_type::varchar ${rule.join(' ')} else 0 end)::double
     from ${identifier(rejectTables[0])} order by all`,
  );
  for (const table of rejectTables) await connection.run(`drop table ${identifier(table)}`);
  return { offsets: offsets!, rules: rules! };
};

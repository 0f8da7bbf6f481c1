import { headerNames } from './csv.ts';
import { utf16Of, type Encoding } from './encoding.ts';
import type { Dialect } from './record-scanner.ts';

/** How a CSV file separates, quotes and encodes its values. */
export interface CsvDialect {
  readonly delimiter: Delimiter;
  /** `none`: quotes are characters like any other, and a value cannot hold a delimiter or a line break. */
  readonly quote: '"' | "'" | 'none';
  readonly encoding: Encoding;
}

export type Delimiter = (typeof delimiters)[number];

/** A dialect as what counts records takes it. */
export const dialectBytes = ({ delimiter, quote }: Omit<CsvDialect, 'encoding'>): Dialect => ({
  delimiter: delimiter.charCodeAt(0),
  quote: quote === 'none' ? null : quote.charCodeAt(0),
});

/** In the order in which they are tried. */
export const delimiters = [',', ';', '\t', '|', '^', '~'] as const;

/** CSV as RFC 4180 has it: what a file is taken for as far as neither it nor its source says otherwise. */
export const plainDialect: CsvDialect = { delimiter: ',', quote: '"', encoding: 'utf-8' };

/**
 * The dialect a file shows in its first bytes, held against the columns it should have; `expected` where they do not
 * tell, as the quote of a file that quotes nothing.
 *
 * Two things are never guessed, since a wrong guess would show nowhere: that a text is windows-1252 (its names would
 * turn into other names), and that quotes mean nothing (a quote gone astray looks the same).
 *
 * @param head at most some lines of the text, decompressed, as they lie in the file
 */
export const sniff = (head: Buffer, wanted: readonly string[], expected: CsvDialect): CsvDialect => {
  const encoding = encodingOf(head, expected.encoding);
  const [header = '', ...rows] = linesOf(head, encoding);
  const shown = ({ delimiter, quote }: Look): number =>
    headerNames(header, delimiter, quote).filter((name) => wanted.includes(name.trim())).length;
  const looks: readonly Look[] = [
    expected,
    ...delimiters.flatMap((delimiter) => [
      { ...expected, delimiter },
      ...quotes.map((quote) => ({ delimiter, quote })),
    ]),
  ];
  const { delimiter, quote } = looks.reduce((best, one) => (shown(one) > shown(best) ? one : best));
  return { delimiter, quote: quoteOf(rows, delimiter, quote), encoding };
};

type Look = Pick<CsvDialect, 'delimiter' | 'quote'>;

const quotes = ['"', "'"] as const;

const encodingOf = (head: Buffer, expected: Encoding): Encoding => {
  const utf16 = utf16Of(head);
  if (utf16 !== null) return utf16;
  const isMarked = head.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf]));
  return isMarked || (expected.startsWith('utf-16') && head.length > 0) ? 'utf-8' : expected;
};

/** The whole lines of a text that may break off. */
const linesOf = (head: Buffer, encoding: Encoding): readonly string[] => {
  const text = new TextDecoder(encoding).decode(head);
  const lines = text.split(/\r?\n/);
  return (lines.length > 1 ? lines.slice(0, -1) : lines).filter((line, i) => i === 0 || line !== '');
};

/** The quote that rows use; that of the header where they use none, or either. */
const quoteOf = (rows: readonly string[], delimiter: Delimiter, quote: CsvDialect['quote']): CsvDialect['quote'] => {
  if (quote === 'none' || rows.length === 0) return quote;
  const fields = rows.map((row) => row.split(delimiter));
  const opens = fields.some((row) => row.some((field) => field.startsWith('"')));
  const wraps = (row: readonly string[]): boolean => row.some((field) => /^'.*'$/.test(field) && field !== "'");
  if (quote === '"' && !opens && fields.every(wraps)) return "'";
  return quote === "'" && opens && !fields.some(wraps) ? '"' : quote;
};

const said: { readonly [Key in keyof CsvDialect]: string } = {
  delimiter: 'between its values',
  quote: 'around its values',
  encoding: 'as its encoding',
};

const named = (value: string): string => {
  if (value === '\t') return 'a tab';
  return value === 'none' ? 'no quotes' : `\`${value}\``;
};

/** What of two dialects differs, for a person: `a tab between its values instead of `,``; empty where nothing does. */
export const difference = (found: CsvDialect, expected: Partial<CsvDialect>): string =>
  (Object.keys(said) as (keyof CsvDialect)[])
    .filter((key) => expected[key] !== undefined && expected[key] !== found[key])
    .map((key) => `${named(found[key])} ${said[key]} instead of ${named(expected[key]!)}`)
    .join(', ');

/** A dialect as `csv` of a source says it in himsight.yaml, as far as it is not RFC 4180's. */
export const asSetting = (dialect: CsvDialect): string => {
  const keys = (Object.keys(said) as (keyof CsvDialect)[]).filter((key) => dialect[key] !== plainDialect[key]);
  const value = (text: string): string =>
    text === '\t' ? 'tab' : text.length > 1 ? text : text === "'" ? `"'"` : `'${text}'`;
  const shown = keys.length > 0 ? keys : (['delimiter'] as const);
  return `csv: { ${shown.map((key) => `${key}: ${value(dialect[key])}`).join(', ')} }`;
};

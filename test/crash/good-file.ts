// Good extract files of every format, to be spoilt. Their values hold a mark, so that one in a message is found.
import { gzipSync } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readFileSync, rmSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import type { SourceFormat } from '../../etl/workspace/config.ts';
import { delimiters } from '../../etl/read/dialect.ts';
import { workbookFile } from '../etl/read/xlsx-file.ts';

/** A file that lands whole. */
export interface GoodFile {
  readonly name: string;
  readonly format: SourceFormat;
  /** The text or the bytes, before they are packed. */
  readonly content: Buffer;
  /** How they are packed at the end; what is packed may be spoilt once more. */
  readonly pack: (content: Buffer) => Buffer;
  readonly delimiter: string;
}

/** Every value of a row that may stand nowhere else begins so. */
export const mark = 'zq';

export const names = ['encounter_id', 'code_set', 'seq', 'code', 'stage', 'provider_id'] as const;

/** Of the fixed-width files: where the columns stand. */
export const widths = [14, 8, 4, 8, 6, 24] as const;

type Row = readonly [string, string, string, string, string, string];

const rowsOf = (random: () => number): readonly Row[] =>
  Array.from({ length: 1 + Math.floor(random() * 24) }, (_, i) => [
    `${mark}e${Math.floor(random() * 1e6)}`,
    'ICD10CM',
    String(1 + (i % 3)),
    ['I10', 'E11.9', 'J18.9'][Math.floor(random() * 3)]!,
    'final',
    [``, `${mark}p${i}`, `${mark}p "q", 'r'`, `${mark}p é日`, `${mark}p\nx`][Math.floor(random() * 5)]!,
  ]);

const asIs = (content: Buffer): Buffer => content;

const csvText = (rows: readonly Row[], delimiter: string, newline: string): string => {
  const written = (value: string): string =>
    [delimiter, '"', '\n'].some((one) => value.includes(one)) ? `"${value.replaceAll('"', '""')}"` : value;
  return [names, ...rows].map((row) => row.map(written).join(delimiter) + newline).join('');
};

const naaccrXml = (rows: readonly Row[]): string =>
  `<?xml version="1.0"?>
<NaaccrData baseDictionaryUri="http://naaccr.org/naaccrxml/naaccr-dictionary-250.xml" recordType="I" xmlns="http://naaccr.org/naaccrxml">
${rows.map(([id]) => `<Patient><Item naaccrId="patientIdNumber">${id}</Item>\n<Tumor><Item naaccrId="primarySite">C501</Item><Item naaccrId="behaviorCodeIcdO3">3</Item></Tumor></Patient>`).join('\n')}
</NaaccrData>\n`;

const cells = (row: readonly string[], no: number): string =>
  `<row r="${no}">${row.map((value, i) => `<c r="${'ABCDEF'[i]}${no}" t="inlineStr"><is><t>${value.replaceAll('&', '&amp;')}</t></is></c>`).join('')}</row>`;

const parquetOf = async (connection: DuckDBConnection, rows: readonly Row[], file: string): Promise<Buffer> => {
  const values = rows.map((row) => `(${row.map((value) => `'${value.replaceAll("'", "''")}'`).join(', ')})`);
  await connection.run(
    `copy (select * from (values ${values.join(', ')}) t (${names.join(', ')})) to '${file}' (format parquet)`,
  );
  const bytes = readFileSync(file);
  rmSync(file);
  return bytes;
};

/** A good file of some format, packed in some way; the same numbers give the same file. */
export const goodFile = async (
  random: () => number,
  connection: DuckDBConnection,
  scratch: string,
): Promise<GoodFile> => {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)]!;
  const rows = rowsOf(random);
  const delimiter = pick([',', ',', ',', ...delimiters]);
  const packed = (name: string, format: SourceFormat, content: Buffer | string): GoodFile => {
    const kind = pick(['plain', 'plain', 'gz', 'zip']);
    const bytes = Buffer.from(content as string);
    if (kind === 'gz') return { name: `${name}.gz`, format, content: bytes, pack: (one) => gzipSync(one), delimiter };
    if (kind === 'plain') return { name, format, content: bytes, pack: asIs, delimiter };
    const zip = (one: Buffer): Buffer => Buffer.from(zipSync({ [name]: one, 'read.me': strToU8('x') }));
    return { name: `${name}.zip`, format, content: bytes, pack: zip, delimiter };
  };
  switch (pick(['csv', 'csv', 'csv', 'csv', 'ndjson', 'parquet', 'xlsx', 'xml', 'fixed'])) {
    case 'csv': {
      const text = csvText(rows, delimiter, pick(['\n', '\r\n']));
      return packed(
        'a.csv',
        'csv',
        pick([Buffer.from(text), Buffer.from(text), Buffer.from(`\uFEFF${text}`, 'utf16le')]),
      );
    }
    case 'ndjson': {
      const lines = rows.map((row) => JSON.stringify(Object.fromEntries(names.map((name, i) => [name, row[i]]))));
      return packed('a.ndjson', 'ndjson', `${lines.join('\n')}\n`);
    }
    case 'parquet':
      return {
        name: 'a.parquet',
        format: 'parquet',
        content: await parquetOf(connection, rows, `${scratch}/good.parquet`),
        pack: asIs,
        delimiter,
      };
    case 'xlsx': {
      const sheet = [names, ...rows].map((row, i) => cells(row, i + 1)).join('');
      return {
        name: 'a.xlsx',
        format: 'xlsx',
        content: Buffer.from(workbookFile({ sheets: { encounter_code: { rows: sheet } } })),
        pack: asIs,
        delimiter,
      };
    }
    case 'xml':
      return packed('a.xml', 'naaccr-xml', naaccrXml(rows));
    default: {
      const lines = rows.map((row) => row.map((value, i) => value.replaceAll('\n', ' ').padEnd(widths[i]!)).join(''));
      return packed('a.dat', 'fixed-width', `${lines.join('\n')}\n`);
    }
  }
};

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../../warehouse/quote.ts';
import { readRows } from '../../warehouse/rows.ts';
import { BadRows, type ExpectedRejects } from './bad-row.ts';
import { badTumors } from './bad-tumor.ts';
import { monthsCovered } from './calendar.ts';
import type { Extract } from './extract.ts';
import { extractSql } from './hospital.ts';
import type { DemoArguments } from './setting.ts';

/** One file of an extract, as the manifest tells of it. */
export interface WrittenFile {
  readonly name: string;
  /** Records, bad ones included; tumors where the file is NAACCR XML. */
  readonly rows: number;
  readonly sha256: string;
}

/** The files of one extract, in name order, and the bad rows in them. */
export interface WrittenExtract {
  readonly files: readonly WrittenFile[];
  readonly expected: ExpectedRejects;
}

interface Request {
  readonly connection: DuckDBConnection;
  readonly extract: Extract;
  readonly demo: DemoArguments;
  /** Folder the files go to. */
  readonly folder: string;
}

const copyOptions: Readonly<Record<Extract['ending'], string>> = {
  csv: '(format csv, header)',
  'csv.gz': '(format csv, header, compression gzip)',
  ndjson: '(format json)',
  parquet: '(format parquet, compression zstd)',
  // One column of text, written as it stands.
  'xml.gz': `(format csv, header false, delimiter e'\\x01', quote '', escape '', compression gzip)`,
};

/** Writes one extract: DuckDB copies the good rows to its files, then the bad ones are added. */
export const writeExtract = async (request: Request): Promise<WrittenExtract> => {
  const { extract, demo, folder } = request;
  if (extract.ending === 'xml.gz') return writeRegistry(request);
  const bad = new BadRows(extract.id, demo.seed);
  const files: WrittenFile[] = [];
  for (const month of extract.monthly ? monthsCovered(demo.months) : [null]) {
    const name = `${extract.id}${month ? `-${month.slice(0, 7)}` : ''}.${extract.ending}`;
    if (month) await request.connection.run(`set variable month = date ${literal(month)}`);
    const good = await copy(request, await extractSql(extract.id), name);
    const added = await bad.append(join(folder, name), badCount(good, demo.bad));
    files.push({ name, rows: good + added, sha256: await sha256(join(folder, name)) });
  }
  return { files, expected: bad.expected };
};

// A file of some dozens of rows gets one as well.
const badCount = (good: number, share: number): number =>
  Math.max(Math.round(good * share), share > 0 && good >= 40 ? 1 : 0);

const naaccrHeader = `<?xml version="1.0" encoding="UTF-8"?>
<NaaccrData baseDictionaryUri="http://naaccr.org/naaccrxml/naaccr-dictionary-260.xml" recordType="I" timeGenerated="2026-09-01T00:00:00-04:00" specificationVersion="1.8" xmlns="http://naaccr.org/naaccrxml">
  <Item naaccrId="recordType">I</Item>
  <Item naaccrId="registryType">3</Item>
  <Item naaccrId="registryId">0000009999</Item>
  <Item naaccrId="naaccrRecordVersion">260</Item>`;

const writeRegistry = async (request: Request): Promise<WrittenExtract> => {
  const { connection, extract, demo, folder } = request;
  const name = `${extract.id}.${extract.ending}`;
  const [count] = await readRows(connection, 'select count(*) as tumors from tumor');
  const tumors = Number(count?.tumors);
  const { elements, expected } = badTumors(Math.round(tumors * demo.bad));
  const text = (lines: readonly string[]): string => `select unnest([${lines.map(literal).join(', ')}]::varchar[])`;
  const patients = `(${await extractSql(extract.id)})`;
  const sql = [text([naaccrHeader]), patients, text(elements), text(['</NaaccrData>'])].join('\nunion all\n');
  await copy(request, sql, name);
  return { files: [{ name, rows: tumors + elements.length, sha256: await sha256(join(folder, name)) }], expected };
};

/** Rows written; not the tumors of XML, whose rows are patients. */
const copy = async ({ connection, extract, folder }: Request, sql: string, name: string): Promise<number> => {
  const [written] = await readRows(
    connection,
    `copy (${sql}) to ${literal(join(folder, name))} ${copyOptions[extract.ending]}`,
  );
  return Number(written?.Count);
};

const sha256 = async (file: string): Promise<string> => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
};

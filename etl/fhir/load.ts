import { createReadStream } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { createGunzip } from 'node:zlib';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier } from '../../warehouse/quote.ts';
import { rejectRuleNames, type RejectRule, type Rejects } from '../read/reject.ts';
import { isObject, MisfitError } from './path-function.ts';
import { compileView, type ViewRow } from './view-rows.ts';
import { viewColumns, type ViewDefinition } from './view.ts';

/** What to read, and where to. */
export interface FhirRequest {
  readonly file: string;
  readonly isGzip: boolean;
  readonly view: ViewDefinition;
  readonly connection: DuckDBConnection;
  /** Name of the table to make. */
  readonly table: string;
}

/** What was read. */
export interface FhirResult {
  /** Lines the reader got hold of, those of other resources and broken ones among them. */
  readonly lines: number;
  /** Numbers, from 1, of those of them that are no JSON object with a resourceType. */
  readonly broken: Float64Array;
  /** Lines that do not fit the view, or are no UTF-8; they are not among `lines`. */
  readonly rejects: Rejects;
  /** Resources of another type than the view's. */
  readonly others: number;
}

/**
 * Reads a file of FHIR's bulk export (NDJSON, a resource a line) through a view into a DuckDB table of text: the view's
 * columns, and `_record`, the number of the resource's line. A resource makes none, one or many rows.
 *
 * Nothing of a resource is kept but what the view has columns for. Rows pass in groups: memory is bounded whatever the
 * file's size.
 */
export const loadFhir = async ({ file, isGzip, view, connection, table }: FhirRequest): Promise<FhirResult> => {
  const columns = viewColumns(view);
  const rowsOf = compileView(view);
  const defined = ['_record bigint', ...columns.map((name) => `${identifier(name)} varchar`)];
  await connection.run(`create temp table ${identifier(table)} (${defined.join(', ')})`);
  const rows: { readonly record: number; readonly row: ViewRow }[] = [];
  const append = async (): Promise<void> => {
    const appender = await connection.createAppender(table, null, 'temp');
    for (const { record, row } of rows.splice(0)) {
      appender.appendBigInt(BigInt(record));
      for (const column of columns) {
        const value = row[column] ?? null;
        if (value === null) appender.appendNull();
        else appender.appendVarchar(value);
      }
      appender.endRow();
    }
    appender.closeSync();
  };
  const broken: number[] = [];
  const offsets: number[] = [];
  const rules: number[] = [];
  const reject = (offset: number, rule: RejectRule): void => {
    offsets.push(offset);
    rules.push(rejectRuleNames.indexOf(rule));
  };
  let lines = 0;
  let others = 0;
  for await (const { bytes, offset } of linesOf(file, isGzip)) {
    if (!isUtf8(bytes)) {
      reject(offset, 'bad-encoding');
      continue;
    }
    const resource = resourceIn(bytes);
    try {
      const made = resource?.resourceType === view.resource ? rowsOf(resource) : [];
      lines += 1;
      if (resource === null) broken.push(lines);
      else if (resource.resourceType !== view.resource) others += 1;
      for (const row of made) rows.push({ record: lines, row });
    } catch (error) {
      if (!(error instanceof MisfitError)) throw error;
      reject(offset, 'view-misfit');
    }
    if (rows.length >= 4000) await append();
  }
  await append();
  return {
    lines,
    broken: Float64Array.from(broken),
    rejects: { offsets: Float64Array.from(offsets), rules: Float64Array.from(rules) },
    others,
  };
};

const resourceIn = (bytes: Buffer): Readonly<Record<string, unknown>> | null => {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return isObject(value) && typeof value.resourceType === 'string' ? value : null;
  } catch {
    return null;
  }
};

const LF = 10;
const CR = 13;
const byteOrderMark = Buffer.from([0xef, 0xbb, 0xbf]);

/** The lines of a file that are not empty, each with the offset of its first byte after decompression. */
async function* linesOf(
  file: string,
  isGzip: boolean,
): AsyncGenerator<{ readonly bytes: Buffer; readonly offset: number }> {
  const raw = createReadStream(file, { highWaterMark: 1 << 20 });
  const parts: Buffer[] = [];
  let offset = 0;
  const line = (last: Buffer): { readonly bytes: Buffer; readonly offset: number } => {
    const whole = parts.length === 0 ? last : Buffer.concat([...parts.splice(0), last]);
    const start = offset === 0 && whole.subarray(0, 3).equals(byteOrderMark) ? 3 : 0;
    const at = offset + start;
    offset += whole.length + 1;
    return { bytes: whole.subarray(start, whole.at(-1) === CR ? -1 : undefined), offset: at };
  };
  for await (const chunk of (isGzip ? raw.pipe(createGunzip({ chunkSize: 1 << 20 })) : raw) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(LF); end >= 0; end = chunk.indexOf(LF, from)) {
      const one = line(chunk.subarray(from, end));
      if (one.bytes.length > 0) yield one;
      from = end + 1;
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  const last = line(Buffer.alloc(0));
  if (last.bytes.length > 0) yield last;
}

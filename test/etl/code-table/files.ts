import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateRawSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { readCodeTable, tableRows } from '../../../etl/code-table/code-table.ts';
import type { CodeTableKind } from '../../../etl/code-table/kind.ts';
import type { CodeTablesConfig } from '../../../etl/workspace/config.ts';
import type { Workspace } from '../../../etl/workspace/workspace.ts';
import { openBuilder } from '../../../warehouse/open.ts';
import { readRows, type PlainRow } from '../../../warehouse/rows.ts';

/** A line of a CMS order file with made-up content: fixed columns, carriage return at its end. */
export const orderLine = (order: number, code: string, billable: 0 | 1, title: string): string =>
  `${String(order).padStart(5, '0')} ${code.padEnd(7)} ${billable} ${title.slice(0, 60).padEnd(60)} ${title}\r\n`;

/** A zip archive of files, as published archives are made: deflated, one directory at its end. */
export const zipOf = (files: Readonly<Record<string, string>>): Buffer => {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(8, 4);
    shared.writeUInt32LE(crc32(bytes), 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(bytes.length, 18);
    shared.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, Buffer.from(name), packed]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), shared, tail, Buffer.from(name)]));
    parts.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...parts, entries, Buffer.from('PK\x05\x06'), end]);
};

/** A workspace whose `code_tables`, or `registry` for expected cases, names files a test writes. */
export const tablesIn = (
  files: Readonly<Record<string, string | Buffer>>,
  code_tables: Readonly<Partial<Record<CodeTableKind, CodeTablesConfig>>>,
): Workspace => {
  const folder = mkdtempSync(join(tmpdir(), 'code-table-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const { expected_cases } = code_tables;
  const registry = expected_cases === undefined ? {} : { expected_cases };
  const config = { sources: [], code_tables, registry };
  return { folder, dataFolder: join(folder, 'data'), sources: [], targets: [], config };
};

/** Rows of one table, by a query over `code_table`. */
export const rowsOf = async (
  workspace: Workspace,
  kind: CodeTableKind,
  query: string,
): Promise<readonly PlainRow[]> => {
  const table = await readCodeTable(workspace, kind);
  const { connection, close } = await openBuilder(null);
  try {
    await connection.run(`create table code_table as ${tableRows(table)}`);
    return await readRows(connection, query);
  } finally {
    await close();
  }
};

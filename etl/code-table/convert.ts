import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openBuilder } from '../../warehouse/open.ts';
import { identifier } from '../../warehouse/quote.ts';
import { settleParquet } from '../land/settle-parquet.ts';
import { publishedText } from './archive.ts';
import { kinds, type CodeTableKind } from './kind.ts';
import type { ParsedTable, Value } from './parsed-table.ts';

/** To be counted up when a parser makes something else of the same bytes: every table is converted again then. */
const layout = 1;

/** Columns in Parquet that are no text. */
const typed: Readonly<Record<string, string>> = {
  valid_from: 'DATE',
  valid_to: 'DATE',
  is_billable: 'BOOLEAN',
  is_unspecified: 'BOOLEAN',
  has_specific_sibling: 'BOOLEAN',
  ...{ relative_weight: 'DECIMAL(18,4)', gmlos: 'DECIMAL(18,4)', amlos: 'DECIMAL(18,4)' },
  ...{ edit: 'INTEGER', age_from: 'INTEGER', age_to: 'INTEGER', place: 'INTEGER', year: 'INTEGER', age: 'INTEGER' },
  ...{
    year_from: 'INTEGER',
    year_to: 'INTEGER',
    people: 'DECIMAL(18,4)',
    survival: 'DOUBLE',
    expected: 'DECIMAL(18,4)',
  },
  ...{ file_year: 'INTEGER', file_from: 'DATE', file_version: 'VARCHAR' },
};

/** A published file: its bytes, and whose they are. */
export interface PublishedFile {
  readonly kind: CodeTableKind;
  /** As messages name it. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** What a file is known by: a change of a parser, of its name's year or of one byte is another one. */
export const digestOf = ({ kind, name, bytes }: PublishedFile): string =>
  createHash('sha256')
    .update(JSON.stringify([layout, kind, name.split('/').at(-1)]))
    .update(bytes)
    .digest('hex');

/**
 * The Parquet file of a published one, made where it is not there yet: once for each content, whole or not at all.
 *
 * @throws UserError naming file and line of what is no line of this kind
 */
export const converted = async (file: PublishedFile, folder: string): Promise<string> => {
  const target = join(folder, `${digestOf(file)}.parquet`);
  if (existsSync(target)) return target;
  const { member, parse } = kinds[file.kind];
  await write(parse(await publishedText(file.name, file.bytes, member)), target);
  return target;
};

const write = async (table: ParsedTable, target: string): Promise<void> => {
  const { connection, close } = await openBuilder(null);
  // Every table has the days, also where its file gives them for none of its rows.
  const days = table.columns.includes('valid_from') ? [] : ['valid_from', 'valid_to'];
  try {
    const names = [...table.columns, ...days, 'file_year', 'file_from', 'file_version'];
    await connection.run(`create table parsed (${names.map((name) => `${identifier(name)} VARCHAR`).join(', ')})`);
    const appender = await connection.createAppender('parsed');
    for (const row of table.rows) {
      for (const value of [...row, ...days.map(() => null), table.fiscalYear, table.from, table.version])
        if (value === null) appender.appendNull();
        else appender.appendVarchar(textOf(value));
      appender.endRow();
    }
    appender.closeSync();
    const columns = names.map(
      (name) => `cast(${identifier(name)} as ${typed[name] ?? 'VARCHAR'}) as ${identifier(name)}`,
    );
    await settleParquet(connection, `select ${columns.join(', ')} from parsed`, target);
  } finally {
    await close();
  }
};

const textOf = (value: Exclude<Value, null>): string => String(value);

import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier } from '../../warehouse/quote.ts';
import type { NaaccrItem } from '../naaccr/dictionary/dictionary.ts';
import { textOf } from '../naaccr/xml/text-of.ts';
import { readNaaccrDictionary } from './naaccr-dictionary.ts';
import { NaaccrDocument } from './naaccr-document.ts';

/** What to read, and where to. */
export interface NaaccrXmlRequest {
  readonly file: string;
  /** What messages call it. */
  readonly name: string;
  readonly connection: DuckDBConnection;
  /** Name of the table to make. */
  readonly table: string;
  /** Paths of base and user dictionaries. */
  readonly dictionaries: readonly string[];
  /** Which items the table holds; those of record type I unless told otherwise. */
  readonly takes?: (item: NaaccrItem) => boolean;
}

/** What was read. */
export interface NaaccrXmlResult {
  /** Tumors: rows of the table. */
  readonly records: number;
  readonly patients: number;
  /** Physical line on which each tumor begins, in their order. */
  readonly lines: readonly number[];
  /** Items barred from record type I, id → times met. Their values went nowhere. */
  readonly skipped: Readonly<Record<string, number>>;
}

type Row = ReadonlyMap<string, string>;

/**
 * Reads a NAACCR XML file into a DuckDB table of text: one row per tumor, a column per item met that record type I
 * allows, patient's and file's items repeated on each tumor, and `_record`, the tumor's number in the file from 1.
 *
 * A column is added when its item first turns up, so the table is as wide as the file and not as its dictionary. Rows
 * pass in groups: memory is bounded whatever the file's size. After a refusal there is no table.
 *
 * A file is unpacked where its first bytes are those of gzip.
 *
 * @throws HeldError naming file, line and rule (see NaaccrDocument); also for bytes that are not UTF-8
 */
export const loadNaaccrXml = async ({
  file,
  name,
  connection,
  table,
  dictionaries,
  takes,
}: NaaccrXmlRequest): Promise<NaaccrXmlResult> => {
  const rows: Row[] = [];
  const known = dictionaries.map(readNaaccrDictionary);
  const lines: number[] = [];
  const document = new NaaccrDocument({
    name,
    dictionaries: known,
    ...(takes ? { takes } : {}),
    onTumor: (row, line) => {
      rows.push(row);
      lines.push(line);
    },
  });
  const writer = new TumorTable(connection, table);
  await writer.create();
  try {
    for await (const text of textOf(file)) {
      document.write(text);
      if (rows.length >= 1000) await writer.append(rows.splice(0));
    }
    document.close();
    await writer.append(rows);
  } catch (error) {
    await writer.drop();
    throw document.heldError(error);
  }
  const { tumors: records, patients, skipped } = document;
  return { records, patients, lines, skipped: Object.fromEntries(skipped) };
};

/** A table of text that widens as it fills. */
class TumorTable {
  readonly #connection: DuckDBConnection;
  readonly #table: string;
  readonly #columns: string[] = [];
  #count = 0n;

  constructor(connection: DuckDBConnection, table: string) {
    this.#connection = connection;
    this.#table = table;
  }

  async create(): Promise<void> {
    await this.#connection.run(`create or replace table ${identifier(this.#table)} (_record bigint)`);
  }

  async append(rows: readonly Row[]): Promise<void> {
    const met = new Set(rows.flatMap((row) => [...row.keys()]));
    for (const column of this.#columns) met.delete(column);
    for (const column of met) {
      await this.#connection.run(`alter table ${identifier(this.#table)} add column ${identifier(column)} varchar`);
      this.#columns.push(column);
    }
    const appender = await this.#connection.createAppender(this.#table);
    for (const row of rows) {
      appender.appendBigInt(++this.#count);
      for (const column of this.#columns) {
        const value = row.get(column);
        if (value === undefined) appender.appendNull();
        else appender.appendVarchar(value);
      }
      appender.endRow();
    }
    appender.closeSync();
  }

  async drop(): Promise<void> {
    await this.#connection.run(`drop table if exists ${identifier(this.#table)}`);
  }
}

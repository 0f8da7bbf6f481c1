import { join } from 'node:path';
import { identifier, literal } from '../../warehouse/quote.ts';
import { globless } from '../read/csv.ts';

/** Columns of a store file: a row for each refused row of one batch. */
const columns: Readonly<Record<string, string>> = {
  /** Of a record and contract: the same for several refused rows made from one record. */
  id: 'varchar',
  source_id: 'varchar',
  file_digest: 'varchar',
  file_name: 'varchar',
  /** Number in its file, from 1. */
  record: 'bigint',
  line: 'bigint',
  /** Null of formats that are no text. */
  byte_position: 'bigint',
  /** Null of a record that the reader refused, in a batch of several contracts. */
  contract: 'varchar',
  /** Whether the reader refused it. */
  is_unread: 'boolean',
  rule: 'varchar[]',
  /** Null where an identifier was found, or the row has landed since. */
  business_key: 'varchar',
  raw_text: 'varchar',
  /** Whether `raw_text` is the record to its last byte. */
  is_whole: 'boolean',
  /** First line of its file, which a CSV row needs to be read again. */
  header: 'varchar',
  first_run: 'varchar',
  last_run: 'varchar',
  /** open · accepted (landed by decision) · replayed (landed, or gone, after something was mended). */
  state: 'varchar',
};

/** Names of the columns of a store file, in order. */
export const storeColumns = Object.keys(columns);

/** The folder of the store; its owner's alone. */
export const storeFolder = (dataFolder: string): string => join(dataFolder, 'quarantine');

/** Absolute. */
export const storeFile = (dataFolder: string, batch: string): string =>
  join(storeFolder(dataFolder), `${batch}.parquet`);

/**
 * SQL of the rows of some store files, and `batch`. Columns that an older version did not write are null.
 *
 * @param files absolute
 */
export const storedRows = (files: readonly string[]): string => {
  const names = storeColumns.map(identifier).join(', ');
  const empty = `select ${Object.entries(columns)
    .map(([name, type]) => `null::${type} as ${identifier(name)}`)
    .join(', ')}, null::varchar as filename where false`;
  if (files.length === 0) return `(select ${names}, null::varchar as batch from (${empty}))`;
  const paths = files.map((file) => literal(globless(file))).join(', ');
  return `(select ${names}, parse_filename(filename, true) as batch from (${empty}
    union all by name from read_parquet([${paths}], union_by_name = true, filename = true)))`;
};

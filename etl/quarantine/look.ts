import { closeSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from '../../warehouse/rows.ts';
import { matching, showRows, type RowFilter } from './shown-rows.ts';

/** A refused row with what was sent. */
export interface RefusedRow {
  readonly id: string;
  readonly source: string;
  readonly file: string;
  readonly line: number;
  /** Offset of its first byte after decompression; null of formats that are no text. */
  readonly byte: number | null;
  readonly contract: string | null;
  readonly rules: readonly string[];
  readonly state: string;
  readonly firstRun: string;
  readonly lastRun: string;
  /** Null where an identifier was found, the row has landed since, or the format keeps none. */
  readonly key: string | null;
  readonly text: string | null;
  /** Why there is no text, or null: there is. */
  readonly withheld: string | null;
}

/** Who looks. */
export interface Looker {
  readonly by: string;
  readonly at?: Date;
}

/** Rows shown at once at most: a record made into many rows is one look, a whole file is none. */
export const lookLimit = 100;

/**
 * Refused rows with their text and key. That they are looked at is on the disk, in `data/audit/quarantine.ndjson`, before
 * this returns: who, when, and which rows by id and place, never what stands in them.
 */
export const lookAtRows = async (
  connection: DuckDBConnection,
  folders: { readonly dataFolder: string; readonly ledgerFolder: string },
  filter: RowFilter,
  { by, at = new Date() }: Looker,
): Promise<readonly RefusedRow[]> => {
  await showRows(connection, folders);
  const { where, parameters } = matching(filter);
  const found = await readRows(
    connection,
    `select id, source_id as source, file_name as file, line, byte_position as byte, contract, rule as rules, state,
       first_run as "firstRun", last_run as "lastRun", business_key as "key", raw_text as "text",
       len(list_filter(rule, lambda one: starts_with(one, 'identifier:'))) > 0 or (byte_position is not null and raw_text is null and state <> 'replayed') as "hasIdentifier"
     from shown where ${where} order by file_name, line, contract, rule limit ${lookLimit}`,
    [...parameters],
  );
  const rows = found.map(
    ({ hasIdentifier, ...row }) =>
      ({ ...row, withheld: withheldOf(row, hasIdentifier === true) }) as unknown as RefusedRow,
  );
  if (rows.length > 0) writeLook(folders.dataFolder, rows, by, at);
  return rows;
};

const withheldOf = ({ text, state }: Readonly<Record<string, unknown>>, hasIdentifier: boolean): string | null => {
  if (text !== null) return null;
  if (hasIdentifier) return 'an identifier was found in it, so that its text is kept nowhere';
  if (state === 'replayed') return 'it is refused no more, and its text was let go';
  return 'its format is no text: look into the file';
};

const writeLook = (dataFolder: string, rows: readonly RefusedRow[], by: string, at: Date): void => {
  const folder = join(dataFolder, 'audit');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = openSync(join(folder, 'quarantine.ndjson'), 'a', 0o600);
  try {
    const seen = rows.map(({ id, source, file: name, line, contract }) => ({ id, source, file: name, line, contract }));
    writeSync(file, `${JSON.stringify({ at: at.toISOString(), by, rows: seen })}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
};

import { createWriteStream } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { readRows } from '../../warehouse/rows.ts';
import type { BatchFile } from '../land/batch-report.ts';
import type { ScannedFile } from '../land/arrival.ts';
import { dialectBytes, plainDialect } from '../read/dialect.ts';
import { scanFile } from '../read/scan.ts';
import type { SourceFormat } from '../workspace/config.ts';

/** Name of the temp table that says which record of the delivered file each record of the replayed one was. */
const originals = 'replay_record';

/**
 * A file of the records of the temp table `waiting` as they were sent, under the name and digest of the delivery they came
 * in: what landing reads in its place. `remove` takes it away.
 *
 * @param temporaryFolder where it lies, in a folder that is its owner's alone
 */
export const writeReplayFile = async (
  connection: DuckDBConnection,
  format: SourceFormat,
  { name, digest, dialect = plainDialect }: BatchFile,
  temporaryFolder: string,
): Promise<{ readonly scanned: ScannedFile; readonly remove: () => void }> => {
  await connection.run(
    `create or replace temp table ${originals} as
     select row_number() over (order by record) as ordinal, record, any_value(raw_text) as text, any_value(header) as header
     from waiting group by record`,
  );
  const [facts] = await readRows(
    connection,
    `select any_value(header) as header, coalesce(bool_or(contains(text, chr(13))), false) as "hasReturns" from ${originals}`,
  );
  // Lines within quotes tell how the lines of the file ended; all must end alike.
  const lineEnd = facts?.hasReturns === true ? '\r\n' : '\n';
  mkdirSync(temporaryFolder, { recursive: true });
  const folder = await mkdtemp(join(temporaryFolder, 'replay-'));
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const path = join(folder, 'refused');
    const header = format === 'csv' ? `${String(facts?.header)}${lineEnd}` : '';
    await pipeline(
      Readable.from(linesOf(connection, header, lineEnd)),
      createWriteStream(path, { mode: 0o600, highWaterMark: 1 << 20 }),
    );
    // The store holds every text as UTF-8, whatever it was sent in.
    const splits = format === 'csv' ? dialectBytes(dialect) : { delimiter: null };
    const scan = await scanFile(path, splits);
    const own = { path, arrived: path, name, key: digest, splits, sentAs: null, otherDialect: null, manifest: null };
    return {
      scanned: { ...own, dialect: format === 'csv' ? dialect : null, scan: { ...scan, digest }, originals },
      remove,
    };
  } catch (error) {
    remove();
    throw error;
  }
};

const linesOf = async function* (
  connection: DuckDBConnection,
  header: string,
  lineEnd: string,
): AsyncGenerator<string> {
  if (header !== '') yield header;
  const result = await connection.stream(`select text from ${originals} order by ordinal`);
  for (let chunk = await result.fetchChunk(); chunk && chunk.rowCount > 0; chunk = await result.fetchChunk())
    yield chunk
      .getColumnValues(0)
      .map((text) => `${String(text)}${lineEnd}`)
      .join('');
};

import { basename } from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { UserError, kindOf, withoutValues } from '../../../warehouse/error.ts';
import type { EngineLimits } from '../../../warehouse/open.ts';
import { identifier } from '../../../warehouse/quote.ts';
import { readRows } from '../../../warehouse/rows.ts';
import type { NaaccrItem } from '../../naaccr/dictionary/dictionary.ts';
import { loadNaaccrXml } from '../../read/naaccr-xml.ts';
import type { RegistryDatabase } from './registry-database.ts';

/** A registry database as a table `tumor`, whatever file it is. */
export interface OpenFile {
  readonly instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
}

export interface OpenRequest {
  /** Paths of dictionaries. */
  readonly dictionaries: readonly string[];
  readonly limits: EngineLimits;
  /** Items to read of a file that holds more. */
  readonly takes: (item: NaaccrItem) => boolean;
  /** Items that are filled up with zeros, with their lengths. */
  readonly numbers: Readonly<Record<string, number>>;
}

/**
 * Opens a registry database. A DuckDB database is read where it lies; of a NAACCR XML file, zipped or not, the items taken are
 * held in memory.
 *
 * @throws UserError when it cannot be read or does not fit into memory; HeldError for NAACCR XML that is not right
 */
export const openFile = (database: RegistryDatabase, request: OpenRequest): Promise<OpenFile> =>
  database.format === 'duckdb' ? openDatabase(database, request) : loadXml(database, request);

/** Without a folder to spill into: what it holds never reaches a disk. */
const settings = ({ threads = 2, memory = '2GB' }: EngineLimits): Record<string, string> => ({
  threads: String(threads),
  memory_limit: memory,
  temp_directory: '',
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
});

const openDatabase = async ({ file }: RegistryDatabase, { limits }: OpenRequest): Promise<OpenFile> => {
  try {
    const instance = await DuckDBInstance.create(file, { ...settings(limits), access_mode: 'READ_ONLY' });
    return { instance, connection: await instance.connect() };
  } catch (cause) {
    throw unreadable(cause);
  }
};

const loadXml = async (
  { file }: RegistryDatabase,
  { dictionaries, limits, takes, numbers }: OpenRequest,
): Promise<OpenFile> => {
  const instance = await DuckDBInstance.create(':memory:', settings(limits));
  const connection = await instance.connect();
  try {
    await loadNaaccrXml({ file, name: basename(file), connection, table: 'tumor', dictionaries, takes });
    await connection.run('alter table tumor drop column _record');
    const met = (await readRows(connection, 'select column_name as name from (describe tumor)')).map(
      ({ name }) => name,
    );
    for (const [item, length] of Object.entries(numbers).filter(([id]) => met.includes(id))) {
      const column = identifier(item);
      await connection.run(
        `update tumor set ${column} = lpad(${column}, ${length}, '0')
         where regexp_full_match(${column}, '[0-9]+') and length(${column}) < ${length}`,
      );
    }
    return { instance, connection };
  } catch (error) {
    connection.closeSync();
    instance.closeSync();
    if (error instanceof UserError || !kindOf(error).startsWith('Out of Memory')) throw error;
    throw new UserError('The registry database is too large to be held in memory as NAACCR XML.', {
      mend: 'Raise `server.memory`, or give a DuckDB database with a table `tumor` of the same items.',
      cause: withoutValues(error),
    });
  }
};

/** What DuckDB says of a file may quote it, so it is not passed on. */
export const unreadable = (cause: unknown): UserError =>
  new UserError('The registry database cannot be read.', {
    mend: 'It is a whole DuckDB database with a table `tumor`, or NAACCR XML, and nothing else is writing it.',
    exitCode: 3,
    cause: withoutValues(cause),
  });

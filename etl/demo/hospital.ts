import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from '../../warehouse/quote.ts';
import { demoVariables, type DemoArguments } from './setting.ts';

const folder = (name: string): string => join(import.meta.dirname, name);

/** Text of one extract's select, over the tables hospital/*.sql makes. */
export const extractSql = (id: string): Promise<string> => readFile(join(folder('extract'), `${id}.sql`), 'utf8');

/** Reference tables arrive as text with their line's number (`file_order`, from 1), in schema `reference`. */
const loadReference = async (connection: DuckDBConnection): Promise<void> => {
  await connection.run('create schema reference');
  for (const file of (await readdir(folder('reference'))).filter((name) => name.endsWith('.csv')).sort()) {
    const path = literal(join(folder('reference'), file));
    await connection.run(
      `create table reference.${identifier(basename(file, '.csv'))} as
       select row_number() over () as file_order, * from read_csv(${path}, all_varchar = true)`,
    );
  }
};

/**
 * Builds the hospital as tables in the connection's current database: hospital/*.sql in the order of their numbers.
 * Everything the stories change is read from variables, which are set here.
 */
export const buildHospital = async (connection: DuckDBConnection, demo: DemoArguments): Promise<void> => {
  for (const [name, value] of demoVariables(demo)) await connection.run(`set variable ${identifier(name)} = ${value}`);
  await loadReference(connection);
  const files = (await readdir(folder('hospital'))).filter((name) => name.endsWith('.sql')).sort();
  for (const file of files) {
    await connection.run(await readFile(join(folder('hospital'), file), 'utf8'));
  }
};

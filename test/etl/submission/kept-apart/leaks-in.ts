import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';

/**
 * Secrets that stand in a folder, each as `file: secret`: in the bytes of its files and their names, in what is zipped, and in
 * every table of a database or file of Parquet, where they may lie compressed.
 */
export const leaksIn = async (folder: string, secrets: readonly string[]): Promise<readonly string[]> => {
  const leaks: string[] = [];
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const file = join(folder, name);
    const texts = statSync(file).isFile() ? await textsOf(file) : [];
    for (const secret of secrets)
      if (name.includes(secret) || texts.some((text) => text.includes(secret)))
        leaks.push(`${relative(folder, file)}: ${secret}`);
  }
  return leaks;
};

const textsOf = async (file: string): Promise<readonly string[]> => {
  const bytes = readFileSync(file);
  const texts = [bytes.toString('utf8'), bytes.toString('utf16le')];
  if (file.endsWith('.gz')) texts.push(gunzipSync(bytes).toString('utf8'));
  if (file.endsWith('.parquet')) texts.push(...(await rowsOf(':memory:', [`read_parquet('${file}')`])));
  if (file.endsWith('.duckdb')) texts.push(...(await rowsOf(file, null)));
  return texts;
};

const rowsOf = async (database: string, relations: readonly string[] | null): Promise<readonly string[]> => {
  const instance = await DuckDBInstance.create(database, database === ':memory:' ? {} : { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const ask = async (sql: string) => (await connection.runAndReadAll(sql)).getRows().map(([value]) => String(value));
  const tables =
    relations ??
    (await ask(`select format('"{}"."{}"', schema_name, table_name) from duckdb_tables() where not internal`));
  const texts: string[] = [];
  for (const table of tables) texts.push(...(await ask(`select cast(each as varchar) from ${table} as each`)));
  connection.closeSync();
  instance.closeSync();
  return texts;
};

// The limit that landing is held against: the same files, read by DuckDB and kept, with nothing asked of them.
import { DuckDBInstance } from '@duckdb/node-api';

const [file, ...extracts] = process.argv.slice(2);
const instance = await DuckDBInstance.create(file, { storage_compatibility_version: 'latest', threads: '2' });
const connection = await instance.connect();
for (const [index, path] of extracts.entries()) {
  await connection.run(`create table extract_${index} as select * from read_csv($1)`, [path]);
}
await connection.run('checkpoint');
connection.closeSync();
instance.closeSync();

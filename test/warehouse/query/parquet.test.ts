import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { readColumns } from '../../../warehouse/query/duckdb-columns.ts';
import { tableToParquet } from '../../../warehouse/query/parquet.ts';
import { readRows } from '../../../warehouse/rows.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';

test('a table comes back from Parquet as it was: kinds, unknowns, quotes and metadata', async () => {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const result = await connection.run(`
    select * from (values
      (1.5::double, date '1965-03-01', timestamp '2026-01-02 03:04:05.678', 'a "quoted" text', true),
      (null, null, null, null, null)
    ) as t(n, d, moment, "odd ""name", ok)`);
  const file = join(temporaryFolder(), 'table.parquet');
  writeFileSync(file, await tableToParquet(await readColumns(result), { release: "r'1" }));
  expect(await readRows(connection, `select * from read_parquet('${file}')`)).toEqual([
    { n: 1.5, d: '1965-03-01', moment: '2026-01-02 03:04:05.678', 'odd "name': 'a "quoted" text', ok: true },
    { n: null, d: null, moment: null, 'odd "name': null, ok: null },
  ]);
  const kept = await readRows(
    connection,
    `select decode(value) as v from parquet_kv_metadata('${file}') where decode(key) = 'release'`,
  );
  expect(kept).toEqual([{ v: "r'1" }]);
  connection.closeSync();
  instance.closeSync();
});

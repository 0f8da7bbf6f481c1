import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { settleParquet } from '../../../etl/land/settle-parquet.ts';
import { openBuilder } from '../../../warehouse/open.ts';

test('a file is there whole or not at all, and what was there before stays', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'settle-'));
  const builder = await openBuilder(null);
  const file = join(folder, 'deep', 'a.parquet');
  await settleParquet(builder.connection, 'select 1 as one', file);
  expect(readFileSync(file).subarray(0, 4).toString()).toBe('PAR1');
  writeFileSync(file, 'before');
  const failing = `select case when i = 99999 then error('full') else i end as i from range(100000) t(i)`;
  await expect(settleParquet(builder.connection, failing, file)).rejects.toThrow('full');
  expect(readFileSync(file, 'utf8')).toBe('before');
  expect(readdirSync(join(folder, 'deep'))).toEqual(['a.parquet']);
  await builder.close();
});

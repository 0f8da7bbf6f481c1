import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { scanFile } from '../../../etl/read/scan.ts';
import { refuseTorn, tornLimit } from '../../../etl/read/torn-rows.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';

const comma = 44;

/** What is said of a file of good rows, then torn ones. */
const refusal = async (good: number, torn: number, pack: (text: string) => string | Uint8Array = (text) => text) => {
  const path = join(temporaryFolder(), 'a.csv');
  writeFileSync(path, pack(`a,b\n${'1,"2,3"\n'.repeat(good)}${'1\n'.repeat(torn)}`));
  const scan = await scanFile(path, { delimiter: comma });
  return refuseTorn({ name: 'in/a.csv', scan }, { delimiter: comma }).then(
    () => null,
    (error: unknown) => (error as Error).message,
  );
};

test('as many torn rows as can be set aside are left to the reader, one more holds the file', async () => {
  expect(await refusal(100, tornLimit)).toBeNull();
  expect(await refusal(100, tornLimit + 1)).toBe(
    'in/a.csv line 102 is held by rule torn-row: 200,001 of its 200,101 rows have fewer or more columns than the header, the first of them there, and more than 200,000 are never set aside',
  );
});

test('a compressed file is looked at as well, and good rows pass', async () => {
  expect(await refusal(0, tornLimit + 1, (text) => gzipSync(text))).toContain('line 2 is held by rule torn-row');
  expect(await refusal(tornLimit + 1, 0)).toBeNull();
});

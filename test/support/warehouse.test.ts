import { expect, test } from 'vitest';
import { buildInMemory, rows } from './warehouse.ts';

test('all of sql/ is built in memory over drawn raw tables, the rest being empty', async () => {
  const { connection, compiled, close } = await buildInMemory({ raw: { facility: 'facility_id\nnorth' } });
  expect(await rows(connection, 'select facility_id, source_id from raw.facility')).toEqual([
    { facility_id: 'north', source_id: 'test' },
  ]);
  expect(await rows(connection, 'select count(*) as n from meta.model')).toEqual([{ n: compiled.models.length }]);
  await close();
  await expect(buildInMemory({ raw: { nothing: 'a\n1' } })).rejects.toThrow('there is no raw table nothing');
});

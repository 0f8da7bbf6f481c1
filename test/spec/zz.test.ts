import { test } from 'vitest';
import { buildInMemory } from '../support/warehouse.ts';
test('builds', async () => {
  const w = await buildInMemory({ raw: {} });
  console.log(w.asserts.filter((a) => a.violations > 0));
  await w.close();
});

import { test } from 'vitest';
import { expectSameFromCube } from './support/same-cube.ts';
test('scratch', async () => {
  const r = await expectSameFromCube({ origin: process.env.ORIGIN!, folder: process.env.WS! }, { count: Number(process.env.N ?? 60), each: 40, seed: Number(process.env.SEED ?? 3) });
  console.log(r);
}, 600_000);

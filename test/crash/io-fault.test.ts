import { expect, test } from 'vitest';
import { temporaryFolder } from '../support/sql-folder.ts';
import { buildFaultLibrary, tryFaults } from './io-fault.ts';

// A few of the calls; `node test/crash/io-fault.ts` lets each fail in turn.
test('a call that fails loses nothing, doubles nothing, and publishes nothing half done', async (context) => {
  const folder = temporaryFolder();
  const library = buildFaultLibrary(folder);
  if (library === null) return context.skip('this machine has no C compiler to build the faults with');
  const figures = await tryFaults(folder, library, { from: 60, every: 300 });
  expect(figures.flatMap(({ problems }) => problems)).toEqual([]);
  for (const { tried } of figures) expect(tried).toBeGreaterThan(0);
}, 600_000);

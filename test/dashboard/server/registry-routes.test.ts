import { expect, test } from 'vitest';
import { routes } from '../../../dashboard/server/routes.ts';
import type { ServerParts } from '../../../dashboard/server/server-parts.ts';
import { ask } from '../../support/ask.ts';
import { memoryReader } from '../../warehouse/query/memory-reader.ts';
import { openLibrary } from './library.ts';

const registry = async (parts: ServerParts, more = ''): Promise<unknown> =>
  (await routes(parts).request(`http://127.0.0.1:4180/api/registry${more}`)).json();

test('criteria by year, the newest first', async () => {
  const { connection, close } = await ask({
    tumor: `
      patient_key | primarySite | histologicTypeIcdO3 | behaviorCodeIcdO3 | dateOfDiagnosis | ageAtDiagnosis | typeOfReportingSource
      a           | C504        | 8500                | 3                 | 2020            | 060            | 1
      b           | C504        | 8500                | 3                 | 2020            | 999            | 7
      c           | C504        | 8500                | 3                 | 2021            | 060            | 1`,
  });
  const reader = await memoryReader(connection);
  const library = openLibrary();
  const use = (answer: (lease: unknown) => Promise<unknown>) => answer({ reader, ready: {} });
  const parts = { ...library.parts, served: { use } } as unknown as ServerParts;
  const told = (await registry(parts)) as { criteria: Record<string, unknown>[] };
  const withEdits = (await registry(parts, '/edits')) as { criteria: Record<string, unknown>[] };
  await close();
  expect(told.criteria[0]?.year).toBe(2021);
  const gold = told.criteria.filter(({ standard }) => standard === 'naaccr_gold');
  expect(gold.filter(({ criterion }) => criterion === 'age_unknown')).toEqual(
    [
      { year: 2021, numerator: 0, denominator: 1, isMet: true },
      { year: 2020, numerator: 1, denominator: 2, isMet: false },
    ].map((one) => ({
      ...one,
      ...{ standard: 'naaccr_gold', standardLabel: 'NAACCR Gold' },
      ...{ criterion: 'age_unknown', direction: 'below', threshold: 0.02, months: null },
    })),
  );
  const edits = { criterion: 'edits', standard: 'uscs', year: 2021, direction: 'at_least', threshold: 0.97 };
  expect(told.criteria).toContainEqual(expect.objectContaining({ ...edits, denominator: null, isMet: null }));
  // The named edits are put to the cases when they are asked for.
  expect(withEdits.criteria).toContainEqual(expect.objectContaining({ ...edits, denominator: 1 }));
  expect(withEdits.criteria).toHaveLength(told.criteria.length);
}, 60_000);

test('a release without a registry has none', async () => {
  const library = openLibrary();
  const release = await library.publish(1);
  await library.parts.served.look();
  expect(await registry(library.parts)).toEqual({ release, criteria: [] });
});

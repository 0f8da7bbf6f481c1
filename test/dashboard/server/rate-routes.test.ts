import { tableFromIPC } from 'apache-arrow';
import { beforeAll, expect, test } from 'vitest';
import { routes } from '../../../dashboard/server/routes.ts';
import type { Prepared, ServerParts } from '../../../dashboard/server/server-parts.ts';
import { ServedRelease } from '../../../dashboard/server/served-release.ts';
import { smallRegistry } from '../../warehouse/query/registry/ask-registry.ts';
import { openLibrary } from './library.ts';

let served: ServerParts['served'];
const app = () => routes({ ...openLibrary().parts, served });

beforeAll(async () => {
  const { reader } = await smallRegistry(
    {
      population: 'year | sex | age_from | age_to | people\n 2020 | 1 | 0 | | 1000\n 2020 | 2 | 0 | | 1000',
      standard_population: 'standard | age_from | age_to | people\n S | 0 | | 1',
    },
    [
      { sex: '1', age: 50, n: 20 },
      { sex: '2', age: 50, n: 15 },
    ],
    Array.from({ length: 16 }, () => ({ months: 5 })),
  );
  served = new ServedRelease<Prepared>(
    { current: async () => reader.release, open: async () => reader, prepare: async () => ({}) as Prepared },
    () => undefined,
  );
  await served.look();
});

const post = (path: string, body: string, accept = 'application/json'): Promise<Response> =>
  Promise.resolve(
    app().request(path, {
      method: 'POST',
      body,
      headers: { host: '127.0.0.1', 'content-type': 'application/json', accept },
    }),
  );

test('what may be asked of the release', async () => {
  const response = await app().request('/api/registry-basis', { headers: { host: '127.0.0.1' } });
  expect(await response.json()).toMatchObject({
    standards: ['S'],
    coveredYears: [2020],
    survivalCases: 16,
    lifeTable: null,
    population: { states: null, counties: null, races: null, years: [2020] },
    tables: expect.arrayContaining([
      expect.objectContaining({ basis: 'standard_population', name: 'S', firstYear: null }),
    ]) as unknown,
  });
});

test('rates as JSON, with what they stand on', async () => {
  const response = await post('/api/rates', '{"by": "sex"}');
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    release: (await served.use(async ({ reader }) => reader.release))!,
    unit: 'per 100,000 person-years',
    provenance: { standardPopulation: 'S' },
    rows: [
      { sex: '1', cases: null, suppressed: true },
      { sex: '2', cases: null, suppressed: true, reason: 'fewer than 16 cases' },
      { is_total: true, cases: 35, rate: expect.closeTo(1750, 9) as number },
    ],
  });
});

test('rates as Arrow: withheld figures are null, the rest of the answer is in its metadata', async () => {
  const response = await post('/api/rates', '{"by": "sex"}', 'application/vnd.apache.arrow.stream');
  const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
  expect([...table.getChild('rate')!]).toEqual([null, null, expect.closeTo(1750, 9)]);
  expect(JSON.parse(table.schema.metadata.get('provenance')!)).toMatchObject({ standardPopulation: 'S' });
});

test('survival in the same two forms', async () => {
  const body = '{"months": 2}';
  const told = (await (await post('/api/registry-survival', body)).json()) as { rows: unknown[] };
  expect(told.rows).toHaveLength(3);
  const arrow = await post('/api/registry-survival', body, 'application/vnd.apache.arrow.stream');
  expect(tableFromIPC(new Uint8Array(await arrow.arrayBuffer())).numRows).toBe(3);
});

test.each([
  ['/api/rates', '{"by": "site"}', 'code_tables.site_recode_2023'],
  ['/api/rates', '{"by": "race"}', 'does not tell one race from another'],
  ['/api/rates', '{"shoe": 1}', 'unknown key'],
  ['/api/rates', 'not JSON', 'not JSON'],
  ['/api/registry-survival', '{"measure": "relative"}', 'code_tables.life_table'],
])('%s %s is a problem in a sentence', async (path, body, says) => {
  const response = await post(path, body);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(((await response.json()) as { detail: string }).detail).toContain(says);
});

test('a warehouse without a registry has nothing to ask, and says what rates need', async () => {
  const library = openLibrary();
  await library.publish(2);
  await library.parts.served.look();
  const app = routes(library.parts);
  const basis = await app.request('/api/registry-basis', { headers: { host: '127.0.0.1' } });
  expect(await basis.json()).toMatchObject({ population: null, standards: [], survivalCases: 0 });
  const rates = await app.request('/api/rates', { method: 'POST', body: '{}', headers: { host: '127.0.0.1' } });
  expect(((await rates.json()) as { detail: string }).detail).toContain('code_tables.population');
  await library.parts.served.close();
});

import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { routes } from '../../../dashboard/server/routes.ts';
import { openLibrary } from './library.ts';

const ask = (app: ReturnType<typeof routes>, path: string, init: RequestInit = {}) =>
  app.request(`http://127.0.0.1:4180${path}`, init);

const post = (app: ReturnType<typeof routes>, path: string, body: unknown, accept = 'application/json') =>
  ask(app, path, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body), headers: { accept } });

const opened = async (loanCount = 3) => {
  const library = openLibrary();
  const release = await library.publish(loanCount);
  await library.parts.served.look();
  return { library, release, app: routes(library.parts) };
};

test('health is 503 before the first release and 200 with the release after it', async () => {
  const library = openLibrary();
  const app = routes(library.parts);
  await library.parts.served.look();
  const before = await ask(app, '/api/health');
  expect(before.status).toBe(503);
  expect(await before.json()).toMatchObject({ status: 503, title: 'No release yet' });
  const release = await library.publish(1);
  await library.parts.served.look();
  const after = await ask(app, '/api/health');
  expect([after.status, await after.json()]).toEqual([200, { status: 'ok', release }]);
});

test('a query is answered as JSON or as an Arrow stream, by Accept', async () => {
  const { app, release } = await opened(3);
  const view = { metrics: ['loans', 'L2'], by: ['branch'] };
  const json = await (await post(app, '/api/query', view)).json();
  expect(json).toMatchObject({
    release,
    metrics: [
      { id: 'loans', code: 'L1' },
      { id: 'loan_days', code: 'L2' },
    ],
  });
  expect(json.rows).toMatchObject([
    { metric: 'loans', period: null, branch: 'n', value: 3 },
    { metric: 'loan_days', branch: 'n', value: (3 * 2) / 3 },
  ]);
  const arrow = await post(app, '/api/query', view, 'application/vnd.apache.arrow.stream');
  expect(arrow.headers.get('content-type')).toBe('application/vnd.apache.arrow.stream');
  const table = tableFromIPC(new Uint8Array(await arrow.arrayBuffer()));
  expect(table.schema.metadata.get('release')).toBe(release);
  expect(table.getChild('value')?.toArray()).toEqual(Float64Array.of(3, 2));
});

test.each([
  ['not JSON', '{', 'The request body is not JSON'],
  ['an unknown metric', { metrics: ['laons'] }, 'Did you mean `loans`?'],
  ['an unknown key', { metrics: ['loans'], grian: 'month' }, '`grian`: unknown key'],
  ['an unknown dimension', { metrics: ['loans'], by: ['shelf'] }, 'shelf'],
  ['no metric', {}, 'name at least one metric'],
])('%s is a problem with a sentence', async (_what, body, sentence) => {
  const { app } = await opened();
  const response = await post(app, '/api/query', body);
  expect(response.status).toBe(400);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect((await response.json()).detail).toContain(sentence);
});

test('catalogue, release, checks, runs and explain say which release they speak of', async () => {
  const { app, release } = await opened();
  expect(await (await ask(app, '/api/catalogue')).json()).toMatchObject({
    release,
    metrics: [{ id: 'loans', dimensions: ['branch'] }, { id: 'loan_days' }],
    dimensions: [{ id: 'branch', values: [{ value: 'n' }] }],
  });
  expect(await (await ask(app, '/api/release')).json()).toMatchObject({
    release,
    privacy: 'Synthetic data: no patient stands behind it.',
    registryKind: 'central',
    demoStories: ['go-live'],
    releases: [{ id: release, current: true }],
  });
  expect(await (await ask(app, '/api/runs')).json()).toEqual({ release, runs: [{ id: 'r1', batches: [] }] });
  const { rows: checks } = await (await ask(app, '/api/checks')).json();
  expect(checks).toContainEqual(expect.objectContaining({ id: 'no_loan_lost', status: 'pass', metrics: ['loans'] }));
  expect(await (await ask(app, '/api/explain/L1')).json()).toMatchObject({
    release,
    metric: { id: 'loans' },
    lineage: { extracts: ['loan'] },
  });
  expect((await ask(app, '/api/explain/nothing')).status).toBe(404);
});

test('an export is the same answer as a file, in four formats', async () => {
  const { app, release } = await opened(5);
  const query = 'metrics=loans&by=branch&where=branch=n&from=2025-01-01';
  const csv = await ask(app, `/api/export.csv?${query}`);
  expect(csv.headers.get('content-disposition')).toBe(`attachment; filename="himsight-${release}.csv"`);
  expect((await csv.text()).split('\r\n')[1]).toMatch(/^loans,,n,5,/);
  expect((await (await ask(app, `/api/export.json?${query}`)).json()).rows[0].value).toBe(5);
  const arrow = tableFromIPC(new Uint8Array(await (await ask(app, `/api/export.arrow?${query}`)).arrayBuffer()));
  expect(arrow.getChild('value')?.get(0)).toBe(5);
  const parquet = new Uint8Array(await (await ask(app, `/api/export.parquet?${query}`)).arrayBuffer());
  expect(new TextDecoder().decode(parquet.subarray(0, 4))).toBe('PAR1');
  expect((await ask(app, '/api/export.csv?metrics=loans&shelf=3')).status).toBe(400);
});

test('how a metric stands against its target, over four full quarters where it is known how far the data reach', async () => {
  const { app, release } = await opened();
  const answered = await ask(app, '/api/standing');
  expect(await answered.json()).toEqual({
    release,
    rows: [
      {
        ...{ metric: 'loan_days', facility: null, windowFrom: null, windowTo: null },
        ...{ value: null, lower: null, upper: null, n: null },
        ...{ target: 2, label: 'customary 2 days', citation: 'ours', direction: 'at_most', setFor: 'customary' },
        ...{ policy: 'no value', evidence: null, moreAudits: null },
      },
    ],
  });
  const one = await (await ask(app, '/api/standing?metrics=loans&where=branch=n&asOf=2025-12-31')).json();
  expect(one.rows).toMatchObject([{ metric: 'loans', target: null, policy: 'not judged' }]);
});

test.each([
  ['?grain=month', '`grain`: unknown key of a standing'],
  ['?by=branch', 'targets are set by facility only'],
  ['?metrics=laons', 'Did you mean `loans`?'],
  ['?metrics=loans&by=facility', '`facility`'],
  ['?asOf=yesterday', '`asOf` must be a date'],
  ['?where=branch', 'no dimension before an equals sign'],
])('a standing that cannot be told is a problem with a sentence: %s', async (query, sentence) => {
  const { app } = await opened();
  const response = await ask(app, `/api/standing${query}`);
  expect(response.status).toBe(400);
  expect((await response.json()).detail).toContain(sentence);
});

test('an unknown address of the API is a problem, any other page is the page', async () => {
  const { app } = await opened();
  expect((await ask(app, '/api/nothing')).status).toBe(404);
  expect((await ask(app, '/api/query')).status).toBe(404);
  expect((await ask(app, '/api/export.xlsx')).headers.get('content-type')).toBe('application/problem+json');
  expect(await (await ask(app, '/kpi/loans?period=12m')).text()).toContain('<title>Library</title>');
  expect((await ask(app, '/assets/gone.js')).status).toBe(404);
});

test('files carry an ETag, their type and, where asked for, gzip', async () => {
  const { app } = await opened();
  const plain = await ask(app, '/assets/main-1a2b.js');
  expect(plain.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(plain.headers.get('cache-control')).toContain('immutable');
  const etag = plain.headers.get('etag') ?? '';
  expect((await ask(app, '/assets/main-1a2b.js', { headers: { 'if-none-match': etag } })).status).toBe(304);
  const zipped = await ask(app, '/assets/main-1a2b.js', { headers: { 'accept-encoding': 'br, gzip' } });
  expect(zipped.headers.get('content-encoding')).toBe('gzip');
  expect((await zipped.arrayBuffer()).byteLength).toBeLessThan((await plain.arrayBuffer()).byteLength);
});

test('a foreign Host is refused where the server listens on loopback, and only there', async () => {
  const { app, library } = await opened();
  const foreign = { headers: { host: 'rebound.example:4180' } };
  const refused = await ask(app, '/api/release', foreign);
  expect([refused.status, (await refused.json()).title]).toEqual([403, 'Wrong host']);
  for (const host of ['localhost:4180', '127.0.0.1', '[::1]:9'])
    expect((await ask(app, '/api/health', { headers: { host } })).status).toBe(200);
  expect((await ask(routes({ ...library.parts, loopbackOnly: false }), '/api/release', foreign)).status).toBe(200);
});

test('every response carries the security headers, problems included', async () => {
  const { app } = await opened();
  for (const path of ['/', '/api/health', '/api/nothing']) {
    const { headers } = await ask(app, path);
    expect(headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  }
});

test('a fault of ours is 500 without any detail, and is told to whoever runs the server', async () => {
  const library = openLibrary();
  const ledger = { ...library.parts.ledger, runs: async () => Promise.reject(new Error('secret: 1234')) };
  await library.publish(1);
  const response = await ask(routes({ ...library.parts, ledger }), '/api/runs');
  expect(response.status).toBe(500);
  expect(await response.text()).not.toContain('1234');
  expect(library.troubles).toHaveLength(1);
});

test('a request given up is interrupted, and leaves the server answering', async () => {
  const { app, library } = await opened();
  const giveUp = new AbortController();
  giveUp.abort();
  await post(app, '/api/query', { metrics: ['loans'] });
  const gone = await app.request('http://127.0.0.1/api/query', {
    method: 'POST',
    body: '{"metrics":["loans"]}',
    signal: giveUp.signal,
  });
  expect(gone.status).not.toBe(200);
  expect((await post(app, '/api/query', { metrics: ['loans'] })).status).toBe(200);
  expect(library.troubles).toEqual([]);
});

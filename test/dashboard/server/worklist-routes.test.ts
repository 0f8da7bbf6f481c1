import { expect, test } from 'vitest';
import { routes } from '../../../dashboard/server/routes.ts';
import type { LabelRequest, ServerParts } from '../../../dashboard/server/server-parts.ts';
import { openLibrary } from './library.ts';

const opened = async (change: Partial<ServerParts> = {}) => {
  const library = openLibrary(change);
  const release = await library.publish(3);
  await library.parts.served.look();
  const app = routes(library.parts);
  const get = async (path: string) => app.request(`http://127.0.0.1:4180${path}`);
  const post = async (path: string, body: unknown) =>
    app.request(`http://127.0.0.1:4180${path}`, { method: 'POST', body: JSON.stringify(body) });
  return { release, get, post };
};

test('the lists are told with what they can be filtered by, and whether ids can be labelled', async () => {
  const { release, get } = await opened();
  const told: unknown = await (await get('/api/worklists')).json();
  expect(told).toMatchObject({
    release,
    labels: false,
    worklists: [{ id: 'loan_days', page: 'loans', dimensions: ['branch'] }],
  });
});

test('a page of rows comes with the total beside it', async () => {
  const { release, get } = await opened();
  expect(await (await get('/api/worklist/loan_days?limit=1')).json()).toEqual({
    release,
    id: 'loan_days',
    total: 1,
    where: {},
    limit: 1,
    offset: 0,
    rows: [{ branch: 'n', lent_date: '2025-03-01', loan_count: 3 }],
  });
  expect(await (await get('/api/worklist/loan_days?where=branch=s')).json()).toMatchObject({ total: 0, rows: [] });
  expect(await (await get('/api/worklist/loan_days?offset=1')).json()).toMatchObject({ total: 1, rows: [] });
});

test('as a file it is CSV by the release', async () => {
  const { release, get } = await opened();
  const response = await get('/api/worklist/loan_days.csv');
  expect(response.headers.get('content-disposition')).toBe(`attachment; filename="himsight-loan_days-${release}.csv"`);
  expect(await response.text()).toBe('branch,lent_date,loan_count\r\nn,2025-03-01,3\r\n');
});

test.each([
  ['/api/worklist/gone', 404, /has loan_days/],
  ['/api/worklist/loan_days?limit=0', 400, /1 to 1000/],
  ['/api/worklist/loan_days?limit=1001', 400, /1 to 1000/],
  ['/api/worklist/loan_days?limit=few', 400, /whole number/],
  ['/api/worklist/loan_days?where=coder=x', 400, /not kept by `coder`/],
])('%s is answered %i with a sentence', async (path, status, sentence) => {
  const { get } = await opened();
  const response = await get(path);
  expect(response.status).toBe(status);
  expect(await response.text()).toMatch(sentence);
});

test('labels are asked of the file, with the list and the release they stand in', async () => {
  const looks: LabelRequest[] = [];
  const labels = async (request: LabelRequest) => {
    looks.push(request);
    return new Map([['e1', { label: 'A-100', link: null }]]);
  };
  const { release, post } = await opened({ labels });
  const response = await post('/api/labels', { kind: 'encounter', ids: ['e1', 'e2'], worklist: 'loan_days' });
  expect(await response.json()).toEqual({ kind: 'encounter', labels: { e1: { label: 'A-100', link: null } } });
  expect(looks).toEqual([{ kind: 'encounter', ids: ['e1', 'e2'], worklist: 'loan_days', release }]);
});

test('without a label file, or with a question that is none, no label is given', async () => {
  const without = await opened();
  expect((await without.post('/api/labels', { kind: 'encounter', ids: ['e1'] })).status).toBe(404);
  const { post } = await opened({ labels: async () => new Map() });
  for (const body of [{}, { kind: 'encounter' }, { kind: 1, ids: [] }, { kind: 'coder', ids: Array(1001).fill('x') }])
    expect((await post('/api/labels', body)).status).toBe(400);
});

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { routes } from '../../../dashboard/server/routes.ts';
import type { ServerParts } from '../../../dashboard/server/server-parts.ts';
import type { Alert } from '../../../dashboard/store/alert.ts';
import type { Draft } from '../../../dashboard/store/kept.ts';
import { openLibrary } from './library.ts';

const origin = 'http://127.0.0.1:4180';

const opened = async (change: Partial<ServerParts> = {}) => {
  const library = openLibrary(change);
  const release = await library.publish(3);
  await library.parts.served.look();
  const app = routes({ ...library.parts, ...change });
  const read = async (path: string) => (await app.request(origin + path)).json() as Promise<Record<string, unknown>>;
  const post = async (path: string, body: unknown, headers: Record<string, string> = { origin }) => {
    const answered = await app.request(origin + path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
      headers: { host: '127.0.0.1:4180', ...headers },
    });
    return [answered.status, (await answered.json()) as Record<string, unknown>] as const;
  };
  return { library, release, app, read, post };
};

const note = {
  ...{ metric: 'loans', where: { branch: ['n'] }, period: '2025-03-01', kind: 'note' },
  ...{ text: 'The branch was closed', author: 'R. Okafor' },
};
const alert = {
  ...{ name: 'Long loans', metric: 'loan_days', where: { branch: ['n'] }, grain: 'month', author: 'R. Okafor' },
  when: { kind: 'threshold', side: 'above', value: 2 },
};
const view = { name: 'Loans', address: '/explore?metrics=loans', author: 'R. Okafor' };

test('what a page keeps is answered, listed by metric, and taken back without being lost', async () => {
  const { release, read, post } = await opened();
  const [status, kept] = await post('/api/annotations', note);
  expect([status, kept]).toEqual([200, { ...note, id: kept.id, at: kept.at }]);
  await post('/api/annotations', { ...note, metric: 'loan_days', where: {}, kind: 'rebase' });
  expect(await read('/api/annotations?metric=loans')).toEqual({
    release,
    isOpen: true,
    why: null,
    annotations: [kept],
  });
  expect((await read('/api/annotations')).annotations).toHaveLength(2);
  const [, taken] = await post(`/api/annotations/${String(kept.id)}/retire`, { author: 'A. Li' });
  expect(taken).toMatchObject({ id: kept.id, retired: { author: 'A. Li' } });
  expect((await read('/api/annotations?metric=loans')).annotations).toEqual([taken]);
  const [, saved] = await post('/api/views', { ...view, note: 'For Mondays' });
  expect(await read('/api/views')).toMatchObject({ views: [{ ...view, id: saved.id, note: 'For Mondays' }] });
});

test('an alert is kept, stands in the release served, and stands no more once taken back', async () => {
  const { release, read, post } = await opened();
  expect(await read('/api/alerts')).toEqual({ release, isOpen: true, why: null, alerts: [], standings: [] });
  const [status, kept] = await post('/api/alerts', alert);
  expect([status, kept]).toEqual([200, { ...alert, id: kept.id, at: kept.at }]);
  const standing = { alert: kept.id, state: 'quiet', says: 'It is.', period: null, value: null };
  expect(await read('/api/alerts?metric=loan_days')).toEqual({
    ...{ release, isOpen: true, why: null, alerts: [kept] },
    standings: [{ ...standing, since: null, told: null, history: [] }],
  });
  expect(await read('/api/alerts?metric=loans')).toMatchObject({ alerts: [], standings: [] });
  const [, taken] = await post(`/api/alerts/${String(kept.id)}/retire`, { author: 'A. Li' });
  expect(await read('/api/alerts')).toMatchObject({ alerts: [taken], standings: [] });
});

test('before the first release alerts are listed, and none stands anywhere', async () => {
  const library = openLibrary();
  const kept = await library.parts.store.alerts.keep(alert as unknown as Draft<Alert>);
  const answered = await routes(library.parts).request(`${origin}/api/alerts`);
  expect(await answered.json()).toMatchObject({ release: null, alerts: [{ id: kept.id }], standings: [] });
});

test('the whole store is one YAML file', async () => {
  const { app, post } = await opened();
  await post('/api/annotations', note);
  await post('/api/views', view);
  const answered = await app.request(`${origin}/api/store.yaml`);
  expect(answered.headers.get('content-disposition')).toContain('himsight-store.yaml');
  expect(parse(await answered.text())).toMatchObject({
    version: 1,
    annotations: [note],
    views: [view],
    alerts: [],
    reports: [],
  });
});

test.each([
  ['/api/annotations', { ...note, metric: 'none' }, '`metric`: this release has no metric of this id.'],
  ['/api/annotations', { ...note, where: { colour: ['red'] } }, '`where`: the metric is not kept by one of these'],
  ['/api/annotations', { ...note, text: '' }, '`text`'],
  ['/api/annotations', { ...note, id: '0123abcd' }, '`id`: is given by the store.'],
  ['/api/annotations', { ...note, retired: { author: 'x' } }, '`retired`: is given by the store.'],
  ['/api/annotations', { ...note, colour: 'red' }, '`colour`: unknown key.'],
  ['/api/annotations', { ...note, text: 'x'.repeat(64_000) }, 'longer than 64000 characters'],
  ['/api/annotations', [], 'must be an object'],
  ['/api/annotations', 'Jane Roe', 'is not JSON'],
  ['/api/alerts', { ...alert, metric: 'none' }, '`metric`: this release has no metric of this id.'],
  ['/api/alerts', { ...alert, where: { colour: ['red'] } }, '`where`: the metric is not kept by one of these'],
  ['/api/alerts', { ...alert, grain: 'week' }, '`grain`: the metric is not kept by it. There are day, month, year.'],
  ['/api/alerts', { ...alert, grain: 'year' }, '`grain`'],
  ['/api/alerts', { ...alert, when: { kind: 'target', value: 1 } }, '`when.value`'],
  ['/api/alerts', { ...alert, when: { kind: 'signal', rules: 'mine' } }, '`when.rules`'],
  ['/api/alerts', { ...alert, when: { ...alert.when, value: '2' } }, '`when.value`'],
  ['/api/alerts/0123abcd/retire', { author: 'x' }, 'There is no alert of this id.'],
  ['/api/views', { ...view, address: 'https://elsewhere.example' }, '`address`'],
  ['/api/annotations/0123abcd/retire', { author: 'x' }, 'There is no annotation of this id.'],
  ['/api/annotations/0123abcd/retire', {}, '`author`'],
])('what is not one is a sentence: POST %s, %#', async (path, body, sentence) => {
  const { post, library, read } = await opened();
  const [status, answered] = await post(path, body);
  expect([status, answered.detail]).toEqual([400, expect.stringContaining(sentence)]);
  expect((await read('/api/annotations')).annotations).toEqual([]);
  expect(library.troubles).toEqual([]);
});

test.each([
  ['without an origin', {}],
  ['from a foreign page', { origin: 'https://elsewhere.example' }],
])('nobody keeps anything %s', async (_where, headers) => {
  const { post, read } = await opened();
  expect((await post('/api/annotations', note, headers))[0]).toBe(403);
  expect((await post('/api/views', view, headers))[0]).toBe(403);
  expect((await post('/api/views/0123abcd/retire', { author: 'x' }, headers))[0]).toBe(403);
  expect((await post('/api/alerts', alert, headers))[0]).toBe(403);
  expect((await post('/api/alerts/0123abcd/retire', { author: 'x' }, headers))[0]).toBe(403);
  expect((await read('/api/annotations')).annotations).toEqual([]);
});

test('a server that other machines reach takes nothing, and says so before anybody types', async () => {
  const { post, read } = await opened({ loopbackOnly: false });
  expect((await post('/api/views', view))[0]).toBe(403);
  expect(await read('/api/views')).toMatchObject({
    isOpen: false,
    why: expect.stringContaining('no login'),
    views: [],
  });
});

test('a damaged file is a sentence, and nothing of it goes to the log', async () => {
  const { library, app, post, read } = await opened();
  const { folder } = library.parts.store;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'annotation.yaml'), 'version: 1\nannotations:\n  - {id: 01234abc, txt: Jane Roe}\n');
  const answered = await app.request(`${origin}/api/annotations`);
  const { detail } = (await answered.json()) as { detail: string };
  expect([answered.status, detail]).toEqual([503, expect.stringContaining('annotation.yaml:3 `annotations[0].txt`')]);
  expect(detail).not.toContain('Jane');
  expect((await post('/api/annotations', note))[0]).toBe(503);
  expect((await read('/api/views')).views).toEqual([]);
  expect(library.troubles).toEqual([]);
});

test('a key that the address does not have is refused', async () => {
  const { app } = await opened();
  expect((await app.request(`${origin}/api/annotations?metrics=loans`)).status).toBe(400);
  expect((await app.request(`${origin}/api/views?metric=loans`)).status).toBe(400);
});

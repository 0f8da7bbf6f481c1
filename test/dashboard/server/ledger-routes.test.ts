import { expect, test } from 'vitest';
import { routes } from '../../../dashboard/server/routes.ts';
import { LockedError } from '../../../warehouse/error.ts';
import { currentRelease } from '../../../warehouse/release-folder.ts';
import { openLibrary } from './library.ts';

const origin = 'http://127.0.0.1:4180';
const ask = (app: ReturnType<typeof routes>, path: string, init: RequestInit = {}) => app.request(origin + path, init);

const opened = async () => {
  const library = openLibrary();
  const older = await library.publish(3);
  const newer = await library.publish(5);
  await library.parts.served.look();
  return { library, older, newer, app: routes(library.parts) };
};

test('runs are told in full, as a list, and one by one', async () => {
  const { app, newer } = await opened();
  expect(await (await ask(app, '/api/runs?brief=yes')).json()).toEqual({ release: newer, runs: [{ id: 'r1' }] });
  expect((await ask(app, '/api/runs?brief=no')).status).toBe(400);
  expect(await (await ask(app, '/api/runs/r1')).json()).toEqual({ release: newer, id: 'r1', ways: [] });
  const missing = await ask(app, '/api/runs/r9');
  expect([missing.status, missing.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
});

test('quarantine, sources, submissions and arrivals say which release they stand beside', async () => {
  const { app, newer } = await opened();
  expect(await (await ask(app, '/api/quarantine')).json()).toMatchObject({ release: newer, rows: [{ rows: 2 }] });
  expect(await (await ask(app, '/api/sources')).json()).toMatchObject({ release: newer, rows: [{ isLate: true }] });
  expect(await (await ask(app, '/api/submissions')).json()).toMatchObject({
    release: newer,
    rows: [{ profile: 'desk', packages: [{ rows: 5 }] }],
  });
  // The library says nothing of arrivals.
  expect(await (await ask(app, '/api/arrivals')).json()).toEqual({ release: newer, rows: [] });
});

test('two releases are held against each other: rows by table', async () => {
  const { app, library, older, newer } = await opened();
  const compared = await (await ask(app, `/api/releases/compare?before=${older}&after=${newer}`)).json();
  expect(compared).toMatchObject({ before: older, after: newer, from: null, to: null, metrics: [] });
  expect(compared.tables).toContainEqual({ name: 'core.loan', before: 3, after: 5 });
  expect((await (await ask(app, `/api/releases/compare?before=${newer}&after=${newer}`)).json()).tables).toEqual([]);
  const unknown = await ask(app, `/api/releases/compare?before=${older}&after=none`);
  expect([unknown.status, (await unknown.json()).detail]).toEqual([400, expect.stringContaining('`after`')]);
  expect(library.troubles).toEqual([]);
});

const rollBack = (app: ReturnType<typeof routes>, id: string, headers: Record<string, string> = { origin }) =>
  ask(app, `/api/releases/${id}/rollback`, { method: 'POST', headers: { host: '127.0.0.1:4180', ...headers } });

test('a page may go back to a release, and it is served at once', async () => {
  const { app, library, older, newer } = await opened();
  expect(library.parts.served.release).toBe(newer);
  const answered = await rollBack(app, older);
  expect([answered.status, await answered.json()]).toEqual([200, { release: older }]);
  expect([currentRelease(library.folder), library.parts.served.release]).toEqual([older, older]);
  const unknown = await rollBack(app, '20200101T000000Z-00000000');
  expect([unknown.status, (await unknown.json()).detail]).toEqual([404, expect.stringContaining(older)]);
});

test.each([
  ['without an origin', {}],
  ['from a foreign page', { origin: 'https://elsewhere.example' }],
  ['from another port of this machine', { origin: 'http://127.0.0.1:9999' }],
  ['from a page without an origin of its own', { origin: 'null' }],
])('nobody rolls back %s', async (_where, headers) => {
  const { app, library, older, newer } = await opened();
  expect((await rollBack(app, older, headers)).status).toBe(403);
  expect(currentRelease(library.folder)).toBe(newer);
});

test('nobody rolls back a server that other machines reach, and by no other method', async () => {
  const { app, library, older, newer } = await opened();
  expect((await rollBack(routes({ ...library.parts, loopbackOnly: false }), older)).status).toBe(403);
  expect((await ask(app, `/api/releases/${older}/rollback`)).status).toBe(404);
  expect(currentRelease(library.folder)).toBe(newer);
});

test('while a run is under way there is no way back', async () => {
  const { library, older } = await opened();
  const ledger = {
    ...library.parts.ledger,
    rollBack: async () => Promise.reject(new LockedError('Another run holds the build lock of this workspace.')),
  };
  expect((await rollBack(routes({ ...library.parts, ledger }), older)).status).toBe(409);
});

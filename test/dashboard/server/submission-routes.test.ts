import { expect, test } from 'vitest';
import { routes } from '../../../dashboard/server/routes.ts';
import { openLibrary } from './library.ts';

const opened = async (publishes = true) => {
  const library = openLibrary();
  const release = publishes ? await library.publish(3) : null;
  await library.parts.served.look();
  const app = routes(library.parts);
  const ask = async (path: string) => {
    const response = await app.request(`http://127.0.0.1:4180${path}`);
    return { status: response.status, body: await response.json() };
  };
  return { release, ask };
};

test('a package is asked after by profile and days: its cases, its edits, the keys of one edit', async () => {
  const { ask, release } = await opened();
  const span = 'from=2020-01-01&to=2021-01-01';
  expect(await ask(`/api/submissions/desk?${span}`)).toEqual({
    status: 200,
    body: { release, profile: 'desk', from: '2020-01-01', to: '2021-01-01' },
  });
  expect((await ask(`/api/submissions/desk/edits?${span}`)).body).toEqual({
    profile: 'desk',
    edits: [],
    aborted: false,
  });
  expect((await ask(`/api/submissions/desk/edits/one%20edit?${span}`)).body).toMatchObject({
    ...{ edit: 'one edit', limit: 100 },
  });
  expect((await ask(`/api/submissions/desk/edits/one?${span}&limit=7`)).body).toMatchObject({ limit: 7 });
  expect((await ask('/api/submissions/desk/packages/desk-1?limit=5')).body).toEqual({
    ...{ profile: 'desk', id: 'desk-1', limit: 5 },
  });
  expect(await ask('/api/submissions/desk/packages/desk-1?from=2020')).toMatchObject({
    ...{ status: 400, body: { detail: expect.stringContaining('`from`: a package made') as string } },
  });
});

test('what is asked wrongly is 400 with a sentence, before the first release 503', async () => {
  const { ask } = await opened();
  for (const [query, says] of [
    ['from=2020-01-01', /`to` is missing/],
    ['', /`from` is missing/],
    ['from=2020-01-01&to=2021-01-01&limit=3', /`limit`: a package is asked after by from, to only/],
  ] as const) {
    const { status, body } = await ask(`/api/submissions/desk?${query}`);
    expect(status).toBe(400);
    expect(body.detail).toMatch(says);
  }
  const early = await opened(false);
  expect((await early.ask('/api/submissions/desk?from=2020-01-01&to=2021-01-01')).status).toBe(503);
  expect((await early.ask('/api/submissions')).status).toBe(200);
});

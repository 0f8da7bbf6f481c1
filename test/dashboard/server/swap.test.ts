import { Hono } from 'hono';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../dashboard/server/http.ts';
import { routes } from '../../../dashboard/server/routes.ts';
import { openLibrary } from './library.ts';

/** Asks again and again until told to stop; every answer's status, release and value. */
const poll = (
  url: string,
  body: string,
  stopped: () => boolean,
): Promise<readonly { status: number; release: string; value: number }[]> =>
  (async () => {
    const seen = [];
    while (!stopped()) {
      const response = await fetch(url, { method: 'POST', body, headers: { accept: 'application/json' } });
      const { release, rows } = (await response.json()) as { release: string; rows: { value: number }[] };
      seen.push({ status: response.status, release, value: rows[0]?.value ?? NaN });
    }
    return seen;
  })();

test('releases are swapped under load: every answer is 200, and every body is of one release', async () => {
  const library = openLibrary();
  const loansOf = new Map([[await library.publish(1), 1]]);
  await library.parts.served.follow(5);
  const server = await listen(routes(library.parts), '127.0.0.1', 0);
  onTestFinished(async () => {
    await server.close();
    await library.parts.served.close();
  });

  let done = false;
  const body = JSON.stringify({ metrics: ['loans', 'loan_days'], by: ['branch'] });
  const pollers = Array.from({ length: 6 }, () => poll(`${server.url}/api/query`, body, () => done));
  for (let loans = 2; loans <= 9; loans++) loansOf.set(await library.publish(loans), loans);
  await library.parts.served.look();
  done = true;
  const seen = (await Promise.all(pollers)).flat();

  expect(seen.length).toBeGreaterThan(50);
  expect(seen.filter(({ status }) => status !== 200)).toEqual([]);
  expect(seen.filter(({ release, value }) => loansOf.get(release) !== value)).toEqual([]);
  expect(new Set(seen.map(({ release }) => release)).size).toBeGreaterThan(2);
  expect(library.troubles).toEqual([]);
});

test('a port that is taken is a sentence', async () => {
  const library = openLibrary();
  const first = await listen(routes(library.parts), '127.0.0.1', 0);
  onTestFinished(() => first.close());
  const port = Number(new URL(first.url).port);
  await expect(listen(routes(library.parts), '127.0.0.1', port)).rejects.toThrow(`Port ${port} of 127.0.0.1 is taken`);
});

test('a client that goes away is noticed while its query still runs', async () => {
  let gone = (): void => {};
  const noticed = new Promise<void>((resolve) => (gone = resolve));
  const app = new Hono();
  app.get('/slow', async ({ req }) => {
    await new Promise<void>((resolve) => req.raw.signal.addEventListener('abort', () => resolve()));
    gone();
    return new Response(null, { status: 499 });
  });
  const server = await listen(app, '127.0.0.1', 0);
  onTestFinished(() => server.close());
  const giveUp = new AbortController();
  const asked = fetch(`${server.url}/slow`, { signal: giveUp.signal }).catch(() => null);
  setTimeout(() => giveUp.abort(), 50);
  await noticed;
  expect(await asked).toBeNull();
});

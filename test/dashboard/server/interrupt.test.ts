import type { DuckDBConnection } from '@duckdb/node-api';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { listen } from '../../../dashboard/server/http.ts';
import { routes } from '../../../dashboard/server/routes.ts';
import type { Reader } from '../../../warehouse/open.ts';
import { openLibrary } from './library.ts';

/** Would take minutes. */
const endless = 'select sum(hash(a.i, b.i) % 2) as a0 from range(1000000) as a(i), range(1000000) as b(i)';

/** What became of the slow statements: when each began and when DuckDB let go of it, in milliseconds. */
interface Watch {
  slow: boolean;
  began: number[];
  ended: number[];
}

/** A reader whose metric statements never end while `watch.slow`; everything else is as it was. */
const slowed = (reader: Reader, watch: Watch): Reader => ({
  ...reader,
  connect: async () => {
    const connection = await reader.connect();
    const run = connection.run.bind(connection);
    const watched = async (text: string, values?: Parameters<DuckDBConnection['run']>[1]) => {
      if (!watch.slow || !text.includes('"loan_day"')) return run(text, values);
      watch.began.push(performance.now());
      try {
        return await run(endless);
      } finally {
        watch.ended.push(performance.now());
      }
    };
    return Object.assign(connection, { run: watched });
  },
});

test.each(['/api/query', '/api/batch'])('%s: a query given up is interrupted in DuckDB within 50 ms', async (path) => {
  const watch: Watch = { slow: false, began: [], ended: [] };
  const library = openLibrary({}, (reader) => slowed(reader, watch));
  await library.publish(3);
  await library.parts.served.look();
  const server = await listen(routes(library.parts), '127.0.0.1', 0);
  onTestFinished(() => server.close());
  const view = { metrics: ['loans'] };
  const body = JSON.stringify(path === '/api/query' ? view : { questions: [{ kind: 'values', view }] });
  const ask = (signal?: AbortSignal) =>
    fetch(server.url + path, { method: 'POST', body, ...(signal === undefined ? {} : { signal }) });

  watch.slow = true;
  const took: number[] = [];
  for (let round = 0; round < 8; round++) {
    const giveUp = new AbortController();
    const asked = ask(giveUp.signal).catch(() => 'given up');
    while (watch.began.length <= round) await sleep(2);
    await sleep(15);
    const at = performance.now();
    giveUp.abort();
    expect(await asked).toBe('given up');
    while (watch.ended.length <= round) await sleep(1);
    took.push((watch.ended[round] ?? Infinity) - at);
  }
  // More than the four slots were given up: none of them is held, and the next question is answered.
  watch.slow = false;
  expect((await ask()).status).toBe(200);
  expect(library.troubles).toEqual([]);
  const sorted = took.toSorted((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)], took.join(', ')).toBeLessThan(50);
});

import { expect, test, vi } from 'vitest';
import { routes } from '../../../dashboard/server/routes.ts';
import type { ServerParts } from '../../../dashboard/server/server-parts.ts';
import type { ReportPlan } from '../../../dashboard/store/report-plan.ts';
import type { Delivery } from '../../../dashboard/store/report-standing.ts';
import { openLibrary } from './library.ts';

const origin = 'http://127.0.0.1:4180';
const period = 'period=2025-01..2025-12';

const opened = async (change: Partial<ServerParts> = {}) => {
  const library = openLibrary(change);
  const release = await library.publish(3, { asOf: '2026-01-01T06:00:00Z', completeThrough: '2025-12-31' });
  await library.parts.served.look();
  const app = routes({ ...library.parts, ...change });
  const read = async (path: string) => (await app.request(origin + path)).json() as Promise<Record<string, unknown>>;
  const post = async (path: string, body: unknown, headers: Record<string, string> = { origin }) => {
    const answered = await app.request(origin + path, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { host: '127.0.0.1:4180', ...headers },
    });
    return [answered.status, (await answered.json()) as Record<string, unknown>] as const;
  };
  return { library, release, app, read, post };
};

const plan = {
  ...{
    name: 'weekly',
    title: 'Loans this week',
    pages: [`/kpi/loans?${period}`],
    format: 'pdf',
    where: { branch: ['n'] },
  },
  ...{ schedule: '0 7 * * 1', timezone: 'America/Chicago', to: ['him@north.example'], author: 'R. Okafor' },
} as const;

test('a plan is kept, listed with its next moment and last outcome, drawn in every form, and taken back', async () => {
  const last: Delivery = {
    ...{ at: '2026-09-07T12:00:09.000Z', due: '2026-09-07T12:00:00.000Z', state: 'done', release: 'r', file: 'f' },
    ...{ to: 1, says: '', isTransient: false },
  };
  const deliveries = new Map<string, Delivery>();
  const reports = { lastDeliveries: () => deliveries, noMail: () => 'No mail server.' };
  const { read, post, app, release } = await opened({ reports });
  const [status, kept] = await post('/api/reports', plan);
  expect([status, kept]).toEqual([200, { ...plan, id: kept.id, at: kept.at }]);
  deliveries.set(String(kept.id), last);
  const listed = (await read('/api/reports')) as { standings: { next: string }[]; builtIns: { name: string }[] };
  expect(listed).toMatchObject({
    ...{ release, isOpen: true, why: null, mail: 'No mail server.', reports: [kept] },
    standings: [{ plan: kept.id, last }],
  });
  // A Monday, seven o'clock in Chicago: 12 or 13 o'clock by UTC.
  expect(new Date(listed.standings[0]?.next ?? '').getUTCDay()).toBe(1);
  expect(listed.standings[0]?.next).toMatch(/T1[23]:00:00\.000Z$/);
  expect(listed.builtIns.map(({ name }) => name)).toContain('scorecard');
  for (const [format, begins] of [
    ['pdf', '%PDF-'],
    ['html', '<!doc'],
    ['xlsx', 'PK'],
    ['csv', 'Perio'],
  ] as const) {
    const file = await app.request(`${origin}/api/report/weekly.${format}`);
    expect([format, file.status, file.headers.get('content-disposition')]).toEqual([
      ...[format, 200, `attachment; filename="weekly-${release}.${format}"`],
    ]);
    expect((await file.text()).toLowerCase().startsWith(begins.toLowerCase())).toBe(true);
  }
  const [, taken] = await post(`/api/reports/${String(kept.id)}/retire`, { author: 'A. Li' });
  expect(await read('/api/reports')).toMatchObject({ reports: [taken], standings: [] });
  expect(await read('/api/report/weekly.pdf')).toMatchObject({
    status: 400,
    detail: expect.stringContaining('There is no report of that name.'),
  });
});

test('pages are drawn by their addresses, without any plan', async () => {
  const { app, read } = await opened();
  const page = encodeURIComponent(`/kpi/loans?${period}`);
  const file = await app.request(`${origin}/api/report.csv?page=${page}`);
  expect(await file.text()).toMatch(/^Period,Loans,[^]*2025-03-01,3,/);
  const two = await app.request(`${origin}/api/report.html?page=${page}&page=${page}&title=Two%20%3Cpages%3E`);
  expect(await two.text()).toContain('<title>Two &lt;pages&gt;');
  expect(await read('/api/report.pdf?page=/kpi/nothing')).toMatchObject({
    ...{ status: 400, detail: expect.stringContaining('Page 1 of the report cannot be drawn.') },
  });
  expect(await read('/api/report.pdf')).toMatchObject({ status: 400, detail: expect.stringContaining('`page`') });
  expect(await read(`/api/report.pdf?page=${page}&paper=a0`)).toMatchObject({
    ...{ status: 400, detail: '`paper`: right would be letter or a4.' },
  });
});

test.each([
  [{ name: 'scorecard' }, 'is the name of a report that is there already'],
  [{ name: 'A b' }, '`name`'],
  [{ schedule: '0 7 31 2 *' }, '`schedule`: names no time that ever comes.'],
  [{ schedule: '0 25 * * *' }, '`schedule`: names no time that ever comes.'],
  [{ timezone: 'Chicago' }, '`timezone`: is no time zone.'],
  [{ to: ['him'] }, '`to'],
  [{ pages: [] }, '`pages`'],
  [{ pages: ['/kpi/loans', '/kpi/nothing'] }, 'Page 2 of the report cannot be drawn.'],
  [{ pages: ['/runs'] }, 'Page 1 of the report cannot be drawn.'],
  [{ where: { colour: ['red'] } }, 'Page 1 of the report cannot be drawn.'],
  [{ id: '0123abcd' }, '`id`: is given by the store.'],
])('what could never be sent is a sentence, and nothing is kept: %j', async (change, sentence) => {
  const { post, read, library } = await opened();
  const [status, answered] = await post('/api/reports', { ...plan, ...change });
  expect([status, answered.detail]).toEqual([400, expect.stringContaining(sentence)]);
  expect((await read('/api/reports')).reports).toEqual([]);
  expect(library.troubles).toEqual([]);
});

test('nobody plans from a foreign page, nor on a server that other machines reach; drawing stays open', async () => {
  const { post, read } = await opened();
  expect((await post('/api/reports', plan, { origin: 'https://elsewhere.example' }))[0]).toBe(403);
  expect((await post('/api/reports/0123abcd/retire', { author: 'x' }, {}))[0]).toBe(403);
  expect((await read('/api/reports')).reports).toEqual([]);
  const shared = await opened({ loopbackOnly: false });
  expect((await shared.post('/api/reports', plan))[0]).toBe(403);
  expect(await shared.read('/api/reports')).toMatchObject({ isOpen: false, why: expect.stringContaining('no login') });
  expect((await shared.app.request(`${origin}/api/report.csv?page=/kpi/loans?${period}`)).status).toBe(200);
});

test('one report is drawn at a time, and one that nobody waits for any more is not drawn', async () => {
  const { app, library } = await opened();
  const { served } = library.parts;
  const use = served.use.bind(served);
  let [running, most] = [0, 0];
  vi.spyOn(served, 'use').mockImplementation(async (answer) => {
    running += 1;
    most = Math.max(most, running);
    try {
      return await use(answer);
    } finally {
      running -= 1;
    }
  });
  const gone = new AbortController();
  const address = `${origin}/api/report.csv?page=/kpi/loans?${period}`;
  const ask = async (signal?: AbortSignal) => (await app.request(address, signal ? { signal } : {})).status;
  const asked = [ask(), ask(gone.signal), ask()];
  gone.abort();
  expect(await Promise.all(asked)).toEqual([200, 499, 200]);
  expect(most).toBe(1);
});

test('before the first release plans are listed and kept undrawn, and none can be drawn', async () => {
  const library = openLibrary();
  const app = routes(library.parts);
  const kept = await library.parts.store.reports.keep(plan as unknown as ReportPlan);
  const listed = await app.request(`${origin}/api/reports`);
  expect(await listed.json()).toMatchObject({ release: null, builtIns: [], reports: [{ id: kept.id }] });
  expect((await app.request(`${origin}/api/report/weekly.pdf`)).status).toBe(503);
});

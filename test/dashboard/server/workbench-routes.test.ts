import { expect, test } from 'vitest';
import { routes } from '../../../dashboard/server/routes.ts';
import type { WorkbenchPart } from '../../../dashboard/server/server-parts.ts';
import { releaseFile } from '../../../warehouse/release-folder.ts';
import { ask, canLimitMemory } from '../../../warehouse/workbench/ask.ts';
import { openLibrary } from './library.ts';

const opened = async (isOpen: boolean) => {
  const library = openLibrary();
  const release = await library.publish(3);
  await library.parts.served.look();
  const workbench: WorkbenchPart = isOpen
    ? {
        ...{ isOpen, rows: 100, seconds: 20 },
        ask: ({ release: of, sql, form }, signal) =>
          ask({ file: releaseFile(library.folder, of), sql, form, rows: 100, seconds: 20, memoryMiB: 256 }, signal),
      }
    : { isOpen, why: 'It is shut here.' };
  const app = routes({ ...library.parts, workbench });
  const ours = { origin: 'http://127.0.0.1:4180' };
  const post = async (body: unknown, headers: Record<string, string> = ours) =>
    app.request('http://127.0.0.1:4180/api/workbench', { method: 'POST', body: JSON.stringify(body), headers });
  return { release, app, post };
};

test.skipIf(!canLimitMemory)('SQL is answered from the release served, in the form asked for', async () => {
  const { release, post } = await opened(true);
  const sql = 'select branch, loan_count from mart.branch';
  expect(await (await post({ sql })).json()).toMatchObject({ release, more: false, rows: [{ branch: 'n' }] });
  const file = await post({ sql, form: 'csv' });
  expect(file.headers.get('content-disposition')).toBe(`attachment; filename="himsight-sql-${release}.csv"`);
  expect(await file.text()).toBe('branch,loan_count\r\nn,3\r\n');
  const refused = await post({ sql: "from read_text('/etc/hostname')" });
  expect([refused.status, await refused.text()]).toEqual([400, expect.stringContaining('may not be called here')]);
});

test('a body without SQL, a form that is none and a page of elsewhere are refused', async () => {
  const { post } = await opened(true);
  expect([(await post({})).status, (await post({ sql: 'select 1', form: 'xls' })).status]).toEqual([400, 400]);
  const foreign = { origin: 'http://elsewhere.example' };
  expect((await post({ sql: 'select 1' }, foreign)).status).toBe(403);
  expect((await post({ sql: 'select 1' }, {})).status).toBe(403);
});

test('shut, it says why and still tells what there is', async () => {
  const { app, post } = await opened(false);
  const answered = await post({ sql: 'select 1' });
  expect([answered.status, await answered.text()]).toEqual([403, expect.stringContaining('It is shut here.')]);
  const schema = (await (await app.request('http://127.0.0.1:4180/api/schema')).json()) as { tables: unknown[] };
  expect(schema).toMatchObject({ isOpen: false, why: 'It is shut here.' });
  expect(schema.tables.length).toBeGreaterThan(5);
});

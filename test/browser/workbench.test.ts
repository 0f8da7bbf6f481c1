import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { listen } from '../../dashboard/server/http.ts';
import { routes } from '../../dashboard/server/routes.ts';
import type { WorkbenchPart } from '../../dashboard/server/server-parts.ts';
import { readStaticFiles } from '../../dashboard/server/static-files.ts';
import { releaseFile } from '../../warehouse/release-folder.ts';
import { ask, canLimitMemory } from '../../warehouse/workbench/ask.ts';
import { openLibrary } from '../dashboard/server/library.ts';
import { serious } from './support/axe.ts';
import { openBrowser, openPage, screenshot } from './support/browser.ts';
import { buildBundle } from './support/bundle.ts';

let dist: string;
let browser: Browser;

beforeAll(async () => {
  [dist, browser] = await Promise.all([buildBundle(), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await rm(dist, { recursive: true });
});

/** The pages on the real server and a small release. */
const opened = async (
  wish: Parameters<typeof openPage>[1] = {},
  shut?: WorkbenchPart,
  path = '/workbench',
): Promise<{ page: Page; complaints: string[] }> => {
  const library = openLibrary();
  await library.publish(3);
  await library.parts.served.look();
  const files = readStaticFiles(dist);
  const workbench: WorkbenchPart = shut ?? {
    ...{ isOpen: true, rows: 2000, seconds: 20 },
    ask: ({ release, sql, form }, signal) =>
      ask({ file: releaseFile(library.folder, release), sql, form, rows: 2000, seconds: 20, memoryMiB: 256 }, signal),
  };
  const server = await listen(routes({ ...library.parts, files: () => files, workbench }), '127.0.0.1', 0);
  const { page, complaints } = await openPage(browser, wish);
  onTestFinished(async () => {
    await page.context().close();
    await server.close();
  });
  await page.goto(`${server.url}${path}`);
  await page.getByRole('heading', { name: 'Workbench' }).waitFor();
  return { page, complaints };
};

const write = async (page: Page, sql: string) => {
  const editor = page.getByRole('textbox', { name: 'SQL' });
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(sql);
};
const run = (page: Page) => page.getByRole('button', { name: 'Run', exact: true }).click();

describe.skipIf(!canLimitMemory)('the workbench', { timeout: 90_000 }, () => {
  test('SQL is written, run by the keyboard, drawn and told row by row; the tab remembers it', async () => {
    const { page, complaints } = await opened();
    await write(page, "select 'n' || i as name, i * 1.5 as n from range(3) as t (i)");
    await page.keyboard.press('Control+Enter');
    const table = page.getByRole('region', { name: 'Result, table' });
    await table.waitFor();
    expect(await table.locator('tbody tr').allInnerTexts()).toEqual(['n0\t0', 'n1\t1.5', 'n2\t3']);
    await page.getByRole('application', { name: /^n by name/ }).waitFor();
    expect(complaints).toEqual([]);
    // The row of pages goes under the name before it is too long to stand beside it.
    for (const width of [1280, 1440, 1599, 1600]) {
      await page.setViewportSize({ width, height: 900 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth), String(width)).toBe(width);
    }
    expect(await serious(page)).toEqual([]);
    await page.reload();
    await page.getByRole('textbox', { name: 'SQL' }).getByText("'n' || i").waitFor();
    expect(await page.getByRole('combobox', { name: 'Earlier SQL' }).locator('option').count()).toBe(2);
  });

  test('more rows than are read are told of, and the rest of what is there is drawn when asked for', async () => {
    const { page } = await opened();
    await write(page, 'select i, i as j from range(100000) as t (i)');
    await run(page);
    await page.getByText('The first 2,048; there are more.').waitFor();
    const rows = page.getByRole('region', { name: 'Result, table' }).locator('tbody tr');
    expect(await rows.count()).toBe(200);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSV', exact: true }).last().click(),
    ]);
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect([lines.length, lines[1], lines.at(-1)]).toEqual([1 + 2048, '0,0', '2047,2047']);
    await page.getByRole('button', { name: 'Show 200 more of 2048 rows' }).click();
    expect(await rows.count()).toBe(400);
  });

  test('a mistake, a write and a look at files are a sentence each; no row at all is one too', async () => {
    const { page } = await opened({ dark: true });
    for (const [sql, sentence] of [
      ['select nothing from mart.branch', /nothing/],
      ['drop table core.loan', /Only one SELECT/],
      ["from read_text('/etc/hostname')", /may not be called here/],
    ] as const) {
      await write(page, sql);
      await run(page);
      await page.getByRole('alert').getByText(sentence).waitFor();
    }
    expect(await serious(page)).toEqual([]);
    await write(page, 'from mart.branch where false');
    await run(page);
    await page.getByText('The SELECT holds; no row answers it.').waitFor();
  });

  test('what never ends can be stopped', async () => {
    const { page } = await opened();
    await write(page, 'select count(*) from range(1000000000000) as t (i) where i % 7 = 3');
    await run(page);
    await page.getByText(/^Running, \d+ s of the 20 a query may take/).waitFor();
    await page.getByRole('button', { name: 'Stop' }).first().click();
    await page.getByText(/^Running,/).waitFor({ state: 'detached' });
    await write(page, 'select 1 as one');
    await run(page);
    await page.getByRole('cell', { name: '1', exact: true }).waitFor();
  });

  test('the tables are found by word and put into the SQL', async () => {
    const { page } = await opened({ width: 390, height: 844 });
    await page.getByLabel('Tables and columns').fill('loan day');
    await page.locator('details summary').first().click();
    await page.getByRole('button', { name: 'Show its first rows' }).first().click();
    await page.getByText('mart.loan_day', { exact: false }).first().waitFor();
    expect(await serious(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
  });
});

test('shut, it says why', async () => {
  const { page } = await opened({}, { isOpen: false, why: 'himsight.yaml says so.' });
  await page.getByText('The workbench is shut here. himsight.yaml says so.').waitFor();
  expect(await serious(page)).toEqual([]);
}, 60_000);

test('a link brings SQL into the editor, runs nothing, and leaves no trace of it in the address', async () => {
  const sql = 'select branch, sum(loan_count) as loans from mart.loan_day group by branch';
  const { page, complaints } = await opened({}, undefined, `/workbench?${new URLSearchParams({ sql })}`);
  await page.getByText('The link brought this SQL. It has not been run.').waitFor();
  await expect.poll(() => page.getByRole('textbox', { name: 'SQL' }).textContent()).toContain('sum(loan_count)');
  expect(new URL(page.url()).search).toBe('');
  expect(await page.getByRole('region', { name: 'Result, table' }).count()).toBe(0);
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'workbench-link');
  await run(page);
  await page.getByRole('region', { name: 'Result, table' }).waitFor();
  expect(complaints).toEqual([]);
  const long = await opened(
    {},
    undefined,
    `/workbench?${new URLSearchParams({ sql: `select '${'x'.repeat(7000)}'` })}`,
  );
  await long.page.getByText('more than 6,000 letters, which was not taken').waitFor();
});

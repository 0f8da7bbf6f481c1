// Every chart and table of every page can be kept as a file, equal to the screen, with what it speaks of.
import { readFile, rm } from 'node:fs/promises';
import { tableFromIPC } from 'apache-arrow';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workbookSheets } from '../support/workbook-sheets.ts';
import { stubRelease } from './stub/ledger.ts';
import { startStub, type Stub } from './stub/server.ts';
import { serious } from './support/axe.ts';
import { openBrowser, openPage, screenshot, settled } from './support/browser.ts';
import { buildBundle } from './support/bundle.ts';

let dist: string;
let stub: Stub;
let browser: Browser;

beforeAll(async () => {
  dist = await buildBundle();
  [stub, browser] = await Promise.all([startStub(dist), openBrowser()]);
});
afterAll(async () => {
  await browser.close();
  await stub.close();
  await rm(dist, { recursive: true });
});

const visit = async (path: string): Promise<{ page: Page; complaints: string[] }> => {
  const opened = await openPage(browser);
  await opened.page.goto(`${stub.origin}${path}`);
  await settled(opened.page);
  return opened;
};

/** Opens the menu of files in a place, and keeps one. */
const kept = async (page: Page, place: Locator, form: string): Promise<{ name: string; bytes: Buffer }> => {
  const open = place.getByRole('button', { name: 'Export', exact: true }).first();
  await open.click();
  const menu = page.getByRole('dialog', { name: 'Export' }).filter({ visible: true });
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    menu.getByRole('button', { name: form, exact: true }).click(),
  ]);
  await page.keyboard.press('Escape');
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
};

/** The rows of a CSV below the lines that say what it speaks of. */
const linesOf = (csv: string): readonly string[] =>
  csv.split('\r\n').filter((line) => line !== '' && !line.startsWith('# '));

test('a chart is kept in six forms, each with release, filters, definitions and complete-through', async () => {
  const { page } = await visit('/kpi/code_accuracy_auditor?facility=riverside');
  const chart = page.getByRole('region', { name: 'Over time', exact: true }).first();
  const csv = await kept(page, chart, 'CSV');
  expect(csv.name).toBe(`over-time-${stubRelease.release}.csv`);
  const text = csv.bytes.toString();
  for (const said of [
    `# release: ${stubRelease.release}`,
    'facility=riverside',
    '# complete through: ',
    '# definitions: code_accuracy_auditor',
    '# privacy: ',
  ])
    expect(text).toContain(said);
  await chart.getByRole('button', { name: 'View as table' }).click();
  const rows = await chart.locator('tbody tr').count();
  await chart.getByRole('button', { name: 'View as chart' }).click();
  expect(linesOf(text)).toHaveLength(1 + rows);
  const sheets = await workbookSheets((await kept(page, chart, 'XLSX')).bytes);
  expect([...sheets.values()].at(-1)).toHaveLength(1 + rows);
  const arrow = tableFromIPC((await kept(page, chart, 'Arrow')).bytes);
  expect(arrow.numRows).toBe(rows);
  expect(arrow.schema.metadata.get('release')).toBe(stubRelease.release);
  const parquet = (await kept(page, chart, 'Parquet')).bytes;
  expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
  const svg = (await kept(page, chart, 'SVG')).bytes.toString();
  expect(svg).toContain(stubRelease.release);
  expect(svg).not.toMatch(/var\(|currentColor/);
  const png = (await kept(page, chart, 'PNG')).bytes;
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.includes(Buffer.from(stubRelease.release))).toBe(true);
  await page.context().close();
});

test('the scorecard is kept with its numbers, also of pictures, and the definitions of its indicators', async () => {
  const { page } = await visit('/');
  const file = (await kept(page, page.locator('main'), 'CSV')).bytes.toString();
  const [head = '', ...rows] = linesOf(file);
  expect(head).toContain('Indicator,Metric,Month,Latest,Lower,Upper');
  expect(rows).toHaveLength(await page.locator('table.scorecard tbody tr:not(.group)').count());
  expect(file).toContain('# definitions: ');
  await page.context().close();
});

test('a table is read off the page whole: what is folded too, each number as a number', async () => {
  const { page } = await visit('/data-quality');
  const panel = page.getByRole('region', { name: 'By table and category', exact: true });
  const file = (await kept(page, panel, 'CSV')).bytes.toString();
  const lines = linesOf(file);
  expect(lines).toHaveLength(1 + (await panel.locator('tbody tr').count()));
  const shown = await panel.locator('tbody tr').first().locator('th').first().textContent();
  expect(lines[1]).toContain((shown ?? '?').trim());
  await page.context().close();
});

test('a list is kept whole, however many of it are on show', async () => {
  const { page } = await visit('/data-quality');
  const panel = page.getByRole('region', { name: 'Checks', exact: true });
  const all = await page.getByRole('button', { name: /^all \d/ }).textContent();
  const [head = '', ...checks] = linesOf((await kept(page, panel, 'CSV')).bytes.toString());
  expect(head).toContain('Check,Says,Table');
  expect(checks).toHaveLength(Number(all?.replaceAll(/\D/g, '')));
  await page.goto(page.url().replace('/data-quality', '/runs'));
  const ledger = page.getByRole('region', { name: 'Ledger', exact: true });
  const [, ...runs] = linesOf((await kept(page, ledger, 'CSV')).bytes.toString());
  expect(runs).toHaveLength(await ledger.locator('ol > li').count());
  await page.context().close();
});

test('a server that is away is a sentence in the menu, and the other forms are kept all the same', async () => {
  const { page } = await visit('/kpi/code_accuracy_auditor');
  await page.route('**/api/table.*', (route) => route.abort());
  const chart = page.getByRole('region', { name: 'Over time', exact: true }).first();
  await chart.getByRole('button', { name: 'Export', exact: true }).click();
  await page
    .getByRole('dialog', { name: 'Export' })
    .filter({ visible: true })
    .getByRole('button', { name: 'Parquet' })
    .click();
  await page.getByText('The server cannot be reached').first().waitFor();
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'files-menu');
  await page.keyboard.press('Escape');
  expect((await kept(page, chart, 'CSV')).bytes.length).toBeGreaterThan(100);
  await page.context().close();
});

/** Pages, and what on them has no file, with the reason. */
// The definition lists the variants of a metric, whose numbers are those of their own pages.
const definition = ['What this number is'];
const pages: readonly (readonly [path: string, without: readonly string[]])[] = [
  ['/', []],
  ['/?by=facility', []],
  ['/kpi/code_accuracy_auditor', definition],
  ['/kpi/discharge_to_complete_km', []],
  ['/coding', definition],
  ['/completion', definition],
  ['/unbilled', []],
  ['/cdi', []],
  ['/denials', []],
  ['/operations', []],
  ['/registry', []],
  ['/data-quality', []],
  ['/runs', []],
  ['/submissions', []],
];

test.each(pages)('every chart and table of %s has a menu of files', async (path, without) => {
  const { page, complaints } = await visit(path);
  const bare = await page.evaluate(() =>
    [...document.querySelectorAll('main svg.plot, main table')].flatMap((one) => {
      const place = one.closest('section') ?? one.closest('main');
      const has = [...(place?.querySelectorAll('button[popovertarget]') ?? [])].some(
        (button) => button.textContent.trim() === 'Export',
      );
      return has ? [] : [place?.getAttribute('aria-label') ?? one.className];
    }),
  );
  expect([...new Set(bare)]).toEqual(without);
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    await screenshot(page, `files-${path.replaceAll(/\W+/g, '-')}-${colours}`);
  }
  await page.setViewportSize({ width: 390, height: 900 });
  await settled(page);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
  await screenshot(page, `files-${path.replaceAll(/\W+/g, '-')}-narrow`);
  expect(complaints).toEqual([]);
  await page.context().close();
});

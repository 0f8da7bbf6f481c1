import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { stubRelease } from './stub/ledger.ts';
import { startStub, type Stub } from './stub/server.ts';
import { openBrowser, openPage, settled } from './support/browser.ts';
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
beforeEach(() => {
  Object.assign(stub.mood, { delay: 0, failure: null, release: stubRelease.release });
});

const visit = async (path: string): Promise<Page> => {
  const { page } = await openPage(browser);
  await page.goto(stub.origin + path);
  await settled(page);
  return page;
};

const spoken = (page: Page, chart: string) =>
  page
    .getByRole('application', { name: new RegExp(`^${chart}`) })
    .locator('[aria-live]')
    .textContent();

test('the way of rows is read from bytes to marts, and of one source alone', async () => {
  const page = await visit('/runs');
  const chart = page.getByRole('application', { name: /^From bytes to marts/ });
  await chart.focus();
  await page.keyboard.press('Home');
  expect(await spoken(page, 'From bytes to marts')).toMatch(/^bytes: 10\d MB/);
  await page.keyboard.press('End');
  expect(await spoken(page, 'From bytes to marts')).toMatch(/^in 9 mart tables/);
  await page.getByLabel('Rows of').first().selectOption('codes: encounter_code');
  await chart.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  expect(await spoken(page, 'From bytes to marts')).toBe('lines: 812,441');
  await page.context().close();
});

test('a heat map is walked in both directions by the arrow keys, and is a table too', async () => {
  const page = await visit('/runs');
  await page.getByRole('application', { name: /^What came when/ }).focus();
  await page.keyboard.press('Home');
  expect(await spoken(page, 'What came when')).toMatch(/^deficiencies, 3 Aug 2026: [\d,]+ rows$/);
  await page.keyboard.press('ArrowDown');
  expect(await spoken(page, 'What came when')).toMatch(/^encounters, 3 Aug 2026/);
  await page.keyboard.press('ArrowRight');
  expect(await spoken(page, 'What came when')).toMatch(/^encounters, 4 Aug 2026/);
  await page.keyboard.press('ArrowUp');
  expect(await spoken(page, 'What came when')).toMatch(/^deficiencies, 4 Aug 2026/);
  const panel = page.getByRole('region', { name: 'What came when', exact: true });
  await panel.getByRole('button', { name: 'View as table' }).click();
  // Every night of either source but the three that one of them missed.
  expect(await panel.getByRole('row').count()).toBe(1 + 31 + 31 - 3);
  await page.context().close();
});

test('a late source says so first, and a rule of the quarantine names the commands that mend it', async () => {
  const page = await visit('/runs');
  const first = page.getByRole('region', { name: 'Sources, table' }).getByRole('row').nth(1);
  expect(await first.textContent()).toMatch(/deficiencies.*late.*29 Aug 2026/s);
  const rule = page.getByRole('row', { name: /pattern:code codes/ });
  await rule.getByText('Commands').click();
  expect(await rule.textContent()).toContain('npx himsight quarantine replay --source codes --rule pattern:code');
  await page.context().close();
});

test('two releases are held against each other when asked', async () => {
  const page = await visit('/runs');
  await page.getByRole('button', { name: 'Compare' }).click();
  await page.getByText('2 of 11 metrics moved').waitFor();
  expect(await page.getByRole('row', { name: /Delinquency rate/ }).textContent()).toMatch(/21\.3.*22\.6.*\+1\.3/s);
  await page.context().close();
});

test('going back to a release asks first, is done by keyboard alone, and changes the page', async () => {
  const page = await visit('/runs');
  const older = stubRelease.releases[1]!;
  const button = page.getByRole('button', { name: /^Go back to the release of 1 Sep/ });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: /Serve the release of 1 Sep 2026/ });
  await dialog.waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'hidden' });
  expect(stub.mood.release).toBe(stubRelease.release);
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Go back to it' }).focus();
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  expect(stub.mood.release).toBe(older.id);
  await page.context().close();
});

test('a way back that is refused says why and leaves everything as it was', async () => {
  const page = await visit('/runs');
  stub.mood.failure = 'Another run holds the build lock of this workspace.';
  await page.getByRole('button', { name: /^Go back to the release of 1 Sep/ }).click();
  await page.getByRole('button', { name: 'Go back to it' }).click();
  await page.getByRole('dialog').getByText('Another run holds the build lock').waitFor();
  expect(stub.mood.release).toBe(stubRelease.release);
  await page.context().close();
});

test('checks are chosen by status, told by facility and month, and their keys only when asked for', async () => {
  const page = await visit('/data-quality');
  await page.getByRole('button', { name: /could not run/ }).click();
  await settled(page);
  expect(new URL(page.url()).search).toBe('?show=error');
  await page.getByRole('button', { name: /^fails/ }).click();
  await settled(page);
  await page.getByRole('application', { name: /^Where and when/ }).focus();
  await page.keyboard.press('End');
  expect(await spoken(page, 'Where and when')).toMatch(/^riverside, Aug 2026: 16 of 176 rows, 9\.09.*fails$/s);
  expect(await page.getByText('a4100').count()).toBe(0);
  await page.getByRole('button', { name: 'Show the keys' }).click();
  await page.getByText('a4100').waitFor();
  expect(await page.getByRole('link', { name: 'Delinquency rate' }).getAttribute('href')).toBe('/kpi/delinquency_rate');
  await page.context().close();
});

test('a check that is not there is said, and so is what a link of an indicator means', async () => {
  const page = await visit('/data-quality/none');
  await page.getByText('There is no check “none”').waitFor();
  await page.goto(`${stub.origin}/data-quality/audit_after_coding`);
  await settled(page);
  expect(
    await page.getByRole('heading', { level: 2, name: 'An audit may not come before the final coding.' }).count(),
  ).toBe(1);
  await page.context().close();
});

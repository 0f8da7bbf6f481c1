// The palette and the sheet of keys: everything by keyboard, focus given back, nothing where nothing is found.
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

const visit = async (path: string, width = 1280): Promise<{ page: Page; complaints: string[] }> => {
  const opened = await openPage(browser, { width, height: 844 });
  await opened.page.goto(stub.origin + path);
  await settled(opened.page);
  return opened;
};
const open = async (page: Page): Promise<void> => {
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find' }).waitFor();
};
const chosen = (page: Page) => page.locator('[role="option"][aria-selected="true"]').textContent();
const pathOf = (page: Page): string => new URL(page.url()).pathname + new URL(page.url()).search;

test.each([
  ['RC3', 'Enter', '/kpi/delinquency_rate?facility=riverside'],
  ['rc3', 'Shift+Enter', '/explore?metric=delinquency_rate&facility=riverside'],
  ['auditor found right', 'Enter', '/kpi/code_accuracy_auditor?facility=riverside'],
  ['denials', 'Enter', '/denials?facility=riverside'],
  ['lakeview', 'Enter', '/coding?facility=lakeview'],
  ['riverside', 'Enter', '/coding'],
])('“%s” and %s lead to %s', async (words, key, to) => {
  const { page, complaints } = await visit('/coding?facility=riverside');
  await open(page);
  await page.keyboard.type(words);
  await page.keyboard.press(key);
  await settled(page);
  expect(pathOf(page)).toBe(to);
  expect(await page.getByRole('dialog').count()).toBe(0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('it is opened by its button, walked by arrows, closed by Escape, and the focus comes back', async () => {
  const { page } = await visit('/');
  const button = page.getByRole('button', { name: /^Find/ });
  await button.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('combobox', { name: 'Find' }).waitFor();
  expect(await chosen(page)).toMatch(/^Scorecard/);
  await page.keyboard.press('ArrowUp');
  const last = await chosen(page);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await chosen(page)).toMatch(/^Coding accuracy/);
  expect(last).not.toMatch(/^Scorecard/);
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.context().close();
});

test('what nothing is called is said, and Enter does nothing then', async () => {
  const { page } = await visit('/');
  await open(page);
  await page.keyboard.type('zzz');
  await page.getByText('Nothing here is called that').waitFor();
  await page.keyboard.press('Enter');
  expect(pathOf(page)).toBe('/');
  expect(await page.getByRole('dialog').count()).toBe(1);
  await page.context().close();
});

test('colours are chosen, and the link is copied and said so', async () => {
  const { page } = await visit('/');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await open(page);
  await page.keyboard.type('dark');
  await page.keyboard.press('Enter');
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('dark');
  await open(page);
  await page.keyboard.type('copy link');
  await page.keyboard.press('Enter');
  await page.getByText('Link copied').waitFor();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url());
  await page.context().close();
});

test('the sheet of keys opens with a question mark, not in a field, and not where that was turned off', async () => {
  const { page } = await visit('/');
  const sheet = page.getByRole('dialog', { name: 'Keys' });
  await page.keyboard.press('?');
  await sheet.waitFor();
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'keys');
  await page.getByRole('checkbox', { name: /Open this sheet/ }).click();
  await page.keyboard.press('Escape');
  await sheet.waitFor({ state: 'detached' });
  await page.keyboard.press('?');
  await page.waitForTimeout(200);
  expect(await sheet.count()).toBe(0);
  await open(page);
  await page.keyboard.type('?');
  expect(await page.getByRole('combobox', { name: 'Find' }).inputValue()).toBe('?');
  await page.keyboard.press('Backspace');
  await page.keyboard.type('keys');
  await page.keyboard.press('Enter');
  await sheet.waitFor();
  await page.keyboard.press('Escape');
  await page.reload();
  await settled(page);
  await page.keyboard.press('?');
  await page.waitForTimeout(200);
  expect(await sheet.count()).toBe(0);
  await page.context().close();
});

test.each([1280, 768, 390])(
  'both are usable by everybody in light and dark at %i px, and wholly on the screen',
  async (width) => {
    const { page, complaints } = await visit('/', width);
    for (const key of ['Control+k', '?']) {
      await page.keyboard.press(key);
      const dialog = page.getByRole('dialog');
      await dialog.waitFor();
      for (const colours of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
        expect(await serious(page), `${key} in ${colours}`).toEqual([]);
      }
      const box = await dialog.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 844).toBe(true);
      await screenshot(page, `${key === '?' ? 'keys' : 'palette'}-${width}`);
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  },
);

test('without a server the palette says that it is away, and comes once it is back', async () => {
  const { page } = await visit('/');
  await page.route('**/assets/**', (route) => route.abort());
  await page.keyboard.press('Control+k');
  await page.getByText('The server does not answer').waitFor();
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.context().close();
});

test('a saved view is found by its name, and opened', async () => {
  const address = '/explore?metric=delinquency_rate&rows=facility';
  const kept = { id: 'v1', name: 'Monday meeting', author: 'Kim', at: '2026-09-01T04:00:00Z', address };
  stub.mood.kept.views.push(kept);
  const { page, complaints } = await visit('/coding');
  await open(page);
  await page.keyboard.type('monday');
  await page.getByRole('option', { name: /Monday meeting/ }).waitFor();
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'palette-saved');
  await page.keyboard.press('Enter');
  await settled(page);
  expect(pathOf(page)).toBe(address);
  expect(complaints).toEqual([]);
  stub.mood.kept.views.length = 0;
  await page.context().close();
});

// The row of pages: every page is reached from every page, by mouse and by keyboard, at every width.
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageGroups } from '../../dashboard/data/navigation.ts';
import { home, pages as known, writeAddress } from '../../dashboard/data/url.ts';
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

const visit = async (path: string, width: number): Promise<Page> => {
  const { page } = await openPage(browser, { width, height: 844 });
  await page.goto(stub.origin + path);
  await settled(page);
  return page;
};

/** Where the links lead that can be seen, after the menu of this name was opened; null: without one. */
const links = async (page: Page, menu: string | null): Promise<readonly string[]> => {
  const nav = page.getByRole('navigation', { name: 'Pages' });
  if (menu !== null) await nav.getByRole('button', { name: menu, exact: true }).click();
  const found = nav.locator('a:visible');
  return found.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? ''));
};

const addresses = pageGroups.flatMap(({ pages }) => pages.map(({ page }) => writeAddress({ ...home, page })));

test('every page but those of one thing stands in the row', () => {
  const listed = pageGroups.flatMap(({ pages }) => pages.map(({ page }) => page));
  expect(listed.toSorted()).toEqual(known.filter((page) => page !== 'kpi' && page !== 'missing').toSorted());
});

test.each([1280, 900])('all pages are reached from a row one line high at %i px', async (width) => {
  const page = await visit('/', width);
  const header = await page.locator('body > header').boundingBox();
  expect(header?.height).toBeLessThanOrEqual(49);
  const tops = await page
    .locator('body > header > *')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
  expect(Math.max(...tops)).toBeLessThanOrEqual(width);
  const found = new Set<string>();
  for (const { label, pages } of pageGroups)
    for (const href of await links(page, pages.length > 1 ? label : null)) found.add(href);
  expect([...found].toSorted()).toEqual(addresses.toSorted());
  await screenshot(page, `menu-${width}`);
  await page.context().close();
});

test('on a telephone one button holds all pages and says which is on show', async () => {
  const page = await visit('/runs', 390);
  expect((await links(page, 'Runs')).toSorted()).toEqual(addresses.toSorted());
  expect(await page.locator('nav a[aria-current="page"]:visible').textContent()).toMatch(/Runs/);
  const boxes = await page
    .locator('nav a:visible')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().bottom));
  expect(Math.max(...boxes)).toBeLessThanOrEqual(844);
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'menu-390');
  await page.getByRole('link', { name: /^Denials/ }).click();
  await settled(page);
  expect(new URL(page.url()).pathname).toBe('/denials');
  expect(await page.locator('nav a:visible').count()).toBe(0);
  await page.context().close();
});

test('a menu is opened, walked and left by keyboard, and the focus comes back to its button', async () => {
  const page = await visit('/?facility=riverside', 1280);
  const revenue = page.getByRole('button', { name: 'Revenue', exact: true });
  const focused = () => page.evaluate(() => document.activeElement?.textContent.trim().split(/\s+/)[0]);
  // The browser tells a little later that a menu opened or closed.
  const expanded = () => revenue.getAttribute('aria-expanded');
  await revenue.focus();
  await page.keyboard.press('Enter');
  await expect.poll(expanded).toBe('true');
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect.poll(expanded).toBe('false');
  await expect.poll(focused).toBe('Revenue');
  await page.keyboard.press('ArrowUp');
  await expect.poll(focused).toBe('CDI');
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toBe('Unbilled');
  await page.keyboard.press('Escape');
  await expect.poll(focused).toBe('Revenue');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await settled(page);
  expect(page.url()).toBe(`${stub.origin}/cdi?facility=riverside`);
  expect(await revenue.getAttribute('class')).toMatch(/current/);
  await page.context().close();
});

// The scorecard as its reader wants it: which indicators, in which order, for which facility; shared, kept and printed.
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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
beforeEach(() => (stub.mood.asked.length = 0));

const visit = async (path: string, width = 1280): Promise<{ page: Page; complaints: string[] }> => {
  const opened = await openPage(browser, { width, height: 844 });
  await opened.page.goto(stub.origin + path);
  await settled(opened.page);
  return opened;
};
const searchOf = (page: Page): string => new URL(page.url()).search;
const rowsOf = (page: Page): Promise<string[]> => page.locator('th[scope="row"] a').allTextContents();
const areasOf = (page: Page): Promise<string[]> =>
  page
    .locator('.scorecard .group th')
    .evaluateAll((all) => all.map((one) => one.firstChild?.textContent?.trim() ?? ''));
const chooser = (page: Page) => page.getByRole('dialog', { name: 'Indicators of the scorecard' });

test('indicators are added, taken off and ordered by keyboard; the choice goes into address and browser', async () => {
  const { page, complaints } = await visit('/');
  const before = await rowsOf(page);
  expect(before[0]).toBe('Code accuracy');
  await page.getByRole('button', { name: 'Choose indicators' }).focus();
  await page.keyboard.press('Enter');
  await chooser(page).waitFor();
  await chooser(page).getByRole('searchbox').fill('coder’s codes');
  await chooser(page).getByRole('button', { name: 'Add Code accuracy, coder’s codes' }).click();
  const up = chooser(page).getByRole('button', { name: 'Move Code accuracy, coder’s codes up' });
  await up.focus();
  await page.keyboard.press('Enter');
  // The focus goes with the line that moves.
  expect(await up.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await chooser(page).getByRole('button', { name: 'Take Error-free records off' }).click();
  const down = chooser(page).getByRole('button', { name: 'Move Coding accuracy down' });
  await down.click();
  expect(stub.mood.asked).toHaveLength(1);
  await chooser(page).getByRole('button', { name: 'Show these' }).click();
  await settled(page);
  expect(stub.mood.asked).toHaveLength(2);
  const after = await rowsOf(page);
  expect((await areasOf(page)).slice(0, 2)).toEqual(['Record completion', 'Coding accuracy']);
  const at = after.indexOf('Code accuracy');
  expect(after[at - 1]).toBe('Code accuracy, coder’s codes');
  expect(after).not.toContain('Error-free records');
  expect(after).toHaveLength(before.length);
  expect(searchOf(page)).toContain('kpi=code_accuracy_coder&kpi=code_accuracy_auditor');
  // Without the address it is the browser that knows, and the address says so again.
  await page.goto(`${stub.origin}/runs`);
  await page.getByRole('link', { name: 'Himsight, scorecard' }).click();
  await settled(page);
  expect(await rowsOf(page)).toEqual(after);
  expect(searchOf(page)).toContain('kpi=code_accuracy_coder');
  expect(await page.getByText('The link brought a choice').count()).toBe(0);
  await page.getByRole('button', { name: 'Choose indicators' }).click();
  await chooser(page)
    .getByRole('button', { name: /^The usual/ })
    .click();
  await settled(page);
  expect(await rowsOf(page)).toEqual(before);
  expect(searchOf(page)).toBe('');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a link that brings a choice shows it and leaves the reader’s own, unless it is kept', async () => {
  const { page } = await visit('/?kpi=delinquency_rate&kpi=no_such&kpi=code_accuracy_auditor');
  expect(await rowsOf(page)).toEqual(['Delinquency rate', 'Code accuracy']);
  await page.getByText('“no_such”: this release has no such indicator').waitFor();
  await page.getByText('The link brought a choice of indicators').waitFor();
  expect(stub.mood.asked).toHaveLength(1);
  await page.goto(stub.origin);
  await settled(page);
  expect((await rowsOf(page)).length).toBeGreaterThan(5);
  await page.goBack();
  await settled(page);
  await page.getByRole('button', { name: 'Keep as mine' }).click();
  expect(await page.getByText('The link brought a choice').count()).toBe(0);
  await page.goto(stub.origin);
  await settled(page);
  expect(await rowsOf(page)).toEqual(['Delinquency rate', 'Code accuracy']);
  await page.context().close();
});

test('cancelling leaves everything as it was, and gives the focus back', async () => {
  const { page } = await visit('/');
  const button = page.getByRole('button', { name: 'Choose indicators' });
  await button.click();
  await chooser(page).getByRole('button', { name: 'Take Error-free records off' }).click();
  await page.keyboard.press('Escape');
  await chooser(page).waitFor({ state: 'detached' });
  expect(searchOf(page)).toBe('');
  expect(await rowsOf(page)).toContain('Error-free records');
  expect(await button.evaluate((one) => one === document.activeElement)).toBe(true);
  await page.context().close();
});

test('by facility each number stands in its column with its status, and leads to the facility', async () => {
  const { page, complaints } = await visit('/');
  await page.getByRole('radio', { name: 'By facility' }).click();
  await settled(page);
  expect(searchOf(page)).toBe('?by=facility');
  expect(stub.mood.asked.map(({ by }) => by)).toEqual([[], ['facility']]);
  const head = await page.locator('.facilities thead th').allTextContents();
  expect(head.map((one) => one.trim())).toEqual([
    'Indicator',
    'All',
    'Lakeview',
    'Pine Creek',
    'Riverside',
    'St. Anne',
  ]);
  const row = page.locator('.facilities tr', {
    has: page.getByRole('link', { name: 'Delinquency rate', exact: true }),
  });
  expect(await row.getByRole('link', { name: /Delinquency rate, Riverside: .*does not meet target/ }).count()).toBe(1);
  expect(await row.getByRole('link', { name: /Delinquency rate, Lakeview: .*, meets target/ }).count()).toBe(1);
  await row.getByRole('link', { name: /Riverside/ }).click();
  await settled(page);
  expect(page.url()).toBe(`${stub.origin}/kpi/delinquency_rate?facility=riverside`);
  await page.goBack();
  await settled(page);
  await page.locator('.facilities thead').getByRole('link', { name: 'Riverside' }).click();
  await settled(page);
  expect(searchOf(page)).toBe('?facility=riverside');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a split the scorecard does not have is a sentence', async () => {
  const { page } = await visit('/?by=moon');
  await page.getByText('The scorecard is not split by “moon”').waitFor();
  expect((await rowsOf(page)).length).toBeGreaterThan(5);
  await page.context().close();
});

test.each(['/', '/?by=facility', '/?kpi=delinquency_rate', '/?by=facility&kpi=delinquency_rate'])(
  '%s prints on one page, of A4 and of Letter',
  async (path) => {
    const { page } = await visit(path);
    for (const format of ['A4', 'Letter']) {
      const pdf = await page.pdf({ format });
      expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g), format).toHaveLength(1);
    }
    await page.context().close();
  },
);

test.each([1280, 768, 390])('facilities and chooser are usable by everybody at %i px', async (width) => {
  const { page } = await visit('/?by=facility', width);
  for (const state of ['facilities', 'chooser']) {
    if (state === 'chooser') {
      await page.getByRole('button', { name: 'Choose indicators' }).click();
      await chooser(page).waitFor();
      const box = await chooser(page).boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 844).toBe(true);
    }
    for (const colours of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: colours });
      expect(await serious(page), `${state} in ${colours}`).toEqual([]);
    }
    await screenshot(page, `scorecard-${state}-${width}`);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, state).toBeLessThanOrEqual(0);
  }
  await page.context().close();
});

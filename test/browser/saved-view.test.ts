import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SavedView } from '../../dashboard/store/saved-view.ts';
import { stubRelease } from './stub/ledger.ts';
import { startStub, type Stub } from './stub/server.ts';
import { newStore } from './stub/store.ts';
import { serious } from './support/axe.ts';
import { openBrowser, openPage, screenshot, settled, type PageWish } from './support/browser.ts';
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
  Object.assign(stub.mood.kept, newStore());
});

const visit = async (path: string, wish: PageWish = {}): Promise<{ page: Page; complaints: string[] }> => {
  const opened = await openPage(browser, wish);
  await opened.page.goto(stub.origin + path);
  await settled(opened.page);
  return opened;
};

const aView = (part: Partial<SavedView> = {}): SavedView => ({
  ...{ id: '01234abc', name: 'Delinquency by service', address: '/explore?metric=delinquency_rate&rows=service' },
  ...{ author: 'R. Okafor', at: '2026-04-02T08:00:00.000Z' },
  ...part,
});
const question = '/explore?metric=delinquency_rate&rows=service&grain=none&facility=riverside';
const panel = (page: Page) => page.getByRole('region', { name: 'Saved views' });

test('a view is saved live by keyboard, found in the bar and on the start, opened, and taken back', async () => {
  const { page, complaints } = await visit(question);
  const opener = page.getByRole('button', { name: 'Save this view' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Save this view' });
  await dialog.waitFor();
  expect(await serious(page)).toEqual([]);
  await dialog.getByLabel('What it is called').fill('Riverside by service');
  await dialog.getByLabel(/^What it is for/).fill('For the Monday huddle');
  await dialog.getByLabel('Your name').fill('R. Okafor');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  expect(stub.mood.kept.views).toEqual([
    expect.objectContaining({ name: 'Riverside by service', address: question, note: 'For the Monday huddle' }),
  ]);
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
  await page.getByRole('button', { name: /^Saved 1/ }).click();
  await page.getByRole('dialog', { name: 'Saved' }).getByRole('link', { name: 'Riverside by service' }).waitFor();
  await page.goto(`${stub.origin}/explore`);
  await settled(page);
  expect(await panel(page).textContent()).toMatch(
    /For the Monday huddle.*always the newest numbers.*R\. Okafor, 2 Sep 2026/s,
  );
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page)).toEqual([]);
    await screenshot(page, `saved-views-${colours}`);
  }
  await panel(page).getByRole('link', { name: 'Riverside by service' }).click();
  await settled(page);
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(question);
  await page.goBack();
  await panel(page).getByRole('button', { name: 'Take back the saved view Riverside by service' }).click();
  const sure = page.getByRole('dialog', { name: /^Take “Riverside by service” back/ });
  expect(await sure.getByLabel('Your name').inputValue()).toBe('R. Okafor');
  await sure.getByRole('button', { name: 'Take it back' }).click();
  await panel(page).getByText('None yet').waitFor();
  expect(stub.mood.kept.views[0]?.retired?.author).toBe('R. Okafor');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a view is saved as it is on show, and opens at that release', async () => {
  const { page } = await visit(question);
  await page.getByRole('button', { name: 'Save this view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save this view' });
  await dialog.getByRole('radio', { name: /^as they are on show: the release of 2 Sep 2026/ }).check();
  await dialog.getByLabel('Your name').fill('R. Okafor');
  await dialog.getByRole('button', { name: 'Save it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  const [kept] = stub.mood.kept.views;
  expect(new URL(kept!.address, stub.origin).searchParams.get('release')).toBe(stubRelease.release);
  await page.goto(`${stub.origin}/explore`);
  await settled(page);
  expect(await panel(page).textContent()).toContain('frozen at 2 Sep 2026');
  await page.context().close();
});

test('a name that is taken is refused in the form, which keeps what was typed', async () => {
  stub.mood.kept.views.push(aView());
  const { page } = await visit(question);
  await page.getByRole('button', { name: 'Save this view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save this view' });
  await dialog.getByLabel('What it is called').fill('Delinquency by service');
  await dialog.getByLabel('Your name').fill('R. Okafor');
  await dialog.getByRole('button', { name: 'Save it' }).click();
  expect(await dialog.getByRole('alert').textContent()).toContain('a saved view of this name already');
  expect(await dialog.getByLabel('What it is called').inputValue()).toBe('Delinquency by service');
  expect(await serious(page)).toEqual([]);
  await page.context().close();
});

test('a saved view whose metric, dimension or release is gone opens with a sentence, never blank', async () => {
  stub.mood.kept.views.push(
    aView({ id: '0000000a', name: 'Metric gone', address: '/explore?metric=no_such_metric' }),
    aView({ id: '0000000b', name: 'Release gone', address: `${question}&release=20200101T000000Z-00000000` }),
  );
  const { page } = await visit('/explore');
  expect(await panel(page).textContent()).toContain('frozen at a release that does not stand any more');
  await panel(page).getByRole('link', { name: 'Metric gone' }).click();
  await settled(page);
  expect(await page.getByRole('status').allTextContents()).toEqual(
    expect.arrayContaining([expect.stringContaining('no_such_metric')]),
  );
  await panel(page).getByRole('link', { name: 'Release gone' }).click();
  await settled(page);
  expect(await page.locator('main').textContent()).toContain('does not stand any more; shown is the one served now');
  await page.context().close();
});

test('the page of an indicator can be saved too', async () => {
  const { page } = await visit('/kpi/delinquency_rate?facility=riverside');
  await page.getByRole('button', { name: 'Save this view' }).click();
  const dialog = page.getByRole('dialog', { name: 'Save this view' });
  expect(await dialog.getByLabel('What it is called').inputValue()).toBe('Delinquency rate, Facility Riverside');
  await dialog.getByLabel('Your name').fill('R. Okafor');
  await dialog.getByRole('button', { name: 'Save it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(stub.mood.kept.views[0]?.address).toBe('/kpi/delinquency_rate?facility=riverside');
  await page.context().close();
});

test('without a store Explore answers all the same; where nothing is taken no form is offered', async () => {
  stub.mood.kept.fault = 'What is kept of views cannot be read: store/view.yaml:3 `views[0].nam`: unknown key.';
  const broken = await visit('/explore');
  expect(await panel(broken.page).getByRole('alert').textContent()).toContain('store/view.yaml:3');
  await broken.page.goto(stub.origin + question);
  await settled(broken.page);
  expect(await broken.page.getByRole('table').count()).toBeGreaterThan(0);
  await broken.page.context().close();
  Object.assign(stub.mood.kept, { ...newStore(), views: [aView()], why: 'It has no login.' });
  const { page } = await visit('/explore', { width: 390, height: 900 });
  expect(await page.getByRole('button', { name: /Save this view|Take back/ }).count()).toBe(0);
  expect(await panel(page).getByRole('link', { name: 'Delinquency by service' }).count()).toBe(1);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
  await screenshot(page, 'saved-views-390');
  await page.context().close();
});

import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Alert } from '../../dashboard/store/alert.ts';
import type { AlertStanding } from '../../dashboard/store/alert-standing.ts';
import { stubCatalogue } from './stub/catalogue.ts';
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
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const anAlert = (id: string, part: Partial<Alert> = {}): Alert => ({
  ...{ id, name: 'Too many delinquent records', metric: 'delinquency_rate', where: {}, grain: 'month' },
  ...{ when: { kind: 'threshold', side: 'above', value: 0.1 }, author: 'R. Okafor', at: '2026-04-02T08:00:00.000Z' },
  ...part,
});
const moment = (day: number, state: AlertStanding['state'], says: string) => ({
  ...{ at: `2026-08-0${day}T06:00:00.000Z`, release: `2026080${day}T050000Z-0123abcd`, state, says },
  ...{ period: '2026-07-01', value: 0.12 },
});
const fires: AlertStanding = {
  ...moment(9, 'fires', 'Delinquency rate, August 2026: 13.4 %; that is above 10 %.'),
  ...{ alert: '0000000a', since: moment(2, 'fires', ''), told: '2026-08-02T06:01:00.000Z' },
  history: [
    moment(2, 'fires', 'Delinquency rate, July 2026: 12 %; that is above 10 %.'),
    moment(1, 'quiet', 'Delinquency rate, June 2026: 9.1 %; that is not above 10 %.'),
  ],
};
const several = () => {
  stub.mood.kept.alerts.push(
    anAlert('0000000a'),
    anAlert('0000000b', {
      name: 'DNFB days: a signal by Making Data Count',
      ...{ metric: 'dnfb_days', grain: 'week', when: { kind: 'signal', rules: 'making-data-count' } },
    }),
    anAlert('0000000c', {
      name: 'Riverside codes below target',
      ...{ metric: 'no_such_metric', where: { facility: ['riverside'] }, when: { kind: 'target' } },
    }),
    anAlert('0000000d', { name: 'An old one', retired: { author: 'A. Li', at: '2026-05-01T08:00:00.000Z' } }),
  );
  stub.mood.kept.standings.push(fires, {
    ...{ alert: '0000000c', state: 'unjudged', says: 'This release has no metric of this id.', period: null },
    ...{ value: null, since: null, told: null, history: [] },
  });
};

test('an alert on a line is kept by keyboard from the page of an indicator, with its filters', async () => {
  const { page, complaints } = await visit('/kpi/delinquency_rate?facility=riverside&grain=week');
  const opener = page.getByRole('button', { name: 'Alert me' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Alert on Delinquency rate' });
  await dialog.waitFor();
  expect(await dialog.textContent()).toContain('Of Facility Riverside.');
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page)).toEqual([]);
    await screenshot(page, `alert-form-${colours}`);
  }
  await dialog.getByRole('radio', { name: /line of your own/ }).check();
  await dialog.getByLabel('Value in %').fill('7');
  expect(await dialog.getByLabel(/^What it is called/).inputValue()).toBe(
    'Delinquency rate: above 7\u00a0%, a part of it',
  );
  expect(await dialog.getByRole('radio', { name: 'week', exact: true }).isChecked()).toBe(true);
  expect(await serious(page)).toEqual([]);
  await dialog.getByLabel('Your name').fill('R. Okafor');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  expect(stub.mood.kept.alerts).toEqual([
    expect.objectContaining({
      ...{ metric: 'delinquency_rate', where: { facility: ['riverside'] }, grain: 'week', author: 'R. Okafor' },
      when: { kind: 'threshold', side: 'above', value: 0.07 },
    }),
  ]);
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('an alert on a signal takes the rules of the page, and one on the target asks for nothing more', async () => {
  const { page } = await visit('/kpi/delinquency_rate?rules=anhoej');
  await page.getByRole('button', { name: 'Alert me' }).click();
  const dialog = page.getByRole('dialog', { name: 'Alert on Delinquency rate' });
  await dialog.getByRole('radio', { name: /signal on its control chart/ }).check();
  expect(await dialog.getByLabel('By the rules of').inputValue()).toBe('anhoej');
  await dialog.getByLabel('Your name').fill('R. Okafor');
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByRole('button', { name: 'Alert me' }).click();
  await dialog.getByRole('radio', { name: /misses its target/ }).check();
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.waitFor({ state: 'hidden' });
  expect(stub.mood.kept.alerts.map(({ when }) => when)).toEqual([
    { kind: 'signal', rules: 'anhoej' },
    { kind: 'target' },
  ]);
  await page.context().close();
});

test('the page of alerts shows what fires first, since when and what was told, and takes one back', async () => {
  several();
  const { page, complaints } = await visit('/alerts');
  const main = page.locator('main');
  expect(await main.getByRole('heading', { level: 3 }).allTextContents()).toEqual([
    'Too many delinquent records',
    'Riverside codes below target',
    'DNFB days: a signal by Making Data Count',
  ]);
  const words = (await main.textContent())?.replaceAll(/\s+/g, ' ');
  expect(words).toContain('1 of 3 alerts fires in this release; 1 cannot be judged.');
  expect(words).toContain('Delinquency rate, August 2026: 13.4 %; that is above 10 %.');
  expect(words).toContain('Since 2 Aug 2026 · last told 2 Aug 2026');
  expect(words).toContain('no_such_metric · misses its target · by month · Facility Riverside');
  await main.locator('details summary').first().click();
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page)).toEqual([]);
    await screenshot(page, `alerts-${colours}`);
  }
  await main.getByRole('button', { name: 'Take back the alert Too many delinquent records' }).click();
  const sure = page.getByRole('dialog', { name: /^Take “Too many delinquent records” back/ });
  await sure.getByLabel('Your name').fill('A. Li');
  await sure.getByRole('button', { name: 'Take it back' }).click();
  await main.getByText('Taken back (2)').waitFor();
  expect(await main.getByRole('heading', { level: 3 }).count()).toBe(2);
  expect(stub.mood.kept.alerts[0]?.retired?.author).toBe('A. Li');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('on a telephone nothing runs over', async () => {
  several();
  const { page } = await visit('/alerts', { width: 390, height: 900 });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'alerts-390');
  await page.goto(`${stub.origin}/kpi/delinquency_rate`);
  await settled(page);
  await page.getByRole('button', { name: 'Alert me' }).click();
  await page
    .getByRole('dialog')
    .getByRole('radio', { name: /line of your own/ })
    .check();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'alert-form-390');
  await page.context().close();
});

test.each([1280, 390])('a row of the scorecard and its page say that an alert fires, at %i px', async (width) => {
  several();
  const { page } = await visit('/', { width, height: 900 });
  const row = page.getByRole('row', { name: /Delinquency rate/ }).first();
  const mark = row.getByRole('link', { name: /^Alert fires by Too many delinquent records/ });
  await mark.waitFor();
  expect(await page.getByRole('link', { name: /alerts? fire/i }).count()).toBe(1);
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await serious(page)).toEqual([]);
  await screenshot(page, `scorecard-alert-${width}`);
  await page.goto(`${stub.origin}/kpi/delinquency_rate`);
  await settled(page);
  const link = page.getByRole('link', { name: /^Alert fires by Too many delinquent records/ });
  if (width > 390) await screenshot(page, 'kpi-alert');
  await link.click();
  await page.getByRole('heading', { level: 1, name: 'Alerts' }).waitFor();
  await page.context().close();
});

test('however many fire, the scorecard prints on one page', async () => {
  for (const [i, { id }] of stubCatalogue.metrics.filter(({ scorecard }) => scorecard).entries()) {
    const alert = `000000${i + 10}`;
    stub.mood.kept.alerts.push(anAlert(alert, { metric: id, name: `Alert on ${id}` }));
    stub.mood.kept.standings.push({ ...fires, alert });
  }
  const { page } = await visit('/');
  await page
    .getByRole('link', { name: /^Alert fires/ })
    .first()
    .waitFor();
  expect(await page.getByRole('link', { name: /^Alert fires/ }).count()).toBeGreaterThan(7);
  const pdf = await page.pdf({ format: 'Letter' });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'print', reducedMotion: 'reduce' });
  await screenshot(page, 'scorecard-alert-print');
  await page.context().close();
});

test('no alert, a store that cannot be read and a server that takes nothing are words', async () => {
  const { page } = await visit('/alerts');
  expect(await page.locator('main').textContent()).toMatch(
    /Nobody asked to be told of anything yet\..*“Alert me” stands/s,
  );
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'alerts-none');
  stub.mood.kept.fault = 'What is kept of alerts cannot be read: store/alert.yaml:3 `alerts[0].nam`: unknown key.';
  await page.reload();
  await settled(page);
  expect(await page.getByRole('alert').textContent()).toContain('store/alert.yaml:3');
  await page.goto(stub.origin);
  await settled(page);
  expect(await page.getByRole('table').count()).toBeGreaterThan(0);
  Object.assign(stub.mood.kept, { ...newStore(), alerts: [anAlert('0000000a')], why: 'It has no login.' });
  await page.goto(`${stub.origin}/alerts`);
  await settled(page);
  expect(await page.getByRole('button', { name: /Take back/ }).count()).toBe(0);
  expect(await page.locator('main').textContent()).toContain('It has no login.');
  await page.goto(`${stub.origin}/kpi/delinquency_rate`);
  await settled(page);
  expect(await page.getByRole('button', { name: 'Alert me' }).count()).toBe(0);
  await page.context().close();
});

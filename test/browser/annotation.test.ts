import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Annotation } from '../../dashboard/store/annotation.ts';
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

const aNote = (part: Partial<Annotation> = {}): Annotation => ({
  ...{ id: '01234abc', metric: 'delinquency_rate', where: {}, period: '2026-03-01', kind: 'note' },
  ...{ text: 'Two coders left', author: 'R. Okafor', at: '2026-04-02T08:00:00.000Z' },
  ...part,
});
const goLive = aNote({
  ...{ id: '0000000a', period: '2025-10-01', kind: 'rebase', text: 'Go-live of the new record system' },
});
const panel = (page: Page) => page.getByRole('region', { name: 'Annotations' });

test('a point is annotated by keyboard: on both charts, in words, in the list; the focus comes back', async () => {
  const { page, complaints } = await visit('/kpi/delinquency_rate');
  const opener = page.getByRole('button', { name: 'Annotate a point' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Annotate Delinquency rate' });
  await dialog.waitFor();
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'annotate-dialog');
  await dialog.getByRole('combobox', { name: /^Period/ }).selectOption('2026-06-01');
  await dialog.getByLabel(/^What happened/).fill('Go-live at Riverside');
  await dialog.getByLabel('Your name').fill('R. Okafor');
  await page.keyboard.press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  expect(stub.mood.kept.annotations).toEqual([
    expect.objectContaining({ metric: 'delinquency_rate', where: {}, period: '2026-06-01', kind: 'note' }),
  ]);
  await panel(page).getByText('Go-live at Riverside').waitFor();
  expect(await panel(page).textContent()).toMatch(/1\s*Jun 2026.*Go-live at Riverside.*R\. Okafor, 2 Sep 2026/s);
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
  for (const name of [/^Over time/, /^Signal or noise/]) {
    const chart = page.getByRole('application', { name });
    await chart.focus();
    for (const key of ['End', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    expect(await chart.locator('[aria-live]').textContent()).toMatch(
      /Jun 2026.*1: Go-live at Riverside \(R\. Okafor\)/,
    );
  }
  // The name is remembered on this browser.
  await page.reload();
  await settled(page);
  await page.getByRole('button', { name: 'Annotate a point' }).click();
  expect(await page.getByLabel('Your name').inputValue()).toBe('R. Okafor');
  await page.keyboard.press('Escape');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a recorded rebase computes limits anew, and the chart says who, when and why; taken back, they are as before', async () => {
  const limits = async (page: Page) => {
    const table = page.getByRole('table', { name: 'Signal or noise' });
    await page.getByRole('region', { name: 'Signal or noise' }).getByRole('button', { name: 'View as table' }).click();
    return table.locator('tbody tr td:nth-child(3), tbody tr th:nth-child(3)').allTextContents();
  };
  const before = await visit('/kpi/delinquency_rate');
  expect(new Set(await limits(before.page)).size).toBe(1);
  await before.page.context().close();
  stub.mood.kept.annotations.push(goLive, aNote());
  const { page, complaints } = await visit('/kpi/delinquency_rate');
  const noise = page.getByRole('region', { name: 'Signal or noise' });
  expect(await noise.textContent()).toContain(
    'limits computed anew from Oct 2025, recorded by R. Okafor on 2 Apr 2026: Go-live of the new record system',
  );
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page)).toEqual([]);
    await screenshot(page, `annotated-${colours}`);
  }
  expect(new Set(await limits(page)).size).toBe(2);
  await panel(page)
    .getByRole('button', { name: /^Take back the annotation on Oct 2025/ })
    .click();
  const dialog = page.getByRole('dialog', { name: 'Take this annotation back?' });
  await dialog.getByLabel('Your name').fill('A. Li');
  await dialog.getByRole('button', { name: 'Take it back' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await panel(page).getByText('Taken back (1)').click();
  expect(await panel(page).textContent()).toMatch(/taken back by A\. Li, 2 Sep 2026/);
  expect(
    new Set(
      await page
        .getByRole('table', { name: 'Signal or noise' })
        .locator('tbody tr td:nth-child(3), tbody tr th:nth-child(3)')
        .allTextContents(),
    ).size,
  ).toBe(1);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a rebase of the whole moves no limits of a facility, where it is a note', async () => {
  stub.mood.kept.annotations.push(goLive);
  const { page } = await visit('/kpi/delinquency_rate?facility=riverside');
  expect(await page.getByRole('region', { name: 'Signal or noise' }).textContent()).not.toContain('computed anew from');
  expect(await panel(page).textContent()).toMatch(/Oct 2025.*limits computed anew for the whole/s);
  await page.getByRole('button', { name: 'Annotate a point' }).click();
  expect(await page.getByRole('dialog').textContent()).toContain('It will stand on Facility Riverside');
  await page.context().close();
});

test('the icons of the scorecard go by the same rebases as the page of the indicator', async () => {
  const iconsOf = async (page: Page) => {
    await page.goto(stub.origin);
    await settled(page);
    const row = page.getByRole('row', { name: /^Delinquency rate/ });
    return row.locator('.signal svg').evaluateAll((icons) => icons.map((icon) => icon.getAttribute('aria-label')));
  };
  const { page } = await openPage(browser);
  const target = 'as things are, the target will be';
  expect(await iconsOf(page)).toEqual(['concern: above upper limit', `${target} met`]);
  stub.mood.kept.annotations.push(goLive);
  expect(await iconsOf(page)).toEqual(['concern: above upper limit', `${target} met at times and missed at times`]);
  await page.getByRole('link', { name: 'Delinquency rate' }).first().click();
  await settled(page);
  const noise = page.getByRole('region', { name: 'Signal or noise' });
  expect(await noise.locator('svg').allTextContents()).toEqual([
    expect.stringContaining('last point: concern · target: inconsistent'),
  ]);
  // Eight months are needed since the rebase: seven say nothing.
  Object.assign(stub.mood.kept, { annotations: [{ ...goLive, period: '2026-02-01' }] });
  expect(await iconsOf(page)).toEqual([]);
  expect(
    await page
      .getByRole('row', { name: /^Delinquency rate/ })
      .locator('.signal')
      .textContent(),
  ).toContain('too few periods');
  stub.mood.kept.fault = 'It cannot be read.';
  expect(await iconsOf(page)).toEqual([]);
  expect(await page.getByRole('alert').textContent()).toContain('Signals could not be told. It cannot be read.');
  expect(await page.getByRole('row', { name: /^Delinquency rate/ }).textContent()).toContain('21.8');
  await page.context().close();
});

test('a store that cannot be read leaves the charts standing, and says so', async () => {
  stub.mood.kept.fault =
    'What is kept of annotations cannot be read: store/annotation.yaml:3 `annotations[0].txt`: unknown key.';
  const { page } = await visit('/kpi/delinquency_rate');
  expect(await panel(page).getByRole('alert').textContent()).toMatch(
    /annotation\.yaml:3.*their limits without any rebase/s,
  );
  expect(await page.getByRole('application', { name: /^Signal or noise/ }).count()).toBe(1);
  await page.context().close();
});

test('a server that takes nothing says why, and offers no form', async () => {
  stub.mood.kept.why = 'This server can be reached from other machines and has no login.';
  stub.mood.kept.annotations.push(aNote());
  const { page } = await visit('/kpi/delinquency_rate');
  expect(await panel(page).textContent()).toContain('has no login');
  expect(await page.getByRole('button', { name: /Annotate|Take back/ }).count()).toBe(0);
  await page.context().close();
});

test('many annotations, long words and a narrow page fit', async () => {
  const months = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-03-01', '2026-03-01', '2026-04-01', '2025-01-01'];
  months.forEach((period, i) =>
    stub.mood.kept.annotations.push(aNote({ id: `0000000${i}`, period, text: 'Wordwithoutend'.repeat(20) })),
  );
  const { page } = await visit('/kpi/delinquency_rate', { width: 390, height: 900 });
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
  expect(await panel(page).locator('li').count()).toBe(7);
  await screenshot(page, 'annotated-390');
  await page.getByRole('button', { name: 'Annotate a point' }).click();
  await screenshot(page, 'annotate-dialog-390');
  await page.context().close();
});

import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ReportPlan } from '../../dashboard/store/report-plan.ts';
import type { Delivery } from '../../dashboard/store/report-standing.ts';
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
  stub.mood.delay = 0;
});

const visit = async (path: string, wish: PageWish = {}): Promise<{ page: Page; complaints: string[] }> => {
  const opened = await openPage(browser, wish);
  await opened.page.goto(stub.origin + path);
  await settled(opened.page);
  return opened;
};
const overflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

const aPlan = (id: string, part: Partial<ReportPlan> = {}): ReportPlan => ({
  ...{ id, name: 'board', title: 'HIM for the board', pages: ['/', '/kpi/delinquency_rate?period=12m'], format: 'pdf' },
  ...{ schedule: '0 7 * * 1', timezone: 'America/Chicago', to: ['cfo@hospital.example', 'him@hospital.example'] },
  ...{ author: 'R. Okafor', at: '2026-04-02T08:00:00.000Z', ...part },
});
const delivery = (part: Partial<Delivery>): Delivery => ({
  ...{ at: '2026-08-31T12:00:09.000Z', due: '2026-08-31T12:00:00.000Z', state: 'done', says: '', isTransient: false },
  ...{ release: '20260831T050000Z-0123abcd', file: 'a.pdf', to: 2, ...part },
});
const several = () => {
  const next = '2026-09-07T12:00:00.000Z';
  stub.mood.kept.reports.push(
    aPlan('0000000a'),
    aPlan('0000000b', {
      ...{
        name: 'coding',
        title: 'Coding, every morning',
        schedule: '30 6 * * 1-5',
        where: { facility: ['riverside'] },
      },
      ...{ pages: ['/explore?metric=delinquency_rate&rows=facility'], format: 'xlsx' },
    }),
    aPlan('0000000c', { name: 'asked', title: 'When somebody asks', schedule: null, to: [] }),
    aPlan('0000000d', { title: 'An old one', retired: { author: 'A. Li', at: '2026-05-01T08:00:00.000Z' } }),
  );
  stub.mood.kept.reportStandings.push(
    { plan: '0000000a', next, last: delivery({}) },
    {
      ...{ plan: '0000000b', next },
      last: delivery({
        state: 'failed',
        says: 'Page 1 of the report cannot be drawn. No value in this period under these filters.',
        file: null,
      }),
    },
    { plan: '0000000c', next: null, last: null },
  );
};

test('the page says what goes when, to how many, and how it went; and takes one back', async () => {
  several();
  const { page, complaints } = await visit('/reports');
  const main = page.locator('main');
  const words = (await main.textContent())?.replaceAll(/\s+/g, ' ');
  expect(words).toContain('2 reports go out by their schedule; 1 did not the last time.');
  expect(words).toContain('PDF to 2 addresses, Mondays at 07:00 (America/Chicago)');
  expect(words).toContain('Goes next Mon 7 Sep 2026, 07:00');
  expect(words).toContain('Due Mon 31 Aug 2026, 07:00: sent to 2 addresses, of release 20260831T050000Z-0123abcd.');
  expect(words).toContain('Due Mon 31 Aug 2026, 07:00: Page 1 of the report cannot be drawn.');
  expect(words).toContain('XLSX to 2 addresses, Monday to Friday at 06:30 (America/Chicago) · Facility Riverside');
  expect(words).toContain('PDF, only when asked');
  // Who it goes to is the store's to know: the page counts.
  expect(words).not.toContain('hospital.example');
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page)).toEqual([]);
    await screenshot(page, `reports-${colours}`);
  }
  await main.getByRole('button', { name: 'Take back the report HIM for the board' }).click();
  const sure = page.getByRole('dialog', { name: /^Take “HIM for the board” back/ });
  await sure.getByLabel('Your name').fill('A. Li');
  await sure.getByRole('button', { name: 'Take it back' }).click();
  await main.getByText('Taken back (2)').waitFor();
  expect(stub.mood.kept.reports[0]?.retired?.author).toBe('A. Li');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a report is planned by keyboard from a built-in; what cannot be drawn is said in the form', async () => {
  stub.mood.kept.mail = 'himsight.yaml names no mail server (`notify.smtp`).';
  const { page, complaints } = await visit('/reports');
  const opener = page.getByRole('button', { name: 'Plan a report' });
  await opener.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Plan a report' });
  await dialog.waitFor();
  await dialog.getByLabel('Pages of').selectOption('coding');
  expect(await dialog.getByLabel(/^Title/).inputValue()).toBe('Coding accuracy');
  await dialog.getByLabel(/^Title/).fill('Coding, for Monday');
  expect(await dialog.getByLabel(/^Short name/).inputValue()).toBe('coding-for-monday');
  await dialog.getByLabel('When').selectOption('month');
  await dialog.getByLabel('On day').fill('3');
  await dialog.getByLabel('At', { exact: true }).fill('06:30');
  await dialog.getByLabel('By the clocks of').fill('America/Chicago');
  await dialog.getByLabel(/^To/).fill('a@hospital.example; b@hospital.example\na@hospital.example');
  await dialog.getByLabel('Your name').fill('R. Okafor');
  expect(await dialog.textContent()).toContain('No mail goes out yet: himsight.yaml names no mail server');
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page)).toEqual([]);
    await screenshot(page, `report-form-${colours}`);
  }
  stub.mood.kept.undrawn = 'Page 2 of the report cannot be drawn. It has no value.';
  await dialog.getByRole('button', { name: 'Keep it' }).click();
  await dialog.getByText('Page 2 of the report cannot be drawn.').waitFor();
  stub.mood.kept.undrawn = null;
  await dialog.getByLabel('Your name').press('Enter');
  await dialog.waitFor({ state: 'hidden' });
  expect(stub.mood.kept.reports).toEqual([
    expect.objectContaining({
      ...{ name: 'coding-for-monday', title: 'Coding, for Monday', format: 'pdf', schedule: '30 6 3 * *' },
      pages: ['/coding', '/kpi/code_accuracy_auditor', '/kpi/drg_accuracy'],
      ...{ timezone: 'America/Chicago', to: ['a@hospital.example', 'b@hospital.example'], author: 'R. Okafor' },
    }),
  ]);
  await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
  // The browser's own word on the refusal.
  expect(complaints.filter((one) => !one.includes('400'))).toEqual([]);
  await page.context().close();
});

test('a report is drawn now in each form, one at a time, and what cannot be drawn is a sentence', async () => {
  several();
  const { page } = await visit('/reports');
  const files = page.getByRole('group', { name: 'Draw now: HIM for the board' });
  for (const form of ['PDF', 'HTML', 'XLSX', 'CSV']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      files.getByRole('button', { name: `${form} of` }).click(),
    ]);
    expect(download.suggestedFilename()).toBe(`board.${form.toLowerCase()}`);
    await files.getByText(`Drawn as ${form}.`).waitFor();
  }
  stub.mood.kept.undrawn = 'Page 1 of the report cannot be drawn. It has no value.';
  stub.mood.delay = 300;
  await files.getByRole('button', { name: 'PDF of' }).click();
  await files.getByText('Drawing…').waitFor();
  await files.getByRole('button', { name: 'HTML of' }).dispatchEvent('click');
  await page.getByRole('alert').getByText('It has no value.').waitFor();
  expect(await serious(page)).toEqual([]);
  expect(stub.mood.kept.drawn).toHaveLength(5);
  await page.context().close();
});

test('the scorecard leads to a report of the very view, drawn or planned', async () => {
  const { page, complaints } = await visit('/?facility=riverside&period=6m');
  await page.getByRole('link', { name: 'Report', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Reports' }).waitFor();
  const brought = page.getByRole('region', { name: 'What you came with' });
  await brought.getByRole('button', { name: /^PDF/ }).click();
  await brought.getByText('Drawn as PDF.').waitFor();
  const [asked = ''] = stub.mood.kept.drawn;
  expect(new URL(asked, 'http://stub').searchParams.getAll('page')).toEqual(['/?period=6m&facility=riverside']);
  await brought.getByRole('button', { name: 'Plan it as a report' }).click();
  const dialog = page.getByRole('dialog', { name: 'Plan a report' });
  expect(await dialog.getByLabel(/^Their addresses/).inputValue()).toBe('/?period=6m&facility=riverside');
  await page.keyboard.press('Escape');
  await page.reload();
  await settled(page);
  expect(await brought.getByRole('link', { name: 'Scorecard' }).getAttribute('href')).toBe(
    '/?period=6m&facility=riverside',
  );
  await screenshot(page, 'reports-brought');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('on a telephone and on paper nothing runs over', async () => {
  several();
  const { page } = await visit('/reports?report=/kpi/delinquency_rate', { width: 390, height: 900 });
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'reports-390');
  await page.getByRole('button', { name: 'Plan a report' }).click();
  expect(await overflow(page)).toBeLessThanOrEqual(0);
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'report-form-390');
  await page.keyboard.press('Escape');
  await page.emulateMedia({ media: 'print', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 780, height: 1000 });
  expect(await page.getByText('Draw now').first().isVisible()).toBe(false);
  await screenshot(page, 'reports-print');
  await page.context().close();
});

test('no plan, a store that cannot be read and a server that takes nothing are words', async () => {
  const { page } = await visit('/reports');
  expect(await page.locator('main').textContent()).toContain('Nobody planned a report yet.');
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'reports-none');
  stub.mood.kept.fault = 'What is kept of reports cannot be read: store/report.yaml:3 `reports[0].nam`: unknown key.';
  await page.reload();
  await settled(page);
  expect(await page.getByRole('alert').textContent()).toContain('store/report.yaml:3');
  Object.assign(stub.mood.kept, { ...newStore(), reports: [aPlan('0000000a')], why: 'It has no login.' });
  await page.reload();
  await settled(page);
  expect(await page.getByRole('button', { name: /Take back|Plan/ }).count()).toBe(0);
  expect(await page.locator('main').textContent()).toContain('It has no login.');
  expect(await page.getByRole('button', { name: 'PDF of HIM for the board' }).count()).toBe(1);
  await page.context().close();
});

// The pages made of their metrics, what stands on one of them alone, and the charts of signals.
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
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
  stub.mood.asked.length = 0;
  stub.mood.labelled.length = 0;
});

const visit = async (path: string): Promise<Page> => {
  const { page } = await openPage(browser);
  await page.goto(stub.origin + path);
  await settled(page);
  return page;
};

const searchOf = (page: Page): string => new URL(page.url()).search;

/** The panel of this title, and the rows of its table. */
const panel = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true }).first();
const rowsOf = async (page: Page, title: string): Promise<readonly (readonly string[])[]> => {
  await panel(page, title).getByRole('button', { name: 'View as table' }).click();
  return panel(page, title)
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
};

test('a page opens with its leading indicators; all of them are one click away and in the address', async () => {
  const page = await visit('/quality');
  const rows = page.locator('.scorecard tbody tr:not(.group)');
  expect(await rows.count()).toBe(2);
  await page.getByRole('button', { name: 'All 6 indicators of this page' }).click();
  await settled(page);
  expect(await rows.count()).toBe(6);
  expect(searchOf(page)).toBe('?all=yes');
  await page.reload();
  await settled(page);
  expect(await rows.count()).toBe(6);
  await page.context().close();
});

test('an indicator that nothing can be known of says what is missing, and is not the one drawn', async () => {
  const page = await visit('/quality');
  const row = page.getByRole('row', { name: /Invalid codes/ });
  expect(await row.textContent()).toMatch(/–.*No ICD-10 code table is configured.*code_tables\.icd10cm/);
  expect(await page.getByRole('heading', { name: 'Case mix index, by month' }).count()).toBe(1);
  await page.context().close();
});

test('the bridge leads from the stock at the start to the one at the end, by owner in its table', async () => {
  const page = await visit('/unbilled');
  expect(stub.mood.asked.find(({ metrics }) => metrics.includes('dnfb_billed'))).toMatchObject({
    ...{ grain: 'day', by: ['owner'], from: '2026-08-30', to: '2026-09-01' },
  });
  await panel(page, 'DNFB bridge').getByRole('radio', { name: 'Last month' }).click();
  await settled(page);
  expect(searchOf(page)).toBe('?bridge=month');
  expect(stub.mood.asked.at(-1)).toMatchObject({ grain: 'month', from: '2026-07-01', to: '2026-09-01' });
  const rows = await rowsOf(page, 'DNFB bridge');
  expect(rows.map(([step]) => step)).toEqual(['At the start', 'Discharged', 'Billed', 'At the end']);
  expect(rows[0]).toHaveLength(1 + 1 + 3);
  await page.context().close();
});

test('the forecast goes on where the counted days end', async () => {
  const page = await visit('/unbilled');
  const rows = await rowsOf(page, 'Month-end forecast');
  const kinds = rows.map(([, , kind]) => kind);
  expect(kinds.indexOf('expected')).toBe(kinds.lastIndexOf('counted') + 1);
  expect(rows.at(-1)?.[0]).toBe('30 Sep 2026');
  await page.context().close();
});

test('unbilled dollars stand by age in the order of age, and by owner and reason the largest first', async () => {
  const page = await visit('/unbilled');
  const ages = await rowsOf(page, 'By days since discharge');
  expect(ages.map(([age]) => age)).toEqual(['0 to 3 days', '4 to 7 days', 'Over 90 days']);
  const owners = await rowsOf(page, 'Whose turn it is, and why');
  expect(owners).toHaveLength(3 * 2);
  expect(owners.at(-1)?.[2]).toMatch(/^100/);
  await page.context().close();
});

test('a worklist is paged, filtered with the page, and labelled on request alone', async () => {
  const page = await visit('/unbilled');
  const list = panel(page, 'Accounts to work, by dollars');
  expect(await list.locator('.pager').textContent()).toMatch(/1–25 of 60/);
  expect(await list.locator('tbody tr').nth(1).textContent()).toMatch(
    /E1001\s*\$89,000\s*Provider\s*Missing document\s*no/,
  );
  await list.getByRole('button', { name: 'Next 25' }).click();
  await list.getByText('26–50 of 60').waitFor();
  expect(stub.mood.labelled).toEqual([]);
  await list.getByRole('button', { name: 'Show labels' }).click();
  const link = list.getByRole('link', { name: 'Chart 1025' });
  await link.waitFor();
  expect(await link.getAttribute('href')).toBe('https://ehr.example/chart/E1025');
  expect(JSON.parse(stub.mood.labelled[0] ?? '{}')).toMatchObject({ kind: 'encounter', worklist: 'unbilled_accounts' });
  await page.getByRole('button', { name: /^Facility/ }).click();
  await page.getByRole('checkbox', { name: 'Riverside' }).click();
  await list.getByText('1–15 of 15').waitFor();
  await page.keyboard.press('Escape');
  await list.getByRole('button', { name: 'Export', exact: true }).click();
  const files = page.getByRole('dialog', { name: 'Export' }).filter({ visible: true });
  for (const [name, ending] of [
    ['CSV', 'csv'],
    ['Parquet', 'parquet'],
  ] as const) {
    const href = await files.getByRole('link', { name, exact: true }).getAttribute('href');
    expect(href).toContain(`unbilled_accounts.${ending}?`);
    expect(new URL(href ?? '', stub.origin).searchParams.getAll('where')).toEqual(['facility=riverside']);
  }
  await page.context().close();
});

test('a control chart names its rule set, and the one picked stays in the address', async () => {
  const page = await visit('/kpi/code_accuracy_auditor');
  const chart = panel(page, 'Signal or noise');
  expect(await chart.locator('svg').first().textContent()).toMatch(/Making Data Count, NHSRplotthedots/);
  await chart.getByRole('radio', { name: 'Anhøj' }).click();
  await settled(page);
  expect(searchOf(page)).toBe('?rules=anhoej');
  expect(await chart.locator('svg').first().textContent()).toMatch(/Anhøj rules, qicharts2/);
  await page.reload();
  await settled(page);
  expect(await chart.getByRole('radio', { name: 'Anhøj' }).isChecked()).toBe(true);
  await page.context().close();
});

test('coders are compared in a funnel that names its limits', async () => {
  const page = await visit('/kpi/code_accuracy_auditor');
  expect(await panel(page, 'Funnel by coder').locator('svg').first().textContent()).toMatch(/arcsine limits.*τ²/s);
  expect(await rowsOf(page, 'Funnel by coder')).toHaveLength(9);
  await page.context().close();
});

// The registry page, by kind of workspace: what waits on a hospital registrar's desk, and a population's cases.
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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
beforeEach(() => {
  Object.assign(stub.mood, { delay: 0, failure: null, registryKind: 'hospital' });
  stub.mood.asked.length = 0;
});

const visit = async (path = '/registry', before?: (page: Page) => Promise<unknown>): Promise<Page> => {
  const { page } = await openPage(browser);
  await before?.(page);
  await page.goto(stub.origin + path);
  await settled(page);
  return page;
};

const panel = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true }).first();
const askedOf = (metric: string, by?: string) =>
  stub.mood.asked.filter(({ metrics, by: dimensions }) => metrics[0] === metric && (by ?? '') === dimensions.join());

/** As `GET` of one address failing with a sentence. */
const failing = (address: string, detail: string) => (page: Page) =>
  page.route(`**${address}`, (route) =>
    route.fulfill({ status: 500, contentType: 'application/problem+json', body: JSON.stringify({ detail }) }),
  );

test.each(['hospital', 'central'] as const)('a %s registry is usable by everybody', async (kind) => {
  stub.mood.registryKind = kind;
  const page = await visit();
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page), colours).toEqual([]);
    await screenshot(page, `registry-${kind}-${colours}`);
  }
  for (const width of [1280, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `at ${width}`).toBeLessThanOrEqual(0);
  }
  await screenshot(page, `registry-${kind}-narrow`);
  await page.context().close();
});

describe('a hospital registry', () => {
  test('says what waits on the desk, and each part leads to its chart', async () => {
    const page = await visit();
    const desk = page.locator('.head .lede').first();
    expect(await desk.textContent()).toMatch(
      /as of 31 Aug 2026: [\d,]+ patients found and not abstracted, [\d,]+ abstracts to complete, [\d,]+ patients due/,
    );
    expect(askedOf('casefinding_net_patients')[0]).toMatchObject({ grain: null, from: null, to: '2026-09-01' });
    await page.getByRole('link', { name: /abstracts to complete/ }).click();
    expect(await panel(page, 'Abstracting backlog').evaluate((one) => one.getBoundingClientRect().top)).toBeLessThan(
      200,
    );
    await page.context().close();
  });

  test('ages stand in their order, stage groups are those of analytic cases, lists and packages follow', async () => {
    const page = await visit();
    const ages = panel(page, 'Backlog by age');
    await ages.getByRole('button', { name: 'View as table' }).click();
    expect(await ages.locator('tbody th').allTextContents()).toEqual([
      'Up to 3 months',
      '3 to 6 months',
      '6 to 12 months',
      'Over a year',
    ]);
    expect(askedOf('registry_cases', 'ajcc_stage_group')[0]?.where).toEqual({ analytic: ['analytic'] });
    expect(askedOf('first_course_cases', 'treatment')[0]?.where).toEqual({ analytic: ['analytic'] });
    expect(await panel(page, 'By first course of treatment').textContent()).toContain('Surgery and systemic');
    for (const title of ['Due and delinquent', 'By class of case', 'Abstracts to complete', 'Submissions'])
      expect(await panel(page, title).count(), title).toBe(1);
    expect(await page.getByText('Certification criteria').count()).toBe(0);
    await page.context().close();
  });

  test('counts by a day of the past are charts, not indicators', async () => {
    const page = await visit();
    const names = await page.locator('.scorecard tbody tr:not(.group) th').allTextContents();
    expect(names.map((name) => name.trim())).toEqual([
      expect.stringMatching(/^Abstracted in 6 months/),
      expect.stringMatching(/^Abstracting backlog/),
    ]);
    await page.context().close();
  });

  test('where the workspace does not say its kind, the page does', async () => {
    stub.mood.registryKind = null;
    const page = await visit();
    expect(await page.getByText(/himsight.yaml does not say so.*kind: central/).count()).toBe(1);
    await page.context().close();
  });

  test('a filter that a count does not keep is named in its place', async () => {
    const page = await visit('/registry?stage=1');
    expect(await panel(page, 'Abstracting backlog').textContent()).toMatch(/is not kept by summary stage/);
    expect(askedOf('abstracting_backlog')).toEqual([]);
    await page.context().close();
  });

  test('a question that fails says so in every panel', async () => {
    stub.mood.failure = 'The release cannot be read.';
    const page = await visit();
    expect(await panel(page, 'Abstracting backlog').getByRole('alert').textContent()).toContain('cannot be read');
    await page.context().close();
  });
});

describe('a central registry', () => {
  beforeEach(() => {
    stub.mood.registryKind = 'central';
  });
  const criteria = (page: Page) => panel(page, 'Certification criteria');

  test('holds every year to the criteria, the newest open, each with its threshold and whether it is met', async () => {
    const page = await visit();
    const rows = await criteria(page)
      .locator('tbody')
      .first()
      .locator('tr')
      .evaluateAll((all) =>
        all.map((row) => [...row.children].map((cell) => cell.textContent.replaceAll(/\s+/g, ' ').trim())),
      );
    expect(rows).toEqual([
      ['Diagnosed 2025', '2 of 4 met', '3 of 3 met'],
      ['Age unknown', '0.40 % 4 of 1,000', 'met < 2 %', 'met ≤ 3 %'],
      ['County unknown', '– – of 0', 'not known < 2 %', '–'],
      ['Death certificate only', '4.20 % 42 of 1,000', 'not met < 3 %', 'met ≤ 5 %'],
      ['Duplicates', '1.00 per 1,000 1 of 1,000', 'not met < 1 per 1,000', '–'],
      ['Available within 23 months', '96.00 % 960 of 1,000', 'met ≥ 95 %', '–'],
      ['Free of failing edits of our own', '98.00 % 980 of 1,000', '–', 'met ≥ 97 %'],
    ]);
    expect(await criteria(page).locator('tbody').count()).toBe(7);
    expect(await criteria(page).locator('tbody tr:not(.group)').count()).toBe(6);
    const older = criteria(page).getByRole('button', { name: 'Diagnosed 2024' });
    expect(await older.getAttribute('aria-expanded')).toBe('false');
    await older.focus();
    await page.keyboard.press('Enter');
    expect(await older.getAttribute('aria-expanded')).toBe('true');
    expect(await criteria(page).locator('tbody tr:not(.group)').count()).toBe(12);
    await criteria(page).getByRole('button', { name: 'Diagnosed 2025' }).click();
    expect(await criteria(page).locator('tbody tr:not(.group)').count()).toBe(6);
    expect(await page.getByRole('button', { name: /^Period/ }).count()).toBe(0);
    await page.context().close();
  });

  test('a year filtered for is shown, however long ago, and asked for by the charts', async () => {
    const page = await visit('/registry?diagnosis_year=2019');
    const headings = await criteria(page).locator('.group th').allTextContents();
    expect(headings.map((text) => text.trim())).toEqual(['Diagnosed 2019']);
    expect(await criteria(page).locator('tbody tr:not(.group)').count()).toBe(6);
    expect(askedOf('cancer_cases', 'sex')[0]).toMatchObject({
      ...{ where: { diagnosis_year: ['2019'] }, from: '2024-01-01', to: '2026-01-01' },
    });
    await page.context().close();
  });

  test('the quality of cases stands by year with its interval; the one drawn is in the address', async () => {
    const page = await visit();
    const row = panel(page, 'Quality of the cases').getByRole('row', { name: /^Death certificate only/ });
    expect(await row.textContent()).toMatch(/≤ 3\s%4\.\d\s% \(\d\.\d–\d\.\d\)/);
    await page.getByRole('radio', { name: 'Microscopically confirmed' }).click();
    await settled(page);
    expect(new URL(page.url()).search).toBe('?show=microscopically_confirmed');
    expect(await page.getByRole('heading', { name: 'Microscopically confirmed, by year' }).count()).toBe(1);
    await page.context().close();
  });

  test('what the figures stand on names what is not configured', async () => {
    const page = await visit();
    const basis = await panel(page, 'What these figures stand on').locator('tbody tr').allTextContents();
    expect(basis.join('\n')).toMatch(/Population at risk\s*WI\s*2019–2025/);
    expect(basis.join('\n')).toMatch(/Life table\s*Not configured: code_tables.life_table/);
    await page.context().close();
  });

  test('edits that cannot be counted leave the other criteria where they are, and say so', async () => {
    const page = await visit('/registry', failing('/api/registry/edits', 'The edits could not be put to the data.'));
    expect(await criteria(page).textContent()).toContain('the edits could not be counted: The edits could not be put');
    expect(
      await criteria(page)
        .getByRole('row', { name: /^Free of failing edits/ })
        .textContent(),
    ).toContain('not known');
    await page.context().close();
  });

  test('a table that cannot be fetched says so, and the charts go on', async () => {
    const page = await visit('/registry', failing('/api/registry', 'The criteria cannot be read.'));
    expect(await criteria(page).getByRole('alert').textContent()).toContain('The criteria cannot be read.');
    expect(await panel(page, 'Cases by year').locator('svg.plot').count()).toBe(1);
    await page.context().close();
  });

  test('a registry without a case says what would fill the page', async () => {
    const page = await visit('/registry', (one) =>
      one.route('**/api/registry', async (route) => {
        const told = (await (await route.fetch()).json()) as object;
        await route.fulfill({ json: { ...told, criteria: [] } });
      }),
    );
    expect(await criteria(page).textContent()).toMatch(/No malignant case yet.*NAACCR XML/);
    await page.context().close();
  });
});

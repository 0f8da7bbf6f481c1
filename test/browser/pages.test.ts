import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { stubRelease } from './stub/ledger.ts';
import { startStub, type Stub } from './stub/server.ts';
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
  Object.assign(stub.mood, { delay: 0, failure: null, release: stubRelease.release });
  stub.mood.asked.length = 0;
  stub.mood.labelled.length = 0;
});

const visit = async (path: string, wish: PageWish = {}): Promise<{ page: Page; complaints: string[] }> => {
  const opened = await openPage(browser, wish);
  await opened.page.goto(stub.origin + path);
  await settled(opened.page);
  return opened;
};

const paths = [
  ...[
    '/',
    '/coding',
    '/quality',
    '/completion',
    '/unbilled',
    '/cdi',
    '/denials',
    '/operations',
    '/registry',
    '/submissions',
    '/submissions/trauma',
    '/submissions/none',
    '/runs',
    '/data-quality',
    '/workbench',
  ],
  '/?by=facility',
  '/explore?metric=delinquency_rate&rows=facility',
  '/kpi/delinquency_rate?facility=riverside',
  '/kpi/code_accuracy_auditor',
  '/runs/20260901T040910Z-aa01ff00',
  '/data-quality?show=fail',
];

test.each(paths)('%s is usable by everybody, in light and dark, at every width', async (path) => {
  const { page, complaints } = await visit(path);
  const name = path === '/' ? 'scorecard' : path.replace(/\?.*/, '').slice(1).replaceAll('/', '-');
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page), `${path} in ${colours}`).toEqual([]);
    await screenshot(page, `${name}-${colours}`);
  }
  // 640 px is 1280 at a zoom of 200 %.
  for (const width of [1280, 768, 640, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    expect(await serious(page), `${path} at ${width}, dark`).toEqual([]);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `${path} at ${width}`).toBeLessThanOrEqual(0);
  }
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('the scorecard asks once, and loads neither Plot nor more than 200 kB of script', async () => {
  const { page } = await visit('/');
  expect(stub.mood.asked).toHaveLength(1);
  expect(stub.mood.asked[0]).toMatchObject({
    grain: 'month',
    from: '2024-09-01',
    to: '2026-09-01',
    compare: 'year',
    where: {},
  });
  const { gzipSync } = await import('node:zlib');
  const scripts = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map((one) => one.name)
      .filter((name) => name.endsWith('.js')),
  );
  const bodies = await Promise.all(
    scripts.map(async (script) => Buffer.from(await (await fetch(script)).arrayBuffer())),
  );
  expect(bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)).toBeLessThanOrEqual(200_000);
  expect(bodies.some((body) => body.includes('plot-d6a7b5'))).toBe(false);
  await page.context().close();
});

test('a filter is set by keyboard, kept in the address, sent with the question, and undone by Back', async () => {
  const { page } = await visit('/');
  await page.getByRole('button', { name: /^Facility/ }).focus();
  await page.keyboard.press('Enter');
  const box = page.getByRole('checkbox', { name: 'Riverside' });
  await box.focus();
  await page.keyboard.press('Space');
  await page.keyboard.press('Escape');
  await settled(page);
  expect(new URL(page.url()).search).toBe('?facility=riverside');
  expect(stub.mood.asked.at(-1)?.where).toEqual({ facility: ['riverside'] });
  await page.goBack();
  await settled(page);
  expect(new URL(page.url()).search).toBe('');
  await page.context().close();
});

test('a metric that does not keep a dimension shows a dash and why', async () => {
  const { page } = await visit('/?service=oncology');
  const row = page.getByRole('row', { name: /Abstracted in 6 months/ });
  expect(await row.textContent()).toMatch(/–.*is not kept by service/);
  expect(stub.mood.asked[0]?.metrics).not.toContain('abstracted_in_6_months');
  await page.context().close();
});

test('the attention line leads to the indicator it speaks of', async () => {
  const { page } = await visit('/');
  await page.locator('.lede a').first().click();
  await settled(page);
  expect(new URL(page.url()).pathname).toBe('/kpi/delinquency_rate');
  expect(await page.locator('h1').textContent()).toBe('Delinquency rate');
  await page.context().close();
});

test('rows of the true height stand while the numbers are awaited', async () => {
  stub.mood.delay = 600;
  const { page } = await openPage(browser);
  await page.goto(stub.origin);
  await page.getByRole('status', { name: 'Loading the scorecard' }).waitFor();
  await page.getByRole('row', { name: /Delinquency rate/ }).waitFor();
  await page.context().close();
});

test('a failed question keeps the last good numbers and says what failed', async () => {
  const { page } = await visit('/');
  stub.mood.failure = 'The query took longer than 30 seconds.';
  await page.getByRole('button', { name: /^Compared with/ }).click();
  await page.getByRole('radio', { name: 'the month before' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/longer than 30 seconds.*last good numbers, of the release of 2 Sep 2026/s);
  expect(await page.getByRole('row', { name: /Delinquency rate/ }).count()).toBe(1);
  await page.context().close();
});

test('a late answer to an earlier question never paints', async () => {
  const { page } = await visit('/kpi/delinquency_rate');
  stub.mood.delay = 500;
  await page.getByRole('button', { name: /^Facility/ }).click();
  await page.getByRole('checkbox', { name: 'Riverside' }).click();
  stub.mood.delay = 0;
  await page.getByRole('checkbox', { name: 'Riverside' }).click();
  await settled(page);
  const before = await page.locator('.line > b').textContent();
  await page.waitForTimeout(700);
  expect(await page.locator('.line > b').textContent()).toBe(before);
  expect(new URL(page.url()).search).toBe('');
  await page.context().close();
});

test('every chart is also a table, and its points are read out by arrow keys', async () => {
  const { page } = await visit('/kpi/delinquency_rate');
  const chart = page.getByRole('application').first();
  await chart.focus();
  await page.keyboard.press('End');
  expect(await chart.locator('[aria-live]').textContent()).toMatch(/^Aug 2026: 2\d\.\d/);
  await page.keyboard.press('ArrowLeft');
  expect(await chart.locator('[aria-live]').textContent()).toMatch(/^Jul 2026/);
  await page.getByRole('button', { name: 'View as table' }).first().click();
  expect(await page.getByRole('table', { name: 'Over time' }).getByRole('row').count()).toBe(1 + 24);
  await page.context().close();
});

test('what an address asks in vain is answered with a sentence', async () => {
  const { page, complaints } = await visit('/');
  for (const [path, sentence] of [
    ['/kpi/no_such_metric', 'There is no such indicator'],
    ['/nowhere', 'There is no such page'],
    ['/?facilty=riverside', 'There is no dimension “facilty”'],
    ['/?period=soon', 'The address asks for a period that cannot be read'],
    ['/?period=0000-01..9999-12', 'The address asks for a period that cannot be read'],
    ['/?facility=moon&facility=moon', 'This release has no facility “moon”'],
    ['/kpi/delinquency_rate?by=moon', 'is not kept by “moon”'],
    ['/runs/none', 'There is no run “none”'],
  ] as const) {
    await page.evaluate((to) => {
      history.pushState(null, '', to);
      dispatchEvent(new PopStateEvent('popstate'));
    }, path);
    await page.locator('main').getByText(sentence).waitFor();
  }
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('the colours chosen stay chosen', async () => {
  const { page } = await visit('/');
  const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await paper();
  const toggle = page.getByRole('button', { name: /^Colours/ });
  await toggle.click();
  await toggle.click();
  const dark = await paper();
  expect(dark).not.toBe(light);
  await page.reload();
  await settled(page);
  expect(await paper()).toBe(dark);
  await page.context().close();
});

test('the first stop of the keyboard skips to the content', async () => {
  const { page } = await visit('/');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Skip to content');
  await page.context().close();
});

test('the scorecard prints on one page, of A4 and of Letter', async () => {
  const { page } = await visit('/');
  for (const format of ['A4', 'Letter']) {
    const pdf = await page.pdf({ format });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g), format).toHaveLength(1);
  }
  await page.context().close();
});

test('a broken check is marked on the row it guards, and leads to the checks of its page', async () => {
  const { page } = await visit('/');
  const mark = page.getByRole('row', { name: /Delinquency rate/ }).getByRole('link', { name: /1 of 15 check fails/ });
  await mark.click();
  await settled(page);
  expect(new URL(page.url()).pathname + new URL(page.url()).hash).toBe('/kpi/delinquency_rate#checks');
  expect(await page.locator('#checks + dd').textContent()).toMatch(/22 of 7,400/);
  await page.context().close();
});

test('another release changes the whole page at once, and the page says so', async () => {
  const { page } = await visit('/completion');
  const releases = page.locator('footer code');
  const before = await releases.textContent();
  stub.mood.release = '20260903T041012Z-00ddba11';
  // The next answer is of the new release: it is not painted among the old ones, it makes the page anew.
  await page.getByRole('button', { name: /^Facility/ }).click();
  await page.getByRole('checkbox', { name: 'Riverside' }).click();
  await page.getByText('Another release is served now').waitFor();
  await settled(page);
  expect(await releases.textContent()).not.toBe(before);
  expect(await page.getByRole('application').count()).toBeGreaterThan(2);
  await page.getByRole('button', { name: 'Close' }).click();
  expect(await page.getByText('Another release is served now').count()).toBe(0);
  await page.context().close();
});

test('a server that is away is said once, waited for, and asked again', async () => {
  const { page } = await visit('/kpi/delinquency_rate');
  await page.route('**/api/**', (route) => route.abort());
  await page.getByRole('button', { name: /^Facility/ }).click();
  await page.getByRole('checkbox', { name: 'Riverside' }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.allTextContents()).toHaveLength(1);
  expect(await alert.textContent()).toMatch(/does not answer.*last numbers it gave/s);
  await page.unroute('**/api/**');
  await alert.waitFor({ state: 'detached' });
  await settled(page);
  expect(stub.mood.asked.some(({ where }) => where.facility?.[0] === 'riverside')).toBe(true);
  await page.context().close();
});

test('the batches of a source add up in one line, and each has its own waterfall', async () => {
  const { page } = await visit('/runs');
  const source = page.getByText(/^encounters\s*2 batches/);
  await source.click();
  await page.getByText('encounter-2026-08.csv.gz').last().click();
  await page
    .getByRole('application', { name: /^encounter\./ })
    .nth(1)
    .waitFor();
  await page.context().close();
});

test('a link that is rested on has its page and first answer fetched; one that is passed over has not', async () => {
  const { page } = await visit('/');
  const chunks: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') chunks.push(new URL(request.url()).pathname);
  });
  const before = stub.mood.asked.length;
  const row = page.getByRole('link', { name: 'Delinquency rate', exact: true });
  await row.evaluate((link) => {
    link.dispatchEvent(new PointerEvent('pointerover', { bubbles: true }));
    link.dispatchEvent(new PointerEvent('pointerout', { bubbles: true }));
  });
  await page.waitForTimeout(200);
  expect(stub.mood.asked.length).toBe(before);
  expect(chunks).toEqual([]);

  await row.hover();
  await expect.poll(() => stub.mood.asked.length).toBe(before + 1);
  await expect.poll(() => chunks.some((path) => path.includes('Kpi'))).toBe(true);
  const ahead = JSON.stringify(stub.mood.asked.at(-1));
  await row.click();
  await settled(page);
  expect(await page.locator('h1').textContent()).toBe('Delinquency rate');
  expect(stub.mood.asked.filter((asked) => JSON.stringify(asked) === ahead)).toHaveLength(1);
  await page.context().close();
});

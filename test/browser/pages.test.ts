import { createRequire } from 'node:module';
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { startStub, type Stub } from './stub/server.ts';
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
  Object.assign(stub.mood, { delay: 0, failure: null });
  stub.mood.asked.length = 0;
});

const visit = async (path: string, wish: PageWish = {}): Promise<{ page: Page; complaints: string[] }> => {
  const opened = await openPage(browser, wish);
  await opened.page.goto(stub.origin + path);
  await settled(opened.page);
  return opened;
};

const paths = ['/', '/coding', '/completion', '/registry', '/runs', '/kpi/delinquency_rate?facility=riverside'];
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** What axe finds serious or worse. The script comes from a file: the pages' own policy lets no other in. */
const serious = async (page: Page): Promise<readonly string[]> => {
  const { readFileSync } = await import('node:fs');
  await page.evaluate(readFileSync(axe, 'utf8'));
  return page.evaluate(async () => {
    const { axe: tool } = window as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await tool.run();
    const bad = violations.filter((one) => one.impact === 'serious' || one.impact === 'critical');
    return bad.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
};

test.each(paths.flatMap((path) => [[path, false] as const, [path, true] as const]))(
  '%s is usable by everybody, dark %s',
  async (path, dark) => {
    const { page, complaints } = await visit(path, { dark });
    expect(await serious(page)).toEqual([]);
    expect(complaints).toEqual([]);
    const name = path === '/' ? 'scorecard' : path.replace(/\?.*/, '').slice(1).replaceAll('/', '-');
    await screenshot(page, `${name}-${dark ? 'dark' : 'light'}`);
    await page.context().close();
  },
);

test.each(paths)('%s fits 1280, 768 and 390 pixels', async (path) => {
  const { page } = await visit(path);
  for (const width of [1280, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `${path} at ${width}`).toBeLessThanOrEqual(0);
  }
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
  stub.mood.delay = 900;
  await page.getByRole('button', { name: /^Facility/ }).click();
  await page.getByRole('checkbox', { name: 'Riverside' }).click();
  stub.mood.delay = 0;
  await page.getByRole('checkbox', { name: 'Riverside' }).click();
  await settled(page);
  const before = await page.locator('.line > b').textContent();
  await page.waitForTimeout(1100);
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

test.each([
  ['/kpi/no_such_metric', 'There is no such indicator'],
  ['/nowhere', 'There is no such page'],
  ['/?facilty=riverside', 'There is no dimension “facilty”'],
  ['/?period=soon', 'The address asks for a period that cannot be read'],
  ['/kpi/delinquency_rate?by=moon', 'is not kept by “moon”'],
  ['/runs/none', 'There is no run “none”'],
])('%s is answered with a sentence', async (path, sentence) => {
  const { page, complaints } = await visit(path);
  expect(await page.locator('main').textContent()).toContain(sentence);
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

test.each(['A4', 'Letter'])('the scorecard prints on one page of %s', async (format) => {
  const { page } = await visit('/');
  const pdf = await page.pdf({ format });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.context().close();
});

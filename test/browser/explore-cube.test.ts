// Explore on a real server: one request brings a cube, and after that filters, splits, periods and brushes ask nobody.
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addDays } from '../../dashboard/data/period.ts';
import { serious } from './support/axe.ts';
import { openBrowser, openPage, screenshot, settled } from './support/browser.ts';
import { serveDemo, type DemoServer } from './support/demo-server.ts';

let demo: DemoServer;
let browser: Browser;

beforeAll(async () => {
  [demo, browser] = await Promise.all([serveDemo(1500), openBrowser()]);
}, 240_000);
afterAll(async () => {
  await browser.close();
  await demo.close();
});

const view = '?metric=error_free_records&rows=facility&beside=service&beside=coder';

const visit = async (query: string) => {
  const { page, complaints } = await openPage(browser);
  const asked: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (/^\/api\/(cube|batch|query)/.test(pathname)) asked.push(pathname);
  });
  await page.goto(`${demo.origin}/explore${query}`);
  await settled(page);
  return { page, asked, complaints };
};

const searchOf = (page: Page): URLSearchParams => new URL(page.url()).searchParams;
const chart = (page: Page, name: string) => page.getByRole('region', { name, exact: true }).getByRole('application');
const foot = (page: Page) => page.locator('tfoot td, tfoot th').allTextContents();

test('one request brings the cube; what is picked in one chart filters all, and asks nobody', async () => {
  const { page, asked, complaints } = await visit(view);
  expect(asked).toEqual(['/api/cube']);
  await page.getByText(/from the cube of \d/).waitFor();
  const before = await foot(page);

  await chart(page, 'By service').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await settled(page);
  const [service] = searchOf(page).getAll('service');
  expect(service).toBeDefined();
  const after = await foot(page);
  expect(after).not.toEqual(before);
  await page.getByRole('region', { name: 'By service' }).getByText('1 picked').waitFor();

  await chart(page, 'By coder').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowDown');
  expect(await chart(page, 'By coder').locator('[aria-live]').textContent()).toContain('marked');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Enter');
  await settled(page);
  expect(searchOf(page).getAll('coder')).toHaveLength(3);
  expect(searchOf(page).getAll('service')).toEqual([service]);
  expect(asked).toEqual(['/api/cube']);

  // The very numbers that the server gives a page that comes by this address.
  const fromCube = await page.locator('table').first().innerText();
  const url = new URL(page.url());
  const marts = await openPage(browser);
  await marts.page.route('**/api/cube', async (route) => {
    const { release, questions } = route.request().postDataJSON() as { release: string | null; questions: unknown };
    const answered = await route.fetch({ url: `${demo.origin}/api/batch`, postData: { release, questions } });
    const told = Buffer.from(JSON.stringify({ tier: 'marts', refused: 'the test wants none' }));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(told.length);
    await route.fulfill({ body: Buffer.concat([length, told, await answered.body()]) });
  });
  await marts.page.goto(url.href);
  await settled(marts.page);
  await marts.page.getByText('from the marts, without a cube: the test wants none').waitFor();
  expect(await marts.page.locator('table').first().innerText()).toBe(fromCube);
  await marts.page.context().close();

  await page.getByRole('button', { name: /^Keep all by coder/ }).click();
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await settled(page);
  expect(await foot(page)).toEqual(before);
  expect(asked).toEqual(['/api/cube']);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('a click and a drag pick values; splits, grains and periods come out of the same cube', async () => {
  const { page, asked } = await visit(view);
  const box = (await chart(page, 'By coder').boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await page.mouse.click(box.x + box.width / 2, box.y + 40);
  await settled(page);
  expect(searchOf(page).getAll('coder')).toHaveLength(1);
  await page.mouse.move(box.x + box.width / 2, box.y + 40);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, box.y + 100, { steps: 5 });
  await page.mouse.up();
  await settled(page);
  expect(searchOf(page).getAll('coder').length).toBeGreaterThan(1);
  await page.getByRole('button', { name: /^for each/ }).click();
  await page.getByRole('radio', { name: 'quarter' }).check();
  await settled(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^by / }).click();
  await page.getByRole('radio', { name: 'Coder', exact: true }).check();
  await settled(page);
  expect(searchOf(page).get('rows')).toBe('coder');
  expect(asked).toEqual(['/api/cube']);
  await page.context().close();
});

test('a stretch of weeks that is marked becomes the period, from its first day to its last', async () => {
  const { page, asked, complaints } = await visit('?metric=encounters&grain=week');
  const weeks = page.getByRole('application').first();
  await weeks.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
  for (let i = 0; i < 3; i++) await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await settled(page);
  const [from = '', last = ''] = (searchOf(page).get('period') ?? '').split('..');
  expect([new Date(from).getUTCDay(), new Date(last).getUTCDay()]).toEqual([1, 0]);
  expect((Date.parse(last) - Date.parse(from)) / 86_400_000).toBe(4 * 7 - 1);
  expect(await page.locator('tbody tr').count()).toBe(4);
  expect(asked).toEqual(['/api/cube']);

  // Days typed are taken as they are; the weeks that they cut are left out, and the words say so.
  await page.getByRole('button', { name: /^Period \d/ }).click();
  await page.getByLabel('To', { exact: true }).last().fill(addDays(last, 3));
  await page.keyboard.press('Escape');
  await settled(page);
  expect(searchOf(page).get('period')).toBe(`${from}..${addDays(last, 3)}`);
  expect(await page.locator('tbody tr').count()).toBe(4);
  await page.getByText('every whole week').waitFor();
  expect(asked).toEqual(['/api/cube']);
  await screenshot(page, 'explore-days');
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('what is not made of sums comes from the marts, without asking for a cube', async () => {
  const { page, asked } = await visit('?metric=discharge_to_coded_km&beside=facility');
  expect(asked).toEqual(['/api/batch']);
  await page.getByText('from the marts', { exact: true }).waitFor();
  await chart(page, 'By facility').focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await settled(page);
  expect(asked).toEqual(['/api/batch', '/api/batch']);
  await page.context().close();
});

test('charts beside are usable by everybody, in light and dark, at every width', async () => {
  const { page, complaints } = await visit(`${view}&service=medicine`);
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page), colours).toEqual([]);
    await screenshot(page, `explore-beside-${colours}`);
  }
  await page.getByRole('button', { name: /^Beside it/ }).click();
  expect(await serious(page)).toEqual([]);
  await screenshot(page, 'explore-beside-chip');
  await page.keyboard.press('Escape');
  for (const width of [1280, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, String(width)).toBeLessThanOrEqual(0);
  }
  await screenshot(page, 'explore-beside-narrow');
  expect(complaints).toEqual([]);
  await page.context().close();
});

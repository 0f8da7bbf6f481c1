// The tour of the demo: offered once, followed forth and back, ended, begun again; and nowhere but in a demo.
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { stories } from '../../etl/demo/story.ts';
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
afterEach(() => (stub.mood.demoStories = []));

const visit = async (path: string, width = 1280): Promise<Page> => {
  const { page } = await openPage(browser, { width, height: 844 });
  await page.goto(stub.origin + path);
  await settled(page);
  return page;
};
const strip = (page: Page) => page.getByRole('region', { name: 'Tour of the demo' });
const press = async (page: Page, name: string): Promise<void> =>
  strip(page).getByRole('button', { name, exact: true }).click();
const pathOf = (page: Page): string => new URL(page.url()).pathname + new URL(page.url()).search;

const demo = (): void => {
  stub.mood.demoStories = [...stories.map(({ id }) => id), 'bad-rows'];
};

test('a hospital that is no demo knows of no tour', async () => {
  const page = await visit('/');
  expect(await strip(page).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Tour of the demo' }).count()).toBe(0);
  await page.context().close();
});

test('it leads forth and back by keyboard, each step on its view, and remembers where one was', async () => {
  demo();
  const page = await visit('/');
  expect(await strip(page).textContent()).toMatch(/Seven\s+stories/i);
  await strip(page).getByRole('button', { name: 'Take the tour' }).focus();
  await page.keyboard.press('Enter');
  await settled(page);
  expect(pathOf(page)).toBe('/kpi/delinquency_rate?facility=riverside');
  expect(await strip(page).textContent()).toMatch(/1 of 7.*Riverside goes live/s);
  // The focus stays where the next press is.
  await page.keyboard.press('Enter');
  await settled(page);
  expect(await strip(page).textContent()).toMatch(/2 of 7.*signs late/s);
  await press(page, 'Back');
  await settled(page);
  expect(pathOf(page)).toBe('/kpi/delinquency_rate?facility=riverside');
  await page.getByRole('link', { name: 'Himsight, scorecard' }).click();
  await settled(page);
  await page.reload();
  await settled(page);
  expect(await strip(page).textContent()).toMatch(/1 of 7/);
  await strip(page).getByRole('link', { name: 'Show this view' }).click();
  await settled(page);
  expect(pathOf(page)).toBe('/kpi/delinquency_rate?facility=riverside');
  expect(await strip(page).getByRole('link').count()).toBe(0);
  await page.context().close();
});

test('declined it stays away, and the foot and the palette begin it again', async () => {
  demo();
  const page = await visit('/');
  await press(page, 'Not now');
  await page.getByText('The foot of every page starts the tour again').waitFor();
  await page.reload();
  await settled(page);
  expect(await strip(page).count()).toBe(0);
  await page.getByRole('button', { name: 'Tour of the demo' }).click();
  await press(page, 'Take the tour');
  for (let step = 1; step < 7; step++) await press(page, 'Next');
  expect(await strip(page).textContent()).toMatch(/7 of 7/);
  expect(pathOf(page)).toBe('/runs');
  await press(page, 'Finish');
  expect(await strip(page).count()).toBe(0);
  await page.keyboard.press('Control+k');
  await page.getByRole('combobox', { name: 'Find' }).waitFor();
  await page.keyboard.type('tour');
  await page.keyboard.press('Enter');
  await strip(page).waitFor();
  await page.context().close();
});

test('only what happened is told', async () => {
  stub.mood.demoStories = ['go-live', 'weekday'];
  const page = await visit('/');
  await press(page, 'Take the tour');
  expect(await strip(page).textContent()).toMatch(/1 of 1/);
  expect(await strip(page).getByRole('button').allTextContents()).toEqual(['Finish']);
  await page.context().close();
});

test.each([1280, 390])('the strip is usable by everybody at %i px, and not printed', async (width) => {
  demo();
  const page = await visit('/', width);
  for (const step of ['offer', 'step']) {
    for (const colours of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: colours });
      expect(await serious(page), `${step} in ${colours}`).toEqual([]);
    }
    await screenshot(page, `tour-${step}-${width}`);
    if (step === 'offer') await press(page, 'Take the tour');
    await settled(page);
  }
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over).toBeLessThanOrEqual(0);
  await page.emulateMedia({ media: 'print' });
  expect(await strip(page).isVisible()).toBe(false);
  await page.context().close();
});

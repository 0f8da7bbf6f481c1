// What is asked in vain, forbidden, empty or gone is a state with a sentence, never a blank; usable by everybody, too.
import { rm } from 'node:fs/promises';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { stubRelease } from './stub/ledger.ts';
import { startStub, type Stub } from './stub/server.ts';
import { serious } from './support/axe.ts';
import { openBrowser, openPage, screenshot, settled } from './support/browser.ts';
import { buildBundle } from './support/bundle.ts';
import { bring, states } from './support/states.ts';

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
  Object.assign(stub.mood, { release: stubRelease.release, isWithheld: false });
});

test.each(states)('$name', async (state) => {
  const { page } = await openPage(browser, { width: 1280, height: 900 });
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(String(error)));
  await bring(page, stub, state, () => settled(page));
  const numbers = page.locator('.scorecard td.value b, main [role="application"], .facilities td.n a');
  if (state.shows === 'numbers') await numbers.first().waitFor();
  expect(await page.locator('h1').count()).toBeGreaterThan(0);
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page), colours).toEqual([]);
  }
  // 640 px is 1280 at a zoom of 200 %.
  for (const width of [640, 390]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await serious(page), String(width)).toEqual([]);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, String(width)).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  await screenshot(page, `state-${state.name.replaceAll(/[^a-z0-9]+/gi, '-')}`);
  expect(faults).toEqual([]);
  await page.context().close();
});

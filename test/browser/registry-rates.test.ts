// Rates and survival of a registry: what is asked stands in the address, what is withheld in words.
import { readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
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

const panel = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true }).first();
const searchOf = (page: Page): string => new URL(page.url()).search;

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const serious = async (page: Page): Promise<readonly string[]> => {
  await page.evaluate(readFileSync(axe, 'utf8'));
  return page.evaluate(async () => {
    const { axe: tool } = window as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await tool.run();
    return violations
      .filter((one) => one.impact === 'serious' || one.impact === 'critical')
      .map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(' | ')}`);
  });
};

test('rates and survival are asked for, kept in the address, and read by everybody', async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(`${stub.origin}/registry`);
  await settled(page);
  const rates = panel(page, 'Incidence by year');
  await rates.waitFor();
  await settled(page);
  expect(await rates.textContent()).toContain('APC 3.6 % (1.0 to 6.0)');
  expect(await rates.textContent()).toContain('standard: 2000 U.S. Std Population · release ');
  expect(await rates.textContent()).toContain('not counted: 3 of elsewhere, 1 of unknown age');

  await rates.getByRole('radio', { name: 'Race' }).click({ force: true });
  const races = panel(page, 'Incidence by race');
  await races.waitFor();
  await settled(page);
  expect(searchOf(page)).toBe('?rates=race');
  expect(await races.textContent()).toContain('fewer than 16 cases');
  await races.getByRole('button', { name: 'View as table' }).click();
  const cells = await races.locator('tbody tr').first().locator('td, th').allTextContents();
  expect(cells.map((cell) => cell.trim())).toEqual(['Black', 'fewer than 16 cases', '880,123', '–', '–', '–', '–']);

  await races.getByRole('button', { name: /^Standard/ }).click();
  await page.getByRole('radio', { name: 'World (Segi 1960)' }).click();
  await settled(page);
  await page.keyboard.press('Escape');
  expect(new URLSearchParams(searchOf(page)).get('standard')).toBe('World (Segi 1960)');
  expect(await races.textContent()).toContain('standard: World (Segi 1960)');

  const survival = panel(page, 'Observed survival');
  await survival.getByRole('radio', { name: 'Stage' }).click({ force: true });
  const staged = panel(page, 'Observed survival by stage');
  await staged.waitFor();
  await settled(page);
  expect(await staged.textContent()).toMatch(/at risk.*Localized.*Distant/);
  expect(await staged.textContent()).toContain('< 16');
  await staged.getByRole('button', { name: /^Survival/ }).click();
  await page.getByRole('radio', { name: 'Relative, Ederer II' }).click();
  await page.keyboard.press('Escape');
  await panel(page, 'Relative survival by stage').waitFor();
  await settled(page);

  // What stands in the address is what comes back.
  const address = searchOf(page);
  await page.reload();
  await settled(page);
  await panel(page, 'Relative survival by stage').waitFor();
  await panel(page, 'Incidence by race').waitFor();
  expect(searchOf(page)).toBe(address);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('the cursor reads each point out by keyboard', async () => {
  const { page } = await openPage(browser);
  await page.goto(`${stub.origin}/registry?rates=sex`);
  await settled(page);
  const rates = panel(page, 'Incidence by sex');
  await rates.waitFor();
  await settled(page);
  await rates.getByRole('slider').or(rates.locator('[tabindex="0"]')).first().focus();
  await page.keyboard.press('ArrowRight');
  expect(await rates.textContent()).toContain('Male: 61.0 per 100,000, limits 57.0–65.0, 549 cases');
  await page.context().close();
});

test('both panels pass axe in light and dark and fit every width', async () => {
  const { page, complaints } = await openPage(browser);
  await page.goto(`${stub.origin}/registry?rates=site&survival=stage&measure=relative&cancer=22030`);
  await settled(page);
  await panel(page, 'Incidence by site').waitFor();
  await settled(page);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await serious(page), colorScheme).toEqual([]);
  }
  for (const width of [1280, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `at ${width}`).toBeLessThanOrEqual(0);
  }
  expect(complaints).toEqual([]);
  await page.context().close();
});

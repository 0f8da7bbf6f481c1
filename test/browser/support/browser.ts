import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser, type Page } from 'playwright-core';

/**
 * A Chromium without a window: the one named in CHROMIUM_PATH, else the one that comes with the npm packages (Linux).
 *
 * That one is meant for lambdas, where a browser is a single process; here it may be several, which is what crashes less.
 */
export const openBrowser = async (): Promise<Browser> => {
  const named = process.env.CHROMIUM_PATH;
  // `--disable-web-security` would hide what the content security policy and the origin forbid.
  const unwanted = ['--single-process', '--no-zygote', '--disable-web-security', '--allow-running-insecure-content'];
  const launch = async (): Promise<Browser> =>
    playwright.launch({
      executablePath: named ?? (await chromium.executablePath()),
      args: named ? ['--no-sandbox'] : chromium.args.filter((argument) => !unwanted.includes(argument)),
      headless: true,
    });
  // Two test files unpack it into one place: the second may come while the first is still writing.
  for (let tries = 0; tries < 40; tries++) {
    const browser = await launch().catch((error: unknown) => {
      if (!String(error).includes('ETXTBSY')) throw error;
      return null;
    });
    if (browser !== null) return browser;
    await sleep(250);
  }
  return launch();
};

export interface PageWish {
  readonly width?: number;
  readonly height?: number;
  readonly dark?: boolean;
  /** Somebody who has seen or declined the tour of the demo. */
  readonly knowsTour?: boolean;
}

/** A page of its own context. What it complains about is gathered in `complaints`. */
export const openPage = async (
  browser: Browser,
  wish: PageWish = {},
): Promise<{ readonly page: Page; readonly complaints: string[] }> => {
  const context = await browser.newContext({
    viewport: { width: wish.width ?? 1440, height: wish.height ?? 1000 },
    colorScheme: wish.dark === true ? 'dark' : 'light',
    reducedMotion: 'reduce',
    locale: 'en-US',
    timezoneId: 'UTC',
  });
  if (wish.knowsTour === true)
    await context.addInitScript("if (location.protocol === 'http:') localStorage.setItem('himsight-tour', 'done')");
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  return { page, complaints };
};

/** All has come, been drawn, and the fonts with it. */
export const settled = async (page: Page): Promise<void> => {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(
    () => document.querySelector('[aria-busy="true"], main [role="status"][aria-label^="Loading"]') === null,
    undefined,
    { timeout: 8000 },
  );
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
};

/** Saves what the whole page looks like to the folder named in SCREENSHOTS; does nothing without one. */
export const screenshot = async (page: Page, name: string): Promise<void> => {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
};

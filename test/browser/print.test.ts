// Every page on paper: as many sheets as it needs, none of them empty, nothing left that only a screen can do.
import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStub, type Stub } from './stub/server.ts';
import { openBrowser, openPage, screenshot, settled } from './support/browser.ts';
import { buildBundle } from './support/bundle.ts';
import { pagesOf } from './support/pdf.ts';

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

const visit = async (path: string, width = 1280): Promise<Page> => {
  const { page } = await openPage(browser, { width, height: 900 });
  await page.goto(stub.origin + path);
  await settled(page);
  return page;
};

/** The most sheets that each may take, of A4 and of Letter. */
const most: Readonly<Record<string, number>> = {
  '/': 1,
  '/?by=facility': 1,
  '/coding': 3,
  '/quality': 3,
  '/completion': 4,
  '/unbilled': 5,
  '/denials': 3,
  '/cdi': 3,
  '/operations': 3,
  '/registry': 7,
  '/submissions/trauma': 2,
  '/explore?metric=delinquency_rate&rows=facility': 3,
  '/workbench': 1,
  '/data-quality': 6,
  '/runs': 7,
  '/kpi/delinquency_rate?facility=riverside': 4,
  '/kpi/no_such_metric': 1,
  '/nowhere': 1,
};

test.each(Object.entries(most))('%s prints on %i sheets at most, none of them empty', async (path, sheets) => {
  const page = await visit(path);
  for (const format of ['A4', 'Letter']) {
    const found = pagesOf(await page.pdf({ format, printBackground: true }));
    if (process.env.SCREENSHOTS)
      console.log(path, format, found.map(({ texts, paths }) => `${texts}+${paths}`).join(' '));
    expect(found.length, format).toBeGreaterThan(0);
    expect(found.length, format).toBeLessThanOrEqual(sheets);
    for (const { texts } of found) expect(texts, `${format}, ${found.length} sheets`).toBeGreaterThan(2);
  }
  await page.context().close();
});

/** A4 less its margins, in CSS pixels. */
const paper = 703;

test.each(Object.keys(most))(
  '%s keeps nothing on paper that only a screen can do, and cuts nothing off',
  async (path) => {
    const page = await visit(path, paper);
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    await settled(page);
    const left = await page.evaluate(() => {
      const seen = (one: Element) => one.checkVisibility() && one.getBoundingClientRect().width > 2;
      const controls = [
        ...document.querySelectorAll('nav, input, select, [role="radiogroup"], [role="dialog"]'),
        // A choice is left as the word chosen, without its frame.
      ].filter((one) => seen(one) && !(one.closest('main') && getComputedStyle(one).borderStyle === 'none'));
      const scrolling = [...document.querySelectorAll('main *:not(.unseen)')].filter((one) => {
        const { overflowX, overflowY } = getComputedStyle(one);
        return seen(one) && /auto|scroll|hidden/.test(overflowX + overflowY) && one.tagName !== 'svg';
      });
      const charts = [...document.querySelectorAll('main svg.plot')].filter(
        (one) => seen(one) && one.getBoundingClientRect().right > innerWidth + 1,
      );
      return [...controls, ...scrolling, ...charts].map((one) => one.outerHTML.slice(0, 120));
    });
    expect(left).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(paper);
    await screenshot(page, `print-${path.replaceAll(/[^a-z]+/g, '-')}`);
    await page.context().close();
  },
);

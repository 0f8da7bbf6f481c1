// Takes the pictures of the documents from a running server: node test/browser/picture.ts [ORIGIN [NAME=PATH …]]
import { join } from 'node:path';
import { openBrowser, openPage, settled, type PageWish } from './support/browser.ts';

const origin = process.argv[2] ?? 'http://127.0.0.1:4180';
const folder = join(import.meta.dirname, 'screenshot');
const asked = process.argv.slice(3).map((word) => {
  const at = word.indexOf('=');
  return [word.slice(0, at), word.slice(at + 1)] as const;
});
const usual = {
  ...{ scorecard: '/', coding: '/coding', completion: '/completion', unbilled: '/unbilled', registry: '/registry' },
  ...{ runs: '/runs', 'data-quality': '/data-quality', kpi: '/kpi/code_accuracy_auditor' },
};
const paths = asked.length > 0 ? Object.fromEntries(asked) : usual;
const looks: Readonly<Record<string, PageWish>> = {
  light: { width: 1280, height: 900 },
  dark: { width: 1280, height: 900, dark: true },
  narrow: { width: 390, height: 844 },
};

/** Of a long page the beginning: below are lists, and a picture stays small. */
const tallest = 2400;

const browser = await openBrowser();
for (const [name, path] of Object.entries(paths)) {
  for (const [look, wish] of Object.entries(looks)) {
    const { page, complaints } = await openPage(browser, { ...wish, knowsTour: true });
    await page.goto(origin + path);
    await settled(page);
    const { width } = wish;
    const height = Math.min(tallest, await page.evaluate(() => document.documentElement.scrollHeight));
    await page.screenshot({
      path: join(folder, `${name}-${look}.png`),
      fullPage: true,
      clip: { x: 0, y: 0, width: width ?? 1280, height },
    });
    console.log(`${name}-${look}`, complaints.length === 0 ? 'clean' : complaints);
    await page.context().close();
  }
}
await browser.close();

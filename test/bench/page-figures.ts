import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { build } from 'vite';
import { currentRelease, releaseFile } from '../../warehouse/release-folder.ts';
import { openBrowser, openPage } from '../browser/support/browser.ts';
import { exploreFigures, type ExploreFigures } from './explore-figures.ts';
import { quantile } from './measured-process.ts';
import { mosaicFigures, type MosaicFigures } from './mosaic.ts';
import { patience } from './painted.ts';

/** Milliseconds of one page: of the queries it asks, each repeated, and until everything on it is drawn. */
export interface PageFigures {
  readonly page: string;
  readonly queryP50: number;
  readonly queryP95: number;
  readonly paint: number;
}

const dashboard = fileURLToPath(new URL('../../dashboard', import.meta.url));
const pages = ['/', '/coding', '/completion', '/registry', '/runs'];
const repeats = 30;
const visits = 5;

/** All that is measured in a browser. */
export interface BrowserFigures {
  readonly pages: readonly PageFigures[];
  readonly explore: readonly ExploreFigures[];
  /** Of the same rows, charts and picks; or why there are none. */
  readonly mosaic: MosaicFigures | string;
}

/**
 * Serves the workspace, visits each page in a Chromium, and asks again what the page asked; then picks values in Explore, and
 * beside it, in the same run, in Mosaic.
 */
export const browserFigures = async (program: string, workspace: string, folder: string): Promise<BrowserFigures> => {
  // Built beforehand: the server would build them while they are being looked at.
  await build({ configFile: join(dashboard, 'vite.config.ts'), root: dashboard, logLevel: 'error' });
  const origin = `http://127.0.0.1:${42_000 + (process.pid % 1000)}`;
  const server = spawn(
    process.execPath,
    [program, 'serve', '--quiet', '--port', new URL(origin).port, '--workspace', workspace],
    { stdio: 'ignore', env: { ...process.env, UV_THREADPOOL_SIZE: '16' } },
  );
  const browser = await openBrowser();
  try {
    while ((await fetch(`${origin}/api/health`).catch(() => null))?.status !== 200) await sleep(100);
    const figures: PageFigures[] = [];
    for (const page of pages) {
      const asked = new Set<string>();
      const paints: number[] = [];
      for (let i = 0; i < visits; i++) paints.push(await visit(browser, origin + page, asked));
      const times = await askAgain(origin, [...asked]);
      figures.push({
        page,
        queryP50: Math.round(quantile(times, 0.5)),
        queryP95: Math.round(quantile(times, 0.95)),
        paint: Math.round(quantile(paints, 0.5)),
      });
    }
    const releases = join(workspace, 'data', 'release');
    const release = releaseFile(releases, currentRelease(releases) ?? '');
    const explore = await exploreFigures(browser, origin);
    return { pages: figures, explore, mosaic: await mosaicFigures(browser, release, folder) };
  } finally {
    await browser.close();
    server.kill('SIGTERM');
    await once(server, 'exit');
  }
};

/** Milliseconds from the first byte asked for until nothing on the page is loading; `asked` gathers its questions. */
const visit = async (browser: Browser, url: string, asked: Set<string>): Promise<number> => {
  const { page } = await openPage(browser);
  page.on('request', (request) => {
    const body = request.method() === 'POST' ? request.postData() : null;
    const { pathname } = new URL(request.url());
    if (body !== null) asked.add(`${pathname} ${body}`);
    else if (pathname.startsWith('/api/')) asked.add(pathname);
  });
  await page.goto(url, { waitUntil: 'commit' });
  const drawn = await page.waitForFunction(
    () => {
      const main = document.querySelector('main');
      const isBusy = document.querySelector('[aria-busy="true"], [role="status"][aria-label^="Loading"]') !== null;
      return main !== null && main.childElementCount > 0 && !isBusy && main.innerText.length > 200
        ? performance.now()
        : false;
    },
    undefined,
    { polling: 'raf', timeout: patience },
  );
  const milliseconds = Number(await drawn.jsonValue());
  await page.waitForLoadState('networkidle', { timeout: patience });
  await page.context().close();
  return milliseconds;
};

const askAgain = async (origin: string, asked: readonly string[]): Promise<readonly number[]> => {
  const times: number[] = [];
  for (let i = 0; i < repeats; i++) {
    for (const question of asked) {
      const [path = '', ...body] = question.split(' ');
      const started = performance.now();
      const response = await fetch(
        origin + path,
        body.length === 0
          ? {}
          : { method: 'POST', body: body.join(' '), headers: { 'content-type': 'application/json' } },
      );
      await response.arrayBuffer();
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
      times.push(performance.now() - started);
    }
  }
  return times;
};

/** Size of the built scripts, gzipped, in kB: those the first page loads at once, and all. */
export const bundleSize = (): { readonly initial: number; readonly all: number } => {
  const dist = join(dashboard, 'dist');
  const html = readFileSync(join(dist, 'index.html'), 'utf8');
  const sizes = readdirSync(join(dist, 'assets'))
    .filter((name) => name.endsWith('.js'))
    .map((name) => ({ name, size: gzipSync(readFileSync(join(dist, 'assets', name))).length }));
  const sum = (of: readonly { readonly size: number }[]): number =>
    Math.round(of.reduce((total, { size }) => total + size, 0) / 100) / 10;
  return { initial: sum(sizes.filter(({ name }) => html.includes(name))), all: sum(sizes) };
};

import type { Browser, Page } from 'playwright-core';
import { openPage } from '../browser/support/browser.ts';
import { paintedAfter, patience } from './painted.ts';

/** Milliseconds of Explore: until its first complete paint, and from each pick in one of its charts until all are painted. */
export interface ExploreFigures {
  readonly tier: 'cube' | 'marts';
  readonly paint: number;
  readonly picks: readonly number[];
}

const address = '/explore?metric=encounters&rows=facility&beside=service&beside=payer&beside=patient_class';
const beside = ['By service', 'By payer', 'By patient class'];
const picksEach = 10;

/** A page that is refused every cube, and so has the answers of the marts: its own `fetch` asks for the batch instead. */
const withoutCubes = (): void => {
  const ask = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    if (input !== '/api/cube' || typeof init?.body !== 'string') return ask(input, init);
    const { release, questions } = JSON.parse(init.body) as Record<string, unknown>;
    const answered = await ask('/api/batch', { ...init, body: JSON.stringify({ release, questions }) });
    const told = new TextEncoder().encode(JSON.stringify({ tier: 'marts', refused: 'not measured here' }));
    const length = new Uint8Array(Uint32Array.of(told.length).buffer);
    return new Response(new Blob([length, told, await answered.arrayBuffer()]), answered);
  };
};

/** Visits Explore on a server, once with cubes and once without, and picks values in each of the charts beside. */
export const exploreFigures = async (browser: Browser, origin: string): Promise<readonly ExploreFigures[]> => {
  const figures: ExploreFigures[] = [];
  for (const tier of ['cube', 'marts'] as const) {
    const { page } = await openPage(browser);
    if (tier === 'marts') await page.addInitScript(withoutCubes);
    await page.goto(origin + address, { waitUntil: 'commit' });
    const paint = await firstPaint(page);
    await page.getByText(`from the ${tier}`).waitFor({ timeout: patience });
    const picks: number[] = [];
    for (let i = 0; i < picksEach; i++) for (const name of beside) picks.push(await paintedAfter(page, pick(name, i)));
    figures.push({ tier, paint, picks });
    await page.context().close();
  }
  return figures;
};

const firstPaint = async (page: Page): Promise<number> => {
  const drawn = await page.waitForFunction(
    () => document.querySelectorAll('main svg').length >= 4 && performance.now(),
    undefined,
    { polling: 'raf', timeout: patience },
  );
  return Number(await drawn.jsonValue());
};

/** Walks to the i-th value of a chart by its keys and picks it. */
const pick = (name: string, i: number): string => `
  const chart = document.querySelector('section[aria-label="${name}"] [role="application"]');
  const key = (name) => chart.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, cancelable: true }));
  chart.focus();
  key('Home');
  for (let step = 0; step < ${i % 4}; step++) key('ArrowDown');
  key('Enter');`;

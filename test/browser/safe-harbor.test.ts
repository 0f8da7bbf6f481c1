// A workspace de-identified by Safe Harbor, on the real program: its dates are years alone, so that nothing of it is known
// by period. Each page says so; none shows a zero that nobody counted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serious } from './support/axe.ts';
import { openBrowser, openPage, screenshot, settled } from './support/browser.ts';
import { program, serveFolder, type DemoServer } from './support/demo-server.ts';

const config = `version: 1
data: data
sources:
  - id: encounter
    path: in/encounter.csv
    format: csv
    contract: encounter
    timezone: America/New_York
    privacy: safe_harbor
`;

const encounters = (count: number): string => {
  const head = 'encounter_id,patient_key,facility_id,patient_class,discharge_year,los_days,age_years,sex,service_line';
  const lines = Array.from({ length: count }, (_, i) => {
    const facility = i % 3 === 0 ? 'lakeview' : 'riverside';
    return `e${i},p${i},${facility},inpatient,${2023 + (i % 3)},${1 + (i % 9)},${i % 90},female,medicine`;
  });
  return `${[head, ...lines].join('\n')}\n`;
};

let server: DemoServer;
let browser: Browser;

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'himsight-harbor-'));
  mkdirSync(join(folder, 'in'), { recursive: true });
  writeFileSync(join(folder, 'himsight.yaml'), config);
  writeFileSync(join(folder, 'in/encounter.csv'), encounters(300));
  const run = spawn(process.execPath, [program, 'run', '--quiet', '--workspace', folder], { stdio: 'ignore' });
  await once(run, 'exit');
  expect(run.exitCode).toBe(0);
  [server, browser] = await Promise.all([serveFolder(folder), openBrowser()]);
}, 120_000);
afterAll(async () => {
  await browser.close();
  await server.close();
});

const sentence = /None of its rows tells a day, so it is known in total and in no period: of a source de-identified/;

test.each([
  ['scorecard', '/?kpi=encounters'],
  ['kpi', '/kpi/encounters'],
  ['explore', '/explore?metric=encounters'],
  ['explore, in all', '/explore?metric=encounters&grain=none'],
])('%s says what the mode leaves, and is usable by everybody', async (name, path) => {
  const { page, complaints } = await openPage(browser, { knowsTour: true });
  await page.goto(`${server.origin}${path}`);
  await settled(page);
  await page.locator('main').getByText(sentence).filter({ visible: true }).first().waitFor({ timeout: 5000 });
  await page.locator('footer').getByText('De-identified by Safe Harbor').waitFor();
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page)).toEqual([]);
    await screenshot(page, `harbor-${name.replaceAll(/\W+/g, '-')}-${colours}`);
  }
  await page.setViewportSize({ width: 390, height: 900 });
  await screenshot(page, `harbor-${name.replaceAll(/\W+/g, '-')}-narrow`);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('asked in total the number is there; of a period it is not known, never 0', async () => {
  const ask = async (more: string): Promise<readonly { readonly value: number | null }[]> => {
    const answer = await fetch(`${server.origin}/api/export.json?metrics=encounters${more}`);
    return ((await answer.json()) as { readonly rows: readonly { readonly value: number | null }[] }).rows;
  };
  expect((await ask('')).map(({ value }) => value)).toEqual([300]);
  expect((await ask('&from=2023-01-01&to=2026-01-01')).map(({ value }) => value)).toEqual([null]);
  expect((await ask('&grain=year&from=2023-01-01')).map(({ value }) => value)).toEqual([]);
});

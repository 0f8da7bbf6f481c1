import { rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { stubRelease } from './stub/ledger.ts';
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
beforeEach(() => {
  Object.assign(stub.mood, { delay: 0, failure: null, release: stubRelease.release });
});

const visit = async (path: string): Promise<Page> => {
  const { page } = await openPage(browser);
  await page.goto(stub.origin + path);
  await settled(page);
  return page;
};

const panel = (page: Page, name: string | RegExp) => page.getByRole('region', { name, exact: true });

test('profile, edits, failing cases, package, history: one page, and the address keeps what is chosen', async () => {
  const page = await visit('/submissions');
  await page.getByRole('heading', { name: '1,526 cases would be sent' }).waitFor();
  const edits = panel(page, 'Edits').getByRole('listitem');
  expect(await edits.allTextContents()).toEqual([
    expect.stringMatching(/12.*laterality_of_paired_site/s),
    expect.stringMatching(/7.*site_fits_sex/s),
    expect.stringMatching(/41.*adult_carcinoma_of_child/s), // a warning, after the errors
  ]);
  await edits.nth(1).getByRole('button').focus();
  await page.keyboard.press('Enter');
  expect(new URL(page.url()).search).toBe('?show=site_fits_sex');
  await page.getByRole('button', { name: 'Show the keys of up to 100 cases' }).click();
  const keys = page.getByRole('region', { name: 'Keys, table' });
  expect(await keys.getByRole('row').count()).toBe(1 + 7);
  expect(await keys.getByRole('columnheader').allTextContents()).not.toContain('primarySite');
  expect(await panel(page, 'Required items, table').getByRole('row').nth(1).textContent()).toMatch(
    /summaryStage2018.*88\.0.*183/s,
  );
  // The period of the last package: 2004 to 2024.
  expect(await panel(page, 'Command').textContent()).toMatch(
    /^npx himsight submit incidence --from 2004-01-01 --to 2025-01-01 --out incidence-\d{4}-\d\d-\d\d$/,
  );
  const made = panel(page, 'Packages made, table').getByRole('row').nth(1);
  await made.getByText('incidence-2004-2024.xml.gz').click();
  expect(await made.textContent()).toMatch(
    /212 new, 37 modified, 1 gone.*c0ffee.*NAACCR 260.*ba11035dda43.*2023: 700/s,
  );
  await page.context().close();
});

test('what changed against the package before is shown by its keys', async () => {
  const page = await visit('/submissions/incidence');
  const made = panel(page, 'Packages made, table');
  expect(await made.getByRole('button', { name: 'Show keys' }).count()).toBe(1); // the first package has none before it
  await made.getByRole('button', { name: 'Show keys' }).focus();
  await page.keyboard.press('Enter');
  const added = made.getByRole('region', { name: '212 new' });
  await added.getByText('100 rows; there are more').waitFor();
  expect(await added.getByRole('columnheader').allTextContents()).toEqual([
    ...['patientIdNumber', 'facility_id', 'patient_key', 'tumorRecordNumber', 'sequenceNumberHospital'],
  ]);
  expect(await made.getByRole('region', { name: '1 gone' }).locator('tbody tr').count()).toBe(1);
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `at ${width}`).toBeLessThanOrEqual(0);
    await screenshot(page, `submission-changes-${width}`);
  }
  expect(await serious(page)).toEqual([]);
  await made.getByRole('button', { name: 'Hide keys' }).click();
  expect(await added.count()).toBe(0);
  await page.context().close();
});

test('a period is told in years or months, and goes into the command', async () => {
  const page = await visit('/submissions/incidence?cases=2020..2021');
  await page.getByLabel('From').fill('2019');
  await page.getByLabel('From').press('Tab');
  await settled(page);
  expect(new URL(page.url()).search).toBe('?cases=2019..2021');
  await page.getByRole('radio', { name: 'Months' }).click();
  await settled(page);
  expect(new URL(page.url()).search).toBe('?cases=2019-01..2021-12');
  expect(await panel(page, 'Command').textContent()).toContain('--from 2019-01-01 --to 2022-01-01');
  await page.getByRole('combobox', { name: /^Profile/ }).selectOption('trauma');
  await settled(page);
  expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/submissions/trauma');
  await page.context().close();
});

test('nothing to send, no package, no such profile and no dictionary each say so', async () => {
  for (const [path, says] of [
    ['/submissions/trauma', /This release has nothing that this profile sends.*None made yet/s],
    ['/submissions/nothing', /There is no profile “nothing”/],
    ['/submissions/incidence?cases=1999..2024', /No package can be written yet.*dictionary 260 is not at hand/s],
  ] as const) {
    const page = await visit(path);
    expect(await page.locator('main').textContent(), path).toMatch(says);
    await page.context().close();
  }
});

test('edits that take long are told to be under way, can be stopped, and be run again', async () => {
  stub.mood.delay = 3000;
  const { page } = await openPage(browser);
  await page.goto(`${stub.origin}/submissions/incidence`);
  const running = page.getByRole('status', { name: 'Loading the edits' });
  await running.getByText(/Running over 1,526 cases · \d/).waitFor();
  await running.getByRole('button', { name: 'Stop' }).click();
  await page.getByText('The edits were stopped').waitFor();
  stub.mood.delay = 0;
  await page.getByRole('button', { name: 'Run the edits' }).click();
  await page.getByText('98.8').first().waitFor();
  await page.context().close();
});

test('the server gone: the numbers stay, and the page says so', async () => {
  const page = await visit('/submissions/incidence');
  await page.route('**/api/**', (route) => route.abort());
  await page.getByLabel('From').fill('2019');
  await page.getByLabel('From').press('Tab');
  await page.getByText('The server does not answer').waitFor();
  await page.unroute('**/api/**');
  await page.getByRole('heading', { name: '1,526 cases would be sent' }).waitFor({ timeout: 15_000 });
  await page.context().close();
}, 30_000);

import { readFile, rm } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { stubRelease } from './stub/ledger.ts';
import { startStub, type Stub } from './stub/server.ts';
import { serious } from './support/axe.ts';
import { openBrowser, openPage, screenshot, settled, type PageWish } from './support/browser.ts';
import { workbookSheets } from '../support/workbook-sheets.ts';
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
  stub.mood.batches.length = 0;
});

const visit = async (query: string, wish: PageWish = {}): Promise<{ page: Page; complaints: string[] }> => {
  const opened = await openPage(browser, wish);
  await opened.page.goto(`${stub.origin}/explore${query}`);
  await settled(opened.page);
  return opened;
};

const searchOf = (page: Page): URLSearchParams => new URL(page.url()).searchParams;
const older = stubRelease.releases[1]?.id ?? '';
const coders = '?metric=code_accuracy_auditor&rows=coder&grain=none';

test.each([
  ['start', ''],
  ['lines', '?metric=delinquency_rate&rows=facility'],
  ['trend', '?metric=code_accuracy_auditor'],
  ['compared', '?metric=delinquency_rate&compare=year'],
  ['metrics', '?metric=deficiency_turnaround_p50&metric=deficiency_turnaround_p90'],
  ['panels', '?metric=delinquency_rate&rows=facility&chart=panels'],
  ['bars', coders],
  ['counts', '?metric=open_deficiencies&rows=doc_type&grain=none&top=5'],
  ['funnel', `${coders}&chart=funnel`],
  ['heat', '?metric=delinquency_rate&rows=facility&columns=service&grain=none'],
  ['curve', '?metric=discharge_to_complete_km&grain=none&chart=curve'],
  ['figures', '?metric=code_accuracy_auditor&metric=delinquency_rate&grain=none&compare=year'],
  ['wrong', '?metric=nope&metric=delinquency_rate&rows=moon&facility=mars&chart=funnel&top=0&release=gone'],
  ['frozen', `${coders}&release=${older}`],
  ['against', `?metric=delinquency_rate&against=${older}`],
  ['against-bars', `${coders}&metric=code_accuracy_coder&against=${older}`],
  ['against-panels', `?metric=delinquency_rate&rows=facility&chart=panels&against=${older}`],
  ['share', '?metric=open_deficiencies&rows=doc_type&columns=facility&grain=none&share=row'],
])('%s is usable by everybody, in light and dark, at every width', async (name, query) => {
  const { page, complaints } = await visit(query);
  for (const colours of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: colours, reducedMotion: 'reduce' });
    expect(await serious(page), `${name} in ${colours}`).toEqual([]);
    await screenshot(page, `explore-${name}-${colours}`);
  }
  for (const width of [1280, 768, 390]) {
    await page.setViewportSize({ width, height: 900 });
    await settled(page);
    const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    expect(over, `${name} at ${width}`).toBeLessThanOrEqual(0);
  }
  await screenshot(page, `explore-${name}-narrow`);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('one view is one request; what only changes the drawing is none, nor is going back', async () => {
  const { page } = await visit(coders);
  expect(stub.mood.batches.map(({ questions }) => questions.map(({ view }) => view.by.join()))).toEqual([
    ['coder', ''],
  ]);
  await page.getByRole('radio', { name: 'Funnel' }).check();
  await settled(page);
  expect(searchOf(page).get('chart')).toBe('funnel');
  expect(stub.mood.batches).toHaveLength(1);
  await page.getByRole('button', { name: /^and by/ }).click();
  await page.getByRole('radio', { name: 'Facility' }).check();
  await page.keyboard.press('Escape');
  await settled(page);
  expect(stub.mood.batches).toHaveLength(2);
  expect(stub.mood.batches[1]?.questions).toHaveLength(4);
  await page.goBack();
  await settled(page);
  expect(searchOf(page).get('columns')).toBeNull();
  expect(stub.mood.batches).toHaveLength(2);
  await page.context().close();
});

test('a superseded question is given up and never paints', async () => {
  const { page } = await visit('?metric=delinquency_rate');
  const given: string[] = [];
  page.on('requestfailed', (request) => given.push(request.url()));
  stub.mood.delay = 700;
  await page.getByRole('button', { name: /^for each/ }).click();
  await page.getByRole('radio', { name: 'quarter' }).check();
  stub.mood.delay = 0;
  await page.getByRole('radio', { name: 'year' }).check();
  await settled(page);
  const first = () => page.locator('tbody th').first().textContent();
  expect(await first()).toMatch(/^\d{4}$/);
  await page.waitForTimeout(900);
  expect(await first()).toMatch(/^\d{4}$/);
  expect(given).toEqual([`${stub.origin}/api/batch`]);
  await page.context().close();
});

test('metrics are found by a word of theirs; what cannot be combined says why, and is not to be chosen', async () => {
  const { page } = await visit(coders);
  await page.getByRole('button', { name: /^Metrics/ }).click();
  await page.getByRole('searchbox', { name: 'Find a metric' }).fill('delinquency');
  const box = page.getByRole('checkbox', { name: /^Delinquency rate/ }).first();
  expect(await box.isDisabled()).toBe(true);
  expect(await page.locator('label', { has: box }).first().textContent()).toContain('not kept by coder');
  await page.getByRole('searchbox', { name: 'Find a metric' }).fill('CA2');
  await page.getByRole('checkbox', { name: /coder’s codes/ }).check();
  await settled(page);
  expect(searchOf(page).getAll('metric')).toEqual(['code_accuracy_auditor', 'code_accuracy_coder']);
  await page.context().close();
});

test('a click on a bar filters by it, and so does Enter where the cursor rests, and the name in the table', async () => {
  const { page } = await visit(coders);
  const chart = page.getByRole('application').first();
  await chart.focus();
  await page.keyboard.press('ArrowDown');
  const said = (await chart.locator('[aria-live]').textContent()) ?? '';
  await page.keyboard.press('Enter');
  await settled(page);
  const [chosen] = searchOf(page).getAll('coder');
  const name = (await page.locator('tbody th button').first().textContent()) ?? '?';
  expect(said.startsWith(`${name}:`)).toBe(true);
  expect(stub.mood.batches.at(-1)?.questions[0]?.view.where).toEqual({ coder: [chosen] });
  expect(await page.locator('tbody tr').count()).toBe(1);
  await page.goBack();
  await settled(page);
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(5);
  await page.locator('tbody th button').nth(2).click();
  await settled(page);
  expect(searchOf(page).getAll('coder')).toHaveLength(1);
  await page.keyboard.press('Control+z');
  await settled(page);
  expect(searchOf(page).getAll('coder')).toHaveLength(0);
  await page.keyboard.press('Control+Shift+Z');
  await settled(page);
  expect(searchOf(page).getAll('coder')).toHaveLength(1);
  await page.goBack();
  await settled(page);
  const box = await page.getByRole('application').first().boundingBox();
  await page.mouse.click((box?.x ?? 0) + 400, (box?.y ?? 0) + 45);
  await settled(page);
  expect(searchOf(page).getAll('coder')).toHaveLength(1);
  await page.context().close();
});

test('dragging over time sets the period, and so do Shift with the arrow keys and Enter', async () => {
  const { page } = await visit('?metric=delinquency_rate');
  const chart = page.getByRole('application').first();
  await chart.focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Shift+ArrowLeft');
  await page.keyboard.press('Shift+ArrowLeft');
  expect(await chart.locator('[aria-live]').textContent()).toContain('marked');
  await page.keyboard.press('Enter');
  await settled(page);
  expect(searchOf(page).get('period')).toBe('2026-06..2026-08');
  expect(await page.locator('tbody tr').count()).toBe(3);
  await page.goBack();
  await settled(page);
  const box = await page.getByRole('application').first().boundingBox();
  const at = (share: number) => [(box?.x ?? 0) + (box?.width ?? 0) * share, (box?.y ?? 0) + 150] as const;
  await page.mouse.move(...at(0.7));
  await page.mouse.down();
  await page.mouse.move(...at(0.5), { steps: 4 });
  await page.mouse.move(...at(0.3), { steps: 4 });
  await page.mouse.up();
  await settled(page);
  const [from = '', to = ''] = (searchOf(page).get('period') ?? '').split('..');
  expect(from < to && from > '2024-09' && to < '2026-08').toBe(true);
  await page.context().close();
});

test('what an address asks in vain is a sentence each, and the rest of the view stands', async () => {
  const { page } = await visit(
    '?metric=nope&metric=delinquency_rate&rows=moon&facility=mars&planet=x&chart=funnel&top=0&release=gone',
  );
  for (const sentence of [
    'The address asks for a top that cannot be read',
    'The release “gone” does not stand any more',
    'This release has no metric “nope”',
    'There is no dimension “moon” to split by',
    'This release has no facility “mars”',
    'There is no dimension “planet”',
    'Funnel cannot be drawn of this question',
  ])
    await page.locator('main').getByText(sentence).waitFor({ timeout: 2000 });
  expect(await page.locator('h1').textContent()).toBe('Delinquency rate');
  await page.context().close();
});

test('a view frozen at a release asks of it, says so, and stays when another one is served', async () => {
  const { page } = await visit(`${coders}&release=${older}`);
  expect(stub.mood.batches.map(({ release }) => release)).toEqual([older]);
  await page.getByText('Frozen at the release of').waitFor();
  await page.getByRole('button', { name: 'Show the newest' }).click();
  await settled(page);
  expect(stub.mood.batches.at(-1)?.release).toBeNull();
  await page.context().close();
});

test('another release is picked to compare with: one request, and each number has the other and the difference beside it', async () => {
  const { page } = await visit(coders);
  await page.getByRole('button', { name: /^Compared with/ }).click();
  await page
    .getByRole('radio', { name: /^the release of/ })
    .first()
    .check();
  await page.keyboard.press('Escape');
  await settled(page);
  expect(searchOf(page).get('against')).toBe(older);
  expect(stub.mood.batches).toHaveLength(2);
  expect(stub.mood.batches[1]).toMatchObject({ release: null, against: older });
  await page.getByText('which is complete through 31 Jul 2026').waitFor();
  const heads = await page
    .getByRole('region', { name: /, table$/ })
    .locator('thead th')
    .allTextContents();
  expect(heads.map((head) => head.trim())).toEqual(expect.arrayContaining(['Other release', 'Difference']));
  const [name, value = '', , , other = '', difference = ''] = await page
    .locator('main table tbody tr')
    .first()
    .locator('th, td')
    .allTextContents();
  expect(name).not.toBe('');
  const number = (text: string) => Number.parseFloat(text.replace('−', '-'));
  expect(number(value) - number(other)).toBeCloseTo(number(difference), 0);
  await page.getByRole('button', { name: /^Export/ }).click();
  const href = await page.getByRole('link', { name: 'Parquet', exact: true }).getAttribute('href');
  expect(new URL(href ?? '', stub.origin).searchParams.get('against')).toBe(older);
  await page.goBack();
  await settled(page);
  expect(searchOf(page).get('against')).toBeNull();
  await page.context().close();
});

test('shares are offered where values add up, and say why not elsewhere', async () => {
  const { page } = await visit('?metric=open_deficiencies&rows=doc_type&columns=facility&grain=none');
  await page.getByRole('button', { name: /^Share/ }).click();
  await page.getByRole('radio', { name: 'of its row' }).check();
  await page.keyboard.press('Escape');
  await settled(page);
  expect(searchOf(page).get('share')).toBe('row');
  const heads = await page.locator('main table thead th').allTextContents();
  expect(heads.some((head) => head.includes('All, share of row'))).toBe(true);
  expect(stub.mood.batches).toHaveLength(1);
  await page.goto(`${stub.origin}/explore?metric=delinquency_rate&rows=facility&columns=service&grain=none`);
  await settled(page);
  await page.getByRole('button', { name: /^Share/ }).click();
  const box = page.getByRole('radio', { name: /of its row/ });
  expect(await box.isDisabled()).toBe(true);
  await page.getByText('Delinquency rate does not add up').first().waitFor();
  await page.context().close();
});

test('a failed question keeps the last good numbers and says what failed', async () => {
  const { page } = await visit(coders);
  stub.mood.failure = 'The query took longer than 30 seconds.';
  await page.getByRole('button', { name: /^and by/ }).click();
  await page.getByRole('radio', { name: 'Facility' }).check();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  expect(await alert.textContent()).toMatch(/longer than 30 seconds.*last good numbers/s);
  expect(await page.getByRole('application').count()).toBe(1);
  await page.context().close();
});

test('files are of the very question on show; pictures carry what they speak of', async () => {
  const { page } = await visit(coders);
  await page.getByRole('button', { name: /^Export/ }).click();
  for (const [name, format] of [
    ['CSV', 'csv'],
    ['JSON', 'json'],
    ['XLSX', 'xlsx'],
    ['Parquet', 'parquet'],
    ['Arrow', 'arrow'],
  ] as const) {
    const href = await page.getByRole('link', { name, exact: true }).getAttribute('href');
    const { pathname, searchParams } = new URL(href ?? '', stub.origin);
    const [cells] = stub.mood.batches[0]?.questions ?? [];
    expect(pathname).toBe(`/api/export.${format}`);
    expect(searchParams.get('metrics')).toBe(cells?.view.metrics.join());
    expect([searchParams.get('by'), searchParams.get('from'), searchParams.get('to')]).toEqual([
      ...[cells?.view.by.join(), cells?.view.from, cells?.view.to],
    ]);
  }
  const kept = async (name: string) => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name }).click()]);
    return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
  };
  const xlsx = await kept('XLSX');
  expect(xlsx.name).toBe(`code-accuracy-by-coder-${stubRelease.release}.xlsx`);
  const sheets = await workbookSheets(xlsx.bytes);
  expect([...sheets.keys()]).toEqual(['About', 'Code accuracy by coder']);
  const about = sheets.get('About')!.map((line) => line.join(': '));
  expect(about).toContain(`Release: ${stubRelease.release}`);
  expect(about.find((line) => line.startsWith('Definitions: '))).toMatch(/code_accuracy_auditor/);
  const lines = page.getByRole('region', { name: /, table$/ }).locator('tr');
  const cells = (sheets.get('Code accuracy by coder') ?? []).map((line) => line.filter((cell) => cell !== '').length);
  const shown = await lines.evaluateAll((rows) =>
    rows.map((row) => [...row.children].filter((cell) => !/^(–|)$/.test(cell.textContent.trim())).length),
  );
  expect(cells).toEqual(shown);
  const svg = await kept('SVG');
  expect(svg.name).toBe(`code-accuracy-by-coder-${stubRelease.release}.svg`);
  expect(svg.bytes.toString()).toContain(stubRelease.release);
  expect(svg.bytes.toString()).not.toMatch(/var\(|currentColor/);
  const png = await kept('PNG');
  expect(png.bytes.subarray(1, 4).toString()).toBe('PNG');
  expect(png.bytes.includes(Buffer.from(`iTXtrelease\0\0\0\0\0${stubRelease.release}`))).toBe(true);
  expect(png.bytes.length).toBeGreaterThan(20_000);
  await page.context().close();
});

test('the SQL of the view is there for who opens it, and asked for by nobody else', async () => {
  const { page } = await visit(coders);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.getByText('SQL of this view').click();
  const sql = page.getByRole('region', { name: 'SQL of Code accuracy' });
  expect(await sql.textContent()).toBe('select count(*) from mart.coding');
  expect(asked).toEqual(['/api/sql']);
  expect(await serious(page)).toEqual([]);
  await page.context().close();
});

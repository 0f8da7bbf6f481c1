// Each story of the demo hospital, looked for where a newcomer is told to look: in the table of a chart. It must be
// there, and not in a hospital where nothing happened.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Release } from '../../dashboard/data/release.ts';
import { tourOf } from '../../dashboard/data/tour.ts';
import { stories, type Story } from '../../etl/demo/story.ts';
import { openBrowser, openPage, screenshot, settled } from './support/browser.ts';
import { serveDemo, type DemoServer } from './support/demo-server.ts';
import { expectSameFromCube } from './support/same-cube.ts';
import { expectSameNumbers } from './support/same-numbers.ts';

/** First cell of a row → the number in its second cell, as the page words it; null where it shows none. */
type Column = ReadonlyMap<string, number | null>;

interface Sight {
  /** Where to look. */
  readonly path: string;
  /** Title of the chart. */
  readonly chart: string | RegExp;
  /** Whether the table tells the story. */
  readonly tells: (table: Column) => boolean;
}

const mean = (values: readonly (number | null)[]): number => {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

const median = (values: readonly (number | null)[]): number => {
  const known = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  return known[Math.floor(known.length / 2)] ?? NaN;
};

/** Values of the rows whose first cell the pattern fits, in the order of the table. */
const where = (table: Column, pattern: RegExp): readonly (number | null)[] =>
  [...table].filter(([name]) => pattern.test(name)).map(([, value]) => value);

const sights: Readonly<Record<Story, readonly Sight[]>> = {
  'go-live': [
    {
      path: '/kpi/delinquency_rate?facility=riverside',
      chart: 'Over time',
      tells: (table) =>
        mean(where(table, /(Jul|Aug).* 2026/)) > 30 && mean(where(table, /(Jan|Feb|Mar|Apr).* 2026/)) < 15,
    },
    {
      path: '/kpi/dnfb_days?facility=riverside',
      chart: 'Over time',
      tells: (table) => mean(where(table, /Aug.* 2026/)) > 1.5 * median(where(table, /2025|(Jan|Feb|Mar|Apr).* 2026/)),
    },
  ],
  'drifting-coder': [
    {
      path: '/kpi/code_accuracy_auditor?coder=coder-04&grain=quarter',
      chart: 'Over time',
      tells: (table) => mean(where(table, /Q[23].* 2026/)) < mean(where(table, /Q4.* 2024|Q[123].* 2025/)) - 3,
    },
  ],
  'new-coder': [
    {
      path: '/kpi/code_accuracy_auditor?coder=coder-09&grain=month&period=2026-01..2026-08',
      chart: 'Over time',
      tells: (table) => mean(where(table, /(Jan|Feb).* 2026/)) < mean(where(table, /(Jun|Jul|Aug).* 2026/)) - 4,
    },
  ],
  'code-set-change': [
    {
      path: '/kpi/discharge_to_coded_km?facility=lakeview&patient_class=inpatient',
      chart: 'Over time',
      tells: (table) => mean(where(table, /Oct/)) > 1.15 * median(where(table, /(Jan|Feb|Mar|Apr|May|Dec)/)),
    },
  ],
  'registry-backlog': [
    {
      path: '/kpi/abstracted_in_6_months?grain=quarter',
      chart: 'Over time',
      tells: (table) => mean(where(table, /Q[12].* 2025/)) < 82 && mean(where(table, /Q4.* 202[45]/)) > 85,
    },
  ],
  weekday: [
    {
      path: '/kpi/encounters?patient_class=inpatient&by=weekday',
      chart: /day of the week/i,
      tells: (table) => {
        const average = mean([...table.values()]);
        return (table.get('Sunday') ?? NaN) < 0.8 * average && (table.get('Friday') ?? NaN) > 1.05 * average;
      },
    },
  ],
  'late-provider': [
    {
      path: '/kpi/deficiency_turnaround_p50?facility=lakeview&service=medicine&by=provider',
      chart: /provider/i,
      tells: (table) => (table.get('prov-21001') ?? NaN) > 2.5 * median([...table.values()]),
    },
  ],
  'sepsis-denials': [
    {
      path: '/kpi/initial_denials?denial_category=clinical_validation&grain=quarter',
      chart: 'Over time',
      tells: (table) => mean(where(table, /Q[23].* 2026/)) > 2 * mean(where(table, /Q[1234].* 2025/)),
    },
  ],
};

/** An address with the parts of its query in one order. */
const sortedQuery = (path: string): string => {
  const { pathname, searchParams } = new URL(path, 'http://any');
  // The month is what a page of one indicator is drawn by without being told.
  const parts = [...searchParams].filter(([key, value]) => key !== 'grain' || value !== 'month');
  return `${pathname}?${parts
    .map((part) => part.join('='))
    .toSorted()
    .join('&')}`;
};

let browser: Browser;
let eventful: DemoServer;
let uneventful: DemoServer;

beforeAll(async () => {
  browser = await openBrowser();
  eventful = await serveDemo(40_000);
  uneventful = await serveDemo(
    40_000,
    stories.map(({ id }) => id),
  );
}, 600_000);

afterAll(async () => {
  await browser.close();
  await eventful.close();
  await uneventful.close();
});

/** Opens the page, saves a picture of it under `name` if given, turns the chart into its table and reads that. */
const look = async ({ origin }: DemoServer, { path, chart }: Sight, name?: string): Promise<Column> => {
  const { page, complaints } = await openPage(browser, { knowsTour: true });
  await page.goto(origin + path);
  await settled(page);
  if (name !== undefined) await screenshot(page, `story-${name}`);
  const panel = page.getByRole('region', { name: chart }).first();
  await panel.getByRole('button', { name: 'View as table' }).click();
  const rows = await panel
    .locator('tbody tr')
    .evaluateAll((all) => all.map((row) => [...row.children].map((cell) => cell.textContent.trim())));
  expect(complaints).toEqual([]);
  await page.context().close();
  const numberOf = (text = ''): number | null => {
    const digits = /-?[\d,]+(\.\d+)?/.exec(text.replaceAll('−', '-'))?.[0];
    return digits === undefined ? null : Number(digits.replaceAll(',', ''));
  };
  return new Map(rows.map(([first = '', second]) => [first, numberOf(second)]));
};

test('the encounters of a month on the scorecard are the good lines of that month in the extract', async () => {
  const month = readFileSync(join(eventful.folder, 'extract', 'encounter-2026-08.csv'), 'latin1').split('\n');
  const discharged = month[0]!.split(',').indexOf('discharge_ts');
  // Ids that begin with X are those of the seeded bad rows.
  const good = month.filter((line) => line.startsWith('E') && line.split(',')[discharged]?.startsWith('2026-08-'));
  const { page } = await openPage(browser);
  await page.goto(eventful.origin);
  await settled(page);
  const row = page.locator('tr', { has: page.getByText('Encounters', { exact: true }) });
  expect(good.length).toBeGreaterThan(1000);
  expect(await row.innerText()).toContain(good.length.toLocaleString('en-US'));
  await page.context().close();
});

const charted = stories.flatMap(({ id, title }) =>
  sights[id].map((sight, index) => [id, title, index === 0 ? id : `${id}-${index + 1}`, sight] as const),
);

test('the whole scorecard prints on one page, of A4 and of Letter', async () => {
  const { page } = await openPage(browser);
  await page.goto(eventful.origin);
  await settled(page);
  for (const format of ['A4', 'Letter']) {
    const pdf = await page.pdf({ format });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g), format).toHaveLength(1);
  }
  await page.context().close();
});

test.each(charted)('%s: %s', async (_id, _title, name, sight) => {
  const table = await look(eventful, sight, name);
  expect(table.size).toBeGreaterThan(3);
  expect(sight.tells(table), [...table].join(' · ')).toBe(true);
  const without = await look(uneventful, sight);
  expect(sight.tells(without), `without the story: ${[...without].join(' · ')}`).toBe(false);
});

test('the tour leads through views that these stories were found in, and is offered only of what happened', async () => {
  const { demoStories } = (await (await fetch(`${eventful.origin}/api/release`)).json()) as Release;
  const steps = tourOf(demoStories);
  expect(steps).toHaveLength(7);
  const read = charted.map(([id, , , { path }]) => `${id} ${sortedQuery(path)}`);
  for (const { story, href } of steps.slice(0, -1)) expect(read).toContain(`${story} ${sortedQuery(href)}`);
  const { page, complaints } = await openPage(browser);
  await page.goto(eventful.origin);
  await page.getByRole('button', { name: 'Take the tour' }).click();
  for (const [index, { title, href }] of steps.entries()) {
    await page.getByRole('region', { name: 'Tour of the demo' }).getByText(title).waitFor();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe(href);
    await settled(page);
    const said = await page.locator('main [role="alert"], main [role="status"]:not([aria-label])').allTextContents();
    expect(said.filter((text) => text.trim() !== '')).toEqual([]);
    await screenshot(page, `tour-${index + 1}`);
    await page.getByRole('button', { name: index === 6 ? 'Finish' : 'Next' }).click();
  }
  expect(complaints).toEqual([]);
  await page.context().close();
  const without = (await (await fetch(`${uneventful.origin}/api/release`)).json()) as Release;
  expect(tourOf(without.demoStories).map(({ story }) => story)).toEqual(['bad-rows']);
});

test('on 200 random views of Explore the rows on the page, in its file and of the command are the same', async () => {
  expect(await expectSameNumbers(eventful, { count: 200, each: 50, seed: 7 })).toBeGreaterThan(5000);
});

test('on 200 random states of Explore a cube answers as the server and the program do, to the last bit', async () => {
  const { fromCube, rows, asked } = await expectSameFromCube(eventful, { count: 200, each: 50, seed: 11 });
  expect(fromCube).toBeGreaterThanOrEqual(200);
  expect(asked).toBeGreaterThan(3);
  expect(rows).toBeGreaterThan(1000);
});

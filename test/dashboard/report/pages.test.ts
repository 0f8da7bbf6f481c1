import { expect, test } from 'vitest';
import { readExplore, writeExplore } from '../../../dashboard/data/explore-address.ts';
import { cellsQuestion } from '../../../dashboard/data/explore-question.ts';
import { exploreScope } from '../../../dashboard/data/explore-scope.ts';
import { readAnswer } from '../../../dashboard/data/answer.ts';
import { assuranceWords, signalOf, variationWords } from '../../../dashboard/data/signal.ts';
import { toArrow } from '../../../warehouse/query/arrow.ts';
import type { Annotation } from '../../../dashboard/store/annotation.ts';
import { pageAt } from '../../../dashboard/report/page.ts';
import type { ReportPage, TablePart } from '../../../dashboard/report/report.ts';
import { answer } from '../../../warehouse/query/answer.ts';
import { tableToRows } from '../../../warehouse/query/text-formats.ts';
import { readViewState } from '../../../warehouse/query/view-state.ts';
import { seeded } from '../../support/seeded.ts';
import { randomView } from '../../browser/support/random-view.ts';
import { libraryDesk } from './library-desk.ts';

const tablesOf = ({ parts }: ReportPage): readonly TablePart[] => parts.filter((part) => part.kind === 'table');

test('the page of a metric holds the numbers of the query, its charts and what it is', async () => {
  const desk = await libraryDesk();
  const page = await pageAt(desk, '/kpi/L2?period=12m&compare=none&branch=n', 1);
  expect([page.title, page.words]).toEqual(['Long loans', 'Jan 2025 – Dec 2025 · Branch N']);
  const view = {
    metrics: ['long_loans'],
    grain: 'month',
    where: { branch: ['n'] },
    from: '2025-01-01',
    to: '2026-01-01',
  };
  const { table } = await answer(desk.parts.reader, desk.parts.catalogue, readViewState(view));
  const [first] = tablesOf(page);
  const rows = tableToRows(table);
  expect(rows).toHaveLength(12);
  expect(first?.table.rows.map(({ cells }) => [cells[0]?.raw, cells[1]?.raw, cells[4]?.raw])).toEqual(
    rows.map(({ period, value, n }) => [period, value, n]),
  );
  expect(page.parts.filter(({ kind }) => kind === 'figure').map(({ title }) => title)).toEqual([
    'Over time',
    'Signal or noise',
    'By branch',
  ]);
  // A value is compared with its peers, whatever the page is filtered by.
  expect(tablesOf(page).find(({ title }) => title === 'By branch')?.table.rows).toHaveLength(2);
  expect(page.parts.find(({ kind }) => kind === 'facts')).toMatchObject({ title: 'What this number is' });
});

test('the scorecard says the latest value, how it stands and what its checks found', async () => {
  const desk = await libraryDesk();
  const page = await pageAt(desk, 'http://127.0.0.1:4180/?period=12m', 1);
  const [{ table }] = tablesOf(page) as [TablePart];
  const place = (label: string) => table.columns.findIndex((column) => column.label === label);
  const { cells } = table.rows.find((row) => row.cells[place('Metric')]?.raw === 'long_loans')!;
  const view = readViewState({ metrics: ['long_loans'], from: '2025-12-01', to: '2026-01-01' });
  const [row] = tableToRows((await answer(desk.parts.reader, desk.parts.catalogue, view)).table);
  expect(cells[place('Latest')]?.raw).toBe(row?.value);
  expect(cells[place('Month')]?.raw).toBe('2025-12-01');
  expect(cells[place('Target')]?.raw).toBe(0.3);
  expect(['meets target', 'does not meet target']).toContain(cells[place('Status')]?.raw);
  expect(page.lines[0]).toMatch(/need/);
});

test('the scorecard draws the icons of the screen, and tells a spreadsheet what they say', async () => {
  const rebase: Annotation = {
    ...{ id: '3fa94c08', metric: 'loans', where: {}, period: '2025-11-01', text: 'A new branch', kind: 'rebase' },
    ...{ author: 'A. Li', at: '2026-01-02T08:00:00.000Z' },
  };
  const desk = await libraryDesk({ annotations: [rebase] });
  const page = await pageAt(desk, '/?period=12m', 1);
  const [{ table, note }] = tablesOf(page) as [TablePart];
  expect(note).toContain('Making Data Count');
  const place = (label: string) => table.columns.findIndex((column) => column.label === label);
  const rowOf = (id: string) => table.rows.find((row) => row.cells[place('Metric')]?.raw === id)!.cells;
  const view = readViewState({ metrics: ['long_loans'], grain: 'month', from: '2025-01-01', to: '2026-01-01' });
  const rows = readAnswer(toArrow(await answer(desk.parts.reader, desk.parts.catalogue, view)), view).rows;
  const metric = desk.catalogue.metrics.find(({ id }) => id === 'long_loans')!;
  const signal = signalOf(metric, rows, []);
  expect(signal.variation).not.toBeNull();
  const long = rowOf('long_loans');
  expect([long[place('Variation')]?.raw, long[place('Assurance')]?.raw]).toEqual([
    variationWords(signal),
    assuranceWords(signal),
  ]);
  expect(long[place('Signal')]?.picture?.words).toBe(`${variationWords(signal)}; ${assuranceWords(signal)}`);
  // Since the rebase there are too few months.
  expect(rowOf('loans')[place('Variation')]?.raw).toBe('too few periods to tell signal from noise');
});

test('the scorecard by facility holds each facility’s own numbers, and says what is not kept by it', async () => {
  const desk = await libraryDesk({}, { hasFacilities: true });
  const page = await pageAt(desk, '/?by=facility&period=12m', 1);
  const [{ table }] = tablesOf(page) as [TablePart];
  const place = (label: string) => table.columns.findIndex((column) => column.label === label);
  const { cells } = table.rows.find((row) => row.cells[place('Metric')]?.raw === 'long_loans')!;
  const view = { metrics: ['long_loans'], from: '2025-12-01', to: '2026-01-01', by: ['facility'] };
  const { table: told } = await answer(desk.parts.reader, desk.parts.catalogue, readViewState(view));
  const values = new Map(tableToRows(told).map((row) => [row.facility, row.value]));
  expect([cells[place('N')]?.raw, cells[place('S')]?.raw]).toEqual([values.get('n'), values.get('s')]);
  expect(cells[place('N: month')]?.raw).toBe('2025-12-01');
  expect(['meets target', 'does not meet target']).toContain(cells[place('N: status')]?.raw);
  expect(table.rows).toHaveLength(desk.catalogue.metrics.filter(({ scorecard }) => scorecard).length);
  const one = await pageAt(desk, '/?by=facility&facility=n&period=12m', 1);
  expect(
    tablesOf(one)[0]
      ?.table.columns.filter(({ only }) => only !== 'data')
      .map(({ label }) => label),
  ).toEqual([...['Indicator', 'All', 'N']]);
  await expect(pageAt(desk, '/?by=branch', 1)).rejects.toThrow('The scorecard is split by no dimension but facility.');
  await expect(pageAt(await libraryDesk(), '/?by=facility', 1)).rejects.toThrow('kept by facility');
});

test('a note stands on the page of the series it was written on', async () => {
  const stamp = { author: 'A. Li', at: '2026-01-02T08:00:00.000Z' };
  const note = {
    id: '3fa94c07',
    metric: 'loans',
    where: {},
    period: '2025-06-01',
    text: 'Closed for repairs',
    kind: 'note',
    ...stamp,
  } as const;
  const desk = await libraryDesk({ annotations: [note] });
  const page = await pageAt(desk, '/kpi/loans', 1);
  expect(page.parts).toContainEqual({
    kind: 'facts',
    title: 'Annotations',
    entries: [['1 · 1 Jun 2025', 'Closed for repairs (A. Li)']],
  });
});

test('on random views a report holds the very rows that the query answers', async () => {
  const desk = await libraryDesk();
  const random = seeded(20261123);
  let compared = 0;
  for (let tries = 0; tries < 120; tries++) {
    const view = { ...randomView(random, desk.catalogue), period: { kind: 'last', months: 12 } as const };
    const scope = exploreScope(view, desk.release, desk.catalogue);
    if (scope.problems.length > 0 || scope.metrics.length === 0) continue;
    const { table } = await answer(desk.parts.reader, desk.parts.catalogue, cellsQuestion(scope));
    const values = tableToRows(table).flatMap(({ value }) => (value === null ? [] : [Number(value)]));
    if (values.length === 0) continue;
    const page = await pageAt(desk, writeExplore(view), 1);
    const [{ table: shown }] = tablesOf(page) as [TablePart];
    const raws = shown.rows
      .flatMap(({ cells }) => cells.map(({ raw }) => raw))
      .filter((raw) => typeof raw === 'number');
    for (const value of values) expect(raws, writeExplore(view)).toContain(value);
    expect(page.words).not.toBe('');
    compared += values.length;
  }
  expect(compared).toBeGreaterThan(500);
});

const refused: readonly (readonly [address: string, sentence: string])[] = [
  ['/kpi/nothing', 'has no such indicator'],
  ['/kpi/loans?grain=week', 'is not kept by that grain'],
  ['/kpi/loan_days?shelf=shelf+1', 'is not kept by shelf'],
  ['/kpi/loans?by=planet', 'is not kept by the dimension of the breakdown'],
  ['/kpi/loans?period=often', 'cannot be read'],
  ['/?by=branch', 'split by no dimension but facility'],
  ['/?by=facility', 'is kept by facility'],
  ['/?kpi=nothing', 'no such indicator'],
  ['/?planet=mars', 'There is no dimension “planet”'],
  ['/?branch=mars', 'This release has no branch “mars”'],
  ['/?period=2031-01..2031-02', 'Nothing of this period is complete yet'],
  ['/?period=2019-01..2019-02', 'has a value in this period'],
  ['/explore', 'It names no metric'],
  ['/explore?metric=nothing', 'no metric “nothing”'],
  ['/explore?metric=loans&rows=planet', 'no dimension “planet”'],
  ['/explore?metric=loans&metric=loan_days&rows=shelf', 'so it was left out'],
  ['/explore?metric=loans&period=2019-01..2019-02', 'No value in this period'],
  ['/explore?metric=loans&release=20250101T000000Z-00000000', 'frozen at another release'],
  ['/workbench', 'cannot be printed'],
  ['/nowhere', 'cannot be printed'],
  ['loans', 'no address'],
];

test('what cannot be followed to its last part is refused: a report shows all that was asked for or nothing', async () => {
  const desk = await libraryDesk();
  for (const [address, sentence] of refused) {
    const said = await pageAt(desk, address, 3).then(
      () => 'drawn',
      (error: unknown) => String(error),
    );
    expect(said, address).toContain(`Page 3 of the report cannot be drawn. `);
    expect(said, address).toContain(sentence);
  }
});

test('a view frozen at the very release is drawn', async () => {
  const desk = await libraryDesk();
  const view = { ...readExplore('?metric=loans&grain=none'), release: desk.release.release };
  expect((await pageAt(desk, writeExplore(view), 1)).title).toBe('Loans');
});

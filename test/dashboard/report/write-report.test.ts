import { expect, test } from 'vitest';
import { builtIn } from '../../../dashboard/report/built-in.ts';
import { drawReport } from '../../../dashboard/report/draw-report.ts';
import { writePdf } from '../../../dashboard/report/pdf/write-pdf.ts';
import type { Report } from '../../../dashboard/report/report.ts';
import { writeCsv } from '../../../dashboard/report/write-csv.ts';
import { writeHtml } from '../../../dashboard/report/write-html.ts';
import { writeXlsx } from '../../../dashboard/report/write-xlsx.ts';
import { workbookSheets } from '../../support/workbook-sheets.ts';
import { libraryDesk } from './library-desk.ts';
import { pdfTexts } from './pdf-text.ts';

const pages = ['/?period=12m', '/kpi/long_loans?period=12m', '/explore?metric=loans&rows=branch&period=12m'];

const drawn = async (wanted: readonly string[] = pages): Promise<Report> =>
  drawReport(await libraryDesk(), { name: 'library', title: 'The library', pages: wanted });

/** Texts of the cells that paper shows. */
const shownTexts = ({ pages: all }: Report): readonly string[] =>
  all.flatMap(({ parts }) =>
    parts.flatMap((part) =>
      part.kind === 'table' && part.only === undefined
        ? part.table.rows.flatMap(({ cells }) =>
            cells.filter((_, at) => part.table.columns[at]?.only === undefined).map(({ text }) => text),
          )
        : [],
    ),
  );

const plain = (text: string): string => text.replaceAll(/\s/g, '');

test('a PDF holds every number of its tables, says what it stands on, and is the same twice', async () => {
  const report = await drawn();
  const bytes = await writePdf(report, 'letter');
  const texts = pdfTexts(bytes);
  const all = plain(texts.join(''));
  const wanted = shownTexts(report).filter((text) => text !== '');
  expect(wanted.length).toBeGreaterThan(100);
  for (const text of wanted) expect(all).toContain(plain(text));
  for (const [at, text] of texts.entries()) {
    expect(text).toContain(`page ${at + 1} of ${texts.length}`);
    expect(text).toContain(`Release ${report.about.release}`);
    expect(text).toContain('complete through 31 Dec 2025');
    expect(text).toContain('Synthetic data: no patient stands behind it.');
  }
  expect(texts[1]).toContain(`long_loans, definition ${report.about.metrics[1]?.version}`);
  expect(Buffer.compare(Buffer.from(bytes), Buffer.from(await writePdf(report, 'letter')))).toBe(0);
});

test('a PDF is tagged, has a title and a language, and its charts have words', async () => {
  const text = Buffer.from(await writePdf(await drawn(['/kpi/loans']), 'a4')).toString('latin1');
  expect(text).toMatch(/\/MarkInfo/);
  expect(text).toMatch(/\/Lang \(en-US\)/);
  expect(text).toMatch(/\/S \/Figure\n\/Alt/);
  expect(text).toMatch(/\/S \/TH/);
  expect(text).toMatch(/pdfuaid:part/);
  expect(text).toMatch(/\/MediaBox \[0 0 595\.28 841\.89\]/);
});

test('HTML stands by itself: all numbers, no script, nothing to fetch, no colour without a value', async () => {
  const report = await drawn();
  const html = new TextDecoder().decode(writeHtml(report));
  const inside = plain(html.replaceAll('&amp;', '&'));
  for (const text of shownTexts(report)) expect(inside).toContain(plain(text));
  expect(html).not.toMatch(/<script|<link|<img|@import|src=|javascript:/i);
  expect([...html.matchAll(/url\(([^)]{1,30})/g)].filter(([, to]) => !/^(data:|#)/.test(to ?? ''))).toEqual([]);
  const named = new Set([...html.matchAll(/var\((--[a-z0-9-]+)\)/g)].map(([, name]) => name));
  for (const name of named) expect(html).toContain(`${name}:`);
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [, link] of html.matchAll(/url\(#([^)]+)\)/g)) expect(ids).toContain(link);
});

test('a workbook holds the cells of every table, dates as dates, and says what it stands on', async () => {
  const report = await drawn();
  const sheets = await workbookSheets(writeXlsx(report));
  expect([...sheets.keys()]).toEqual([
    'About',
    '1 Scorecard',
    '2 Long loans',
    '2 Signal or noise',
    '2 By branch',
    '3 Loans by branch',
  ]);
  const [head, ...rows] = sheets.get('2 Long loans')!;
  expect(head).toEqual(['Period', 'Long loans', 'Lower', 'Upper', 'n', 'Complete']);
  expect(rows.map(([period]) => period)).toEqual(
    Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, '0')}-01`),
  );
  const table = report.pages[1]?.parts.find((part) => part.kind === 'table');
  expect(rows.map(([, value]) => Number(value))).toEqual(
    // As many digits as a spreadsheet keeps.
    table?.table.rows.map(({ cells }) => Number(Number(cells[1]?.raw).toPrecision(15))),
  );
  // The last line of Explore's table is the answer for all.
  expect(sheets.get('3 Loans by branch')?.at(-1)?.[0]).toBe('All');
  const about = sheets.get('About')!.map((line) => line.join(': '));
  expect(about).toContain(`Release: ${report.about.release}`);
  expect(about).toContain(`Long loans: long_loans (L2), definition ${report.about.metrics[1]?.version}`);
  expect(about).toContain('Complete through: 31 Dec 2025');
});

test('a CSV holds one table, and pages of the same columns below each other', async () => {
  const csv = async (...wanted: readonly string[]) => new TextDecoder().decode(writeCsv(await drawn(wanted)));
  const one = await csv('/kpi/loans?period=12m');
  expect(one.split('\r\n').slice(0, 2)).toEqual([
    'Period,Loans,Lower,Upper,n,Complete',
    `2025-01-01,${6 + 9},,,${6 + 9},yes`,
  ]);
  const two = await csv('/?period=12m', '/?period=12m&branch=n');
  expect(two.split('\r\n')[1]).toMatch(/^Scorecard,Loans,Loans,/);
  expect(two.trimEnd().split('\r\n')).toHaveLength(1 + 3 * 2 - 2);
  await expect(csv('/', '/kpi/loans')).rejects.toThrow('tables of different columns');
});

test('no form is finished with other rows than were answered', async () => {
  const report = await drawn(['/kpi/loans']);
  const [page] = report.pages;
  const parts = page!.parts.map((part) =>
    part.kind === 'table' ? { ...part, table: { ...part.table, claimed: part.table.claimed + 1 } } : part,
  );
  const short: Report = { ...report, pages: [{ ...page!, parts }] };
  await expect(writePdf(short, 'letter')).rejects.toThrow(/rows of the 13 that were answered/);
  expect(() => writeHtml(short)).toThrow(/rows of the 13 that were answered/);
  expect(() => writeXlsx(short)).toThrow(/rows of the 13 that were answered/);
  expect(() => writeCsv(short)).toThrow(/rows of the 13 that were answered/);
});

test('a built-in report leads with its table, then a page for each of its first metrics', async () => {
  const { catalogue } = await libraryDesk();
  expect(builtIn(catalogue, 'unbilled')).toMatchObject({
    title: 'Unbilled',
    pages: ['/unbilled', '/kpi/loans', '/kpi/long_loans', '/kpi/loan_days'],
  });
  expect(builtIn(catalogue, 'weather')).toBeNull();
});

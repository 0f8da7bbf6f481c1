import { expect, test } from 'vitest';
import { workTable } from '../../../dashboard/data/work-table.ts';
import { workbook, type WorkTable } from '../../../dashboard/data/workbook.ts';
import { unzip } from '../../../etl/zip.ts';
import { workbookSheets } from '../../support/workbook-sheets.ts';

const table = (rows: WorkTable['rows'], more: Partial<WorkTable> = {}): WorkTable => ({
  name: 'Loans',
  columns: [
    { label: 'Period', numeric: false },
    { label: 'Value', numeric: true },
  ],
  rows,
  shares: new Set(),
  foot: null,
  ...more,
});

const xmlOf = async (bytes: Uint8Array, part: string): Promise<string> =>
  (await unzip(Buffer.from(bytes), () => true)).entries.get(part)!.toString('utf8');

test('numbers are numbers, dates dates, and what begins like a formula is text', async () => {
  const bytes = workbook(
    [['Release', 'r1']],
    [
      table([
        ['2025-03-01', 0.125],
        ['=1+1', -3],
        ['+49 30', null],
        ['@here', Number.NaN],
        ['1899-12-31', 0],
        ['a "b" & <c>\u0000', 1e21],
      ]),
    ],
  );
  expect((await workbookSheets(bytes)).get('Loans')).toEqual([
    ['Period', 'Value'],
    ['2025-03-01', '0.125'],
    ['=1+1', '-3'],
    ['+49 30', ''],
    ['@here', ''],
    ['1899-12-31', '0'],
    ['a "b" & <c>', '1000000000000000000000'],
  ]);
  const sheet = await xmlOf(bytes, 'xl/worksheets/sheet2.xml');
  // 1 March 2025 is day 45717 of the calendar that begins with 1900.
  expect(sheet).toContain('<c r="A2" s="2"><v>45717</v></c>');
  expect(sheet).toContain('<c r="A3" s="0" t="inlineStr">');
  expect(sheet).not.toContain('<f>');
});

test('shares are shown as percent where the page does, and stay 0 to 1', async () => {
  const shown = workTable('Accuracy', {
    columns: [
      { label: 'Coder', numeric: false },
      { label: 'Accuracy', numeric: true },
      { label: 'n', numeric: true },
    ],
    rows: [
      [
        { text: 'Coder 1', raw: 'c1' },
        { text: '94.1\u00a0%', raw: 0.941 },
        { text: '34', raw: 34 },
      ],
      [
        { text: 'Coder 2', raw: 'c2' },
        { text: '–', raw: null },
        { text: '0', raw: 0 },
      ],
    ],
    foot: [
      { text: 'All', raw: 'All' },
      { text: '94.1\u00a0%', raw: 0.941 },
      { text: '34', raw: 34 },
    ],
  });
  expect(shown.shares).toEqual(new Set([1]));
  const sheet = await xmlOf(workbook([], [shown]), 'xl/worksheets/sheet2.xml');
  expect(sheet).toContain('<c r="B2" s="3"><v>0.941</v></c>');
  expect(sheet).toContain('<c r="B4" s="6"><v>0.941</v></c>');
  // The line of all stands below what can be sorted and filtered.
  expect(sheet).toContain('<autoFilter ref="A1:C3"/>');
});

test('each sheet has a name of its own that a workbook can have', async () => {
  const long = 'Share of something / that: is [very] long indeed?';
  const names = ['About', long, long, "'quoted'", ''].map((name) => table([], { name }));
  expect([...(await workbookSheets(workbook([], names))).keys()]).toEqual([
    'About',
    'About (2)',
    'Share of something   that  is',
    'Share of something   that (2)',
    'quoted',
    'Table',
  ]);
});

test('a long text goes on in the next line, and no more rows than a sheet holds are taken', async () => {
  const about = (await workbookSheets(workbook([['asked', 'x'.repeat(70_000)]], []))).get('About')!;
  expect(about.map(([name, text]) => [name, text?.length])).toEqual([
    ['asked', 32_000],
    ['', 32_000],
    ['', 6_000],
  ]);
  const rows = Array.from({ length: 1_048_576 }, () => []);
  expect(() => workbook([], [table(rows)])).toThrow('A sheet holds 1048576 rows and the table has 1048576');
});

test('the same tables give the same bytes', () => {
  const make = () => Buffer.from(workbook([['a', 'b']], [table([['2025-01-01', 1]])]));
  expect(make().equals(make())).toBe(true);
});

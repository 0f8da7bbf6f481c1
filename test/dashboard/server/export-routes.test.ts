import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { tableFromIPC } from 'apache-arrow';
import { expect, test } from 'vitest';
import { readAnswer } from '../../../dashboard/data/answer.ts';
import { routes } from '../../../dashboard/server/routes.ts';
import { temporaryFolder } from '../../support/sql-folder.ts';
import { workbookSheets } from '../../support/workbook-sheets.ts';
import { openLibrary } from './library.ts';

const north = (id: number, day: string) => `(${id}, 'n', date '${day}', 2)`;
const south = (id: number, day: string) => `(${id}, 's', date '${day}', 5)`;

/** A release of North in March and South in April, then one of North alone, with one loan more. */
const opened = async (between: (sql: string) => void = () => undefined) => {
  const library = openLibrary();
  const before = await library.publishLoans([north(1, '2025-03-01'), north(2, '2025-03-02'), south(3, '2025-04-01')]);
  between(library.sql);
  const now = await library.publishLoans(['2025-03-01', '2025-03-02', '2025-03-09'].map((day, i) => north(i, day)));
  await library.parts.served.look();
  const app = routes(library.parts);
  const ask = (path: string, init: RequestInit = {}) => app.request(`http://127.0.0.1:4180${path}`, init);
  const rowsOf = async (query: string) => (await (await ask(`/api/export.json?${query}`)).json()).rows;
  return { library, before, now, ask, rowsOf };
};

test('each number stands beside that of the other release, and what only one of them has is a row too', async () => {
  const { before, now, ask, rowsOf } = await opened();
  const query = `metrics=loans,loan_days&by=branch&grain=month&against=${before}`;
  const rows = await rowsOf(query);
  expect(
    rows.map((row: Record<string, unknown>) => [
      row.metric,
      row.period,
      row.branch,
      row.value,
      row.compareValue,
      row.change,
    ]),
  ).toEqual([
    ['loans', '2025-03-01', 'n', 3, 2, 3 - 2],
    ['loans', '2025-04-01', 's', null, 1, null],
    ['loan_days', '2025-03-01', 'n', 2, 2, 0],
    ['loan_days', '2025-04-01', 's', null, 5, null],
  ]);
  expect(new Set(rows.map((row: Record<string, unknown>) => row.compareRelease))).toEqual(new Set([before]));
  const told = await (await ask(`/api/export.csv?${query}&about=yes`)).text();
  expect(told).toContain(`# release: ${now}`);
  expect(told).toContain(`# against: {"release":"${before}"`);
  const arrow = tableFromIPC(new Uint8Array(await (await ask(`/api/export.arrow?${query}`)).arrayBuffer()));
  expect(JSON.parse(arrow.schema.metadata.get('against') ?? '')).toMatchObject({
    release: before,
    metrics: [
      { id: 'loans', state: 'same' },
      { id: 'loan_days', state: 'same' },
    ],
  });
  expect(arrow.getChild('compareValue')?.toArray()).toEqual(Float64Array.of(2, 1, 2, 5));
});

test('the page gets the same numbers as its files, for the questions that ask for them', async () => {
  const { before, ask } = await opened();
  const view = { metrics: ['loans'], by: ['branch'] };
  const questions = [
    { kind: 'values', view, isBeside: true },
    { kind: 'values', view },
  ];
  const body = JSON.stringify({ against: before, questions });
  const { answers } = await (await ask('/api/batch', { method: 'POST', body })).json();
  expect(answers[0].rows.map((row: Record<string, unknown>) => [row.branch, row.value, row.compareValue])).toEqual([
    ['n', 3, 2],
    ['s', null, 1],
  ]);
  expect(answers[1].rows).toHaveLength(1);
  expect(answers[1].rows[0].compareValue).toBeUndefined();
  const arrow = await (await ask(`/api/export.arrow?metrics=loans&by=branch&against=${before}`)).arrayBuffer();
  const asked = { ...view, grain: null, from: null, to: null, where: {}, compare: null, asOf: null };
  const read = readAnswer(new Uint8Array(arrow), asked);
  expect(read.against?.release).toBe(before);
  expect(read.rows.map(({ value, compareValue, change }) => [value, compareValue, change])).toEqual([
    [3, 2, 1],
    [null, 1, null],
  ]);
});

test('a metric whose tables are made otherwise in the other release is told apart', async () => {
  const { before, ask } = await opened((sql) => {
    const path = join(sql, 'core/loan.sql');
    writeFileSync(path, readFileSync(path, 'utf8').replace('using (branch)', 'using (branch) where days >= 0'));
  });
  const { against } = await (await ask(`/api/export.json?metrics=loans&against=${before}`)).json();
  expect(against.metrics).toMatchObject([{ id: 'loans', state: 'redefined' }]);
});

test('a release that is no other one, or does not stand, is a sentence, and so are two comparisons at once', async () => {
  const { before, now, ask } = await opened();
  const sentence = async (query: string) => {
    const response = await ask(`/api/export.json?metrics=loans&${query}`);
    expect(response.status).toBe(400);
    return (await response.json()).detail as string;
  };
  expect(await sentence(`against=${now}`)).toContain('another release that still stands');
  expect(await sentence('against=gone')).toContain(before);
  expect(await sentence(`against=${before}&compare=year&grain=month`)).toContain('not with both');
});

test('shares are of the total asked for, over rows, columns or all', async () => {
  const { before, rowsOf } = await opened();
  const query = `metrics=loans&by=branch&grain=month&release=${before}`;
  const shares = async (share: string) =>
    (await rowsOf(`${query}&share=${share}`)).map((row: Record<string, unknown>) => [row.branch, row.share]);
  expect(await shares('all')).toEqual([
    ['n', 2 / 3],
    ['s', 1 / 3],
  ]);
  expect(await shares('period')).toEqual([
    ['n', 1],
    ['s', 1],
  ]);
  expect(await shares('branch')).toEqual([
    ['n', 1],
    ['s', 1],
  ]);
});

test('what does not add up has no share', async () => {
  const { ask } = await opened();
  for (const [query, says] of [
    ['metrics=loan_days&by=branch&share=all', 'does not add up'],
    ['metrics=loans&by=branch&share=period', 'not split by period'],
  ] as const) {
    const response = await ask(`/api/export.json?${query}`);
    expect(response.status).toBe(400);
    expect((await response.json()).detail).toContain(says);
  }
});

test('a workbook holds the same rows, and says on its first sheet what they speak of', async () => {
  const { before, now, ask, rowsOf } = await opened();
  const query = `metrics=loans&by=branch&grain=month&against=${before}&share=all`;
  const response = await ask(`/api/export.xlsx?${query}`);
  expect(response.headers.get('content-disposition')).toContain(`${now}.xlsx`);
  const sheets = await workbookSheets(new Uint8Array(await response.arrayBuffer()));
  expect([...sheets.keys()]).toEqual(['About', 'Numbers']);
  const about = new Map(sheets.get('About')!.map(([name, text]) => [name, text]));
  expect(about.get('release')).toBe(now);
  expect(about.get('against')).toContain(before);
  expect(about.get('asked')).toContain('"by":["branch"]');
  const rows = await rowsOf(query);
  const [head, ...lines] = sheets.get('Numbers')!;
  expect(head).toEqual(Object.keys(rows[0]));
  expect(lines).toHaveLength(rows.length);
  expect(lines[0]![head!.indexOf('value')]).toBe('3');
});

test('a table of the page comes back as Arrow and Parquet, typed, with what it speaks of', async () => {
  const { ask } = await opened();
  const sent = {
    columns: ['Month', 'Share', 'Share', 'Who'],
    rows: [
      ['2026-03-01', 0.25, null, "O'Neil, 50 %"],
      ['2026-04-01', null, 3, null],
    ],
    about: { release: 'r1', shown: 'Facility Riverside' },
  };
  const post = (path: string, body: unknown, origin = 'http://127.0.0.1:4180') =>
    ask(path, { method: 'POST', body: JSON.stringify(body), headers: { origin } });
  const arrow = tableFromIPC(new Uint8Array(await (await post('/api/table.arrow', sent)).arrayBuffer()));
  expect(arrow.schema.fields.map(({ name }) => name)).toEqual(['Month', 'Share', 'Share (2)', 'Who']);
  expect(arrow.schema.metadata.get('shown')).toBe('Facility Riverside');
  expect([arrow.getChild('Share')?.get(0), arrow.getChild('Share')?.get(1)]).toEqual([0.25, null]);
  expect(arrow.getChild('Who')?.get(0)).toBe("O'Neil, 50 %");
  const path = join(temporaryFolder(), 'table.parquet');
  writeFileSync(path, new Uint8Array(await (await post('/api/table.parquet', sent)).arrayBuffer()));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const read = await connection.runAndReadAll(`select * replace (cast("Month" as varchar) as "Month") from '${path}'`);
  expect(read.getRows()).toEqual(sent.rows);
  expect((await post('/api/table.arrow', sent, 'http://elsewhere')).status).toBe(403);
  for (const wrong of [{ ...sent, columns: [] }, { ...sent, rows: [['a']] }, { ...sent, rows: [[{}, 1, 2, 3]] }, 7]) {
    const refused = await post('/api/table.arrow', wrong);
    expect(refused.status).toBe(400);
    expect((await refused.json()).detail).not.toContain("O'Neil");
  }
});

test('a worklist is kept whole in every form, whatever part of it stands on the page', async () => {
  const { ask, now } = await opened();
  const csv = await (await ask('/api/worklist/loan_days.csv?about=yes')).text();
  expect(csv).toContain(`# release: ${now}`);
  const lines = csv.split('\r\n').filter((line) => line !== '' && !line.startsWith('# '));
  expect(lines).toHaveLength(1 + 3);
  const arrow = tableFromIPC(
    new Uint8Array(await (await ask('/api/worklist/loan_days.arrow?limit=1&offset=1')).arrayBuffer()),
  );
  expect(arrow.numRows).toBe(3);
  const book = await ask('/api/worklist/loan_days.xlsx');
  expect(book.headers.get('content-disposition')).toContain(`himsight-loan_days-${now}.xlsx`);
  const sheets = await workbookSheets(new Uint8Array(await book.arrayBuffer()));
  expect(sheets.get('loan_days')).toHaveLength(1 + 3);
  expect((await ask('/api/worklist/nothing.parquet')).status).toBe(404);
});

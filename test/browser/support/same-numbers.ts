import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Row } from '../../../dashboard/data/answer.ts';
import type { Catalogue } from '../../../dashboard/data/catalogue.ts';
import { readExploration, type Exploration } from '../../../dashboard/data/exploration.ts';
import { cellsQuestion, exploreQuestions, exportAddress } from '../../../dashboard/data/explore-question.ts';
import { exploreScope, type ExploreScope } from '../../../dashboard/data/explore-scope.ts';
import { exploreTable } from '../../../dashboard/data/explore-table.ts';
import type { Release } from '../../../dashboard/data/release.ts';
import { viewOfWords } from '../../../etl/command/metric.ts';
import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { seeded } from '../../support/seeded.ts';
import { randomView } from './random-view.ts';

const program = fileURLToPath(new URL('../../../etl/himsight.mjs', import.meta.url));

/** The fields of RFC 4180 lines; an empty field without quotes is not known. */
const fieldsOf = (csv: string): readonly (readonly (string | null)[])[] => {
  const rows: (string | null)[][] = [[]];
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? (plain === '' ? null : (plain ?? null)));
    if (end === '\r\n') rows.push([]);
  }
  return rows.slice(0, -1);
};

/**
 * A number to nine digits. The engine adds doubles on several threads in whatever order they come, so that the same
 * statement run twice differs in its last digits.
 */
const rounded = (field: string | null): string | null => {
  if (field === null || !/^-?\d+(\.\d+)?(e[-+]?\d+)?$/.test(field)) return field;
  const number = Number(field);
  return Math.abs(number) < 1e-12 ? '0' : number.toPrecision(9);
};
const allRounded = (rows: readonly (readonly (string | null)[])[]) => rows.map((row) => row.map(rounded));

/** What the page shows of each row, in the columns of the file. */
const shown = (row: Row, { by, compare }: ViewState): readonly (string | null)[] => {
  const number = (value: number | null) => (value === null ? null : String(value));
  const compared = compare === null ? [] : [number(row.compareValue), number(row.change)];
  return [
    ...[row.metric, row.period, ...by.map((id) => row.group[id] ?? null)],
    ...[row.value, row.numerator, row.denominator, row.lower, row.upper, row.n].map(number),
    ...[String(row.suppressed), ...compared],
  ];
};

/** The words of `himsight metric` that ask the same. */
const wordsOf = ({ metrics, by, grain, from, to, where, compare }: ViewState): readonly string[] => [
  ...metrics,
  ...Object.entries({ by: by.join(), grain, from, to, compare }).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`--${name}`, value],
  ),
  ...Object.entries(where).flatMap(([id, values]) => values.flatMap((value) => ['--where', `${id}=${value}`])),
];

/** The values in the table on the page, totals and shares aside, in any order. */
const tableValues = (catalogue: Catalogue, { view, metrics }: ExploreScope, found: Exploration): readonly string[] => {
  const table = exploreTable({ catalogue, metrics, view, found });
  const columns = table.columns.flatMap(({ holds }, at) => (holds === 'value' ? [at] : []));
  return table.rows
    .flatMap(({ cells }) => columns.map((at) => cells[at]?.raw ?? null))
    .filter((raw) => raw !== null)
    .map(String)
    .toSorted();
};

const get = async <T>(address: string): Promise<T> => (await (await fetch(address)).json()) as T;

/**
 * Holds `count` random views against a server: what the page shows, what its file holds, and what `himsight metric` would be
 * asked are the same; every `each`th is asked of the program itself. Answers how many rows were compared.
 */
export const expectSameNumbers = async (
  { origin, folder }: { readonly origin: string; readonly folder: string },
  { count, each, seed }: { readonly count: number; readonly each: number; readonly seed: number },
): Promise<number> => {
  const [release, catalogue] = await Promise.all([
    get<Release>(`${origin}/api/release`),
    get<Catalogue>(`${origin}/api/catalogue`),
  ]);
  const random = seeded(seed);
  let rows = 0;
  for (let done = 0; done < count;) {
    const scope = exploreScope(randomView(random, catalogue), release, catalogue);
    if (scope.metrics.length === 0) continue;
    const asked = cellsQuestion(scope);
    const questions = exploreQuestions(scope);
    const body = JSON.stringify({ questions: questions.map(({ kind, view }) => ({ kind, view })) });
    const headers = { accept: 'application/vnd.apache.arrow.stream' };
    const answered = await fetch(`${origin}/api/batch`, { method: 'POST', body, headers });
    expect(answered.status, body).toBe(200);
    const found = readExploration(new Uint8Array(await answered.arrayBuffer()), questions);

    const csv = await (await fetch(origin + exportAddress(scope, 'csv').replace('&about=yes', ''))).text();
    const [head, ...kept] = fieldsOf(csv);
    // The page says against what a change is taken in words; the file in a column of its own.
    const wanted = head?.map((name) => name !== 'comparePeriod') ?? [];
    const file = kept.map((fields) => fields.filter((_, at) => wanted[at]));
    const screen = found.cells.rows.map((row) => shown(row, asked));
    expect(allRounded(screen), body).toEqual(allRounded(file));
    const values = found.cells.rows.flatMap(({ value }) => (value === null ? [] : [String(value)]));
    expect(tableValues(catalogue, scope, found), body).toEqual(values.toSorted());

    const [by, where] = [asked.by.join(), Object.entries(asked.where)];
    const words = {
      ...(by === '' ? {} : { by }),
      ...Object.fromEntries(
        (['grain', 'from', 'to', 'compare'] as const).flatMap((key) =>
          asked[key] === null ? [] : [[key, asked[key]]],
        ),
      ),
      where: where.flatMap(([id, list]) => list.map((value) => `${id}=${value}`)),
    };
    expect(viewOfWords(asked.metrics, words)).toEqual(asked);
    if (done % each === 0) {
      const said = ['metric', ...wordsOf(asked), '--format', 'csv', '--quiet', '--workspace', folder];
      const told = execFileSync(process.execPath, [program, ...said], { encoding: 'utf8' });
      expect(allRounded(fieldsOf(told)), body).toEqual(allRounded(fieldsOf(csv)));
    }
    rows += file.length;
    done++;
  }
  return rows;
};

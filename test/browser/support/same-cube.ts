import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Answer } from '../../../dashboard/data/answer.ts';
import type { Catalogue } from '../../../dashboard/data/catalogue.ts';
import { explorationFrom, cubeWish } from '../../../dashboard/data/cube-wish.ts';
import { readCube, type Cube } from '../../../dashboard/data/cube.ts';
import type { ExploreView } from '../../../dashboard/data/explore-address.ts';
import { readExploration, streamsOf } from '../../../dashboard/data/exploration.ts';
import { exploreQuestions, type Question } from '../../../dashboard/data/explore-question.ts';
import { exploreScope, type ExploreScope } from '../../../dashboard/data/explore-scope.ts';
import type { Release } from '../../../dashboard/data/release.ts';
import type { CubeTold } from '../../../warehouse/query/cube.ts';
import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { seeded } from '../../support/seeded.ts';
import { randomView } from './random-view.ts';

const program = fileURLToPath(new URL('../../../etl/himsight.mjs', import.meta.url));

const get = async <T>(address: string): Promise<T> => (await (await fetch(address)).json()) as T;

const post = async (address: string, body: unknown): Promise<Uint8Array> => {
  const headers = { accept: 'application/vnd.apache.arrow.stream' };
  const response = await fetch(address, { method: 'POST', body: JSON.stringify(body), headers });
  expect(response.status, JSON.stringify(body)).toBe(200);
  return new Uint8Array(await response.arrayBuffer());
};

const asAsked = (questions: readonly Question[]) => questions.map(({ kind, view }) => ({ kind, view }));

/** All that an answer says, bit by bit. */
const said = (answer: Answer | null) =>
  answer && {
    ...answer,
    throughOf: [...answer.throughOf].toSorted(),
    versionOf: [...answer.versionOf].toSorted(),
  };

/** The rows of an answer as `himsight metric --format json` has them, by the columns both have. */
const told = ({ rows, asked }: Answer) =>
  rows.map((row) => ({
    ...{ metric: row.metric, period: row.period },
    ...Object.fromEntries(asked.by.map((id) => [id, row.group[id] ?? null])),
    ...{ value: row.value, numerator: row.numerator, denominator: row.denominator },
    ...{ lower: row.lower, upper: row.upper, n: row.n },
  }));

const wordsOf = ({ metrics, by, grain, from, to, where, compare }: ViewState): readonly string[] => [
  ...metrics,
  ...Object.entries({ by: by.join(), grain, from, to, compare }).flatMap(([name, value]) =>
    value === null || value === '' ? [] : [`--${name}`, value],
  ),
  ...Object.entries(where).flatMap(([id, values]) => values.flatMap((value) => ['--where', `${id}=${value}`])),
];

/** Other states of a page that its cube may hold too: other filters, splits, periods and grains of the same dimensions. */
const neighbours = (random: () => number, view: ExploreView, cube: Cube, catalogue: Catalogue): ExploreView[] => {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: 3 }, () => {
    const other = randomView(random, catalogue);
    const ids = cube.about.by;
    const split = (): string | null => (ids.length === 0 || random() < 0.4 ? null : pick(ids));
    const filtered = ids.length > 0 && random() < 0.6 ? pick(ids) : null;
    const values = catalogue.dimensions.find(({ id }) => id === filtered)?.values.map(({ value }) => value) ?? [];
    return {
      ...view,
      rows: split(),
      columns: split(),
      grain: other.grain,
      period: other.period,
      compare: other.compare,
      where: filtered === null ? {} : { [filtered]: [...new Set([pick([...values, '']), pick([...values, 'x'])])] },
      beside: ids.filter(() => random() < 0.3).slice(0, 3),
    };
  });
};

/** How many views were held against the server, in how many of them a cube answered, and over how many rows. */
export interface Compared {
  readonly views: number;
  readonly fromCube: number;
  readonly rows: number;
  readonly asked: number;
  /** Why there was no cube, and how often. */
  readonly refused: ReadonlyMap<string, number>;
}

/**
 * Asks for cubes of random views until `count` states were answered out of one, and holds each answer to the last bit against
 * that of the server; every `each`th against the program's too.
 */
export const expectSameFromCube = async (
  { origin, folder }: { readonly origin: string; readonly folder: string },
  { count, each, seed }: { readonly count: number; readonly each: number; readonly seed: number },
): Promise<Compared> => {
  const [release, catalogue] = await Promise.all([
    get<Release>(`${origin}/api/release`),
    get<Catalogue>(`${origin}/api/catalogue`),
  ]);
  const random = seeded(seed);
  const refused = new Map<string, number>();
  let [views, fromCube, rows, asked] = [0, 0, 0, 0];
  const compare = async (cube: Cube, scope: ExploreScope): Promise<void> => {
    const questions = exploreQuestions(scope);
    if (questions.length === 0 || questions.some(({ kind }) => kind !== 'values')) return;
    views++;
    const sliced = explorationFrom(cube, questions);
    if (sliced === null) return;
    const bytes = await post(`${origin}/api/batch`, { questions: asAsked(questions) });
    const served = readExploration(bytes, questions);
    const state = JSON.stringify([cube.about.by, asAsked(questions)]);
    for (const part of ['cells', 'foot', 'side', 'corner'] as const)
      expect(said(sliced[part]), `${part} of ${state}`).toEqual(said(served[part]));
    expect(sliced.beside.map(said), state).toEqual(served.beside.map(said));
    rows += sliced.cells.rows.length;
    if (fromCube++ % each === 0) {
      const words = ['metric', ...wordsOf(sliced.cells.asked), '--format', 'json', '--quiet', '--workspace', folder];
      const listed = execFileSync(process.execPath, [program, ...words], { encoding: 'utf8', maxBuffer: 2 ** 28 });
      const all = JSON.parse(listed) as { readonly rows: readonly Readonly<Record<string, unknown>>[] };
      const shown = told(sliced.cells);
      expect(shown, state).toEqual(all.rows.map((row) => pickLike(shown[0], row)));
      asked++;
    }
  };
  while (fromCube < count) {
    const view = randomView(random, catalogue);
    const scope = exploreScope(view, release, catalogue);
    const wish = cubeWish(catalogue, scope);
    const questions = exploreQuestions(scope);
    if (wish === null) continue;
    const [head = new Uint8Array(), ...streams] = streamsOf(
      await post(`${origin}/api/cube`, { cube: wish, questions: asAsked(questions) }),
    );
    const answered = JSON.parse(new TextDecoder().decode(head)) as CubeTold;
    if (answered.tier === 'marts') {
      refused.set(answered.refused, (refused.get(answered.refused) ?? 0) + 1);
      continue;
    }
    const cube = readCube(answered.about, streams);
    await compare(cube, scope);
    for (const other of neighbours(random, view, cube, catalogue))
      await compare(cube, exploreScope(other, release, catalogue));
  }
  return { views, fromCube, rows, asked, refused };
};

/** Of a row the columns that another has. */
const pickLike = (like: object | undefined, row: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.keys(like ?? row).map((key) => [key, row[key] ?? null]));

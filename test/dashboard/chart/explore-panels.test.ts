import { expect, test } from 'vitest';
import { explorePanels } from '../../../dashboard/chart/explore-panels.ts';
import type { Row } from '../../../dashboard/data/answer.ts';
import type { Metric } from '../../../dashboard/data/catalogue.ts';
import { emptyExplore, type ChartKind, type ExploreView } from '../../../dashboard/data/explore-address.ts';
import { exploreTable } from '../../../dashboard/data/explore-table.ts';
import type { Exploration } from '../../../dashboard/data/exploration.ts';
import { aCatalogue, aMetric, anAnswer, aRow } from '../support.ts';

const count = aMetric({ id: 'cases', label: 'Cases', unit: 'count', kind: 'count', target: null });
const share = aMetric({ label: 'Accuracy' });
const days = aMetric({ id: 'days', label: 'Days', unit: 'days', kind: 'quantile', target: null });
const catalogue = aCatalogue([count, share, days]);

const found = (by: readonly string[], rows: readonly Row[], totals: Partial<Exploration> = {}): Exploration => ({
  ...{ release: 'r', asked: [], cells: anAnswer(rows, by), foot: null, side: null, corner: null, curves: new Map() },
  ...{ beside: [], tier: { name: 'marts', refused: null } as const },
  ...totals,
});
const input = (metrics: readonly Metric[], part: Partial<ExploreView>, answer: Exploration) => ({
  catalogue,
  metrics,
  view: { ...emptyExplore, grain: null, ...part },
  found: answer,
});
const panels = (kind: ChartKind, { metrics, view, found: answer }: ReturnType<typeof input>) =>
  explorePanels({
    ...{ catalogue, kind, found: answer },
    scope: {
      ...{ view, metrics, problems: [], through: '2026-08-31', against: null },
      span: { from: '2026-05-01', to: '2026-09-01', through: '2026-08-31', isEndChosen: true },
    },
  });

const coders = (metric: Metric, size: number) =>
  Array.from({ length: size }, (_, i) =>
    aRow({
      ...{ metric: metric.id, group: { coder: `c${i + 1}` }, value: (i + 1) / 100, n: 100 - i },
      ...{ numerator: i + 1, denominator: 100 },
    }),
  );
const texts = (panel: ReturnType<typeof panels>[number] | undefined) =>
  panel?.drawing?.(600).table.rows.map(([name, value]) => [name?.text, value?.raw]);

test('all others are one bar more, by the sum of their parts, and cannot be filtered by', () => {
  const [panel] = panels('bars', input([share], { rows: 'coder', top: 2 }, found(['coder'], coders(share, 5))));
  expect(panel?.note).toContain('2 of 5 drawn');
  expect(texts(panel)).toEqual([
    ['Coder 1', 0.01],
    ['Coder 2', 0.02],
    ['All others (3)', (3 + 4 + 5) / (3 * 100)],
  ]);
  expect(panel?.pickOf({ x: 0, y: 'Coder 2', words: '' })).toEqual({ dimension: 'coder', value: 'c2' });
  expect(panel?.pickOf({ x: 0, y: 'All others (3)', words: '' })).toBeNull();
});

test('of a median there are no others to draw, and the note says so', () => {
  const [panel] = panels('bars', input([days], { rows: 'coder', top: 2 }, found(['coder'], coders(days, 5))));
  expect(texts(panel)).toHaveLength(2);
  expect(panel?.note).toContain('all others cannot be put together of it');
});

test('metrics of one unit share a chart over time, of several each has its own', () => {
  const rows = [count, days].flatMap(({ id }) =>
    ['2026-05-01', '2026-06-01'].map((period) => aRow({ metric: id, period, value: 3 })),
  );
  const two = found([], rows);
  const more = aMetric({ id: 'days', label: 'More', unit: 'count', kind: 'count' });
  expect(panels('lines', input([count, days], { grain: 'month' }, two)).map(({ title }) => title)).toEqual([
    'Cases',
    'Days',
  ]);
  expect(panels('lines', input([count, more], { grain: 'month' }, two)).map(({ title }) => title)).toEqual([
    'Over time',
  ]);
});

test('small multiples are a chart a value; the second split is a chart a value as well', () => {
  const rows = ['c1', 'c2'].flatMap((coder) =>
    ['2026-05-01', '2026-06-01'].map((period) => aRow({ metric: 'cases', period, value: 3, group: { coder } })),
  );
  const view = input([count], { grain: 'month', rows: 'coder' }, found(['coder'], rows));
  expect(panels('panels', view).map(({ title }) => title)).toEqual(['Coder 1', 'Coder 2']);
  expect(panels('lines', view)).toHaveLength(1);
  const both = rows.map((row) => ({ ...row, period: null, group: { ...row.group, facility: 'riverside' } }));
  const split = input([count], { rows: 'coder', columns: 'facility' }, found(['coder', 'facility'], both));
  expect(panels('bars', split).map(({ title }) => title)).toEqual(['Riverside']);
  const [heat] = panels('heat', split);
  expect(heat?.drawing?.(600).spots.map(({ words }) => words)).toContain('Coder 1, Riverside: 3');
});

test('a funnel of too few says what it needs', () => {
  const [few] = panels('funnel', input([share], { rows: 'coder' }, found(['coder'], coders(share, 4))));
  expect(few?.drawing).toBeNull();
  expect(few?.empty).toContain('at least 5 values of coder');
  const [enough] = panels('funnel', input([share], { rows: 'coder' }, found(['coder'], coders(share, 5))));
  expect(enough?.drawing).not.toBeNull();
});

test('the table has interval, cases, share and the answer for all below', () => {
  const rows = coders(count, 2).map((row, i) => ({ ...row, value: i + 1 }));
  const foot = anAnswer([aRow({ metric: 'cases', value: 4 })]);
  const table = exploreTable(input([count], { rows: 'coder' }, found(['coder'], rows, { foot })));
  expect(table.columns.map(({ label }) => label)).toEqual(['Coder', 'Cases', 'Share of total']);
  // Four in all though two groups make three: the total is the server's answer, not a sum of what is shown.
  expect(table.rows.map(({ cells }) => cells.map(({ raw }) => raw))).toEqual([
    ['c2', 2, 2 / 4],
    ['c1', 1, 1 / 4],
  ]);
  expect(table.foot?.map(({ raw }) => raw)).toEqual(['All', 4, 1]);
});

test('a ratio has no share of the total, nor has a stock over time', () => {
  const foot = anAnswer([aRow({ value: 0.5 })]);
  const ratio = exploreTable(input([share], { rows: 'coder' }, found(['coder'], coders(share, 2), { foot })));
  expect(ratio.columns.map(({ label }) => label)).toEqual(['Coder', 'Accuracy', 'n']);
  const stock = { ...count, take: 'last' } as const;
  const rows = ['2026-05-01', '2026-06-01'].map((period) => aRow({ metric: 'cases', period, value: 3 }));
  const total = anAnswer([aRow({ metric: 'cases', value: 3 })]);
  const time = exploreTable(input([stock], { grain: 'month' }, found([], rows, { foot: total })));
  expect(time.columns.map(({ label }) => label)).toEqual(['Period', 'Cases']);
});

test('two splits make a cross table with totals both ways; too many columns are listed below each other', () => {
  const rows = ['c1', 'c2'].map((coder, i) =>
    aRow({ metric: 'cases', value: i + 1, group: { coder, facility: 'riverside' } }),
  );
  const side = anAnswer(
    rows.map((row) => ({ ...row, group: { coder: row.group.coder ?? null } })),
    ['coder'],
  );
  const foot = anAnswer([aRow({ metric: 'cases', value: 3, group: { facility: 'riverside' } })], ['facility']);
  const corner = anAnswer([aRow({ metric: 'cases', value: 3 })]);
  const view = { rows: 'coder', columns: 'facility' };
  const table = exploreTable(input([count], view, found(['coder', 'facility'], rows, { side, foot, corner })));
  expect(table.columns.map(({ label }) => label)).toEqual(['Coder', 'Riverside', 'All']);
  expect(table.rows.map(({ cells }) => cells.map(({ raw }) => raw))).toEqual([
    ['c2', 2, 2],
    ['c1', 1, 1],
  ]);
  expect(table.foot?.map(({ raw }) => raw)).toEqual(['All', 3, 3]);
  const wide = Array.from({ length: 41 }, (_, i) =>
    aRow({ metric: 'cases', value: 1, group: { coder: 'c1', facility: `f${i}` } }),
  );
  const long = exploreTable(input([count], view, found(['coder', 'facility'], wide)));
  expect(long.isLong).toBe(true);
  expect(long.rows).toHaveLength(41);
});

test('shares are of the row, the column or all, and stand in columns of their own', () => {
  const rows = ['c1', 'c2'].flatMap((coder, i) =>
    ['lakeview', 'riverside'].map((facility, j) =>
      aRow({ metric: 'cases', value: 1 + 2 * i + j, group: { coder, facility } }),
    ),
  );
  // c1: 1, 2; c2: 3, 4.
  const of = (value: number, group: Record<string, string>) => aRow({ metric: 'cases', value, group });
  const side = anAnswer([of(3, { coder: 'c1' }), of(7, { coder: 'c2' })], ['coder']);
  const foot = anAnswer([of(4, { facility: 'lakeview' }), of(6, { facility: 'riverside' })], ['facility']);
  const corner = anAnswer([of(10, {})]);
  const shares = (kind: 'row' | 'column' | 'all') => {
    const view = { rows: 'coder', columns: 'facility', share: kind };
    const table = exploreTable(input([count], view, found(['coder', 'facility'], rows, { side, foot, corner })));
    expect(table.columns.map(({ holds }) => holds).join()).toBe('name,value,detail,value,detail,total,detail');
    return [...table.rows.map(({ cells }) => cells), table.foot ?? []].map((cells) =>
      cells.filter((_, at) => table.columns[at]?.holds === 'detail').map(({ raw }) => raw),
    );
  };
  // In the order drawn: c2 before c1, Riverside before Lakeview.
  expect(shares('row')).toEqual([
    [4 / 7, 3 / 7, 1],
    [2 / 3, 1 / 3, 1],
    [6 / 10, 4 / 10, 1],
  ]);
  expect(shares('column')).toEqual([
    [4 / 6, 3 / 4, 7 / 10],
    [2 / 6, 1 / 4, 3 / 10],
    [1, 1, 1],
  ]);
  expect(shares('all')).toEqual([
    [4 / 10, 3 / 10, 7 / 10],
    [2 / 10, 1 / 10, 3 / 10],
    [6 / 10, 4 / 10, 1],
  ]);
});

test('each place of a table says what the other release had, and the difference', () => {
  const row = aRow({
    metric: 'cases',
    value: 5,
    compareValue: 3,
    change: 2,
    group: { coder: 'c1', facility: 'riverside' },
  });
  const gone = aRow({ metric: 'cases', value: null, compareValue: 4, group: { coder: 'c2', facility: 'riverside' } });
  const answer = found(['coder', 'facility'], [row, gone], { side: anAnswer([], ['coder']), corner: anAnswer([]) });
  const against = { release: 'older', asOf: '', completeThrough: null, metrics: [] };
  const view = { rows: 'coder', columns: 'facility', against: 'older' };
  const table = exploreTable(input([count], view, { ...answer, cells: { ...answer.cells, against } }));
  expect(table.columns.map(({ label }) => label).slice(0, 4)).toEqual([
    ...['Coder', 'Riverside', 'Riverside, other release', 'Riverside, difference'],
  ]);
  expect(table.rows.map(({ cells }) => cells.slice(0, 4).map(({ raw }) => raw))).toEqual([
    ['c1', 5, 3, 2],
    ['c2', null, 4, null],
  ]);
});

test('bars carry a pale tick where the other release stood', () => {
  const rows = coders(count, 2).map((row) => ({ ...row, compareValue: 7 }));
  const { metrics, view, found: answer } = input([count], { rows: 'coder', against: 'older' }, found(['coder'], rows));
  const [panel] = explorePanels({
    ...{ catalogue, kind: 'bars' as const, found: answer },
    scope: {
      ...{ view, metrics, problems: [], through: '2026-08-31' },
      against: { id: 'older', builtAt: '2026-08-01T00:00:00Z', current: false },
      span: { from: '2026-05-01', to: '2026-09-01', through: '2026-08-31', isEndChosen: true },
    },
  });
  expect(panel?.note).toContain('dashed tick: the release of');
  expect(panel?.drawing?.(600).spots[0]?.words).toMatch(/, the release of .* 7$/);
});

import { expect, test } from 'vitest';
import { emptyExplore, type ExploreView } from '../../../dashboard/data/explore-address.ts';
import { cellsQuestion, exploreQuestions, exportAddress } from '../../../dashboard/data/explore-question.ts';
import { dimensionMisfit, exploreScope, misfit } from '../../../dashboard/data/explore-scope.ts';
import { offeredCharts } from '../../../dashboard/data/explore-shape.ts';
import type { Release } from '../../../dashboard/data/release.ts';
import { aCatalogue, aMetric } from '../support.ts';

const grains = ['day', 'month', 'year'];
const accuracy = aMetric({ label: 'Accuracy', dimensions: ['facility', 'coder'], grains });
const cases = aMetric({ id: 'cases', code: 'RC1', label: 'Cases', unit: 'count', kind: 'count', grains: ['year'] });
const waits = aMetric({ id: 'waits', code: 'RC5', label: 'Waits', unit: 'days', kind: 'km_quantile', grains });
const unfed = aMetric({ id: 'unfed', label: 'Unfed', grains, notKnown: 'It needs a source that is not there.' });
const catalogue = aCatalogue([accuracy, cases, waits, unfed]);
const release: Release = {
  ...{ release: 'r', builtAt: '2026-09-01T04:00:00Z', asOf: '2026-09-01T00:00:00', completeThrough: '2026-08-31' },
  ...{ sources: [], ...{ tellsAsOf: true, registryKind: null, demoStories: [] }, privacy: '', releases: [] },
};
const scopeOf = (part: Partial<ExploreView>) => exploreScope({ ...emptyExplore, ...part }, release, catalogue);

test('what an address asks in vain is a sentence each, and the rest of the view stands', () => {
  const { view, metrics, problems } = scopeOf({
    metrics: ['accuracy', 'nope'],
    rows: 'coder',
    columns: 'moon',
    where: { facility: ['mars'], planet: ['x'] },
    chart: 'funnel',
  });
  expect(metrics).toEqual([accuracy]);
  expect(view).toMatchObject({ rows: 'coder', columns: null, where: { facility: ['mars'] }, chart: null });
  expect(problems).toEqual([
    'This release has no metric “nope”; the list of metrics holds what it has.',
    'There is no dimension “moon” to split by, so it was passed over.',
    'This release has no facility “mars”; the filter lists what it has.',
    'There is no dimension “planet” to filter by, so it was passed over; there are facility, coder.',
    'Funnel cannot be drawn of this question; there are lines, small multiples, heat map.',
  ]);
});

test('the first metric decides which splits, filters and grain can stand; others that do not keep them are left out', () => {
  const first = scopeOf({ metrics: ['accuracy', 'cases', 'waits'], rows: 'coder' });
  expect(first.view.metrics).toEqual(['accuracy']);
  expect(first.problems).toEqual([
    'Cases is not kept by coder and the month, so it was left out.',
    'Waits is not kept by coder, so it was left out.',
  ]);
  const other = scopeOf({ metrics: ['cases', 'accuracy'], rows: 'coder', where: { coder: ['c1'] } });
  expect(other.view).toMatchObject({ metrics: ['cases', 'accuracy'], rows: null, grain: 'year', where: {} });
  expect(other.problems).toHaveLength(3);
});

test('a code stands for its metric, the same split twice is one, and a second one alone takes the first place', () => {
  expect(scopeOf({ metrics: ['rc5', 'waits'] }).view.metrics).toEqual(['waits']);
  expect(scopeOf({ metrics: ['accuracy'], rows: 'coder', columns: 'coder' }).view).toMatchObject({ columns: null });
  expect(scopeOf({ metrics: ['accuracy'], columns: 'coder' }).view).toMatchObject({ rows: 'coder', columns: null });
});

test('a metric that this release cannot know says why', () => {
  expect(scopeOf({ metrics: ['unfed'] })).toMatchObject({
    metrics: [],
    problems: ['Unfed: It needs a source that is not there.'],
  });
  expect(scopeOf({ metrics: ['unfed', 'waits'], rows: 'facility' }).view).toMatchObject({
    metrics: ['waits'],
    rows: 'facility',
  });
});

test('why a metric or a dimension cannot be chosen', () => {
  const frame = { rows: 'coder', columns: null, grain: 'month', where: {} } as const;
  expect(misfit(catalogue, accuracy, frame)).toBeNull();
  expect(misfit(catalogue, cases, frame)).toBe('not kept by coder and the month');
  expect(dimensionMisfit([accuracy, cases, waits], 'coder')).toBe('not kept of Cases and Waits');
  expect(dimensionMisfit([accuracy], 'coder')).toBeNull();
});

test.each([
  [{ rows: null, columns: null, grain: 'month' }, [accuracy], ['lines']],
  [{ rows: 'coder', columns: null, grain: 'month' }, [accuracy], ['lines', 'panels', 'heat']],
  [{ rows: 'coder', columns: 'facility', grain: 'month' }, [accuracy], ['lines']],
  [{ rows: null, columns: null, grain: null }, [accuracy], ['figures']],
  [{ rows: null, columns: null, grain: null }, [waits], ['figures', 'curve']],
  [{ rows: 'coder', columns: null, grain: null }, [accuracy], ['bars', 'funnel']],
  [{ rows: 'coder', columns: null, grain: null }, [cases], ['bars']],
  [{ rows: 'facility', columns: null, grain: null }, [waits], ['bars', 'curve']],
  [{ rows: 'facility', columns: null, grain: null }, [waits, cases], ['bars']],
  [{ rows: 'coder', columns: 'facility', grain: null }, [accuracy], ['heat', 'bars']],
  [{ rows: 'coder', columns: null, grain: null }, [], []],
] as const)('%o has its ways to be drawn', (shape, metrics, kinds) => {
  expect(offeredCharts(shape, metrics)).toEqual(kinds);
});

test('over time the part still filling up is asked for too, one number of what is complete alone', () => {
  const midMonth = { ...release, asOf: '2026-09-13T00:00:00', completeThrough: '2026-09-12' };
  const view = { ...emptyExplore, metrics: ['accuracy'] };
  const time = cellsQuestion(exploreScope(view, midMonth, catalogue));
  expect(time).toMatchObject({ from: '2024-09-01', to: '2026-10-01', grain: 'month' });
  const one = cellsQuestion(exploreScope({ ...view, grain: null }, midMonth, catalogue));
  expect(one).toMatchObject({ from: '2024-09-01', to: '2026-09-01', grain: null });
});

test('one view asks for its cells, the totals it has room for, and curves where they are drawn', () => {
  const parts = (part: Partial<ExploreView>) =>
    exploreQuestions(scopeOf(part)).map(({ part: name, view }) => [name, view.grain, view.by.join()]);
  expect(parts({})).toEqual([]);
  expect(parts({ metrics: ['waits'], grain: null })).toEqual([['cells', null, '']]);
  expect(parts({ metrics: ['waits'] })).toEqual([
    ['cells', 'month', ''],
    ['foot', null, ''],
  ]);
  expect(parts({ metrics: ['accuracy'], rows: 'coder', columns: 'facility', grain: null })).toEqual([
    ['cells', null, 'coder,facility'],
    ['foot', null, 'facility'],
    ['side', null, 'coder'],
    ['corner', null, ''],
  ]);
  expect(parts({ metrics: ['accuracy'], rows: 'coder' })).toEqual([
    ['cells', 'month', 'coder'],
    ['foot', null, 'coder'],
    ['side', 'month', ''],
    ['corner', null, ''],
  ]);
  expect(parts({ metrics: ['waits'], rows: 'facility', grain: null, chart: 'curve' })).toEqual([
    ['cells', null, 'facility'],
    ['foot', null, ''],
    ['curves', null, 'facility'],
  ]);
});

test('a file is asked for by the very question of the cells', () => {
  const scope = scopeOf({ metrics: ['accuracy'], rows: 'coder', where: { facility: ['a=b', ''] }, release: 'r' });
  const { pathname, searchParams } = new URL(exportAddress(scope, 'csv'), 'http://himsight');
  expect(pathname).toBe('/api/export.csv');
  expect([...searchParams]).toEqual([
    ...[
      ['metrics', 'accuracy'],
      ['by', 'coder'],
      ['grain', 'month'],
      ['from', '2024-09-01'],
      ['to', '2026-09-01'],
    ],
    ...[
      ['where', 'facility=a=b'],
      ['where', 'facility='],
      ['release', 'r'],
      ['about', 'yes'],
    ],
  ]);
});

test.each([
  [
    '2026-05',
    '2026-06',
    'year',
    'No whole year lies in this period; shown is a part of one.',
    '2026-05-01',
    '2026-07-01',
  ],
  ['2026-09', '2026-12', null, 'Nothing of this period is complete yet.', '2026-09-01', '2027-01-01'],
  ['2026-09', '2026-12', 'month', 'Nothing of this period is complete yet.', '2026-09-01', '2027-01-01'],
  ['2025-01', '2025-12', 'year', null, '2025-01-01', '2026-01-01'],
  // Five months are no year: drawn as one they would look like a drop.
  ['2025-01', '2026-05', 'year', null, '2025-01-01', '2026-01-01'],
  ['2025-03-04', '2025-06-15', 'month', null, '2025-04-01', '2025-06-01'],
  [
    '2025-03-04',
    '2025-03-28',
    'month',
    'No whole month lies in this period; shown is a part of one.',
    '2025-03-04',
    '2025-03-29',
  ],
] as const)('%s to %s by %s: what is asked is never an empty stretch', (first, last, grain, says, from, to) => {
  const scope = scopeOf({ metrics: ['accuracy'], period: { kind: 'between', from: first, to: last }, grain });
  expect(scope.problems).toEqual(says === null ? [] : [says]);
  expect(cellsQuestion(scope)).toMatchObject({ from, to });
});

const older = { id: 'older', builtAt: '2026-08-01T04:00:00Z', current: false };
const standing: Release = { ...release, releases: [{ id: 'r', builtAt: release.builtAt, current: true }, older] };
const againstScope = (part: Partial<ExploreView>) =>
  exploreScope({ ...emptyExplore, metrics: ['accuracy'], ...part }, standing, catalogue);

test('another release that stands is compared with, in the question, in the files and in one request', () => {
  const scope = againstScope({ against: 'older', rows: 'coder' });
  expect(scope.problems).toEqual([]);
  expect(scope.against).toEqual(older);
  expect(exploreQuestions(scope).every(({ isBeside }) => isBeside)).toBe(true);
  expect(exportAddress(scope, 'xlsx')).toContain('against=older');
});

test('a release that is gone, the very one on show, or two comparisons at once are a sentence each', () => {
  const says = (part: Partial<ExploreView>) => againstScope(part).problems.join();
  expect(says({ against: 'gone' })).toContain('does not stand any more');
  expect(againstScope({ against: 'gone' }).view.against).toBeNull();
  expect(says({ against: 'r' })).toContain('compared with another one');
  expect(says({ against: 'older', compare: 'year' })).toContain('shown is the release');
  expect(againstScope({ against: 'older', compare: 'year' }).view).toMatchObject({ against: 'older', compare: null });
});

test('a share needs rows and columns, and values that add up', () => {
  const crossed = { metrics: ['cases'], rows: 'coder', columns: 'facility', grain: null, share: 'row' } as const;
  const fed = aMetric({ ...cases, dimensions: ['facility', 'coder'] });
  const scope = (part: Partial<ExploreView>) =>
    exploreScope({ ...emptyExplore, ...crossed, ...part }, standing, aCatalogue([accuracy, fed]));
  expect(scope({}).view.share).toBe('row');
  expect(exportAddress(scope({}), 'csv')).toContain('share=coder');
  expect(exportAddress(scope({ share: 'column' }), 'csv')).toContain('share=facility');
  expect(exportAddress(scope({ share: 'all' }), 'csv')).toContain('share=all');
  expect(scope({ columns: null }).problems.join()).toContain('needs a table with splits both ways');
  expect(scope({ metrics: ['accuracy'] }).problems.join()).toContain('Accuracy does not add up');
  expect(scope({ metrics: ['accuracy'] }).view.share).toBeNull();
});

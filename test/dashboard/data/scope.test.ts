import { expect, test } from 'vitest';
import { unfitSentence } from '../../../dashboard/data/catalogue.ts';
import { inTotal, overTime, scopeOf } from '../../../dashboard/data/scope.ts';
import { home } from '../../../dashboard/data/url.ts';
import { aCatalogue, aMetric } from '../support.ts';

const metric = aMetric();
const catalogue = aCatalogue([metric]);
const release = {
  release: 'r',
  builtAt: '2026-09-14T06:00:00Z',
  asOf: '2026-09-14T06:00:00Z',
  completeThrough: '2026-09-12',
  sources: [],
  privacy: '',
  releases: [],
};

test('a filter by a dimension that does not exist is passed over and said', () => {
  const scope = scopeOf({ ...home, where: { facilty: ['x'], facility: ['riverside'] } }, release, catalogue);
  expect(scope.where).toEqual({ facility: ['riverside'] });
  expect(scope.problems).toEqual([
    'There is no dimension “facilty” to filter by, so it was passed over; there are facility, coder.',
  ]);
});

test('of many dimensions a sentence tells the number', () => {
  const dimensions = Array.from({ length: 13 }, (_, i) => ({ id: `d${i}`, label: `D${i}`, values: [] }));
  const told = (count: number) =>
    scopeOf({ ...home, where: { nope: ['x'] } }, release, { ...catalogue, dimensions: dimensions.slice(0, count) })
      .problems[0];
  expect(told(12)).toMatch(/there are d0, .*d11\.$/);
  expect(told(13)).toMatch(/passed over; the filters list the 13 there are\.$/);
});

test('a value that the release does not hold is named, a long list of them counted', () => {
  const problems = (facility: readonly string[]) =>
    scopeOf({ ...home, where: { facility } }, release, catalogue).problems;
  expect(problems(['riverside', ''])).toEqual([]);
  expect(problems(['riverside', 'nowhere'])).toEqual([
    'This release has no facility “nowhere”; the filter lists what it has.',
  ]);
  expect(problems(Array.from({ length: 10_000 }, (_, i) => `f${i}`))[0]).toMatch(/does not have 10,000;/);
});

test('a trend takes in the month still filling up, a total does not', () => {
  const scope = scopeOf(home, release, catalogue);
  expect(overTime(scope, [metric], 'month', 'year')).toMatchObject({
    from: '2024-09-01',
    to: '2026-10-01',
    grain: 'month',
    compare: 'year',
  });
  expect(inTotal(scope, [metric], ['facility'])).toMatchObject({
    to: '2026-09-01',
    grain: null,
    compare: null,
    by: ['facility'],
  });
});

test('a metric that does not keep a dimension says so', () => {
  expect(unfitSentence(catalogue, metric, { coder: ['c1'] })).toBe(
    'Accuracy is not kept by coder; take that filter off to see it.',
  );
  expect(unfitSentence(catalogue, metric, { facility: ['riverside'] })).toBeNull();
});

test('a period shorter than its grain, or not begun to be complete, is asked for as far as it goes, and said', () => {
  const between = (from: string, to: string) =>
    scopeOf({ ...home, period: { kind: 'between', from, to } }, release, catalogue);
  const short = between('2026-02', '2026-03');
  expect(overTime(short, [metric], 'quarter')).toMatchObject({ from: '2026-02-01', to: '2026-04-01' });
  expect(short.problems).toEqual([]);
  // Complete through 12 September: August is the last whole month.
  const begun = between('2026-08', '2026-09');
  expect([inTotal(begun, [metric]), begun.problems]).toMatchObject([{ from: '2026-08-01', to: '2026-09-01' }, []]);
  const ahead = between('2026-09', '2026-12');
  expect(inTotal(ahead, [metric])).toMatchObject({ from: '2026-09-01', to: '2027-01-01' });
  expect(ahead.problems).toEqual(['Nothing of this period is complete yet.']);
});

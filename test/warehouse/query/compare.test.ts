import { beforeAll, expect, test } from 'vitest';
import type { Reader } from '../../../warehouse/open.ts';
import { answer } from '../../../warehouse/query/answer.ts';
import { toJson, type JsonRow } from '../../../warehouse/query/text-formats.ts';
import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { catalogue, metric, smallRelease, view } from './small-release.ts';

/** Every day of 2024 and 2025 holds 1, but for the days of an even month: 2. Half of it in the north. */
const counted = metric(
  'counted',
  { kind: 'count', from: 'mart.day', date: 'day', count: 'number' },
  { place: 'place' },
);

let reader: Reader;

beforeAll(async () => {
  const release = await smallRelease();
  reader = release.reader;
  await release.connection.run(`
    create table mart.day as
    select day, place, 2 - month(day) % 2 as number
    from (select cast(unnest(generate_series(date '2024-01-01', date '2025-12-31', interval 1 day)) as date) as day),
      (values ('north'), ('south')) as places(place)`);
});

const asked = async (given: Partial<ViewState>): Promise<readonly JsonRow[]> =>
  toJson(await answer(reader, catalogue(counted), view({ metrics: ['counted'], ...given }))).rows;

test('a month beside the month before, the first one’s from before the range', async () => {
  const rows = await asked({ grain: 'month', from: '2025-03-01', to: '2025-05-01', compare: 'previous' });
  expect(
    rows.map(({ period, value, comparePeriod, compareValue, change }) => [
      period,
      value,
      comparePeriod,
      compareValue,
      change,
    ]),
  ).toEqual([
    ['2025-03-01', 2 * 31, '2025-02-01', 2 * 28 * 2, 2 * 31 - 2 * 28 * 2],
    ['2025-04-01', 2 * 30 * 2, '2025-03-01', 2 * 31, 2 * 30 * 2 - 2 * 31],
  ]);
});

test('a month cut short is compared with one cut short alike', async () => {
  const [, april] = await asked({ grain: 'month', from: '2025-03-01', to: '2025-04-11', compare: 'previous' });
  expect([april?.value, april?.compareValue]).toEqual([2 * 10 * 2, 2 * 10]);
});

test('a month beside the same month a year earlier, by place', async () => {
  const rows = await asked({ grain: 'month', by: ['place'], from: '2025-02-01', to: '2025-03-01', compare: 'year' });
  expect(
    rows.map(({ place, value, comparePeriod, compareValue }) => [place, value, comparePeriod, compareValue]),
  ).toEqual([
    ['north', 28 * 2, '2024-02-01', 29 * 2],
    ['south', 28 * 2, '2024-02-01', 29 * 2],
  ]);
});

test('a week a year earlier is 52 weeks earlier, so it begins on a Monday too', async () => {
  const [row] = await asked({ grain: 'week', from: '2025-03-03', to: '2025-03-10', compare: 'year' });
  expect([row?.period, row?.comparePeriod, row?.compareValue]).toEqual(['2025-03-03', '2024-03-04', 2 * 7]);
});

test('without a grain whole months are compared with as many whole months', async () => {
  const [row] = await asked({ from: '2025-04-01', to: '2025-07-01', compare: 'previous' });
  expect([row?.period, row?.comparePeriod, row?.compareValue]).toEqual([null, '2025-01-01', 2 * (31 + 2 * 28 + 31)]);
});

test('without a grain any other range is compared with as many days', async () => {
  const [row] = await asked({ from: '2025-03-11', to: '2025-03-21', compare: 'previous' });
  expect([row?.comparePeriod, row?.compareValue]).toEqual(['2025-03-01', 2 * 10]);
});

test('where nothing lies before, nothing is compared', async () => {
  const [row] = await asked({ grain: 'year', to: '2025-01-01', compare: 'year' });
  expect([row?.comparePeriod, row?.compareValue, row?.change]).toEqual(['2023-01-01', null, null]);
});

test('an open range without a grain has nothing before it', async () => {
  await expect(asked({ compare: 'previous' })).rejects.toThrow(/needs `from` or `to`/);
  await expect(asked({ compare: 'previous', from: '2025-01-01' })).rejects.toThrow(/needs `from` and `to`/);
});

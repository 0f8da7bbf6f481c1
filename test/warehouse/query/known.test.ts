import type { DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import type { Metric } from '../../../warehouse/metric/metric.ts';
import { answer } from '../../../warehouse/query/answer.ts';
import { toJson } from '../../../warehouse/query/text-formats.ts';
import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { catalogue, metric, smallRelease, view, type SmallRelease } from './small-release.ts';

const from = { from: 'mart.chart', date: 'day', known: 'settled_at' } as const;
const dimensions = { facility: 'facility_id' };
const metrics: readonly Metric[] = [
  metric('wilson', { kind: 'ratio', ...from, numerator: 'late', denominator: 'one', interval: 'wilson' }, dimensions),
  metric(
    'cluster',
    { kind: 'ratio', ...from, numerator: 'late', denominator: 'one', interval: 'cluster', cluster: 'record' },
    dimensions,
  ),
  metric('rows', { kind: 'count', ...from, count: '*' }, dimensions),
  metric('sum', { kind: 'count', ...from, count: 'late' }, dimensions),
  metric('stock', { kind: 'count', ...from, count: 'late', take: 'last' }, dimensions),
  metric('median', { kind: 'quantile', ...from, value: 'days', p: 0.5 }, dimensions),
];
const unmarked = metric('unmarked', { kind: 'count', from: 'mart.chart', date: 'day', count: '*' }, dimensions);
const days = ['2026-01-01', '2026-01-20', '2026-02-14', '2026-03-01', '2026-05-30'];

let all: SmallRelease;

const chart = `create table mart.chart (day date, settled_at timestamp, facility_id varchar, late integer, one integer, record integer, days double)`;

beforeAll(async () => {
  all = await smallRelease();
  await all.connection.run(`${chart};
    insert into mart.chart
    select date '2026-01-01' + cast(hash(i) % 90 as integer),
      case when hash(i, 1) % 8 > 0 then date '2026-01-01' + to_minutes(cast(hash(i, 2) % 130000 as bigint)) end,
      ['n', 's'][1 + cast(hash(i, 3) % 2 as bigint)], hash(i, 4) % 2, 1, hash(i, 5) % 120, hash(i, 6) % 400 / 10.0
    from range(800) as t(i);
    insert into mart.chart values
      ('2026-01-01', '2026-01-20 23:59:59.999999', 'n', 1, 1, 1, 1), ('2026-01-01', '2026-01-21 00:00:00', 'n', 1, 1, 1, 1)`);
});

const rowsOf = async ({ reader }: SmallRelease, given: Partial<ViewState>, asked = metrics) =>
  toJson(await answer(reader, catalogue(...asked), view({ metrics: asked.map(({ id }) => id), ...given }))).rows;

/** A release that was loaded with what was known at the end of that day and no more. */
const loadedAt = async (day: string): Promise<SmallRelease> => {
  const then = await smallRelease();
  await then.connection.run(chart);
  for (const row of await known(all.connection, day))
    await then.connection.run(
      'insert into mart.chart values ($1::date, $2::timestamp, $3, $4::integer, $5::integer, $6::integer, $7::double)',
      row,
    );
  return then;
};

const known = async (connection: DuckDBConnection, day: string): Promise<string[][]> => {
  const result = await connection.run(
    `select cast(columns(*) as varchar) from mart.chart
    where settled_at is not null and settled_at < $1::date + 1 and day <= $1::date`,
    [day],
  );
  return (await result.getRowsJS()) as string[][];
};

test.each(days)('as of %s equals loading only what was known then', async (day) => {
  const then = await loadedAt(day);
  for (const given of [
    {},
    { by: ['facility'] },
    { grain: 'month', by: ['facility'] },
    { from: '2026-01-15' },
  ] as const) {
    const asked = { ...given, by: [...('by' in given ? given.by : [])] };
    const [replayed, loaded] = [await rowsOf(all, { ...asked, asOf: day }), await rowsOf(then, asked)];
    expect(replayed).toEqual(loaded);
  }
});

test('the last moment of the day counts, the first of the next does not', async () => {
  const [, , rows] = await rowsOf(all, { asOf: '2026-01-20', to: '2026-01-02' });
  const [, , next] = await rowsOf(all, { asOf: '2026-01-21', to: '2026-01-02' });
  expect(next!.value).toBe((rows!.value as number) + 1);
});

test('without a day it plays no part, and a measure without it knows nothing of it', async () => {
  const [, , rows] = await rowsOf(all, {});
  expect(rows!.value).toBe(802);
  const [unsettled] = await rowsOf(all, { asOf: '2026-12-31' }, [unmarked]);
  expect(unsettled!.value).toBe(802);
  const [, , settled] = await rowsOf(all, { asOf: '2026-12-31' });
  expect(settled!.value).toBeLessThan(802);
});

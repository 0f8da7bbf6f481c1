import { beforeAll, expect, test } from 'vitest';
import type { Reader } from '../../../warehouse/open.ts';
import { answer } from '../../../warehouse/query/answer.ts';
import type { ColumnTable } from '../../../warehouse/query/column-table.ts';
import { survival } from '../../../warehouse/query/survival.ts';
import { tableToRows, toJson } from '../../../warehouse/query/text-formats.ts';
import { catalogue, metric, smallRelease, view } from './small-release.ts';

const clock = { date: 'day', start: 'started_at', event: 'ended_at', until: 'until_at' } as const;
const small = metric('small', { kind: 'km_quantile', from: 'mart.small', ...clock, p: 0.5 }, { arm: 'arm' });
const large = metric('large', { kind: 'km_quantile', from: 'mart.large', ...clock, p: 0.5 }, { half: 'half' });
const count = metric('count', { kind: 'count', from: 'mart.small', date: 'day', count: '*' });
const all = catalogue(small, large, count);

let reader: Reader;

beforeAll(async () => {
  const release = await smallRelease();
  reader = release.reader;
  await release.connection.run(`
    create table mart.small as
    select date '2026-01-01' as day, arm, timestamp '2026-01-01' as started_at,
      case when died then timestamp '2026-01-01' + to_hours(24 * days) end as ended_at,
      timestamp '2026-01-01' + to_hours(24 * days) as until_at
    from (values ('a', 1, true), ('a', 2, false), ('a', 3, true), (null, 5, true), (null, 9, false)) as t(arm, days, died);
    create table mart.large as
    select date '2026-01-01' as day, i % 2 = 0 as half, timestamp '2026-01-01' as started_at,
      case when hash(i) % 10 < 8 then timestamp '2026-01-01' + to_microseconds(cast(pow(hash(i, 1) % 1000000, 2) as bigint)) end as ended_at,
      timestamp '2026-01-14' as until_at
    from range(1000000) as r(i)`);
});

test('curves by group begin at 1, step down, and end with the last one watched', async () => {
  const table = await survival(reader, all, view({ metrics: ['small'], by: ['arm'], grain: 'month' }), 'small');
  const rows = tableToRows(table).map(({ arm, time, survival: left, at_risk }) => [arm, time, left, at_risk]);
  expect(rows).toEqual([
    ['a', 0, 1, 3],
    ['a', 1, 2 / 3, 3],
    ['a', 3, 0, 1],
    [null, 0, 1, 2],
    [null, 5, 1 / 2, 2],
    [null, 9, 1 / 2, 1],
  ]);
});

test('a million rows: at most 400 points a curve, each of them exact', async () => {
  const asked = view({ metrics: ['large'], by: ['half'] });
  const began = performance.now();
  const table = await survival(reader, all, asked, 'LARGE');
  const seconds = (performance.now() - began) / 1000;
  expect(seconds).toBeLessThan(5);
  expect(table.rows).toBeLessThanOrEqual(800);
  expect(table.rows).toBeGreaterThan(400);
  const curve = tableToRows(table).filter(({ half }) => half === 'true');
  expect(curve[0]).toMatchObject({ time: 0, survival: 1, at_risk: 500_000 });
  // No two neighbours lie far apart, so what was left out cannot be seen.
  const steps = curve.map(({ time, survival: left }) => ({ time: Number(time), left: Number(left) }));
  for (let i = 1; i < steps.length - 1; i++) {
    expect(steps[i - 1]!.left - steps[i]!.left).toBeLessThan(0.01);
    expect(steps[i]!.time - steps[i - 1]!.time).toBeLessThan(0.1);
  }
  const { rows } = toJson(await answer(reader, all, asked));
  const median = rows.find(({ half }) => half === 'true')?.value as number;
  const before = curve.findLast((point) => Number(point.time) < median);
  const after = curve.find((point) => Number(point.time) >= median);
  expect(before?.survival).toBeGreaterThan(0.5);
  expect(after?.survival).toBeLessThanOrEqual(0.5);
});

test('nobody gives a curve of one point', async () => {
  const table: ColumnTable = await survival(reader, all, view({ metrics: ['small'], from: '2030-01-01' }), 'small');
  expect(tableToRows(table)).toEqual([{ time: 0, survival: 1, lower: 1, upper: 1, at_risk: 0 }]);
});

test('a metric of another kind has no curve', async () => {
  await expect(survival(reader, all, view({ metrics: ['count'] }), 'count')).rejects.toMatchObject({
    mend: 'These have one: small, large.',
  });
});

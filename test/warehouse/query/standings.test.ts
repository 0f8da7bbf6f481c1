import { beforeAll, describe, expect, test } from 'vitest';
import type { Reader } from '../../../warehouse/open.ts';
import { standings, type StandingsQuestion } from '../../../warehouse/query/standings.ts';
import { auditsUntilDecided, recordsUntilDecided } from '../../../warehouse/statistics/audits-until-decided.ts';
import { wilson } from '../../../warehouse/statistics/wilson.ts';
import { catalogue, metric, smallRelease } from './small-release.ts';

const from = { from: 'mart.audit', date: 'day' } as const;
const dimensions = { facility: 'facility_id', coder: 'coder' };
const right = {
  ...metric('right', { kind: 'ratio', ...from, numerator: 'good', denominator: 'one', interval: 'wilson' }, dimensions),
  target: { value: 0.95, label: 'customary 95 %', citation: 'field', direction: 'at_least' },
} as const;
const codes = metric(
  'codes',
  { kind: 'ratio', ...from, numerator: 'hits', denominator: 'codes', interval: 'cluster', cluster: 'record' },
  dimensions,
);
const waiting = {
  ...metric('waiting', { kind: 'count', ...from, count: 'one', take: 'last' }, { facility: 'facility_id' }),
  better: 'lower',
  unit: 'count',
} as const;
const idle = metric('idle', { kind: 'count', ...from, count: '*' }, dimensions);
const close = { ...codes, id: 'close', code: 'CLOSE', target: { ...right.target, value: 0.85 } };
const all = catalogue(right, codes, waiting, idle, close);

let reader: Reader;

/** Complete through 31 August 2026, so four quarters are July 2025 to June 2026. */
beforeAll(async () => {
  const release = await smallRelease();
  reader = release.reader;
  await release.connection.run(`
    create table mart.audit (day date, facility_id varchar, coder varchar, record integer, good integer, one integer, hits integer, codes integer);
    -- 30 of 30 right at north, 25 of 30 at south; outside the window all wrong.
    insert into mart.audit select date '2025-07-01' + cast(i * 12 as integer), 'n', 'kim', i, 1, 1, 10, 10 from range(30) as t(i);
    insert into mart.audit select date '2025-07-01' + cast(i * 12 as integer), 's', 'lee', 100 + i, case when i < 25 then 1 else 0 end, 1,
      7 + i % 4, 10 from range(30) as t(i);
    insert into mart.audit values ('2025-06-30', 'n', 'kim', 900, 0, 1, 0, 10), ('2026-07-01', 'n', 'kim', 901, 0, 1, 0, 10);
    create table core.target (metric_id varchar, scope varchar, value double, direction varchar, label varchar, citation varchar,
      policy_window varchar, valid_from date, valid_to date);
    insert into core.target values
      ('codes', null, 0.9, null, 'house 90 %', 'Plan 4', null, null, '2026-06-30'),
      ('codes', null, 0.8, null, 'house 80 %', 'Plan 5', null, '2026-06-30', null),
      ('codes', 's', 0.85, 'at_least', 'house 85 %', null, '2 months', '2026-01-01', null),
      ('waiting', null, 2, null, 'at most two', null, null, null, null)`);
  await release.describeColumns();
});

const ask = async (given: Partial<StandingsQuestion> = {}) =>
  (await standings(reader, all, { metrics: null, where: {}, byFacility: false, asOf: null, ...given })).rows;

test('both statuses over four full quarters, against the target of the window’s last day', async () => {
  const rows = await ask();
  expect(rows.map((row) => row.metric)).toEqual(['right', 'codes', 'waiting', 'close']);
  expect(rows[0]).toEqual({
    ...{ metric: 'right', facility: null, windowFrom: '2025-07-01', windowTo: '2026-07-01' },
    ...{ value: 55 / 60, ...wilson(55, 60), n: 60 },
    ...{ target: 0.95, label: 'customary 95 %', citation: 'field', direction: 'at_least', setFor: 'customary' },
    ...{ policy: 'not met', evidence: 'undecided', moreAudits: auditsUntilDecided(55, 60, { target: 0.95 }) },
  });
  expect(rows[1]).toMatchObject({ target: 0.8, label: 'house 80 %', citation: 'Plan 5', policy: 'met', n: 60 });
  expect(rows[1]).toMatchObject({ evidence: 'above', moreAudits: 0 });
  // The last day of the window that has rows is one of both facilities.
  expect(rows[2]).toMatchObject({ value: 2, policy: 'met', direction: 'at_most', evidence: null, moreAudits: null });
});

test('30 of 30 right meets the target and proves nothing yet: 43 more audits would', async () => {
  const [row] = await ask({ metrics: ['right'], where: { facility: ['n'] } });
  expect(row).toMatchObject({ facility: 'n', value: 1, n: 30, policy: 'met', evidence: 'undecided', moreAudits: 43 });
  expect(row!.lower).toBeCloseTo(0.886, 3);
});

test('over clusters more records decide, as many as the statistic says', async () => {
  const [row] = await ask({ metrics: ['close'], where: { coder: ['lee'] } });
  const hits = Array.from({ length: 30 }, (_, i) => 7 + (i % 4));
  const sum = (of: (hit: number) => number): number => hits.reduce((total, hit) => total + of(hit), 0);
  const sums = { k: 30, m: sum((m) => m), n: 300, mm: sum((m) => m * m), mn: sum((m) => m * 10), nn: 3000 };
  expect(row).toMatchObject({ facility: null, value: sums.m / 300, n: 30, evidence: 'undecided' });
  expect(row!.moreAudits).toBe(recordsUntilDecided(sums, 1, { target: 0.85 }));
  expect(row!.moreAudits).toBeGreaterThan(100);
});

describe('a facility’s own target', () => {
  test('holds, with its own window, where the view is filtered to that facility alone', async () => {
    const [own] = await ask({ metrics: ['codes'], where: { facility: ['s'] } });
    expect(own).toMatchObject({ facility: 's', target: 0.85, label: 'house 85 %', setFor: 'scope' });
    expect(own).toMatchObject({ windowFrom: '2026-07-01', windowTo: '2026-09-01', value: null, policy: 'no value' });
    const [both] = await ask({ metrics: ['codes'], where: { facility: ['s', 'n'] } });
    expect(both).toMatchObject({ facility: null, target: 0.8, setFor: 'all' });
    const [other] = await ask({ metrics: ['codes'], where: { facility: ['n'] } });
    expect(other).toMatchObject({ facility: 'n', target: 0.8, setFor: 'all' });
  });

  test('by facility each is judged by its own', async () => {
    const rows = await ask({ metrics: ['codes', 'right'], byFacility: true });
    expect(rows.map(({ metric: id, facility, target, windowFrom }) => [id, facility, target, windowFrom])).toEqual([
      ['codes', 'n', 0.8, '2025-07-01'],
      ['codes', 's', 0.85, '2026-07-01'],
      ['right', 'n', 0.95, '2025-07-01'],
      ['right', 's', 0.95, '2025-07-01'],
    ]);
  });
});

test('as of an earlier day the window and the target are those of that day', async () => {
  const [row] = await ask({ metrics: ['codes'], asOf: '2026-06-29' });
  expect(row).toMatchObject({ windowFrom: '2025-04-01', windowTo: '2026-04-01', target: 0.9, label: 'house 90 %' });
});

test('metrics that the filters leave out are passed over, unless asked for by name', async () => {
  expect((await ask({ where: { coder: ['kim'] } })).map((row) => row.metric)).toEqual(['right', 'codes', 'close']);
  await expect(ask({ metrics: ['waiting'], where: { coder: ['kim'] } })).rejects.toThrow('`coder`');
  await expect(ask({ metrics: ['wating'] })).rejects.toThrow('no metric of this id');
});

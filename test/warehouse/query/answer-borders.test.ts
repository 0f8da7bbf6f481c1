import { beforeAll, expect, test } from 'vitest';
import { tableFromIPC } from 'apache-arrow';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { Reader } from '../../../warehouse/open.ts';
import { answer } from '../../../warehouse/query/answer.ts';
import { toArrow } from '../../../warehouse/query/arrow.ts';
import { unitStatement } from '../../../warehouse/query/metric-query.ts';
import { planUnits } from '../../../warehouse/query/plan.ts';
import { toCsv, toJson } from '../../../warehouse/query/text-formats.ts';
import { wilson } from '../../../warehouse/statistics/wilson.ts';
import { catalogue, metric, releaseId, smallRelease, view } from './small-release.ts';

let reader: Reader;
let connection: DuckDBConnection;

const from = { from: 'mart.audit', date: 'audit_date' } as const;
const dimensions = { coder: 'coder_id', ward: 'ward_number', day: 'audit_date' };
const right = metric(
  'right',
  { kind: 'ratio', ...from, numerator: 'correct', denominator: 'codes', interval: 'cluster', cluster: 'audit_id' },
  dimensions,
);
const audits = metric('audits', { kind: 'count', ...from, count: '*' }, dimensions);
const unfed = metric('unfed', { kind: 'count', from: 'mart.empty', date: 'day', count: '*' });
const unfedShare = metric('unfed_share', {
  kind: 'ratio',
  from: 'mart.empty',
  date: 'day',
  numerator: 'a',
  denominator: 'b',
  interval: 'wilson',
});
const all = catalogue(
  right,
  audits,
  { ...metric('other', { kind: 'count', ...from, count: 'codes' }), code: 'RIGHT' },
  unfed,
  unfedShare,
);

beforeAll(async () => {
  ({ reader, connection } = await smallRelease());
  await connection.run(`
    create table mart.audit as
    select i as audit_id, date '2026-01-01' + cast(i % 60 as integer) as audit_date, 'coder ' || (i % 2) as coder_id,
      cast(i % 3 as integer) as ward_number, 4 as codes, case when i % 2 = 0 then 4 else 2 + i % 3 end as correct
    from range(60) as r(i);
    create table mart.empty (day date, a integer, b integer);
    insert into meta.lineage values
      ('mart.audit', 'correct', 'core.audit', 'correct', 'AGGREGATION'), ('core.audit', 'correct', 'raw.audit', 'code', 'IDENTITY'),
      ('mart.audit', 'coder_id', 'raw.encounter', 'coder_id', 'IDENTITY'), ('mart.audit', null, 'raw.tumor', 'x', 'JOIN'),
      ('mart.empty', null, 'raw.tumor', null, 'RELATION'), ('mart.empty', 'a', 'raw.source', 'a', 'IDENTITY');
    insert into meta.coverage values
      ('audit', 'one', null, '2026-08-20'), ('audit', 'two', null, '2026-08-25'), ('encounter', 'one', null, '2026-08-30'),
      ('encounter', 'list', null, null), ('tumor', 'one', null, '2026-03-01')`);
});

test('a perfect coder keeps an interval: Wilson on the effective sample size, and the method says so', async () => {
  const { metrics, table } = await answer(reader, all, view({ metrics: ['right'], by: ['coder'] }));
  const [perfect, other] = toJson({ metrics, table, release: '', asOf: '', completeThrough: null }).rows;
  const note = /^As tested; here Wilson on the effective sample size \(design effect (\d+\.\d\d)\) in 1 of 2 rows$/;
  expect(metrics[0]?.method).toMatch(note);
  const effect = Number(note.exec(metrics[0]?.method ?? '')?.[1]);
  expect(effect).toBeGreaterThan(1);
  expect(perfect?.value).toBe(1);
  expect(perfect?.upper).toBe(1);
  expect(perfect?.lower).toBeCloseTo(wilson(120 / effect, 120 / effect)?.lower ?? 0, 2);
  expect(other?.value).toBe((10 * (2 + 3 + 4)) / (30 * 4));
});

test('the method stands as written where nothing gave way', async () => {
  const { metrics } = await answer(reader, all, view({ metrics: ['right'] }));
  expect(metrics[0]?.method).toBe('As tested');
});

test('a dimension of numbers or dates is answered as text', async () => {
  const { rows } = toJson(
    await answer(
      reader,
      all,
      view({ metrics: ['audits'], by: ['ward'], where: { day: ['2026-01-01', '2026-01-02'] } }),
    ),
  );
  expect(rows.map(({ ward, value }) => [ward, value])).toEqual([
    ['0', 1],
    ['1', 1],
  ]);
});

test('an id goes before a code, and a shared code asks for all its metrics', async () => {
  const byCode = await answer(
    reader,
    catalogue(...all.metrics.map((each) => ({ ...each, code: 'RC10' }))),
    view({ metrics: ['rc10'] }),
  );
  expect(byCode.metrics.map(({ id }) => id)).toEqual(['right', 'audits', 'other', 'unfed', 'unfed_share']);
  const byId = await answer(reader, all, view({ metrics: ['AUDITS', 'audits'] }));
  expect(byId.metrics.map(({ id }) => id)).toEqual(['audits']);
});

test('metrics of one relation share a statement', () => {
  const asked = view({ metrics: ['audits'] });
  const sums = metric('sum', { kind: 'count', ...from, count: 'codes' });
  const half = metric('p50', { kind: 'quantile', ...from, value: 'codes', p: 0.5 });
  const most = metric('p90', { kind: 'quantile', ...from, value: 'codes', p: 0.9 });
  const units = planUnits([audits, sums, half, right, most], asked);
  expect(units.map(({ shape, metrics }) => [shape, metrics.map(({ id }) => id)])).toEqual([
    ['sums', ['audits', 'sum', 'p50', 'p90']],
    ['clusters', ['right']],
  ]);
  expect(unitStatement(units[0]!, asked).sql.match(/\[0\.5, 0\.9\]/g)).toHaveLength(2);
});

test('ten thousand values of a filter travel as one parameter', async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `coder ${i + 1}`);
  const { rows } = toJson(await answer(reader, all, view({ metrics: ['audits', 'right'], where: { coder: many } })));
  expect(rows.map(({ value }) => value)).toEqual([30, (10 * (2 + 3 + 4)) / 120]);
});

test('values are never SQL', async () => {
  const { rows } = toJson(
    await answer(reader, all, view({ metrics: ['audits'], where: { coder: [`' or 1 = 1 --`] } })),
  );
  expect(rows[0]?.value).toBe(0);
});

test('a count of a facility that never tells is not known; one of a facility that tells, on days without any, is 0', async () => {
  const byWard = { ...audits, id: 'by_ward', dimensions: { facility: 'ward_number', coder: 'coder_id' } };
  const values = async (where: Record<string, string[]>, from: string | null = null) =>
    toJson(await answer(reader, catalogue(byWard), view({ metrics: ['by_ward'], where, from }))).rows[0]?.value;
  expect(await values({ facility: ['1'] })).toBe(60 / 3);
  expect(await values({ facility: ['1'] }, '2030-01-01')).toBe(0);
  expect(await values({ facility: ['9'] })).toBeNull();
  expect(await values({ facility: ['1'], coder: ['nobody'] })).toBe(0);
});

test.each(['dollars', 'weight'] as const)(
  'n of a sum of %s is the rows added up, of things the things',
  async (unit) => {
    const sum = { ...metric('sum', { kind: 'count', ...from, count: 'codes' }, dimensions), unit };
    const things = { ...sum, id: 'things', code: 'THINGS', unit: 'count' as const };
    const { rows } = toJson(await answer(reader, catalogue(sum, things), view({ metrics: ['sum', 'things'] })));
    expect(rows).toMatchObject([
      { metric: 'sum', value: 60 * 4, n: 60 },
      { metric: 'things', value: 60 * 4, n: 60 * 4 },
    ]);
  },
);

test('a count of a relation that nothing feeds is not known; one that found nothing is 0', async () => {
  const { rows } = toJson(
    await answer(reader, all, view({ metrics: ['unfed', 'unfed_share', 'audits'], from: '2030-01-01' })),
  );
  expect(rows.map(({ value, n }) => [value, n])).toEqual([
    [null, 0],
    [null, 0],
    [0, 0],
  ]);
});

test('complete through the earliest end of the extracts its columns are made of', async () => {
  const through = async (id: string, asOf: string | null = null) =>
    (await answer(reader, all, view({ metrics: [id], asOf }))).completeThrough;
  expect(await through('right')).toBe('2026-08-20');
  expect(await through('right', '2026-02-01')).toBe('2026-02-01');
  // No column leads to an extract: whatever the relation reads.
  expect(await through('unfed_share')).toBe('2026-03-01');
});

test.each([
  [{ metrics: ['audit'] }, /there is no metric/, /`audits`/],
  [{ metrics: ['audits'], by: ['codr'] }, /`codr`: there is no dimension/, /`coder`/],
  [{ metrics: ['unfed'], grain: 'month', where: { coder: ['x'] } }, /`coder`/, /./],
] as const)('%o is refused with what there is', async (given, says, mend) => {
  await expect(answer(reader, all, view(given))).rejects.toMatchObject({
    message: expect.stringMatching(says),
    mend: expect.stringMatching(mend),
  });
});

test('a grain the metric has not is refused', async () => {
  const monthly = catalogue({ ...audits, grains: ['month', 'year'] });
  await expect(answer(reader, monthly, view({ metrics: ['audits'], grain: 'day' }))).rejects.toMatchObject({
    mend: 'It has month, year.',
  });
});

test('an aborted question stops, and the release goes on answering', async () => {
  const slow = metric('slow', { kind: 'count', from: 'mart.slow', date: 'day', count: 'number' });
  await connection.run(`create view mart.slow as
    select date '2026-01-01' as day, hash(a.i, b.i) % 2 as number from range(1000000) as a(i), range(1000000) as b(i)`);
  const abort = new AbortController();
  const asked = answer(reader, catalogue(slow), view({ metrics: ['slow'] }), abort.signal);
  setTimeout(() => abort.abort(new Error('superseded')), 100);
  await expect(asked).rejects.toThrow('superseded');
  await expect(answer(reader, all, view({ metrics: ['audits'] }), abort.signal)).rejects.toThrow('superseded');
  expect(toJson(await answer(reader, all, view({ metrics: ['audits'] }))).rows[0]?.value).toBe(60);
});

test('Arrow, JSON and CSV say the same', async () => {
  const asked = await answer(reader, all, view({ metrics: ['right', 'audits'], by: ['coder'], grain: 'month' }));
  const { rows, ...head } = toJson(asked);
  const arrow = tableFromIPC(toArrow(asked));
  expect(head).toMatchObject({ release: releaseId, asOf: '2026-09-01T00:00:00', completeThrough: '2026-08-20' });
  expect(Object.fromEntries(arrow.schema.metadata)).toMatchObject({
    release: releaseId,
    asOf: head.asOf,
    completeThrough: '2026-08-20',
  });
  expect(arrow.schema.fields.map(({ name }) => name)).toEqual([
    'metric',
    'period',
    'coder',
    'value',
    'numerator',
    'denominator',
    'lower',
    'upper',
    'n',
    'suppressed',
  ]);
  expect(arrow.toArray().map((row) => ({ ...row?.toJSON() }))).toEqual(
    rows.map((row) => ({ ...row, period: Date.parse(String(row.period)) })),
  );
  const lines = toCsv(asked).trim().split('\r\n');
  expect(lines[0]).toBe('metric,period,coder,value,numerator,denominator,lower,upper,n,suppressed');
  expect(lines[lines.length - 1]).toBe('audits,2026-03-01,coder 1,1,1,,,,1,false');
});

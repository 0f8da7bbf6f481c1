import { beforeAll, describe, expect, test } from 'vitest';
import type { Metric } from '../../../warehouse/metric/metric.ts';
import type { Reader } from '../../../warehouse/open.ts';
import { answer } from '../../../warehouse/query/answer.ts';
import { toJson, type JsonAnswer, type JsonRow } from '../../../warehouse/query/text-formats.ts';
import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { studentTQuantile } from '../../../warehouse/statistics/student-t-quantile.ts';
import { wilson } from '../../../warehouse/statistics/wilson.ts';
import { catalogue, metric, smallRelease, view } from './small-release.ts';

/** One audited line: records hold several. Weighted ratios are done once more in plain loops over records. */
interface Line {
  readonly day: string;
  readonly coder: string;
  readonly record: string;
  readonly stratum: string | null;
  readonly population: number | null;
  readonly good: number;
  readonly total: number;
}

const weighted: Metric = metric(
  'weighted',
  {
    kind: 'ratio',
    from: 'mart.line',
    date: 'day',
    numerator: 'good',
    denominator: 'total',
    interval: 'stratified',
    cluster: 'record',
    stratum: 'stratum',
    population: 'population',
    known: 'settled_at',
  },
  { coder: 'coder', part: 'part' },
);

let reader: Reader;
let lines: readonly (Line & { readonly part: string; readonly settled: string | null })[];

beforeAll(async () => {
  const release = await smallRelease();
  reader = release.reader;
  const facts = `(select ['a', 'b', 'c', 'd', 'e', 'f', 'g'][1 + r % 7] as s, r from range(160) as t(r))`;
  await release.connection.run(`
    create table mart.line (day date, coder varchar, record varchar, stratum varchar, population bigint, good bigint, total bigint,
      settled_at timestamp, part varchar);
    insert into mart.line
    select
      date '2026-01-01' + cast(hash(r, 1) % 180 as integer) as day,
      ['kim', 'lee', 'may'][1 + cast(hash(r, 2) % 3 as bigint)] as coder,
      'r' || r as record, 'frame-' || s as stratum,
      cast(case s when 'a' then 23 when 'b' then 400 when 'c' then 90 when 'd' then 31 when 'e' then 5000 when 'f' then 60 else 222 end as bigint) as population,
      cast(hash(r, l, 3) % 4 as bigint) as good, cast(3 + hash(r, l, 4) % 3 as bigint) as total,
      cast(day + to_days(cast(hash(r, 5) % 20 as integer)) as timestamp) as settled_at, 'good' as part
    from ${facts} as f, range(1 + r % 3) as l(l)
    union all select '2026-02-01', 'kim', 'alone1', 'single-1', 40, 1, 2, '2026-02-02', 'single'
    union all select '2026-02-01', 'kim', 'alone2', 'single-2', 7, 2, 2, '2026-02-02', 'single'
    union all select '2026-02-01', 'may', 'whole1', 'whole', 2, 2, 2, '2026-02-02', 'census'
    union all select '2026-02-01', 'may', 'whole2', 'whole', 2, 0, 2, '2026-02-02', 'census'
    union all select '2026-02-01', 'lee', 'n' || i, 'nobody-knows', null, 1, 2, '2026-02-02', 'unknown' from range(3) as t(i)
    union all select '2026-02-01', 'lee', 'm' || i, 'small', 2, 1, 2, '2026-02-02', 'small' from range(3) as t(i)
    union all select '2026-02-01', 'lee', 'x' || i, 'two', 50 + i, 1, 2, null, 'two' from range(3) as t(i)
    union all select '2026-02-01', 'lee', 'z' || i, null, 50, 1, 2, '2026-02-02', 'none' from range(3) as t(i)
    union all select '2026-02-01', 'lee', 'lonely', 'single-3', 50, 1, 2, '2026-02-02', 'lonely'
    union all select '2026-02-01', 'lee', 'p' || i, 'perfect', 500, 2, 2, '2026-02-02', 'perfect' from range(30) as t(i)
    union all select '2026-02-01', 'lee', 'q' || i, 'empty', 500, 0, 0, '2026-02-02', 'empty' from range(3) as t(i)`);
  const result = await release.connection.run(
    `select cast(day as varchar) as day, coder, record, stratum, cast(population as double) as population,
      cast(good as double) as good, cast(total as double) as total, part, cast(settled_at as varchar) as settled from mart.line`,
  );
  lines = (await result.getRowObjectsJS()) as unknown as typeof lines;
});

const ask = async (given: Partial<ViewState>): Promise<JsonAnswer> =>
  toJson(await answer(reader, catalogue(weighted), view({ metrics: ['weighted'], ...given })));

interface Expected {
  readonly value: number;
  readonly lower: number;
  readonly upper: number;
}

/** The definition, record by record: every record of the sample has a z, outside the group it is 0. */
const plainly = (sample: readonly Line[], group: readonly Line[]): Expected => {
  const records = new Map<string, { stratum: string; population: number; m: number; n: number }>();
  for (const { record, stratum, population } of sample)
    records.set(record, { stratum: stratum!, population: population!, m: 0, n: 0 });
  for (const { record, good, total } of group) {
    records.get(record)!.m += good;
    records.get(record)!.n += total;
  }
  const present = new Set(group.map(({ stratum }) => stratum!));
  const strata = [...present].map((name) => [...records.values()].filter(({ stratum }) => stratum === name));
  let [top, bottom] = [0, 0];
  for (const stratum of strata) {
    for (const { m, n, population } of stratum) {
      top += (population / stratum.length) * m;
      bottom += (population / stratum.length) * n;
    }
  }
  const ratio = top / bottom;
  let [variance, freedom] = [0, 0];
  for (const stratum of strata) {
    const [N, n] = [stratum[0]!.population, stratum.length];
    const z = stratum.map((record) => ((N / n) * (record.m - ratio * record.n)) / bottom);
    const mean = z.reduce((sum, each) => sum + each, 0) / n;
    const squares = z.reduce((sum, each) => sum + (each - mean) ** 2, 0);
    variance += (1 - n / N) * (n / (n - 1)) * squares;
    freedom += n - 1;
  }
  const half = studentTQuantile(0.975, freedom) * Math.sqrt(variance);
  return { value: ratio, lower: ratio - half, upper: ratio + half };
};

const near = (row: JsonRow, expected: Expected): void => {
  for (const key of ['value', 'lower', 'upper'] as const) expect(row[key]).toBeCloseTo(expected[key], 10);
};

describe('equals the definition in plain loops', () => {
  test('over the whole sample', async () => {
    const { rows } = await ask({ where: { part: ['good'] } });
    const sample = lines.filter(({ part }) => part === 'good');
    near(rows[0]!, plainly(sample, sample));
    expect(rows[0]!.n).toBe(160);
  });

  test('by coder: a domain of the sample, whose weights stay those of the sample', async () => {
    const { rows } = await ask({ where: { part: ['good'] }, by: ['coder'] });
    const sample = lines.filter(({ part }) => part === 'good');
    expect(rows.map(({ coder }) => coder)).toEqual(['kim', 'lee', 'may']);
    for (const row of rows)
      near(
        row,
        plainly(
          sample,
          sample.filter(({ coder }) => coder === row.coder),
        ),
      );
  });

  test('by quarter', async () => {
    const { rows } = await ask({ where: { part: ['good'] }, grain: 'quarter' });
    const sample = lines.filter(({ part }) => part === 'good');
    near(
      rows[1]!,
      plainly(
        sample,
        sample.filter(({ day }) => day >= '2026-04-01'),
      ),
    );
  });

  test('as of a day the sample is what was settled by then', async () => {
    const { rows } = await ask({ where: { part: ['good'] }, asOf: '2026-05-01' });
    const sample = lines.filter(
      ({ part, day, settled }) => part === 'good' && day <= '2026-05-01' && settled! < '2026-05-02',
    );
    expect(sample.length).toBeGreaterThan(100);
    near(rows[0]!, plainly(sample, sample));
  });
});

describe('says what it cannot know', () => {
  test.each([
    ['unknown', 'the population of a stratum is not known'],
    ['none', 'the population of a stratum is not known'],
    ['two', 'or not one number'],
    ['small', 'smaller than what was drawn'],
  ])('no weight, no value: %s', async (part, why) => {
    const { rows, metrics } = await ask({ where: { part: [part] } });
    expect(rows[0]).toMatchObject({ value: null, lower: null, upper: null, n: 3 });
    expect(metrics[0]!.method).toContain(why);
  });

  test('one stratum without a weight takes the value of its group, and of no other', async () => {
    const { rows, metrics } = await ask({ by: ['part'] });
    const withValue = rows.filter(({ value }) => value !== null).map(({ part }) => part);
    expect(withValue).toEqual(['census', 'good', 'lonely', 'perfect', 'single']);
    expect(metrics[0]!.method).toContain('not one number, so no weight can be made in 3 of 10 rows');
  });

  test('a denominator of zero has no value', async () => {
    expect((await ask({ where: { part: ['empty'] } })).rows[0]).toMatchObject({ value: null, denominator: 0, n: 0 });
  });

  test('a stratum’s only record has no spread: a value, no interval', async () => {
    const { rows, metrics } = await ask({ where: { part: ['lonely'] } });
    expect(rows[0]).toMatchObject({ value: 1 / 2, lower: null, upper: null, n: 1 });
    expect(metrics[0]!.method).toContain('no interval, because a single record stands for its stratum');
  });

  test('two such strata are collapsed into one', async () => {
    const { rows, metrics } = await ask({ where: { part: ['single', 'good'] } });
    // Each keeps its own weight: 40 × 1 of 2, 7 × 2 of 2.
    const good = lines.filter(({ part }) => part === 'good');
    const top = (line: Line): number => weightIn(good, line) * line.good;
    const bottom = (line: Line): number => weightIn(good, line) * line.total;
    const value =
      (good.reduce((sum, line) => sum + top(line), 0) + 40 * 1 + 7 * 2) /
      (good.reduce((sum, line) => sum + bottom(line), 0) + 40 * 2 + 7 * 2);
    expect(rows[0]!.value).toBeCloseTo(value, 12);
    expect(rows[0]!.lower).not.toBeNull();
    expect(metrics[0]!.method).toContain('collapsed into one (Cochran 1977, 5A.12)');
  });

  test('what was drawn whole leaves nothing to chance', async () => {
    const { rows, metrics } = await ask({ where: { part: ['census'] } });
    expect(rows[0]).toMatchObject({ value: 2 / 4, lower: 2 / 4, upper: 2 / 4, n: 2 });
    expect(metrics[0]!.method).toContain('drawn whole');
  });

  test('nothing wrong in 30 records is Wilson’s of 30, never an interval of no width', async () => {
    const { rows, metrics } = await ask({ where: { part: ['perfect'] } });
    expect(rows[0]).toMatchObject({ value: 1, ...wilson(30, 30), n: 30 });
    expect(metrics[0]!.method).toContain('Wilson on Kish’s effective number of records');
  });

  test('nothing there', async () => {
    expect((await ask({ from: '2030-01-01' })).rows).toMatchObject([{ value: null, n: 0 }]);
  });
});

const weightIn = (sample: readonly Line[], { stratum, population }: Line): number =>
  population! / new Set(sample.filter((line) => line.stratum === stratum).map(({ record }) => record)).size;

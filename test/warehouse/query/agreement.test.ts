import { beforeAll, describe, expect, test } from 'vitest';
import type { AgreementStatistic, Metric } from '../../../warehouse/metric/metric.ts';
import type { Reader } from '../../../warehouse/open.ts';
import { answer } from '../../../warehouse/query/answer.ts';
import { toJson, type JsonRow } from '../../../warehouse/query/text-formats.ts';
import type { ViewState } from '../../../warehouse/query/view-state.ts';
import { wilson } from '../../../warehouse/statistics/wilson.ts';
import { catalogue, metric, smallRelease, view } from './small-release.ts';

const statistics: readonly AgreementStatistic[] = ['observed', 'kappa', 'pabak', 'prevalence', 'positive', 'negative'];
const agreement = (id: string, first: string, second: string, statistic: AgreementStatistic): Metric =>
  metric(
    id,
    { kind: 'agreement', from: 'mart.twice', date: 'day', first, second, statistic, known: 'settled_at' },
    {
      part: 'part',
    },
  );
const all = catalogue(
  ...statistics.map((statistic) => agreement(`yes_${statistic}`, 'yes1', 'yes2', statistic)),
  ...(['observed', 'kappa', 'pabak'] as const).map((each) => agreement(`code_${each}`, 'code1', 'code2', each)),
);

let reader: Reader;
let random: readonly (readonly [string | null, string | null])[];

beforeAll(async () => {
  const release = await smallRelease();
  reader = release.reader;
  await release.connection.run(`
    create table mart.twice (day date, part varchar, yes1 boolean, yes2 boolean, code1 varchar, code2 varchar, settled_at timestamp);
    insert into mart.twice (day, part, yes1, yes2) select '2026-01-01', 'golden', v, w
    from (values (true, true, 40), (true, false, 5), (false, true, 3), (false, false, 52)) as f(v, w, n), range(n);
    insert into mart.twice (day, part, yes1, yes2) select '2026-01-01', 'same', true, true from range(12);
    insert into mart.twice (day, part, yes1, yes2) values ('2026-01-01', 'once', true, null), ('2026-01-01', 'once', null, null);
    insert into mart.twice (day, part, code1, code2, settled_at)
    select '2026-01-01', 'random', case when hash(i, 0) % 20 > 0 then ['A419', 'J189', 'I10', 'E119'][1 + cast(hash(i) % 4 as bigint)] end,
      case when hash(i, 1) % 3 > 0 then code1 else ['A419', 'J189', 'N390'][1 + cast(hash(i, 2) % 3 as bigint)] end,
      timestamp '2026-01-01' + to_hours(cast(hash(i, 4) % 240 as bigint))
    from (select i, ['A419', 'J189', 'I10', 'E119'][1 + cast(hash(i) % 4 as bigint)] as code1 from range(500) as t(i))`);
  const rows = await release.connection.run(`select code1, code2 from mart.twice where part = 'random'`);
  random = (await rows.getRowsJS()) as unknown as typeof random;
});

const ask = async (metrics: readonly string[], given: Partial<ViewState> = {}): Promise<readonly JsonRow[]> =>
  toJson(await answer(reader, all, view({ metrics: [...metrics], ...given }))).rows;

const yes = statistics.map((statistic) => `yes_${statistic}`);

test('measures.md, F: a 40, b 5, c 3, d 52', async () => {
  const [observed, kappa, pabak, prevalence, positive, negative] = await ask(yes, { where: { part: ['golden'] } });
  expect(observed).toMatchObject({ value: 92 / 100, numerator: 92, denominator: 100, n: 100, ...wilson(92, 100) });
  const byChance = (45 * 43 + 55 * 57) / 100 ** 2; // 0.507
  expect(kappa!.value).toBeCloseTo((0.92 - byChance) / (1 - byChance), 12);
  expect(kappa!.value).toBeCloseTo(0.8377, 4);
  expect(pabak!.value).toBeCloseTo(2 * 0.92 - 1, 12);
  expect(prevalence!.value).toBeCloseTo(12 / 100, 12);
  expect(positive!.value).toBeCloseTo(80 / (80 + 5 + 3), 12);
  expect(negative!.value).toBeCloseTo(104 / (104 + 5 + 3), 12);
  // No numerator over denominator that would give another number than the value.
  for (const other of [kappa, pabak, prevalence, positive, negative])
    expect(other).toMatchObject({ numerator: null, denominator: null, n: 100 });
});

describe('where there is nothing to divide by', () => {
  test('both always yes: κ and agreement on no are not known, the rest is', async () => {
    const rows = await ask(yes, { where: { part: ['same'] } });
    expect(rows.map(({ value }) => value)).toEqual([1, null, 1, 1, 1, null]);
  });

  test('units rated once count for nothing', async () => {
    for (const row of await ask(yes, { where: { part: ['once'] } })) expect(row).toMatchObject({ value: null, n: 0 });
    expect(await ask(yes, { where: { part: ['once'] }, by: ['part'] })).toEqual([]);
  });
});

test('κ over many categories equals plain loops', async () => {
  const rated = random.filter((pair): pair is [string, string] => pair[0] !== null && pair[1] !== null);
  expect(rated.length).toBeGreaterThan(400);
  const categories = ['A419', 'J189', 'I10', 'E119', 'N390'];
  const share = (of: (pair: readonly [string, string]) => boolean): number => rated.filter(of).length / rated.length;
  const observed = share(([a, b]) => a === b);
  const chance = categories.reduce((sum, c) => sum + share(([a]) => a === c) * share(([, b]) => b === c), 0);
  const rows = await ask(['code_observed', 'code_kappa', 'code_pabak'], { by: ['part'] });
  const values = rows.filter(({ part }) => part === 'random').map(({ value }) => value);
  expect(values[0]).toBeCloseTo(observed, 12);
  expect(values[1]).toBeCloseTo((observed - chance) / (1 - chance), 12);
  expect(values[2]).toBeCloseTo((5 * observed - 1) / 4, 12);
});

test('as of a day only pairs settled by then count', async () => {
  const [then] = await ask(['code_observed'], { asOf: '2026-01-05', where: { part: ['random'] } });
  const [now] = await ask(['code_observed'], { where: { part: ['random'] } });
  expect(then!.n).toBeLessThan(now!.n as number);
  expect(then!.n).toBeGreaterThan(100);
});

import { expect, test } from 'vitest';
import { seeded } from '../support/seeded.ts';
import { smallRegistry } from '../warehouse/query/registry/ask-registry.ts';
import {
  plainExpected,
  plainRates,
  plainShown,
  plainSurvival,
  type PlainCase,
  type PlainPeople,
  type PlainRate,
  type PlainWatched,
  type PlainWeight,
} from './registry-rates.ts';

const drawing = (names: string, rows: readonly (readonly unknown[])[]): string =>
  [names, ...rows.map((row) => row.map((cell) => cell ?? '').join(' | '))].join('\n');

/** A registry of a few counties and years with cases that have everything a rate must tell apart. */
const randomRegistry = (seed: number) => {
  const random = seeded(seed);
  const below = (n: number) => Math.floor(random() * n);
  const ends = [14, 39, 64, 84].filter(() => random() < 0.8);
  const ages = [...ends, null].map((to, i) => ({ from: i === 0 ? 0 : ends[i - 1]! + 1, to }));
  const weights: PlainWeight[] = ages.map((range) => ({ ...range, n: 1 + below(1000) }));
  const counties = ['001', '003', '005', '007'].slice(0, 2 + below(3));
  const people: PlainPeople[] = [2018, 2019, 2020].flatMap((year) =>
    counties.flatMap((county) =>
      ['1', '2'].flatMap((sex) =>
        ['white', 'black'].flatMap((race) =>
          ages.map((range) => ({ year, county, sex, race, ...range, n: random() < 0.1 ? 0 : 50 + below(2000) })),
        ),
      ),
    ),
  );
  const one = <T>(values: readonly T[]): T => values[below(values.length)]!;
  const cases = Array.from({ length: 60 + below(120) }, (): PlainCase => ({
    year: one([2017, 2018, 2018, 2020, 2020]), // nobody lives in 2017, nobody falls ill in 2019
    county: one([...counties.slice(1), '999']),
    sex: one(['1', '1', '2', '2', '2', '9']),
    race: one(['white', 'white', 'black', null]),
    age: random() < 0.05 ? null : below(101),
    malignant: random() < 0.9,
    n: 1 + below(3),
  }));
  return { weights, people, cases, sex: random() < 0.5 ? one(['1', '2']) : null };
};

const close = (found: unknown, plain: number): void => {
  expect(found).toEqual(expect.closeTo(plain, 8 - Math.ceil(Math.log10(Math.abs(plain) + 1))));
};

test('rates of 100 random registries by year, sex, race and county equal plain loops', async () => {
  let [compared, withheld] = [0, 0];
  for (let seed = 1; seed <= 25; seed++) {
    const { weights, people, cases, sex } = randomRegistry(seed);
    const { rates } = await smallRegistry(
      {
        population: drawing(
          'year | state | county | sex | race | age_from | age_to | people',
          people.map((one) => [one.year, 'FL', one.county, one.sex, one.race, one.from, one.to, one.n]),
        ),
        standard_population: drawing(
          'standard | age_from | age_to | people',
          weights.map(({ from, to, n }) => ['S', from, to, n]),
        ),
      },
      cases.map(({ malignant, ...one }) => ({
        ...{ ...one, state: 'FL', behavior: malignant ? '3' : '0', recode: malignant ? '3' : '9' },
      })),
    );
    for (const by of ['year', 'sex', 'race', 'county'] as const) {
      const keep = (one: { readonly sex: string }) => sex === null || one.sex === sex;
      const plain = plainRates(cases, people, weights, by, keep);
      const shown = plainShown(plain.map((rate) => rate.cases));
      const { rows } = await rates({ by, where: sex === null ? {} : { sex: [sex] } });
      const groups = rows.filter(({ is_total: isTotal }) => isTotal === false);
      expect(groups.map((row) => row[by])).toEqual(plain.map(({ group }) => group));
      groups.forEach((row, i) => {
        const expected: PlainRate = plain[i]!;
        expect([seed, by, row.population, row.cases]).toEqual([seed, by, expected.people, shown[i]]);
        if (shown[i] === null) {
          expect([row.crude, row.rate, row.lower, row.standard_error]).toEqual([null, null, null, null]);
          withheld++;
          return;
        }
        close(row.crude, expected.crude);
        close(row.rate, expected.rate);
        close(row.standard_error, expected.error);
        compared++;
      });
    }
  }
  expect(compared).toBeGreaterThan(100);
  expect(withheld).toBeGreaterThan(20);
}, 120_000);

test('survival of random cohorts by both methods, and relative to an even life table, equals plain loops', async () => {
  const life_table = drawing('sex | race | year | age | survival', [
    ...['1', '2'].map((sex) => [sex, 'all', 2010, 0, 0.9]),
  ]);
  let [compared, withheld] = [0, 0];
  for (let seed = 1; seed <= 25; seed++) {
    const random = seeded(seed);
    const cases = Array.from({ length: 20 + Math.floor(random() * 200) }, (): PlainWatched & { sex: string } => ({
      months: Math.floor(random() * random() * 60),
      dead: random() < 0.5,
      sex: random() < 0.6 ? '1' : '2',
    }));
    const { survival } = await smallRegistry({ life_table }, [], cases);
    for (const method of ['actuarial', 'kaplan-meier'] as const) {
      const { rows } = await survival({ method, months: 36 });
      const plain = plainSurvival(cases, 36, method);
      expect(rows).toHaveLength(plain.length);
      plain.forEach(({ survival: left, atRisk, entered }, month) => {
        const row = rows[month]!;
        expect([row.months, row.at_risk]).toEqual([month, atRisk > 0 && atRisk < 16 ? null : atRisk]);
        if (entered < 16) {
          expect([row.survival, row.suppressed]).toEqual([null, true]);
          withheld++;
        } else {
          expect(row.survival).toBeCloseTo(left, 12);
          compared++;
        }
      });
      const relative = (await survival({ method, months: 36, measure: 'relative', expected: 'ederer-2' })).rows;
      const last = relative.findLast(({ suppressed }) => suppressed === false)!;
      const month = Number(last.months);
      expect(last.survival).toBeCloseTo(plain[month]!.survival / plainExpected(0.9, month), 10);
    }
    const sizes = ['1', '2'].map((sex) => cases.filter((one) => one.sex === sex).length);
    const bySex = (await survival({ by: 'sex', months: 1 })).rows.filter(({ months }) => months === 0);
    expect(bySex.map(({ at_risk: atRisk }) => atRisk)).toEqual(plainShown(sizes));
  }
  expect(compared).toBeGreaterThan(500);
  expect(withheld).toBeGreaterThan(100);
}, 120_000);

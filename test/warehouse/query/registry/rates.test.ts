import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { UserError } from '../../../../warehouse/error.ts';
import { sharedData } from '../../../support/shared-data.ts';
import { smallRegistry, type Count } from './ask-registry.ts';

const tutorial = sharedData('population', 'seer9_tutorial.csv');

/** Two ages, two sexes, two counties, two years; a thousand of each. */
const population = [
  'year | state | county | race  | sex | age_from | age_to | people',
  ...[2019, 2020].flatMap((year) =>
    ['001', '003'].flatMap((county) =>
      ['1', '2'].flatMap((sex) =>
        ['white', 'black'].flatMap((race) => [
          `${year} | FL | ${county} | ${race} | ${sex} | 0 | 64 | 750`,
          `${year} | FL | ${county} | ${race} | ${sex} | 65 | | 250`,
        ]),
      ),
    ),
  ),
].join('\n');
const standard = 'standard | age_from | age_to | people\n S | 0 | 64 | 3\n S | 65 | | 1';
const home = { state: 'FL', county: '001', race: 'white' } as const;

test.skipIf(tutorial === null)(
  'the SEER tutorial: 400.304, SE 2.480, Tiwari 395.457–405.193, Fay–Feuer to 405.199',
  async () => {
    const lines = readFileSync(tutorial!, 'utf8').trim().split('\n').slice(1);
    const groups = lines.map((line) => {
      const [age = '', count, people, weight] = line.replaceAll('"', '').split(',');
      const [from, to = from] = age.replace('+', '').split('-').map(Number);
      return { from, to: age.endsWith('+') ? '' : to, n: Number(count), people, weight };
    });
    const { rates } = await smallRegistry(
      {
        population: [
          'year | sex | age_from | age_to | people',
          ...groups.map((g) => `2020 | 1 | ${g.from} | ${g.to} | ${g.people}`),
        ].join('\n'),
        standard_population: [
          'standard | age_from | age_to | people',
          ...groups.map((g) => `2000 US | ${g.from} | ${g.to} | ${g.weight}`),
        ].join('\n'),
      },
      groups.map(({ from, n }) => ({ age: from!, n })),
    );
    const tiwari = await rates({});
    expect(tiwari.rows).toHaveLength(1);
    const [row] = tiwari.rows;
    const rounded = (name: string) => Number(Number(row?.[name]).toFixed(3));
    expect([rounded('rate'), rounded('standard_error'), rounded('lower'), rounded('upper')]).toEqual([
      ...[400.304, 2.48, 395.457, 405.193],
    ]);
    expect(row).toMatchObject({ is_total: true, cases: 27069, population: 8796948, suppressed: false, reason: null });
    const fay = await rates({ interval: 'fay-feuer' });
    expect(Number(fay.rows[0]?.lower)).toBeCloseTo(Number(row?.lower), 9);
    expect(Number(fay.rows[0]?.upper)).toBeCloseTo(405.199, 3);
  },
);

test('sixteen cases are published, fifteen are not; the smallest other goes with a lone one', async () => {
  const raw = { population, standard_population: standard };
  const county = (code: string, n: number): Count => ({ ...home, county: code, age: 70, n });
  const both = await smallRegistry(raw, [county('001', 16), county('003', 40)]);
  const rows = (await both.rates({ by: 'county' })).rows;
  expect(rows.map(({ county: code, cases, suppressed }) => [code, cases, suppressed])).toEqual([
    ['001', 16, false],
    ['003', 40, false],
    [null, 56, false],
  ]);
  // 16 of 1,000 people (250 of 2 races and 2 sexes) of 65 and more, weighing a quarter; no case is of 2019.
  expect(rows[0]?.rate).toBeCloseTo((0.25 * 16 * 100_000) / 1000, 9);
  const few = await smallRegistry(raw, [county('001', 15), county('003', 40)]);
  const withheld = (await few.rates({ by: 'county' })).rows;
  expect(withheld[0]).toMatchObject({
    county: '001',
    cases: null,
    crude: null,
    rate: null,
    lower: null,
    population: 4000,
  });
  expect(withheld.map(({ cases, suppressed, reason }) => [cases, suppressed, reason])).toEqual([
    [null, true, 'fewer than 16 cases'],
    [null, true, 'withheld, so that no figure of fewer than 16 cases can be worked out from it'],
    [55, false, null],
  ]);
  const alone = (await few.rates({ where: { county: ['001'] } })).rows;
  expect(alone).toMatchObject([
    { is_total: true, cases: null, rate: null, suppressed: true, reason: 'fewer than 16 cases' },
  ]);
});

test('cases that no rate counts are told by reason', async () => {
  const { rates } = await smallRegistry({ population, standard_population: standard }, [
    { ...home, age: 40, n: 20 },
    { ...home, year: 2018, age: 40, n: 2 },
    { ...home, state: 'GA', age: 40, n: 3 },
    { ...home, sex: '9', age: 40, n: 4 },
    { ...home, age: null, n: 5 },
    { ...home, race: null, age: 40, n: 6 },
    { ...home, behavior: '2', recode: '2', age: 40, n: 7 },
    { ...home, behavior: '2', recode: '3', age: 40, n: 8 }, // in situ of the bladder
  ]);
  const answer = await rates({ by: 'race' });
  expect(answer.leftOut).toEqual({ year: 2, place: 3, sex: 4, age: 5, group: 6 });
  expect(answer.rows.at(-1)).toMatchObject({ is_total: true, cases: 20 + 6 + 8 });
  expect((await rates({ cases: 'invasive' })).rows[0]?.cases).toBe(26);
  expect((await rates({ cases: 'in_situ', where: { race: ['white'] } })).rows[0]).toMatchObject({ suppressed: true });
  // County 003 never had a case: its people are nobody's denominator.
  expect(answer.rows.at(-1)?.population).toBe(8000 / 2);
});

test('a ratio of two groups, and none where the reference is withheld', async () => {
  const { rates } = await smallRegistry({ population, standard_population: standard }, [
    { ...home, sex: '1', age: 70, n: 60 },
    { ...home, sex: '2', age: 70, n: 30 },
    { ...home, sex: '2', race: 'black', age: 70, n: 3 },
  ]);
  const { rows } = await rates({ by: 'sex', reference: '2', where: { race: ['white'] } });
  expect(rows[0]?.ratio).toBeCloseTo(2, 12);
  expect(Number(rows[0]?.ratio_lower)).toBeLessThan(2);
  expect(Number(rows[0]?.ratio_lower)).toBeGreaterThan(1);
  expect(rows[1]).toMatchObject({ ratio: 1 });
  expect(rows[2]).toMatchObject({ is_total: true, ratio: null });
  const black = await rates({ by: 'sex', reference: '2', where: { race: ['black'] } });
  expect(black.rows.map(({ ratio }) => ratio)).toEqual([null, null, null]);
});

test('the trend over years, with its line; none where a year is withheld', async () => {
  const people = [
    'year | sex | age_from | age_to | people',
    ...[2018, 2019, 2020].map((year) => `${year} | 1 | 0 | | 10000`),
  ].join('\n');
  const raw = { population: people, standard_population: 'standard | age_from | age_to | people\n S | 0 | | 1' };
  const rising = [2018, 2019, 2020].map((year, i) => ({ year, age: 50, n: 100 * 1.1 ** i }));
  const { rates } = await smallRegistry(
    raw,
    rising.map((one) => ({ ...one, n: Math.round(one.n) })),
  );
  const answer = await rates({ by: 'year' });
  expect(answer.trend?.change).toBeCloseTo(0.1, 12); // 100, 110, 121 are 10 % a year, exactly
  expect(answer.rows.slice(0, 3).map(({ fitted }) => Math.round(Number(fitted)))).toEqual([1000, 1100, 1210]);
  expect(answer.trendUnknown).toBeNull();
  const few = await smallRegistry(
    raw,
    rising.map(({ year, age }, i) => ({ year, age, n: i === 1 ? 15 : 100 })),
  );
  const withheld = await few.rates({ by: 'year' });
  expect(withheld.trend).toBeNull();
  expect(withheld.trendUnknown).toMatch(/withheld/);
});

test('by age, each group by itself', async () => {
  const { rates } = await smallRegistry({ population, standard_population: standard }, [
    { ...home, age: 64, n: 30 },
    { ...home, age: 65, n: 20 },
  ]);
  const { rows } = await rates({ by: 'age' });
  expect(rows.map(({ age, cases, population: people, rate }) => [age, cases, people, rate])).toEqual([
    ['0–64', 30, 3000, null],
    ['65+', 20, 1000, null],
    [null, 50, 4000, expect.closeTo((0.75 * (30 / 3000) + 0.25 * (20 / 1000)) * 100_000, 9)],
  ]);
  expect(rows[1]?.crude).toBeCloseTo((20 / 1000) * 100_000, 9);
});

test('what is not configured, or not told apart, is named in a sentence', async () => {
  const bare = await smallRegistry({});
  await expect(bare.rates({})).rejects.toMatchObject({
    mend: expect.stringContaining('code_tables.population') as string,
  });
  const unweighted = await smallRegistry({ population }, [{ ...home, age: 40, n: 1 }]);
  await expect(unweighted.rates({})).rejects.toMatchObject({
    mend: expect.stringContaining('code_tables.standard_population') as string,
  });
  const { rates } = await smallRegistry(
    { population: 'year | sex | age_from | age_to | people\n 2020 | 1 | 0 | | 1000', standard_population: standard },
    [{ age: 40, n: 20 }],
  );
  await expect(rates({ by: 'site' })).rejects.toMatchObject({
    mend: expect.stringContaining('code_tables.site_recode_2023') as string,
  });
  await expect(rates({ by: 'race' })).rejects.toThrow('does not tell one race from another');
  await expect(rates({ standard: 'T' })).rejects.toThrow(/no standard population of that name/);
  await expect(rates({ from: 2021 })).rejects.toThrow('No year asked for has both cases and people');
  expect((await rates({})).provenance).toMatchObject({
    standardPopulation: 'S',
    population: 'people of the configured table by year',
    lifeTable: null,
  });
});

test.each([
  [{ by: 'shoe' }, /`by` must be one of/],
  [{ from: '2014' }, /year of four digits/],
  [{ from: 2015, to: 2015 }, /later than `from`/],
  [{ where: { hat: ['x'] } }, /`where.hat`/],
  [{ bye: 'year' }, /unknown key/],
  [{ reference: '1' }, /a ratio needs/],
  [{ interval: 'wald' }, /`interval` must be/],
])('%j is refused in a sentence', async (view, says) => {
  const { rates } = await smallRegistry({});
  await expect(async () => rates(view)).rejects.toThrow(says);
  await expect(async () => rates(view)).rejects.toBeInstanceOf(UserError);
});

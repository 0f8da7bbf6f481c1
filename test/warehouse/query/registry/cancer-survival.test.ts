import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sharedData } from '../../../support/shared-data.ts';
import { smallRegistry, type Watched } from './ask-registry.ts';

const lung = sharedData('survival', 'lung.csv');
const aml = sharedData('survival', 'aml.csv');

/** Rows of a file as cases, its unit of time taken for months: `m` of them end in interval m + 1, so S(t) stands at t + 1. */
const watchedIn = (file: string, of: (cells: Readonly<Record<string, string>>) => Watched): readonly Watched[] => {
  const [head = '', ...lines] = readFileSync(file, 'utf8').replaceAll('"', '').trim().split('\n');
  const names = head.split(',');
  return lines.map((line) => of(Object.fromEntries(line.split(',').map((cell, i) => [names[i]!, cell]))));
};

/** Everybody lives through a year with a chance of 0.9, whoever they are. */
const lives = [
  'sex | race | year | age | survival',
  ...['1', '2'].flatMap((sex) => [0, 1].map((age) => `${sex} | all | 2010 | ${age} | 0.9`)),
].join('\n');

const many = (n: number, one: Watched): readonly Watched[] => Array.from({ length: n }, () => one);

test.skipIf(lung === null)('lung: S(90), S(180) and S(365) as R has them, men and women apart', async () => {
  const cases = watchedIn(lung!, ({ time, status, sex }) => ({
    months: Number(time),
    dead: status === '2',
    sex: sex!,
  }));
  const { survival } = await smallRegistry({}, [], cases);
  const { rows, excluded } = await survival({ method: 'kaplan-meier', months: 1200 });
  const at = (months: number) => rows.find((row) => row.months === months + 1);
  expect(rows[0]).toMatchObject({ months: 0, survival: 1, at_risk: 228 });
  expect(at(90)?.survival).toBeCloseTo(0.8815789, 7);
  expect(at(180)?.survival).toBeCloseTo(0.7216707, 7);
  expect(at(365)?.survival).toBeCloseTo(0.4092416, 7);
  expect(excluded).toEqual({});
  const both = (await survival({ method: 'kaplan-meier', months: 366, by: 'sex' })).rows;
  // survival 3.8-6, survfit(Surv(time, status) ~ sex, lung): 365 days.
  const year = both.filter(({ months }) => months === 366);
  expect(year.map(({ label }) => label)).toEqual(['Male', 'Female']);
  expect(year[0]?.survival).toBeCloseTo(0.336, 3);
  expect(year[1]?.survival).toBeCloseTo(0.526, 3);
});

test.skipIf(lung === null)(
  'survival ends where fewer than sixteen are watched, and so do the numbers at risk',
  async () => {
    const cases = watchedIn(lung!, ({ time, status }) => ({ months: Number(time), dead: status === '2' }));
    const { survival } = await smallRegistry({}, [], cases);
    const { rows } = await survival({ method: 'kaplan-meier', months: 1200 });
    const shown = rows.filter(({ suppressed }) => suppressed === false);
    const withheld = rows.filter(({ suppressed }) => suppressed === true);
    const underWatch = (row: number) => cases.filter(({ months }) => months! >= row).length;
    for (const { months, at_risk: atRisk } of shown) {
      expect(underWatch(Number(months) - 1)).toBeGreaterThanOrEqual(16);
      const left = underWatch(Number(months));
      expect(atRisk).toBe(left < 16 ? null : left);
    }
    expect(withheld.length).toBeGreaterThan(100);
    expect(
      withheld.every(
        ({ survival: left, lower, reason }) => left === null && lower === null && reason === 'fewer than 16 cases',
      ),
    ).toBe(true);
    expect(withheld.some(({ at_risk: atRisk }) => Number(atRisk) > 0)).toBe(false);
  },
);

test.skipIf(aml === null)('aml: 23 in all are shown, 11 and 12 apart are not', async () => {
  const cases = watchedIn(aml!, ({ time, status, x }) => ({
    ...{ months: Number(time), dead: status === '1', stage: x === 'Maintained' ? '1' : '7' },
  }));
  const { survival } = await smallRegistry({}, [], cases);
  const { rows } = await survival({ method: 'kaplan-meier', months: 200 });
  // Two die at 5 and 8 each, one at 9, 12 and 13, the last beside one who is lost: as R's survfit has them.
  const after = (time: number) => rows.find(({ months }) => months === time + 1);
  expect(after(9)?.survival).toBeCloseTo(18 / 23, 12);
  expect(after(13)?.survival).toBeCloseTo(16 / 23, 12);
  expect(after(13)).toMatchObject({ at_risk: null, suppressed: false });
  const parts = (await survival({ by: 'stage' })).rows;
  expect(parts.map(({ label, survival: left, at_risk: n, suppressed }) => [label, left, n, suppressed])).toEqual([
    ['Localized', null, null, true],
    ['Distant', null, null, true],
  ]);
});

test('sixteen are shown, fifteen are not, and the smaller other goes with a lone one', async () => {
  const group = (sex: string, n: number) => many(n, { months: 30, sex });
  const sixteen = await smallRegistry({}, [], [...group('1', 16), ...group('2', 20)]);
  expect(
    (await sixteen.survival({ by: 'sex', months: 1 })).rows.map(({ survival, suppressed }) => [survival, suppressed]),
  ).toEqual([
    ...[
      [1, false],
      [1, false],
      [1, false],
      [1, false],
    ],
  ]);
  const fifteen = await smallRegistry({}, [], [...group('1', 15), ...group('2', 20)]);
  expect((await fifteen.survival({ by: 'sex', months: 1 })).rows).toMatchObject([
    { sex: '1', survival: null, at_risk: null, reason: 'fewer than 16 cases' },
    { sex: '2', survival: null, at_risk: null, reason: expect.stringMatching(/worked out/) as string },
  ]);
});

test('relative survival by hand: observed by 0.9 a year, both ways alike where all are', async () => {
  const cases = [...many(20, { months: 6, dead: true }), ...many(80, { months: 40 })];
  const { survival } = await smallRegistry({ life_table: lives }, [], cases);
  for (const expected of ['ederer-1', 'ederer-2']) {
    const { rows, outOfLifeTable, provenance } = await survival({ measure: 'relative', expected, months: 12 });
    expect(rows.at(-1)).toMatchObject({ months: 12, observed: 0.8, at_risk: 80 });
    expect(rows.at(-1)?.expected).toBeCloseTo(0.9, 12);
    expect(rows.at(-1)?.survival).toBeCloseTo(0.8 / 0.9, 12);
    expect(outOfLifeTable).toBe(0);
    expect(provenance.lifeTable).toBe('life table 2010 to 2010 by age, sex and year');
    expect(provenance.line).toContain(expected === 'ederer-1' ? 'Ederer I;' : 'Ederer II;');
  }
  const later = await survival({ measure: 'relative', months: 13 });
  expect(later.outOfLifeTable).toBe(80);
  expect(later.provenance.line).toContain('80 cases beyond its years');
});

test('first tumors unless all are asked for; who is not watched is told by reason', async () => {
  const { survival } = await smallRegistry(
    {},
    [],
    [
      ...many(20, { months: 10 }),
      ...many(3, { months: 10, first: false }),
      ...many(2, { months: null, excluded: 'survival_not_known', presumed: 50 }),
    ],
  );
  const first = await survival({ months: 1 });
  expect([first.rows[0]?.at_risk, first.excluded]).toEqual([20, { not_first: 3, survival_not_known: 2 }]);
  expect((await survival({ months: 1, tumors: 'all' })).rows[0]?.at_risk).toBe(23);
  expect((await survival({ months: 1, presumedAlive: true })).rows[0]?.at_risk).toBe(22);
});

test('ages, stages and years narrow the cohort', async () => {
  const { survival } = await smallRegistry(
    {},
    [],
    [
      ...many(20, { months: 10, age: 44, stage: '1', year: 2010 }),
      ...many(30, { months: 10, age: 45, stage: '7', year: 2011 }),
      ...many(40, { months: 10, age: 75, stage: null, year: 2012 }),
    ],
  );
  const count = async (view: object) => (await survival({ months: 1, ...view })).rows[0]?.at_risk;
  expect(await count({ where: { age: ['15-44'] } })).toBe(20);
  expect(await count({ where: { age: ['45-54', '75+'] } })).toBe(70);
  expect(await count({ where: { stage: [''] } })).toBe(40);
  expect(await count({ from: 2011, to: 2012 })).toBe(30);
  const ages = (await survival({ months: 1, by: 'age' })).rows.filter(({ months }) => months === 0);
  expect(ages.map(({ label, at_risk: n }) => [label, n])).toEqual([
    ['15–44', 20],
    ['45–54', 30],
    ['75+', 40],
  ]);
});

test('what is missing is named in a sentence', async () => {
  const empty = await smallRegistry({});
  await expect(empty.survival({})).rejects.toThrow('No case of this release can be watched');
  const { survival } = await smallRegistry({}, [], many(20, { months: 10 }));
  await expect(survival({ measure: 'relative' })).rejects.toMatchObject({
    mend: expect.stringContaining('code_tables.life_table') as string,
  });
  await expect(survival({ measure: 'cause-specific' })).rejects.toThrow('Cause-specific survival is not known');
  await expect(survival({ by: 'site' })).rejects.toMatchObject({
    mend: expect.stringContaining('code_tables.site_recode_2023') as string,
  });
  await expect(survival({ where: { stage: ['5'] } })).rejects.toThrow('no `5`');
});

test.each([
  [{ by: 'county' }, /`by` must be one of/],
  [{ months: 0 }, /`months` must be/],
  [{ presumedAlive: 'yes' }, /true or false/],
  [{ measure: 'net' }, /`measure` must be/],
])('%j is refused in a sentence', async (view, says) => {
  const { survival } = await smallRegistry({});
  await expect(async () => survival(view)).rejects.toThrow(says);
});

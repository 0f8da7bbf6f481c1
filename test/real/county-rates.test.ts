import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { incidenceRates, type IncidenceRate } from '../../warehouse/statistics/incidence-rates.ts';
import { himsight } from '../etl/cli/himsight.ts';
import { sharedData } from '../support/shared-data.ts';

const data = sharedData('florida-registry');
const [populationFile, standardFile] = ['seer_pop_fl.csv.gz', 'seer_std_ages.csv.gz'].map((name) => `${data}/${name}`);

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
};

type Cells = Readonly<Record<string, string>>;

const read = new Map<string, readonly Cells[]>();
const rowsOf = (file: string): readonly Cells[] => {
  if (!read.has(file)) read.set(file, cellsOf(file));
  return read.get(file)!;
};

/** Rows of a gzipped CSV; quoted cells may hold commas and line ends. */
const cellsOf = (file: string): readonly Cells[] => {
  const text = gunzipSync(readFileSync(file)).toString();
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)!.push(quoted ?? plain ?? '');
    if (end !== ',') lines.push([]);
  }
  const [head = [], ...rest] = lines.filter((cells) => cells.length > 1);
  return rest.map((cells) => Object.fromEntries(head.map((name, i) => [name, cells[i] ?? ''])));
};

const codes: Readonly<Record<string, string>> = {
  ...{ Male: '1', Female: '2', Unknown: '9', White: '01', Black: '02', Other: '98' },
  ...{ Benign: '0', Borderline: '1', Insitu: '2', Invasive: '3' },
};

/** First year of an age group, which is all that the cases tell; 999 = not known. */
const firstAge = (group: string): string => (/^\d+/.exec(group)?.[0] ?? '999').padStart(3, '0');

let folder = '';
const ask = (sql: string): readonly Record<string, unknown>[] => {
  const { code, out, err } = himsight(folder, 'sql', sql, '--format', 'json');
  if (code !== 0) throw new Error(err);
  return (JSON.parse(out) as { rows: Record<string, unknown>[] }).rows;
};

beforeAll(() => {
  if (data === null) return;
  folder = mkdtempSync(join(tmpdir(), 'himsight-rates-'));
  const lines = rowsOf(`${data}/fcds_example.csv.gz`).map((row) =>
    [
      ...[row.patient_id, '01', row.year, firstAge(row.age_group!), codes[row.sex!], codes[row.race!]],
      ...[row.county_fips, 'FL', row.cancer_ICDO3_histology, codes[row.cancer_ICDO3_behavior!]],
    ].join(','),
  );
  writeFileSync(
    join(folder, 'tumor.csv'),
    [
      'patient_key,sequenceNumberCentral,dateOfDiagnosis,ageAtDiagnosis,sex,race1,countyAtDx,addrAtDxState,histologicTypeIcdO3,behaviorCodeIcdO3',
      ...lines,
      '',
    ].join('\n'),
  );
  writeFileSync(
    join(folder, 'himsight.yaml'),
    `version: 1\nsources:\n  - { id: cases, path: tumor.csv, contract: tumor, mapping: canonical, privacy: synthetic }\n` +
      `code_tables:\n  population: '${populationFile}'\n  standard_population: '${standardFile}'\n`,
  );
  const { code, err } = himsight(folder, 'run', '--quiet');
  if (code !== 0) throw new Error(`the run ended with ${code}: ${err}`);
}, 300_000);
afterAll(() => {
  if (folder !== '') rmSync(folder, { recursive: true, force: true });
});

type Rows = readonly Record<string, unknown>[];
const number = (value: unknown): number => Number(value);
const span = (row: Record<string, unknown>) => ({
  from: number(row.age_from),
  to: row.age_to === null ? null : number(row.age_to),
});

/** What the product holds: malignant cases of known sex and age, people and the standard. */
const product = once((): { cases: Rows; people: Rows; standard: Rows } => ({
  cases: ask(
    `select diagnosis_year as year, county, age, sum(case_count)::int as n from mart.incidence_count
     where behavior = '3' and sex in ('1', '2') and age is not null group by all`,
  ),
  people: ask(
    `select year, county, age_from, age_to, sum(people)::double as n from core.population
     where county in (select county from mart.incidence_count) and year in (1989, 2004, 2014) group by all`,
  ),
  standard: ask('select age_from, age_to, people as n from core.standard_population'),
}));

const byCounty = (year: number): ReadonlyMap<string, IncidenceRate> => {
  const own = (rows: Rows): Rows => rows.filter((row) => row.year === year);
  const { cases, people, standard } = product();
  const counted = (row: Record<string, unknown>) => ({ ...span(row), count: number(row.n) });
  const { rates, withoutPeople } = incidenceRates(
    own(cases).map((row) => ({ group: String(row.county), age: number(row.age), count: number(row.n) })),
    own(people).map((row) => ({ group: String(row.county), ...counted(row) })),
    standard.map(counted),
  );
  expect(withoutPeople).toBe(0);
  return new Map(rates.map((rate) => [rate.group, rate]));
};

/** The same from the files, line by line. */
const plainRate = (year: string, county: string): { cases: number; people: number; rate: number } => {
  const standard = rowsOf(standardFile!);
  const whole = standard.reduce((sum, row) => sum + Number(row.std_pop), 0);
  const abstracts = rowsOf(`${data}/fcds_example.csv.gz`);
  const people = rowsOf(populationFile!);
  const found = { cases: 0, people: 0, rate: 0 };
  for (const { age_group, std_pop } of standard) {
    let [d, n] = [0, 0];
    for (const row of abstracts)
      if (row.year === year && row.county_fips === county && row.age_group === age_group)
        if (row.cancer_ICDO3_behavior === 'Invasive' && row.sex !== 'Unknown') d++;
    for (const row of people)
      if (row.year === year && row.county_fips === county && row.age_group === age_group) n += Number(row.population);
    found.cases += d;
    found.people += n;
    if (n > 0) found.rate += (Number(std_pop) / whole) * (d / n);
  }
  return found;
};

test.skipIf(data === null)('Charlotte, 2014, worked by hand: 91 cases, 168,336 people, 38.78 per 100,000', () => {
  const charlotte = byCounty(2014).get('015')!;
  // Standard people of the age group × cases ÷ people of the county; the other groups have no cases.
  const weighted =
    (19819518 * 1) / 6805 + // 15 to 19 years
    (17722067 * 1) / 6278 + // 25 to 29
    (22179956 * 5) / 5915 + // 35 to 39
    (22479229 * 4) / 7328 +
    (19805793 * 8) / 8623 +
    (17224359 * 9) / 11232 +
    (13307234 * 4) / 12982 +
    (10654272 * 7) / 14969 +
    (9409940 * 11) / 17854 +
    (8725574 * 16) / 16194 +
    (7414559 * 12) / 12346 +
    (4900234 * 5) / 8787 +
    (4259173 * 8) / 8365; // 85 and older
  const { rate, lower, upper } = charlotte.adjusted!;
  expect(rate).toBeCloseTo(weighted / 274_633_642, 12);
  expect(rate * 100_000).toBeCloseTo(38.779, 3);
  expect([charlotte.cases, charlotte.personYears, charlotte.filled]).toEqual([91, 168_336, 0]);
  expect(charlotte.crude?.rate).toBe(91 / 168_336);
  expect(lower).toBeLessThan(rate);
  expect(upper).toBeGreaterThan(rate);
});

test.skipIf(data === null).each([1989, 2004, 2014])(
  'rates of every county in %i equal a plain reading of the files',
  (year) => {
    const counties = byCounty(year);
    expect(counties.size).toBe(15);
    for (const [county, found] of counties) {
      const plain = plainRate(String(year), county);
      expect([county, found.cases, found.personYears]).toEqual([county, plain.cases, plain.people]);
      expect(found.adjusted?.rate).toBeCloseTo(plain.rate, 12);
    }
  },
);

type Asked = Readonly<{
  rows: Rows;
  leftOut: Record<string, number>;
  provenance: { line: string; standardPopulation: string };
}>;
const registryRates = (...words: readonly string[]): Asked => {
  const { code, out, err } = himsight(folder, 'registry', 'rates', ...words, '--format', 'json');
  if (code !== 0) throw new Error(err);
  return JSON.parse(out) as Asked;
};

test.skipIf(data === null)('himsight registry rates: Charlotte, 2014, and what the figure stands on', () => {
  const { rows, provenance } = registryRates('--where', 'county=015', '--from', '2014', '--to', '2015');
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({ cases: 91, population: 168_336, suppressed: false, filled: 0 });
  expect(rows[0]?.rate).toBeCloseTo(38.779, 3);
  expect(rows[0]?.crude).toBeCloseTo((91 * 100_000) / 168_336, 9);
  expect(provenance.standardPopulation).toBe('2000 U.S. Std Population (single ages to 84 - Census P25-1130)');
  expect(provenance.line).toMatch(/Malignant cases.*2014; Tiwari.*people of FL by county and year · release /);
});

test.skipIf(data === null).each([1989, 2004, 2014])(
  'himsight registry rates --by county in %i equals a plain reading of the files',
  (year) => {
    const { rows } = registryRates('--by', 'county', '--from', String(year), '--to', String(year + 1));
    const counties = rows.filter(({ is_total: isTotal }) => isTotal === false);
    expect(counties).toHaveLength(15);
    for (const row of counties) {
      const plain = plainRate(String(year), String(row.county));
      expect(row.population).toBe(plain.people);
      if (row.suppressed === true) continue;
      expect(row.cases).toBe(plain.cases);
      expect(row.rate).toBeCloseTo(plain.rate * 100_000, 7);
    }
    const few = counties.filter((row) => plainRate(String(year), String(row.county)).cases < 16);
    expect(few.every(({ suppressed, rate }) => suppressed === true && rate === null)).toBe(true);
  },
);

test.skipIf(data === null)('a question without its tables ends with 2 and a sentence that names them', () => {
  const site = himsight(folder, 'registry', 'rates', '--by', 'site');
  expect(site.code).toBe(2);
  expect(site.err).toContain('code_tables.site_recode_2023');
  const survival = himsight(folder, 'registry', 'survival', '--measure', 'relative');
  expect(survival.code).toBe(2);
  expect(survival.err).toMatch(/No case of this release can be watched/);
  expect(himsight(folder, 'registry', 'rates', '--from', 'spring').err).toContain('`--from` must be a whole number');
});

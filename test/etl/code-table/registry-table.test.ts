import { expect, test } from 'vitest';
import { ageSpanOf, areAllAges } from '../../../etl/code-table/age-span.ts';
import type { CodeTableKind } from '../../../etl/code-table/kind.ts';
import type { PlainRow } from '../../../warehouse/rows.ts';
import { sharedData } from '../../support/shared-data.ts';
import type { CodeTablesConfig } from '../../../etl/workspace/config.ts';
import { rowsOf as queryRows, tablesIn } from './files.ts';

const codeTableRows = async (
  kind: CodeTableKind,
  files: Readonly<Record<string, string>>,
  named: CodeTablesConfig,
): Promise<readonly PlainRow[]> => queryRows(tablesIn(files, { [kind]: named }), kind, 'from code_table');

const rowsOf = async (kind: CodeTableKind, text: string) => codeTableRows(kind, { 'a.csv': text }, 'a.csv');

const recode2008 = (...lines: readonly string[]): string =>
  ['ID,Group Name,Indentation,Sites IN,Sites OUT,Hist IN,Hist OUT,Group code,Group content', ...lines].join('\n');
const recode2023 = (...lines: readonly string[]): string =>
  [
    '"ID","Name","Indentation","Sites IN","Hist IN","Hist OUT","Beh IN","DX Year Min","DX Year Max","Recode"',
    ...lines,
  ].join('\n');

test('labels of age groups as published tables write them', () => {
  expect(['0 - 4', '05-09', '1-4 years', '85+', '85+ years', '00', '0 years', '<1 year'].map(ageSpanOf)).toEqual([
    { from: 0, to: 4 },
    { from: 5, to: 9 },
    { from: 1, to: 4 },
    { from: 85, to: null },
    { from: 85, to: null },
    { from: 0, to: 0 },
    { from: 0, to: 0 },
    { from: 0, to: 0 },
  ]);
  expect(ageSpanOf('Unknown')).toBeNull();
  expect(
    areAllAges([
      { from: 5, to: null },
      { from: 0, to: 4 },
    ]),
  ).toBe(true);
  expect(
    areAllAges([
      { from: 0, to: 4 },
      { from: 6, to: null },
    ]),
  ).toBe(false);
  expect(areAllAges([{ from: 0, to: 4 }])).toBe(false);
  expect(areAllAges([])).toBe(false);
});

test('site recode 2008: a row a span, headings left out, places those of the table', async () => {
  const found = await rowsOf(
    'site_recode_2008',
    recode2008(
      '1,Mouth,0,,,,,,"20010"',
      '2,Lip,1,"C000-C002,C009",,,"9140",20010,',
      '3,Lymph,1,,"C024",9650-9667,,33012,',
      '4,Rest,1,,,,,37000,',
    ),
  );
  expect(found.map(({ place, recode, axis, side, low, high }) => [place, recode, axis, side, low, high])).toEqual([
    [2, '20010', 'site', 'in', 'C000', 'C002'],
    [2, '20010', 'site', 'in', 'C009', 'C009'],
    [2, '20010', 'histology', 'out', '9140', '9140'],
    [3, '33012', 'site', 'out', 'C024', 'C024'],
    [3, '33012', 'histology', 'in', '9650', '9667'],
    [4, '37000', 'none', null, null, null],
  ]);
});

test('site recode 2023: behaviors and years of diagnosis', async () => {
  const found = await rowsOf(
    'site_recode_2023',
    recode2023('"78","Precursor","1","C000-C809",",9728-9729",,"2,3","2010",,"67"'),
  );
  expect(found[0]).toMatchObject({ scheme: '2023', behaviors: '2,3', year_from: 2010, year_to: null, recode: '67' });
  expect(found).toHaveLength(2);
});

test('a life table by survival, by mortality or by daily hazard', async () => {
  for (const [column, told] of [
    ['survival', '0.9'],
    ['qx', '0.1'],
    ['daily_hazard', String(-Math.log(0.9) / 365.25)],
  ] as const) {
    const [row] = await rowsOf('life_table', `age,sex,year,${column}\n0,male,2000,${told}`);
    expect(row).toMatchObject({ sex: '1', race: 'all', year: 2000, age: 0 });
    expect(row?.survival).toBeCloseTo(0.9, 12);
  }
});

test('populations and standards keep their names and ages', async () => {
  const people = 'year,state,county_fips,race,sex,age_group,population\n';
  expect(
    await rowsOf('population', `${people}2014,FL,001,White,Male,0 - 4,12\n2014,FL,001,White,Male,Unknown,0`),
  ).toMatchObject([
    { year: 2014, state: 'FL', county: '001', race: 'white', origin: null, sex: '1', age_from: 0, age_to: 4 },
  ]);
  expect(await rowsOf('standard_population', 'standard,age,pop\nA,0-64,3\nA,65+,1')).toMatchObject([
    { standard: 'A', age_from: 0, age_to: 64 },
    { standard: 'A', age_from: 65, age_to: null },
  ]);
});

test('expected cases of the registry, of a county, of a site; what is left out is null', async () => {
  const text = 'Year,County,Site,Expected,Source\n2020,,,1204.5,model\n2020,001,c50,12,\n2021,003,,7,model';
  expect(await rowsOf('expected_cases', text)).toMatchObject([
    { year: 2020, county: null, site: null, expected: 1204.5, source: 'model' },
    { year: 2020, county: '001', site: 'C50', expected: 12, source: null },
    { year: 2021, county: '003', site: null, expected: 7, source: 'model' },
  ]);
  expect(await rowsOf('expected_cases', 'year,expected_cases\n2020,9')).toMatchObject([{ expected: 9, county: null }]);
});

const bad: readonly (readonly [string, CodeTableKind, string, RegExp])[] = [
  ['another table', 'site_recode_2008', 'code,title\nA,B', /a\.csv:1: this is not the SEER site recode 2008/],
  ['the other recode', 'site_recode_2023', recode2008('2,Lip,1,C000,,,,20010,'), /not the SEER site recode 2023/],
  [
    'a site without its C',
    'site_recode_2008',
    recode2008('2,Lip,1,000-009,,,,20010,'),
    /:2: a site that cannot be read/,
  ],
  ['a span turned round', 'site_recode_2008', recode2008('2,Lip,1,C009-C000,,,,20010,'), /:2: a site that cannot/],
  ['in and out at once', 'site_recode_2008', recode2008('2,Lip,1,C000,C001,,,20010,'), /:2: it says both which site/],
  ['a code too short', 'site_recode_2008', recode2008('2,Lip,1,C000,,,,2001,'), /:2: no code of a group/],
  [
    'words for years',
    'site_recode_2023',
    recode2023('"2","Lip","1","C000",,,"2,3","all",,"01"'),
    /:2: behaviors or years/,
  ],
  [
    'a life table with a hole',
    'life_table',
    'age,sex,year,qx\n0,1,2000,.1\n2,1,2000,0.1',
    /:2: the ages of the sex and year/,
  ],
  ['a life table without chances', 'life_table', 'age,sex,year\n0,1,2000', /no column `survival`, `qx` or/],
  ['everybody dies', 'life_table', 'age,sex,year,qx\n0,1,2000,1', /:2: no chance of survival above 0/],
  ['an age twice', 'life_table', 'age,sex,year,qx\n0,1,2000,0.1\n0,1,2000,0.1', /:2: the ages of the sex and year/],
  ['both sexes in one', 'life_table', 'age,sex,year,qx\n0,both,2000,0.1', /:2: no sex/],
  ['a standard with a hole', 'standard_population', 'standard,age,pop\nA,0-4,3\nA,10+,1', /does not cover all ages/],
  ['a standard without an end', 'standard_population', 'standard,age,pop\nA,0-84,3', /does not cover all ages/],
  ['people with commas', 'population', 'year,sex,age,pop\n2014,1,0-4,"1,000"', /:2: no number of people/],
  ['people of no age', 'population', 'year,sex,age,pop\n2014,1,Unknown,3', /:2: no age group/],
  ['a county by name', 'population', 'year,county,sex,age,pop\n2014,Lee,1,0-4,3', /:2: no county code/],
  ['no number expected', 'expected_cases', 'year,expected\n2020,many', /a\.csv:2: no number of expected cases above 0/],
  ['none expected', 'expected_cases', 'year,expected\n2019,5\n2020,0', /a\.csv:3: no number of expected cases above 0/],
  ['a year of two digits', 'expected_cases', 'year,expected\n20,5', /a\.csv:2: no year/],
  ['a county expected by name', 'expected_cases', 'year,county,expected\n2020,Lee,5', /a\.csv:2: no county code/],
  ['a site with its fourth character', 'expected_cases', 'year,site,expected\n2020,C504,5', /a\.csv:2: no site/],
  ['no column of cases', 'expected_cases', 'year,county\n2020,001', /not a list of expected cases: no header/],
  [
    'a year expected twice',
    'expected_cases',
    'year,expected\n2020,5\n2020,6',
    /`registry\.expected_cases`: 1 rows come twice/,
  ],
  ['a row twice', 'population', 'year,sex,age,pop\n2014,1,0-4,3\n2014,1,0-4,3', /1 rows come twice/],
];

test.each(bad)('refused: %s', async (_, kind, text, message) => {
  await expect(rowsOf(kind, text)).rejects.toThrow(message);
});

test('one file is the whole site recode', async () => {
  const text = recode2008('2,Lip,1,C000,,,,20010,');
  await expect(
    codeTableRows('site_recode_2008', { 'a.csv': text, 'b.csv': `${text}\n` }, ['a.csv', 'b.csv']),
  ).rejects.toThrow(/2 files/);
});

const published: readonly (readonly [CodeTableKind, readonly string[], number])[] = [
  ['site_recode_2008', ['registry-reference', 'imsweb-algorithms', 'site-recode-data-2008.csv'], 0],
  ['site_recode_2023', ['registry-reference', 'imsweb-algorithms', 'site-recode-data-2023.csv'], 0],
  ['standard_population', ['population', 'reference_pop_19_age_groups.csv'], 15 * 19],
  ['standard_population', ['florida-registry', 'seer_std_ages.csv.gz'], 18],
  ['population', ['florida-registry', 'seer_pop_fl.csv.gz'], 53466 - 2814],
  ['life_table', ['population', 'survexp_us_daily_hazard.csv.gz'], 17820],
  ['life_table', ['population', 'survexp_usr_daily_hazard.csv.gz'], 35640],
];

test.skipIf(sharedData('population') === null).each(published)('%s as published: %s', async (kind, path, count) => {
  const found = await codeTableRows(kind, {}, sharedData(...path)!);
  if (count > 0) expect(found).toHaveLength(count);
  else expect(new Set(found.map(({ recode }) => recode)).size).toBe(80);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { sharedData } from '../support/shared-data.ts';
import { ranWorkspace } from './workspace.ts';

const name = 'synthetic-v260-incidence-1000.xml.gz';
const dictionaries = sharedData('naaccr', 'dictionaries');

const itemIn = (xml: string, id: string): string | null =>
  new RegExp(`naaccrId="${id}"[^>]*>([^<]*)<`).exec(xml)?.[1] ?? null;

/** By year of diagnosis: malignant cases, and how many lack what a criterion asks for; read by pattern alone. */
const lacking = (): Readonly<Record<string, string>> => {
  const xml = gunzipSync(readFileSync(sharedData('naaccr', name)!)).toString();
  const years = new Map<string, { cases: number; [criterion: string]: number }>();
  for (const [, patient = ''] of xml.matchAll(/<Patient>([\s\S]*?)<\/Patient>/g)) {
    for (const [, tumor = ''] of patient.matchAll(/<Tumor>([\s\S]*?)<\/Tumor>/g)) {
      const item = (id: string): string | null => itemIn(tumor, id) ?? itemIn(patient.split('<Tumor>')[0]!, id);
      const behavior = item('behaviorCodeIcdO3');
      const isBladder = item('primarySite')?.startsWith('C67') === true && behavior === '2';
      if (behavior !== '3' && !isBladder) continue;
      const year = item('dateOfDiagnosis')?.slice(0, 4);
      if (year === undefined) continue;
      const counts = years.get(year) ?? { cases: 0, age: 0, county: 0, dco: 0, race: 0, sex: 0 };
      const add = (criterion: string, lacks: boolean) => (counts[criterion]! += lacks ? 1 : 0);
      counts.cases += 1;
      add('age', ['999', null].includes(item('ageAtDiagnosis')));
      add('county', ['999', null].includes(item('countyAtDxAnalysis') ?? item('countyAtDx')));
      add('dco', item('typeOfReportingSource') === '7');
      add('race', ['99', null].includes(item('race1')));
      add('sex', ['9', null].includes(item('sexAssignedAtBirth') ?? item('sex')));
      years.set(year, counts);
    }
  }
  return Object.fromEntries([...years].map(([year, counts]) => [year, Object.values(counts).join(' ')]));
};

/** Malignant cases of the sample by year of diagnosis and category of site, read by pattern alone. */
const bySite = (): ReadonlyMap<string, number> => {
  const xml = gunzipSync(readFileSync(sharedData('naaccr', name)!)).toString();
  const counts = new Map<string, number>();
  for (const [tumor] of xml.matchAll(/<Tumor>[\s\S]*?<\/Tumor>/g)) {
    const behavior = itemIn(tumor, 'behaviorCodeIcdO3');
    if (behavior !== '3' && !(behavior === '2' && itemIn(tumor, 'primarySite')?.startsWith('C67') === true)) continue;
    const key = `${itemIn(tumor, 'dateOfDiagnosis')?.slice(0, 4)} ${itemIn(tumor, 'primarySite')?.slice(0, 3)}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

test.skipIf(dictionaries === null)('completeness of the sample against expected cases of the desk', () => {
  const counted = [...bySite()].map(([key, cases]) => ({ year: key.slice(0, 4), site: key.slice(5), cases }));
  const years = [...Map.groupBy(counted, ({ year }) => year)].filter(([, own]) => own.length > 1).slice(0, 6);
  const folder = mkdtempSync(join(tmpdir(), 'himsight-expected-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  // Every other year by site alone, with twice as many expected as there are; the rest as a whole, one and a quarter.
  const expected = years.flatMap(([year, own], i) =>
    i % 2 === 0
      ? own.map(({ site, cases }) => [year, site, 2 * cases, 'model A'])
      : [[year, '', 1.25 * own.reduce((sum, { cases }) => sum + cases, 0), 'model B']],
  );
  writeFileSync(
    join(folder, 'expected.csv'),
    ['year,site,expected,source', ...expected.map((row) => row.join(','))].join('\n'),
  );
  const real = ranWorkspace(
    `path: '${sharedData('naaccr', name)!}', format: naaccr-xml, mapping: naaccr-xml, privacy: limited_data_set`,
    `registry:\n  kind: central\n  dictionaries: ['${dictionaries!}/*.xml']\n  expected_cases: '${folder}/expected.csv'\n`,
  );
  const { told } = real.first(
    `select string_agg(concat_ws(' ', diagnosis_year, numerator / denominator), ';' order by diagnosis_year) as told
     from mart.registry_criterion
     where standard = 'naaccr_gold' and criterion = 'completeness' and denominator is not null`,
  );
  expect(String(told).split(';')).toEqual(years.map(([year], i) => `${year} ${i % 2 === 0 ? '0.5' : '0.8'}`).sort());
  expect(years).toHaveLength(6);
});

test.skipIf(dictionaries === null)('criteria of a central registry equal a plain reading of the sample', () => {
  const real = ranWorkspace(
    `path: '${sharedData('naaccr', name)!}', format: naaccr-xml, mapping: naaccr-xml, privacy: limited_data_set`,
    `registry:\n  kind: central\n  dictionaries: ['${dictionaries!}/*.xml']\n`,
  );
  const { told } = real.first(
    `select string_agg(concat_ws(' ', diagnosis_year, cases, lacks), ';') as told from (
       select diagnosis_year, max(denominator)::bigint as cases, string_agg(numerator, ' ' order by criterion) as lacks
       from mart.registry_criterion
       where standard = 'naaccr_gold'
         and criterion in ('age_unknown', 'county_unknown', 'death_certificate_only', 'race_unknown', 'sex_unknown')
       group by diagnosis_year)`,
  );
  const found = String(told)
    .split(';')
    .map((line) => [line.slice(0, 4), line.slice(5)]);
  const expected = lacking();
  expect(Object.keys(expected).length).toBeGreaterThan(20);
  expect(Object.fromEntries(found)).toEqual(expected);
});

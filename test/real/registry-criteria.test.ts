import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
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

test.skipIf(dictionaries === null)('criteria of a central registry equal a plain reading of the sample', () => {
  const real = ranWorkspace(
    `path: '${sharedData('naaccr', name)!}', format: naaccr-xml, mapping: naaccr-xml, privacy: limited_data_set`,
    `registry:\n  kind: central\n  dictionaries: ['${dictionaries!}/*.xml']\n`,
  );
  const { told } = real.first(
    `select string_agg(concat_ws(' ', diagnosis_year, cases, lacks), ';') as told from (
       select diagnosis_year, max(denominator) as cases, string_agg(numerator, ' ' order by criterion) as lacks
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

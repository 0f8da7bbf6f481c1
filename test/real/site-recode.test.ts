import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { behaviorRecode, siteRecodeBy, type RecodedTumor } from '../oracle/site-recode.ts';
import { sharedData } from '../support/shared-data.ts';
import { ranWorkspace } from './workspace.ts';

const dictionaries = sharedData('naaccr', 'dictionaries');
const tables = sharedData('registry-reference', 'imsweb-algorithms');
const samples = [
  'naaccr-xml-sample-v250-abstract-1000.xml.gz',
  'naaccr-xml-sample-v250-incidence-1000.xml.gz',
  'synthetic-v260-incidence-1000.xml.gz',
] as const;

/** Every tumor of a file, its items by pattern alone. */
const tumorsIn = (name: string): readonly RecodedTumor[] =>
  [
    ...gunzipSync(readFileSync(sharedData('naaccr', name)!))
      .toString()
      .matchAll(/<Tumor>([\s\S]*?)<\/Tumor>/g),
  ].map(([, body = '']) => {
    const item = (id: string): string | null => new RegExp(`naaccrId="${id}"[^>]*>([^<]*)<`).exec(body)?.[1] ?? null;
    const date = item('dateOfDiagnosis');
    return {
      site: item('primarySite'),
      histology: item('histologicTypeIcdO3'),
      behavior: item('behaviorCodeIcdO3'),
      year: date === null ? null : Number(date.slice(0, 4)),
    };
  });

test.skipIf(dictionaries === null).each(samples)('site and behavior recodes of %s equal a plain reading', (name) => {
  const [of2008, of2023] = (['2008', '2023'] as const).map((scheme) =>
    siteRecodeBy(readFileSync(`${tables}/site-recode-data-${scheme}.csv`, 'utf8'), scheme),
  ) as [(tumor: RecodedTumor) => string, (tumor: RecodedTumor) => string];
  const expected = tumorsIn(name)
    .map((tumor) => [tumor.site, of2008(tumor), of2023(tumor), behaviorRecode(tumor)].join(' '))
    .sort();
  const real = ranWorkspace(
    `path: '${sharedData('naaccr', name)!}', format: naaccr-xml, mapping: naaccr-xml, privacy: limited_data_set`,
    `registry:\n  dictionaries: ['${dictionaries!}/*.xml']\n` +
      `code_tables:\n  site_recode_2008: '${tables!}/site-recode-data-2008.csv'\n` +
      `  site_recode_2023: '${tables!}/site-recode-data-2023.csv'\n`,
  );
  const found = real.first(
    `select string_agg(concat_ws(' ', primarySite, site_recode_2008, site_recode_2023, behavior_recode), ';') as told
     from core.tumor_recode`,
  );
  expect(String(found.told).split(';').sort()).toEqual(expected);
  expect(expected).toHaveLength(1000);
  // The tables' names come with the groups.
  expect(real.first(`select count(*) as n from core.site_recode_group where label is null`)).toEqual({ n: 0 });
});

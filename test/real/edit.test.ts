import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { countEdits } from '../oracle/edit.ts';
import { sharedData } from '../support/shared-data.ts';
import { ranWorkspace } from './workspace.ts';

const samples = [
  'naaccr-xml-sample-v250-abstract-10.xml.gz',
  'naaccr-xml-sample-v250-abstract-1000.xml.gz',
  'naaccr-xml-sample-v250-incidence-1000.xml.gz',
  'synthetic-v260-incidence-1000.xml.gz',
];
const dictionaries = sharedData('naaccr', 'dictionaries');

/** Abstracts of a file, each with the items of its patient and of the file, read by their tags alone. */
const abstractsOf = (file: string): readonly Readonly<Record<string, string>>[] => {
  const items = (text: string): Record<string, string> =>
    Object.fromEntries(
      [...text.matchAll(/<Item naaccrId="(\w+)"[^>]*>([^<]*)</g)].map(([, id = '', value = '']) => [id, value.trim()]),
    );
  const [, ...patients] = gunzipSync(readFileSync(file)).toString().split('<Patient>');
  return patients.flatMap((patient) => {
    const [own = '', ...tumors] = patient.split('<Tumor>');
    return tumors.map((tumor) => ({ ...items(own), ...items(tumor) }));
  });
};

test.skipIf(dictionaries === null).each(samples)('every edit over %s counts what a plain loop counts', (name) => {
  const file = sharedData('naaccr', name)!;
  const real = ranWorkspace(
    `path: '${file}', format: naaccr-xml, mapping: naaccr-xml, privacy: limited_data_set`,
    `registry:\n  dictionaries: ['${dictionaries!}/*.xml']\n`,
  );
  const found = real
    .rows('checks', '--kind', 'edit')
    .map(({ id, examined, violated }) => [id, { examined, failing: violated }]);
  const expected = Object.fromEntries(countEdits(abstractsOf(file)));
  expect(Object.keys(expected).length).toBe(105);
  expect(Object.fromEntries(found)).toEqual(expected);
});

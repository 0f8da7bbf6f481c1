import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { sharedData } from '../support/shared-data.ts';
import { ranWorkspace, type RanWorkspace } from './workspace.ts';

const samples = [
  ['naaccr-xml-sample-v250-abstract-10.xml.gz', 10],
  ['naaccr-xml-sample-v250-abstract-1000.xml.gz', 1000],
  ['naaccr-xml-sample-v250-incidence-1000.xml.gz', 1000],
  ['synthetic-v260-incidence-1000.xml.gz', 1000],
] as const;
const dictionaries = sharedData('naaccr', 'dictionaries');

/** Values, four characters or more, of items that may not stand in record type I and of no item that may. */
const barredValues = (file: string): readonly string[] => {
  const allowed = new Set<string>();
  for (const name of readdirSync(dictionaries!)) {
    const text = readFileSync(join(dictionaries!, name), 'utf8');
    for (const [, item = ''] of text.matchAll(/<ItemDef([^>]*)>/g)) {
      if (/recordTypes="[^"]*I/.test(item)) allowed.add(/naaccrId="(\w+)"/.exec(item)?.[1] ?? '');
    }
  }
  const values = { open: new Set<string>(), barred: new Set<string>() };
  const xml = gunzipSync(readFileSync(file)).toString();
  for (const [, id = '', value = ''] of xml.matchAll(/<Item naaccrId="(\w+)"[^>]*>([^<]*)</g)) {
    (allowed.has(id) ? values.open : values.barred).add(value);
  }
  return [...values.barred].filter(
    (value) => value.length >= 4 && ![...values.open].some((one) => one.includes(value)),
  );
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

const textsBelow = (folder: string): readonly (readonly [path: string, text: string])[] =>
  filesBelow(folder).map((path) => [path, readFileSync(path).toString('latin1')]);

const ran = (name: string): RanWorkspace =>
  ranWorkspace(
    `path: '${sharedData('naaccr', name)!}', format: naaccr-xml, mapping: naaccr-xml, privacy: limited_data_set`,
    `registry:\n  dictionaries: ['${dictionaries!}/*.xml']\n`,
  );

test.skipIf(dictionaries === null).each(samples)('%s lands with %i tumors', (name, tumors) => {
  const real = ran(name);
  expect(real.metric('registry_cases')).toBe(tumors);
  expect(real.first('select count(*) as n from core.tumor')).toEqual({ n: tumors });
});

test.skipIf(dictionaries === null)('no value of a barred item reaches any file of the workspace', () => {
  // A surname may be part of a word of ours (Tran of Transplant): what an incidence file brings along too is no leak.
  const words = textsBelow(ran('naaccr-xml-sample-v250-incidence-1000.xml.gz').folder).map(([, text]) => text);
  for (const name of ['naaccr-xml-sample-v250-abstract-10.xml.gz', 'naaccr-xml-sample-v250-abstract-1000.xml.gz']) {
    const barred = barredValues(sharedData('naaccr', name)!).filter(
      (value) => !words.some((text) => text.includes(value)),
    );
    expect(barred.length).toBeGreaterThan(20);
    const texts = textsBelow(ran(name).folder);
    const leaks = barred.flatMap((value) => texts.filter(([, text]) => text.includes(value)).map(([path]) => path));
    expect(leaks).toEqual([]);
    const ledger = texts.filter(([path]) => path.endsWith('event.ndjson')).map(([, text]) => text);
    expect(ledger.join('')).toContain('"nameLast":');
  }
});

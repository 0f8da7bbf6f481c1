import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { sharedData } from '../support/shared-data.ts';
import { ranWorkspace, type RanWorkspace } from './workspace.ts';

const samples = [
  ['naaccr-xml-sample-v250-abstract-10.xml.gz', 10],
  ['naaccr-xml-sample-v250-abstract-1000.xml.gz', 1000],
  ['naaccr-xml-sample-v250-incidence-1000.xml.gz', 1000],
  ['synthetic-v260-incidence-1000.xml.gz', 1000],
] as const;
const dictionaries = sharedData('naaccr', 'dictionaries');

/** Texts of four letters or more that stand in one of the others. Most are told apart by the fours of letters there are. */
const standingIn = (texts: readonly string[]): ((value: string) => boolean) => {
  const fours = new Uint8Array(2 ** 24);
  const placesOf = (text: string, see: (place: number) => void): void => {
    let four = 0;
    for (let at = 0; at < text.length; at++) {
      four = (four << 8) | (text.charCodeAt(at) & 255);
      if (at >= 3) see(Math.imul(four, 0x9e3779b1) >>> 8);
    }
  };
  for (const text of texts) placesOf(text, (place) => (fours[place] = 1));
  return (value) => {
    let unseen = 0;
    placesOf(value, (place) => (unseen += 1 - fours[place]!));
    return unseen === 0 && texts.some((text) => text.includes(value));
  };
};

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
  const isOpen = standingIn([[...values.open].join('\n')]);
  return [...values.barred].filter((value) => value.length >= 4 && !isOpen(value));
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

const textsBelow = (folder: string): readonly (readonly [path: string, text: string])[] =>
  filesBelow(folder).map((path) => [path, readFileSync(path).toString('latin1')]);

const cleared: (() => void)[] = [];
afterAll(() => {
  for (const clear of cleared) clear();
});
const known = new Map<string, RanWorkspace>();

/** The workspace of a sample, run by the first test that asks for it; no test changes it. */
const ran = (name: string): RanWorkspace => {
  const workspace =
    known.get(name) ??
    ranWorkspace(
      `path: '${sharedData('naaccr', name)!}', format: naaccr-xml, mapping: naaccr-xml, privacy: limited_data_set`,
      `registry:\n  dictionaries: ['${dictionaries!}/*.xml']\n`,
      (clear) => cleared.push(clear),
    );
  known.set(name, workspace);
  return workspace;
};

test.skipIf(dictionaries === null).each(samples)('%s lands with %i tumors', (name, tumors) => {
  const real = ran(name);
  expect(real.metric('registry_cases')).toBe(tumors);
  expect(real.first('select count(*) as n from core.tumor')).toEqual({ n: tumors });
});

test.skipIf(dictionaries === null)('no value of a barred item reaches any file of the workspace', () => {
  // A surname may be part of a word of ours (Tran of Transplant): what an incidence file brings along too is no leak.
  const incidence = textsBelow(ran('naaccr-xml-sample-v250-incidence-1000.xml.gz').folder).map(([, text]) => text);
  const isWord = standingIn(incidence);
  for (const name of ['naaccr-xml-sample-v250-abstract-10.xml.gz', 'naaccr-xml-sample-v250-abstract-1000.xml.gz']) {
    const barred = barredValues(sharedData('naaccr', name)!).filter((value) => !isWord(value));
    expect(barred.length).toBeGreaterThan(20);
    const texts = textsBelow(ran(name).folder);
    const isThere = standingIn(texts.map(([, text]) => text));
    const leaks = barred
      .filter(isThere)
      .flatMap((value) => texts.filter(([, text]) => text.includes(value)).map(([path]) => path));
    expect(leaks).toEqual([]);
    // The search does find what is there.
    expect(isThere('nameLast')).toBe(true);
    const ledger = texts.filter(([path]) => path.endsWith('event.ndjson')).map(([, text]) => text);
    expect(ledger.join('')).toContain('"nameLast":');
  }
});

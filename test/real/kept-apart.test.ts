import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { himsight } from '../etl/cli/himsight.ts';
import { leaksIn } from '../etl/submission/kept-apart/leaks-in.ts';
import { temporaryFolder } from '../support/sql-folder.ts';
import { sharedData } from '../support/shared-data.ts';

const dictionaries = sharedData('naaccr', 'dictionaries');
const sample = sharedData('naaccr', 'naaccr-xml-sample-v250-abstract-10.xml.gz');

interface Barred {
  readonly id: string;
  readonly level: string;
  readonly value: string;
}

/** Every item of the dictionary that record type I bars, with a value that is found nowhere else; those too short to be are left out. */
const barredItems = (): readonly Barred[] => {
  const text = readFileSync(join(dictionaries!, 'naaccr-dictionary-250.xml'), 'utf8');
  return [...text.matchAll(/<ItemDef([^>]*)>/g)].flatMap(([, item = ''], i) => {
    const of = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(item)?.[1] ?? '';
    const length = Number(of('length'));
    if (of('recordTypes').includes('I') || of('parentXmlElement') === 'NaaccrData' || length < 8) return [];
    const type = of('dataType') || 'text';
    const digits = String(90_000_000 + i * 7_919);
    const value =
      type === 'digits'
        ? digits.slice(0, 8).padStart(length, '7').slice(-length)
        : type === 'text'
          ? `Zq${digits.slice(0, 6)}`
          : null;
    return value === null ? [] : [{ id: of('naaccrId'), level: of('parentXmlElement'), value }];
  });
};

test.skipIf(dictionaries === null || sample === null)(
  'of every item that record type I bars nothing is left but in the file of the package',
  async () => {
    const barred = barredItems();
    expect(barred.length).toBeGreaterThan(60);
    const items = (level: string): string =>
      barred
        .filter((one) => one.level === level)
        .map(({ id, value }) => `<Item naaccrId="${id}">${value}</Item>`)
        .join('\n');
    // The sample without its own, and the planted ones in their place.
    const planted = gunzipSync(readFileSync(sample!))
      .toString('utf8')
      .replaceAll(/<Item naaccrId="(\w+)"[^>]*>[^<]*<\/Item>\s*/g, (item, id) =>
        barred.some((one) => one.id === id) ? '' : item,
      )
      .replaceAll('<Patient>', `<Patient>${items('Patient')}`)
      .replaceAll('<Tumor>', `<Tumor>${items('Tumor')}`);
    const folder = join(temporaryFolder(), 'workspace');
    mkdirSync(join(folder, 'apart'), { recursive: true });
    writeFileSync(join(folder, 'apart', 'full.xml'), planted, { mode: 0o600 });
    writeFileSync(
      join(folder, 'himsight.yaml'),
      `version: 1
sources:
  - { id: registry, path: apart/full.xml, format: naaccr-xml, mapping: naaccr-xml, privacy: synthetic }
registry:
  dictionaries: ['${dictionaries!}/*.xml']
  full_abstracts: apart/full.xml
  profiles:
    state: { like: incidence, dictionary: '250', record_type: A, cases: { behavior: ['0', '1', '2', '3'] }, file: full.xml }
`,
    );
    const ran = himsight(folder, 'run');
    expect(ran.code).toBe(0);
    const made = himsight(
      folder,
      'submit',
      'state',
      '--from',
      '1900',
      '--to',
      '2100',
      '--out',
      join(folder, 'package'),
    );
    expect([made.code, made.err]).toEqual([0, expect.anything()]);
    const values = barred.map(({ value }) => value);
    const said = [ran.out, ran.err, made.out, made.err].join('\n');
    expect(values.filter((value) => said.includes(value))).toEqual([]);
    expect(await leaksIn(join(folder, 'data'), values)).toEqual([]);
    expect((await leaksIn(join(folder, 'package'), values)).toSorted()).toEqual(
      values.map((value) => `full.xml: ${value}`).toSorted(),
    );
    expect(himsight(folder, 'validate', join(folder, 'package', 'full.xml')).code).toBe(0);
  },
  120_000,
);

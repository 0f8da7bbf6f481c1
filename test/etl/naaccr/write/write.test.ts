import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { NaaccrDictionary } from '../../../../etl/naaccr/dictionary/dictionary.ts';
import { NaaccrReader } from '../../../../etl/naaccr/reader.ts';
import { naaccrXml, type NaaccrFile, type NaaccrPatient } from '../../../../etl/naaccr/write/naaccr-xml.ts';
import { writeNaaccrFile } from '../../../../etl/naaccr/write/write-file.ts';
import { textOf } from '../../../../etl/naaccr/xml/text-of.ts';
import { sharedData } from '../../../support/shared-data.ts';
import { dictionaries, dictionaryFrom, namespace, userText, changed, validated } from '../small-registry.ts';

const [base, base250, user] = dictionaries as readonly [NaaccrDictionary, NaaccrDictionary, NaaccrDictionary];
const folder = mkdtempSync(join(tmpdir(), 'naaccr-write-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const file: NaaccrFile = { base, users: [user], recordType: 'I', timeGenerated: '2026-01-15T10:00:00Z' };
const entries = (items: Readonly<Record<string, string>>): [string, string][] => Object.entries(items);
const patient = (
  id: string,
  items: Record<string, string> = {},
  ...tumors: Record<string, string>[]
): NaaccrPatient => ({
  items: entries({ patientIdNumber: id, ...items }),
  tumors: tumors.map(entries),
});
const written = async (of: NaaccrFile, patients: readonly NaaccrPatient[]): Promise<string> => {
  let text = '';
  for await (const piece of naaccrXml(of, patients)) text += piece;
  return text;
};

/** Cases of a text as plain data: id → value, patient by patient. */
const read = async (source: AsyncIterable<string>) => {
  type Values = Record<string, string>;
  const root: Values = {};
  const patients: { items: Values; tumors: Values[] }[] = [];
  let within: Values = root;
  const reader = new NaaccrReader({
    root: () => {},
    open: (level) => {
      within = {};
      if (level === 'Patient') patients.push({ items: within, tumors: [] });
      else patients.at(-1)!.tumors.push(within);
    },
    item: ({ id, value }) => (within[id] = value),
    close: () => {},
    flaw: ({ rule }) => {
      throw new Error(rule);
    },
  });
  for await (const text of source) reader.write(text);
  reader.close();
  return { root, patients };
};
async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

test('a file as it stands: attributes and Items in one order, padded, escaped, nothing empty', async () => {
  const text = await written({ ...file, items: entries({ registryId: '7' }) }, [
    patient(
      '1',
      { stateNote: 'a < b & "c"\r\nd\re\u0000\u007f]]>' },
      {
        stateItem: '7',
        ageAtDiagnosis: '61',
        primarySite: 'C501',
        schemaId: '',
        addrAtDxState: '  ',
        tnmEditionNumber: '8',
      },
    ),
    patient('12345678'),
  ]);
  expect(text).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<NaaccrData baseDictionaryUri="${namespace}/naaccr-dictionary-260.xml"
            userDictionaryUri="http://state.example/state-naaccr-dictionary.xml"
            recordType="I"
            timeGenerated="2026-01-15T10:00:00Z"
            specificationVersion="1.8"
            xmlns="${namespace}">
    <Item naaccrId="registryId">0000000007</Item>
    <Patient>
        <Item naaccrId="patientIdNumber">00000001</Item>
        <Item naaccrId="stateNote">a &lt; b &amp; "c"
d
e]]&gt;</Item>
        <Tumor>
            <Item naaccrId="primarySite">C501</Item>
            <Item naaccrId="ageAtDiagnosis">061</Item>
            <Item naaccrId="tnmEditionNumber">08</Item>
            <Item naaccrId="stateItem">007</Item>
        </Tumor>
    </Patient>
    <Patient>
        <Item naaccrId="patientIdNumber">12345678</Item>
    </Patient>
</NaaccrData>
`);
  expect((await validated(text)).findings).toEqual([]);
  const { root, patients } = await read(once(text));
  expect(root).toEqual({ registryId: '0000000007' });
  expect(patients[0]?.items.stateNote).toBe('a < b & "c"\nd\ne]]>');
});

test('Items stand in an order of one’s own where one is given, the others behind', async () => {
  const tumor = { primarySite: 'C501', ageAtDiagnosis: '061', stateItem: '007' };
  const order = ['stateItem', 'ageAtDiagnosis', 'notAnItem'];
  const { patients } = await read(once(await written({ ...file, order }, [patient('1', {}, tumor)])));
  expect(Object.keys(patients[0]?.tumors[0] ?? {})).toEqual(['stateItem', 'ageAtDiagnosis', 'primarySite']);
});

test.each<[string, NaaccrPatient, string]>([
  ['unknown-id', patient('1', {}, { sex: '1' }), 'patient 1, tumor 1: Item `sex` naaccrId is an id'],
  ['unknown-id', patient('1', { 'Secret value': '1' }), 'patient 1: Item naaccrId is an id'],
  [
    'wrong-level',
    patient('1', { primarySite: 'C501' }),
    'patient 1: Item `primarySite` belongs in <Tumor>, not in <Patient>',
  ],
  ['barred-item', patient('1', { nameLast: 'Secret' }), 'patient 1: Item `nameLast` is of record types A, M, C alone'],
  [
    'too-long',
    patient('1', {}, {}, { primarySite: 'Secret' }),
    'patient 1, tumor 2: Item `primarySite` has 6 characters, 4 at most',
  ],
  ['too-short', patient('1', {}, { addrAtDxState: 'S' }), 'has 1 characters instead of 2'],
  ['not-digits', patient('1', {}, { ageAtDiagnosis: 'Sec' }), 'is of type digits: digits'],
  ['not-date', patient('1', { dateOfBirth: '99999999' }), 'is of type date'],
  ['trailing-space', patient('1', { stateNote: 'Secret ' }), 'ends with a space'],
  ['broken-xml', patient('1', { stateNote: 'Secret\ud800' }), 'holds half a character'],
  [
    'item-twice',
    {
      items: [
        ['stateNote', 'Secret'],
        ['patientIdNumber', '1'],
        ['stateNote', 'x'],
      ],
      tumors: [],
    },
    'patient 1: Item `stateNote` is given twice',
  ],
  [
    'item-twice',
    {
      items: [
        ['patientIdNumber', '1'],
        ['patientIdNumber', '1'],
      ],
      tumors: [],
    },
    'Item `patientIdNumber` is given twice',
  ],
  ['patient-once', { items: [], tumors: [] }, 'patient 1: There is no patientIdNumber'],
])('%s: nothing is written, and no value is told', async (rule, one, says) => {
  const path = join(folder, 'refused.xml');
  const error = await writeNaaccrFile(path, file, [one]).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ name: 'NaaccrWriteError', rule });
  expect(String(error)).toContain(says);
  expect(String(error)).not.toContain('Secret');
  expect([existsSync(path), existsSync(`${path}.partial`)]).toEqual([false, false]);
});

test('tumors of a patient come together: an id a second time is refused, padded or not', async () => {
  await expect(written(file, [patient('1'), patient('2'), patient('00000001')])).rejects.toThrow(
    'patient 3: A patientIdNumber',
  );
});

test.each<[string, Partial<NaaccrFile>]>([
  ['record-type-unknown', { recordType: 'L' as 'I' }],
  ['time-generated', { timeGenerated: 'yesterday' }],
  ['base-dictionary-absent', { base: { ...base, isPartial: true } }],
  ['user-dictionary-version', { users: [{ ...user, version: '250' }] }],
  [
    'user-dictionary-conflict',
    { users: [user, dictionaryFrom(changed(changed(userText, 'state-naaccr', 'x-naaccr'), '"60"', '"61"'))] },
  ],
])('%s: refused before anything is written', async (rule, other) => {
  const path = join(folder, 'none.xml');
  await expect(writeNaaccrFile(path, { ...file, ...other }, [])).rejects.toMatchObject({ rule });
  expect(existsSync(`${path}.partial`)).toBe(false);
});

test('under 250 and under 260 a file obeys its dictionary, re-reads to the same cases and is the same a second time', async () => {
  for (const [dictionary, sex] of [
    [base250, { sex: '2' }],
    [base, {}],
  ] as const) {
    const cases = Array.from({ length: 3000 }, (_, i) =>
      patient(
        String(i).padStart(8, '0'),
        { ...sex, dateOfBirth: '19600229' },
        { primarySite: 'C501', stateItem: '007' },
        { ageAtDiagnosis: '061' },
      ),
    );
    const of = { ...file, base: dictionary };
    for (const name of ['cases.xml', 'cases.xml.gz']) {
      const first = await writeNaaccrFile(join(folder, name), of, cases);
      const bytes = readFileSync(join(folder, name));
      const second = await writeNaaccrFile(
        join(folder, name),
        of,
        cases.map(({ items, tumors }) => ({ items: [...items].reverse(), tumors })),
      );
      expect([second, readFileSync(join(folder, name)).equals(bytes)]).toEqual([first, true]);
      expect(first).toMatchObject({ patients: 3000, tumors: 6000, dropped: 0, bytes: bytes.length });
      if (name.endsWith('.gz')) expect([...bytes.subarray(4, 10)]).toEqual([0, 0, 0, 0, 0, 255]);
      expect((await validated({ path: join(folder, name) })).findings).toEqual([]);
      const again = await read(textOf(join(folder, name)));
      expect(again.patients).toEqual(
        cases.map(({ items, tumors }) => ({
          items: Object.fromEntries(items),
          tumors: tumors.map((tumor) => Object.fromEntries(tumor)),
        })),
      );
    }
  }
});

const samples = ['naaccr-xml-sample-v250-abstract-1000.xml.gz', 'synthetic-v260-incidence-1000.xml.gz'] as const;
const dictionaryOf = (version: string): string | null =>
  sharedData('naaccr', 'dictionaries', `naaccr-dictionary-${version}.xml`);

describe.skipIf(dictionaryOf('260') === null)('the public samples', () => {
  test.each(samples)('%s written anew reads as before and validates, item by item', async (name) => {
    const version = /v(\d{3})/.exec(name)![1]!;
    const official = dictionaryFrom(readFileSync(dictionaryOf(version)!, 'utf8'));
    const text = gunzipSync(readFileSync(sharedData('naaccr', name)!)).toString();
    const { root, patients } = await read(once(text));
    const cases = patients.map(({ items, tumors }) => ({ items: entries(items), tumors: tumors.map(entries) }));
    const recordType = name.includes('abstract') ? 'A' : 'I';
    const anew = await written({ base: official, recordType, timeGenerated: null, items: entries(root) }, cases);
    expect(await read(once(anew))).toEqual({ root, patients });
    expect((await validated(anew, { dictionaries: [official] })).findings).toEqual([]);
  });
});

test('whoever listens is told of every flaw, and the rest is written; nobody listening, the first ends it', async () => {
  const told: string[] = [];
  const patients = [
    patient('1', {}, { primarySite: 'C50199', ageAtDiagnosis: '61' }, { nobodyKnows: '1', primarySite: 'C501' }),
    { items: [], tumors: [] },
    patient('1'),
  ];
  const text = await written(
    { ...file, onFlaw: ({ rule, item, place }) => told.push(`${rule} ${item} ${place.patient} ${place.tumor}`) },
    patients,
  );
  expect(told).toEqual([
    'too-long primarySite 1 1',
    'unknown-id nobodyKnows 1 2',
    'patient-once patientIdNumber 2 null',
    'patient-once patientIdNumber 3 null',
  ]);
  expect((await read(once(text))).patients.map(({ tumors }) => tumors)).toEqual([
    [{ ageAtDiagnosis: '061' }, { primarySite: 'C501' }],
    [],
    [],
  ]);
  await expect(written(file, patients)).rejects.toThrow(/primarySite/);
});

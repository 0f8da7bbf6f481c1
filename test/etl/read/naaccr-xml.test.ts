import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { HeldError } from '../../../etl/error.ts';
import { loadNaaccrXml, type NaaccrXmlResult } from '../../../etl/read/naaccr-xml.ts';
import { readRows, type PlainRow } from '../../../warehouse/rows.ts';
import { sharedData } from '../../support/shared-data.ts';
import { emptyDatabase } from '../mapping/try-mapping.ts';

const folder = mkdtempSync(join(tmpdir(), 'naaccr-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});
const write = (name: string, content: string | Uint8Array): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};

const dictionary = (uri: string, items: string): string => `<?xml version="1.0"?>
<NaaccrDictionary dictionaryUri="${uri}" xmlns="http://naaccr.org/naaccrxml"><ItemDefs>${items}</ItemDefs></NaaccrDictionary>`;

const uri = 'http://naaccr.org/naaccrxml/naaccr-dictionary-250.xml';
const base = write(
  'base.xml',
  dictionary(
    uri,
    `<ItemDef naaccrId="registryId" naaccrNum="40" recordTypes="A,M,C,I" parentXmlElement="NaaccrData"/>
     <ItemDef naaccrId="patientIdNumber" naaccrNum="20" recordTypes="A,M,C,I" parentXmlElement="Patient"/>
     <ItemDef naaccrId="nameLast" naaccrNum="2230" recordTypes="A,M,C" parentXmlElement="Patient"/>
     <ItemDef naaccrId="primarySite" naaccrNum="400" recordTypes="A,M,C,I" parentXmlElement="Tumor"/>`,
  ),
);
const user = write(
  'user.xml',
  dictionary(
    'http://state.example/user.xml',
    '<ItemDef naaccrId="stateItem" naaccrNum="9500" parentXmlElement="Tumor"/>',
  ),
);

const data = (content: string, attributes = ''): string =>
  `<?xml version="1.0"?>\n<NaaccrData baseDictionaryUri="${uri}" recordType="A" xmlns="http://naaccr.org/naaccrxml" ${attributes}>\n${content}\n</NaaccrData>`;
const item = (id: string, value: string): string => `<Item naaccrId="${id}">${value}</Item>`;
const patient = `<Patient>${item('patientIdNumber', '0001')}${item('nameLast', 'Secretname')}
<Tumor>${item('primarySite', 'C501')}</Tumor><Tumor>${item('primarySite', ' ')}</Tumor></Patient>`;

const request = (name: string, content: string | Uint8Array) => ({
  file: write(name, content),
  name: `in/${name}`,
  table: 'tumors',
});

const load = async (
  content: string | Uint8Array,
  { name = 'file.xml', dictionaries = [base, user] }: { name?: string; dictionaries?: readonly string[] } = {},
): Promise<{ result: NaaccrXmlResult; rows: readonly PlainRow[] }> => {
  const connection = await emptyDatabase();
  const result = await loadNaaccrXml({ ...request(name, content), connection, dictionaries });
  return { result, rows: await readRows(connection, 'from tumors order by _record') };
};

test('a row per tumor, with the items of its patient and file; barred items are only counted', async () => {
  const { result, rows } = await load(data(item('registryId', '0000000007') + patient));
  expect(result).toEqual({ records: 2, patients: 1, lines: [4, 4], skipped: { nameLast: 1 } });
  expect(rows).toEqual([
    { _record: 1, registryId: '0000000007', patientIdNumber: '0001', primarySite: 'C501' },
    { _record: 2, registryId: '0000000007', patientIdNumber: '0001', primarySite: null },
  ]);
});

test('entities of XML itself, CDATA, a prefix, an extension and a byte order mark are read as meant', async () => {
  const prefixed = `\uFEFF<n:NaaccrData baseDictionaryUri="${uri}" recordType="I" xmlns:n="http://naaccr.org/naaccrxml" xmlns:x="http://else.example">
<n:Patient><n:Item naaccrId="patientIdNumber">a&amp;b<![CDATA[<c>]]></n:Item><x:note><x:Item naaccrId="zzz">hidden</x:Item></x:note><n:Tumor/></n:Patient></n:NaaccrData>`;
  const { rows } = await load(prefixed);
  expect(rows).toEqual([{ _record: 1, patientIdNumber: 'a&b<c>' }]);
});

test('no patient, and a patient without tumor, are allowed and make no row', async () => {
  expect((await load(data(''))).result).toEqual({ records: 0, patients: 0, lines: [], skipped: {} });
  expect((await load(data('<Patient/>'))).result).toEqual({ records: 0, patients: 1, lines: [], skipped: {} });
});

test('items of a user dictionary the file names are read', async () => {
  const content = data(
    `<Patient><Tumor>${item('stateItem', 'x')}</Tumor></Patient>`,
    'userDictionaryUri="http://state.example/user.xml"',
  );
  expect((await load(content)).rows).toEqual([{ _record: 1, stateItem: 'x' }]);
  await expect(load(content, { dictionaries: [base] })).rejects.toThrow('http://state.example/user.xml is not at hand');
});

test('without a dictionary the fact table that comes along is the dictionary', async () => {
  const content = data(`<Patient>${item('sex', '2')}<Tumor/></Patient>`);
  expect((await load(content, { dictionaries: [] })).rows).toEqual([{ _record: 1, sex: '2' }]);
  const next = content.replace('250.xml', '260.xml');
  await expect(load(next, { dictionaries: [] })).rejects.toThrow(
    'in/file.xml line 3 is held by rule unknown-item: it has Item `sex`, which no dictionary at hand knows',
  );
  await expect(load(content.replace('250.xml', '180.xml'), { dictionaries: [] })).rejects.toThrow('is not at hand');
});

const bomb = `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "Secretname"><!ENTITY b "&a;&a;&a;">]>\n`;

test.each([
  [
    'an unknown item',
    data(`<Patient>${item('shoeSize', 'Secretname')}</Patient>`),
    ' line 3 is held by rule unknown-item: it has Item `shoeSize`, which no dictionary at hand knows',
  ],
  [
    'a value where an id belongs',
    data(`<Patient>${item('Secretname X', '1')}</Patient>`),
    ' line 3 is held by rule unknown-item: it has an Item with a malformed naaccrId',
  ],
  [
    'a wrong level',
    data(item('primarySite', 'Secretname')),
    ' line 3 is held by rule item-level: its Item `primarySite` stands in <NaaccrData> but belongs in <Tumor>',
  ],
  [
    'an item after a tumor',
    data(`<Patient><Tumor/>\n${item('patientIdNumber', 'Secretname')}</Patient>`),
    ' line 4 is held by rule item-level: its Item `patientIdNumber` of <Patient> comes after a child element',
  ],
  [
    'an item twice',
    data(`<Patient>${item('patientIdNumber', '1')}\n${item('patientIdNumber', 'Secretname')}</Patient>`),
    ' line 4 is held by rule item-twice: its Item `patientIdNumber` stands twice',
  ],
  [
    'a wrong number',
    data('<Patient><Item naaccrId="patientIdNumber" naaccrNum="21">Secretname</Item></Patient>'),
    'bears another number than 20',
  ],
  [
    'an element inside an item',
    data('<Patient><Item naaccrId="patientIdNumber">Secretname<b/></Item></Patient>'),
    ' line 3 is held by rule misplaced-element: it has <b> inside an Item',
  ],
  [
    'a tumor outside a patient',
    data('<Tumor/>'),
    ' line 3 is held by rule misplaced-element: it has <Tumor> directly inside <NaaccrData>',
  ],
  ['loose text', data('Secretname'), 'has text outside an Item'],
  [
    'another root',
    '<html>Secretname</html>',
    ' line 1 is held by rule not-naaccr-xml: it begins with <html>, not with <NaaccrData>',
  ],
  ['nothing at all', '', 'holds no NaaccrData'],
  ['no dictionary named', '<NaaccrData recordType="I"/>', 'has no baseDictionaryUri'],
  [
    'a dictionary nobody has',
    data(patient).replace('250', '180'),
    ' line 2 is held by rule unknown-dictionary: The base dictionary',
  ],
  [
    'a file cut off',
    data(patient).slice(0, -20),
    'is held by rule truncated-xml: it ends before </NaaccrData>, so it was cut off',
  ],
  [
    'broken XML',
    data('<Patient><Item naaccrId=Secretname></Patient>'),
    ' line 3 is held by rule broken-xml: it is not well-formed XML',
  ],
  [
    'an entity bomb',
    bomb + data(patient.replace('Secretname', '&b;')).replace(/^<\?.*\n/, ''),
    ' line 2 is held by rule document-type: it holds a document type declaration',
  ],
  ['an undeclared entity', data(patient.replace('Secretname', '&b;')), 'is not well-formed XML'],
  [
    'Latin-1',
    Buffer.from(data(patient.replace('Secretname', 'Müller')), 'latin1'),
    ' line 3 is held by rule bad-encoding: it holds bytes that are not UTF-8',
  ],
])('%s holds the file, naming the line and no value', async (_what, content, says) => {
  const refusal = await load(content).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(HeldError);
  expect(String(refusal)).toMatch(/in\/file\.xml line \d+ is held by rule [a-z-]+: /);
  expect(String(refusal)).toContain(says.startsWith(' ') ? `in/file.xml${says}` : says);
  expect(JSON.stringify([String(refusal), refusal])).not.toContain('Secretname');
});

test('a gzip is read as what is in it', async () => {
  expect((await load(gzipSync(data(patient)), { name: 'file.xml.gz' })).result.records).toBe(2);
});

test('after a refusal there is no table', async () => {
  const connection = await emptyDatabase();
  const late = request('late.xml', data(`${patient.repeat(600)}<Tumor/>`));
  await expect(loadNaaccrXml({ ...late, connection, dictionaries: [base] })).rejects.toThrow('<Tumor>');
  expect(await readRows(connection, 'select table_name from duckdb_tables()')).toEqual([]);
});

const official = ['250', '260'].map(
  (version) => sharedData('naaccr', 'dictionaries', `naaccr-dictionary-${version}.xml`) ?? '',
);

describe.skipIf(official.includes(''))('the samples', () => {
  const textOf = (name: string): string => gunzipSync(readFileSync(sharedData('naaccr', name) ?? '')).toString();
  const itemsOf = (xml: string): readonly (readonly [string, string])[] =>
    [...xml.matchAll(/<Item naaccrId="([^"]+)"[^>]*>([^<]*)<\/Item>/g)].map(([, id = '', value = '']) => [id, value]);
  // Only where there is something to read: what is skipped is gone through all the same.
  const barredItems = () =>
    new Set(
      [...readFileSync(official[0] ?? '', 'utf8').matchAll(/<ItemDef ([^>]*)>/g)]
        .map(([, attributes = '']) => attributes)
        .filter((attributes) => !/recordTypes="[^"]*I[^"]*"/.test(attributes))
        .map((attributes) => /naaccrId="([^"]+)"/.exec(attributes)?.[1] ?? ''),
    );

  test.each([
    ['naaccr-xml-sample-v250-abstract-10.xml.gz', 10],
    ['naaccr-xml-sample-v250-abstract-1000.xml.gz', 1000],
    ['naaccr-xml-sample-v250-incidence-1000.xml.gz', 1000],
    ['synthetic-v260-incidence-1000.xml.gz', 1000],
  ])('%s holds %i tumors and lets nothing barred through', async (name, tumors) => {
    const connection = await emptyDatabase();
    const file = sharedData('naaccr', name) ?? '';
    const { records, skipped } = await loadNaaccrXml({
      file,
      name,
      connection,
      table: 'tumors',
      dictionaries: official,
    });
    expect(records).toBe(tumors);

    const items = itemsOf(textOf(name));
    const barred = barredItems();
    const counts = Map.groupBy(
      items.filter(([id]) => barred.has(id)),
      ([id]) => id,
    );
    expect(skipped).toEqual(Object.fromEntries([...counts].map(([id, met]) => [id, met.length])));

    const rows = await readRows(connection, 'from tumors');
    expect(Object.keys(rows[0] ?? {}).filter((id) => barred.has(id))).toEqual([]);
    const landed = new Set(rows.flatMap((row) => Object.values(row).map(String)));
    const allowed = new Set(items.filter(([id]) => !barred.has(id)).map(([, value]) => value));
    const secret = items.filter(([id, value]) => barred.has(id) && value.length >= 4 && !allowed.has(value));
    expect(secret.filter(([, value]) => landed.has(value))).toEqual([]);
    if (name.includes('abstract')) expect(secret.length).toBeGreaterThan(tumors);
    const filled = new Set(items.filter(([id, value]) => !barred.has(id) && value.trim() !== '').map(([id]) => id));
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['_record', ...filled].sort());
  });
});

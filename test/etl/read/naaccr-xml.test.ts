import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
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

const load = async (
  content: string | Uint8Array,
  { name = 'file.xml', dictionaries = [base, user] }: { name?: string; dictionaries?: readonly string[] } = {},
): Promise<{ result: NaaccrXmlResult; rows: readonly PlainRow[] }> => {
  const connection = await emptyDatabase();
  const result = await loadNaaccrXml({ file: write(name, content), connection, table: 'tumors', dictionaries });
  return { result, rows: await readRows(connection, 'from tumors order by _record') };
};

test('a row per tumor, with the items of its patient and file; barred items are only counted', async () => {
  const { result, rows } = await load(data(item('registryId', '0000000007') + patient));
  expect(result).toEqual({ records: 2, patients: 1, skipped: { nameLast: 1 } });
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
  expect((await load(data(''))).result).toEqual({ records: 0, patients: 0, skipped: {} });
  expect((await load(data('<Patient/>'))).result).toEqual({ records: 0, patients: 1, skipped: {} });
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
    'file.xml:3 has Item `sex`, which no dictionary at hand knows',
  );
  await expect(load(content.replace('250.xml', '180.xml'), { dictionaries: [] })).rejects.toThrow('is not at hand');
});

const bomb = `<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "Secretname"><!ENTITY b "&a;&a;&a;">]>\n`;

test.each([
  [
    'an unknown item',
    data(`<Patient>${item('shoeSize', 'Secretname')}</Patient>`),
    ':3 has Item `shoeSize`, which no dictionary at hand knows',
  ],
  [
    'a value where an id belongs',
    data(`<Patient>${item('Secretname X', '1')}</Patient>`),
    ':3 has an Item with a malformed naaccrId',
  ],
  [
    'a wrong level',
    data(item('primarySite', 'Secretname')),
    ':3 Item `primarySite` stands in <NaaccrData> but belongs in <Tumor>',
  ],
  [
    'an item after a tumor',
    data(`<Patient><Tumor/>\n${item('patientIdNumber', 'Secretname')}</Patient>`),
    ':4 Item `patientIdNumber` of <Patient> comes after a child element',
  ],
  [
    'an item twice',
    data(`<Patient>${item('patientIdNumber', '1')}\n${item('patientIdNumber', 'Secretname')}</Patient>`),
    ':4 Item `patientIdNumber` stands twice',
  ],
  [
    'a wrong number',
    data('<Patient><Item naaccrId="patientIdNumber" naaccrNum="21">Secretname</Item></Patient>'),
    'bears another number than 20',
  ],
  [
    'an element inside an item',
    data('<Patient><Item naaccrId="patientIdNumber">Secretname<b/></Item></Patient>'),
    ':3 has <b> inside an Item',
  ],
  ['a tumor outside a patient', data('<Tumor/>'), ':3 has <Tumor> directly inside <NaaccrData>'],
  ['loose text', data('Secretname'), 'has text outside an Item'],
  ['another root', '<html>Secretname</html>', ':1 begins with <html>, not with <NaaccrData>'],
  ['nothing at all', '', 'holds no NaaccrData'],
  ['no dictionary named', '<NaaccrData recordType="I"/>', 'has no baseDictionaryUri'],
  ['a file cut off', data(patient).slice(0, -20), 'ends before </NaaccrData>: it was cut off'],
  ['broken XML', data('<Patient><Item naaccrId=Secretname></Patient>'), ':3 is not well-formed XML'],
  [
    'an entity bomb',
    bomb + data(patient.replace('Secretname', '&b;')).replace(/^<\?.*\n/, ''),
    'holds a document type declaration',
  ],
  ['an undeclared entity', data(patient.replace('Secretname', '&b;')), 'is not well-formed XML'],
  ['Latin-1', Buffer.from(data(patient.replace('Secretname', 'Müller')), 'latin1'), 'holds bytes that are not UTF-8'],
])('%s holds the file, naming the line and no value', async (_what, content, says) => {
  const refusal = await load(content).catch((error: unknown) => error);
  expect(String(refusal)).toContain(`file.xml${says.startsWith(':') ? '' : ':'}`);
  expect(String(refusal)).toContain(says);
  expect(JSON.stringify([String(refusal), refusal])).not.toContain('Secretname');
});

test('a torn or false gzip and a missing file are named', async () => {
  const whole = gzipSync(data(patient));
  expect((await load(whole, { name: 'file.xml.gz' })).result.records).toBe(2);
  await expect(load(whole.subarray(0, -12), { name: 'file.xml.gz' })).rejects.toThrow(
    'is a gzip cut off before its end',
  );
  await expect(load(data(patient), { name: 'file.xml.gz' })).rejects.toThrow('is not a readable gzip');
  const connection = await emptyDatabase();
  const gone = { file: join(folder, 'gone.xml'), connection, table: 'tumors', dictionaries: [] };
  await expect(loadNaaccrXml(gone)).rejects.toThrow('gone.xml:1 is not there');
});

test('after a refusal there is no table', async () => {
  const connection = await emptyDatabase();
  const file = write('late.xml', data(`${patient.repeat(600)}<Tumor/>`));
  await expect(loadNaaccrXml({ file, connection, table: 'tumors', dictionaries: [base] })).rejects.toThrow('<Tumor>');
  expect(await readRows(connection, 'select table_name from duckdb_tables()')).toEqual([]);
});

const official = ['250', '260'].map(
  (version) => sharedData('naaccr', 'dictionaries', `naaccr-dictionary-${version}.xml`) ?? '',
);

describe.skipIf(official.includes(''))('the samples', () => {
  const textOf = (name: string): string => gunzipSync(readFileSync(sharedData('naaccr', name) ?? '')).toString();
  const itemsOf = (xml: string): readonly (readonly [string, string])[] =>
    [...xml.matchAll(/<Item naaccrId="([^"]+)"[^>]*>([^<]*)<\/Item>/g)].map(([, id = '', value = '']) => [id, value]);
  const barred = new Set(
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
    const { records, skipped } = await loadNaaccrXml({ file, connection, table: 'tumors', dictionaries: official });
    expect(records).toBe(tumors);

    const items = itemsOf(textOf(name));
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

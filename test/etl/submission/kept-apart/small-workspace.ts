// A workspace of a few abstracts under a dictionary of a few items, with the registry database they were taken from kept apart.
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { temporaryFolder } from '../../../support/sql-folder.ts';
import { himsight, type Ended } from '../../cli/himsight.ts';

export type Row = Readonly<Record<string, string>>;

const namespace = 'http://naaccr.org/naaccrxml';
const uri = `${namespace}/naaccr-dictionary-260.xml`;

/** id, number, length, record types, level, type. */
const items = [
  ['recordType', '10', 1, 'A,M,C,I', 'NaaccrData', 'text'],
  ['naaccrRecordVersion', '50', 3, 'A,M,C,I', 'NaaccrData', 'digits'],
  ['patientIdNumber', '20', 8, 'A,M,C,I', 'Patient', 'digits'],
  ['dateOfBirth', '240', 8, 'A,M,C,I', 'Patient', 'date'],
  ['nameLast', '2230', 40, 'A,M,C', 'Patient', 'text'],
  ['socialSecurityNumber', '2320', 9, 'A,M,C', 'Patient', 'digits'],
  ['tumorRecordNumber', '60', 2, 'A,M,C,I', 'Tumor', 'digits'],
  ['dateOfDiagnosis', '390', 8, 'A,M,C,I', 'Tumor', 'date'],
  ['primarySite', '400', 4, 'A,M,C,I', 'Tumor', 'text'],
  ['histologicTypeIcdO3', '522', 4, 'A,M,C,I', 'Tumor', 'digits'],
  ['behaviorCodeIcdO3', '523', 1, 'A,M,C,I', 'Tumor', 'digits'],
  ['reportingFacility', '540', 10, 'A,M,C,I', 'Tumor', 'digits'],
  ['addrAtDxNoStreet', '2330', 60, 'A,M,C', 'Tumor', 'text'],
  ['textRemarks', '2680', 4000, 'A,M', 'Tumor', 'text'],
] as const;

export const levelOf = (id: string): string => items.find(([name]) => name === id)![4];

const dictionary = `<?xml version="1.0"?>
<NaaccrDictionary dictionaryUri="${uri}" naaccrVersion="260" specificationVersion="1.8" xmlns="${namespace}">
<ItemDefs>
${items
  .map(
    ([id, number, length, types, level, type]) =>
      `<ItemDef naaccrId="${id}" naaccrNum="${number}" naaccrName="${id}" length="${length}" recordTypes="${types}" parentXmlElement="${level}"${type === 'text' ? '' : ` dataType="${type}"`}${type === 'digits' ? ' padding="leftZero"' : ''}/>`,
  )
  .join('\n')}
</ItemDefs>
</NaaccrDictionary>`;

/** Two patients, the first with two tumors; every value that names a person is found nowhere else. */
export const fewRows = (): Row[] => [
  person('00000001', '01', { nameLast: 'Qwertzman', socialSecurityNumber: '901237654', dateOfBirth: '19500102' }),
  person('00000001', '02', { nameLast: 'Qwertzman', socialSecurityNumber: '901237654', dateOfBirth: '19500102' }),
  person('00000002', '01', { nameLast: 'Yxcvbnsson', socialSecurityNumber: '908881234', dateOfBirth: '19600304' }),
];

const person = (patientIdNumber: string, tumorRecordNumber: string, more: Row): Row => ({
  ...{ patientIdNumber, tumorRecordNumber, primarySite: 'C509', histologicTypeIcdO3: '8500', behaviorCodeIcdO3: '3' },
  ...{ dateOfDiagnosis: `202301${tumorRecordNumber}`, reportingFacility: '0000000007' },
  addrAtDxNoStreet: `${patientIdNumber}${tumorRecordNumber} Zaunkoenig Lane`,
  textRemarks: `Remark ${patientIdNumber}${tumorRecordNumber} on Xylophon`,
  ...more,
});

/** What of the rows names a person. */
export const secretsOf = (rows: readonly Row[]): readonly string[] => [
  ...new Set(
    rows.flatMap((row) =>
      ['nameLast', 'socialSecurityNumber', 'addrAtDxNoStreet', 'textRemarks'].flatMap((id) => row[id] ?? []),
    ),
  ),
];

/** Rows as NAACCR XML of type A, as registry software exports them. */
export const xmlOf = (rows: readonly Row[]): string => {
  const lines = (row: Row, level: string): string =>
    Object.entries(row)
      .filter(([id]) => levelOf(id) === level)
      .map(([id, value]) => `<Item naaccrId="${id}">${value}</Item>\n`)
      .join('');
  const patients = Map.groupBy(rows, ({ patientIdNumber }) => patientIdNumber);
  return `<?xml version="1.0"?>
<NaaccrData baseDictionaryUri="${uri}" recordType="A" specificationVersion="1.8" xmlns="${namespace}">
${[...patients.values()]
  .map(
    (tumors) =>
      `<Patient>\n${lines(tumors[0]!, 'Patient')}${tumors.map((row) => `<Tumor>\n${lines(row, 'Tumor')}</Tumor>\n`).join('')}</Patient>\n`,
  )
  .join('')}</NaaccrData>\n`;
};

export interface KeptApartWorkspace {
  readonly folder: string;
  /** Of the registry database. */
  readonly file: string;
  /** Lands these rows, as they stand in the registry now. */
  readonly land: (rows: readonly Row[]) => void;
  /** Puts these rows into the registry database: by SQL after its table was made, where given. */
  readonly keep: (rows: readonly Row[], sql?: string) => Promise<void>;
  /** Makes a package in a folder of its name. */
  readonly submit: (profile: string, out: string, ...more: readonly string[]) => Ended;
  /** The tumors of a package's file, each with its patient's items. */
  readonly tumorsIn: (out: string) => readonly Row[];
}

/** What a first night left of an extract, by its text: six tests begin with the same one. */
const firstNights = new Map<string, string>();

const firstNight = (folder: string, extract: string): void => {
  const data = join(folder, 'data');
  const known = firstNights.get(extract);
  if (known !== undefined) {
    cpSync(known, data, { recursive: true, preserveTimestamps: true });
    return;
  }
  night(folder);
  const kept = mkdtempSync(join(tmpdir(), 'himsight-first-night-'));
  cpSync(data, kept, { recursive: true, preserveTimestamps: true });
  firstNights.set(extract, kept);
};

const night = (folder: string): void => {
  const { code, err } = himsight(folder, 'run', '--quiet');
  if (code !== 0) throw new Error(`the run ended with ${code}: ${err}`);
};

/** @param format of the registry database */
export const keptApartWorkspace = (format: 'duckdb' | 'naaccr-xml', profiles = ''): KeptApartWorkspace => {
  const folder = join(temporaryFolder(), 'workspace');
  for (const each of ['in', 'apart']) mkdirSync(join(folder, each), { recursive: true });
  const file = join(folder, 'apart', format === 'duckdb' ? 'registry.duckdb' : 'registry.xml');
  writeFileSync(join(folder, 'dictionary.xml'), dictionary);
  writeFileSync(
    join(folder, 'himsight.yaml'),
    `version: 1
sources:
  - { id: registry, path: in/*.xml, format: naaccr-xml, mapping: naaccr-xml, privacy: synthetic, extract: full }
registry:
  dictionaries: [dictionary.xml]
  full_abstracts: apart/${format === 'duckdb' ? 'registry.duckdb' : 'registry.xml'}
  profiles:
    state: { describes: Full abstracts, format: naaccr-xml, dictionary: '260', record_type: A, required: [nameLast], file: full.xml }
    again: { like: state, record_type: M, modifies: state }
    names: { like: state, record_type: C }
    open: { like: state, record_type: I, required: [] }
${profiles}`,
  );
  let nights = 0;
  return {
    ...{ folder, file },
    land: (rows) => {
      writeFileSync(join(folder, 'in', `${String(++nights)}.xml`), xmlOf(rows));
      if (nights === 1) firstNight(folder, xmlOf(rows));
      else night(folder);
    },
    keep: async (rows, sql = '') => {
      if (format === 'naaccr-xml') writeFileSync(file, xmlOf(rows));
      else await keepInDatabase(file, rows, sql);
      chmodSync(file, 0o600);
    },
    submit: (profile, out, ...more) =>
      himsight(
        folder,
        ...['submit', profile, '--from', '2023', '--to', '2024', '--out', out, '--format', 'json', ...more],
      ),
    tumorsIn: (out) => {
      const name = readdirSync(join(folder, out)).find((each) => each.endsWith('.xml'))!;
      return tumorsOf(readFileSync(join(folder, out, name), 'utf8'));
    },
  };
};

const keepInDatabase = async (file: string, rows: readonly Row[], sql: string): Promise<void> => {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  const ids = items.filter(([, , , , level]) => level !== 'NaaccrData').map(([id]) => id);
  await connection.run(`create or replace table tumor (${ids.map((id) => `"${id}" varchar`).join(', ')})`);
  for (const row of rows)
    await connection.run(
      `insert into tumor values (${ids.map((_, i) => `$${i + 1}`).join(', ')})`,
      ids.map((id) => row[id] ?? null),
    );
  if (sql !== '') await connection.run(sql);
  connection.closeSync();
  instance.closeSync();
};

/** Read by patterns alone: nothing of the program is used. */
const tumorsOf = (xml: string): readonly Row[] => {
  const itemsIn = (text: string): Row =>
    Object.fromEntries([...text.matchAll(/naaccrId="(\w+)"[^>]*>([^<]*)</g)].map(([, id, value]) => [id!, value!]));
  return [...xml.matchAll(/<Patient>([\s\S]*?)<\/Patient>/g)].flatMap(([, patient = '']) =>
    [...patient.matchAll(/<Tumor>([\s\S]*?)<\/Tumor>/g)].map(([, tumor = '']) => ({
      ...itemsIn(patient.split('<Tumor>')[0]!),
      ...itemsIn(tumor),
    })),
  );
};

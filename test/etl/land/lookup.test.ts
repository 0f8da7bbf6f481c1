import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Source } from '../../../etl/workspace/workspace.ts';
import { Landing } from '../../support/landing.ts';

const mapping = `
id: visits
describes: Visits whose patients stand in a file of their own
reads: { columns: [id, who, at, left] }
lookups:
  patient: { key: Id, by: who, columns: [SEX, BORN] }
writes:
  encounter:
    rows: each
    columns:
      encounter_id: { from: id }
      patient_key: { from: who }
      facility_id: { constant: north }
      patient_class: { constant: inpatient }
      admit_ts: { from: at }
      discharge_ts: { from: left }
      sex: { from: patient.SEX, values: { F: female, M: male } }
      age_years: { age: { from: patient.BORN, at: at } }
`;

const visits = `id,who,at,left\nv1,p1,2026-01-05,2026-01-06\nv2,p2,2026-01-05,\nv3,p9,2026-01-05,\n`;
const people = (...rows: readonly string[]): string => `Id,NAME,BORN,SEX,SSN\n${rows.join('\n')}\n`;
const p1 = 'p1,Nelly Marblethorn,1930-05-17,F,078-05-1120';
const p2 = 'p2,Otto Marblethorn,1980-05-18,M,078-05-1121';

const landing = (source: Partial<Source> = {}): Landing => {
  const north = new Landing({ format: 'csv' }, 'extract/visit*');
  const file = north.write('visits.yaml', mapping);
  Object.assign(north.source, {
    mapping: file,
    lookups: { patient: join(north.folder, 'extract/people.csv') },
    ...source,
  });
  north.write('extract/visit.csv', visits);
  return north;
};

const found = 'select encounter_id as id, sex, age_years as age from raw.encounter order by 1';

test('what is looked up lands: one match a row; without a match it is not known, and the gate says so', async () => {
  const north = landing();
  north.write('extract/people.csv', people(p1, p2));
  const report = await north.runOne();
  expect(report).toMatchObject({
    status: 'landed',
    lookups: [{ name: 'extract/people.csv' }],
    contracts: [{ mapped: 3, accepted: 2, quarantined: 1 }],
  });
  expect(report.reasons.map(({ rule, line }) => [rule, line])).toEqual([
    ['required:age_years', 4],
    ['required:sex', 4],
  ]);
  expect(await north.raw(found)).toEqual([
    { id: 'v1', sex: 'female', age: 90 },
    { id: 'v2', sex: 'male', age: 45 },
  ]);
});

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

test('no other column of the file, nor the birth date, lands anywhere', async () => {
  const north = landing();
  north.write('extract/people.csv', people(p1, p2));
  await north.runOne();
  const kept = filesBelow(north.workspace.dataFolder);
  expect(kept.some((file) => file.includes('/raw/')) && kept.some((file) => file.includes('/quarantine/'))).toBe(true);
  const bytes = kept.map((file) => readFileSync(file).toString('latin1')).join('\n');
  const rows = JSON.stringify([await north.raw('from raw.encounter'), await north.quarantine()]);
  expect(rows).toContain('v1');
  for (const secret of ['Marblethorn', '078-05', '1930-05-17', '1980-05-18'])
    expect([secret, bytes.includes(secret), rows.includes(secret)]).toEqual([secret, false, false]);
});

test('another content of the file is another batch, the same content none', async () => {
  const north = landing();
  north.write('extract/people.csv', people(p1, p2));
  const first = await north.runOne();
  expect((await north.runOne()).status).toBe('unchanged');
  north.write('extract/people.csv', people(p1, p2.replace('1980', '1970')));
  const second = await north.runOne();
  expect([second.status, second.batch === first.batch]).toEqual(['landed', false]);
  expect(await north.raw(found)).toMatchObject([{ age: 90 }, { age: 55 }]);
});

test('a key that stands twice holds the batch where the values differ, and not where they do not', async () => {
  const north = landing();
  const twin = p1.replace('Nelly', 'Ellen');
  north.write('extract/people.csv', people(p1, twin, p2));
  expect((await north.runOne()).status).toBe('landed');
  north.write('extract/people.csv', people(p1, twin.replace(',F,', ',M,'), p2));
  const held = await north.runOne();
  expect(held.status).toBe('held');
  expect(held.message).toBe(
    'extract/people.csv is held by rule lookup-key: 1 values of `Id` stand there more than once with different SEX, BORN. Leave one row for each, or say in the mapping which rows count (`only`).',
  );
});

test('`only` says which of its rows count', async () => {
  const north = landing();
  writeFileSync(
    north.source.mapping,
    mapping.replace('columns: [SEX, BORN] }', "columns: [SEX, BORN], only: { NAME: ['1'] } }"),
  );
  north.write('extract/people.csv', people('p1,1,1930-05-17,F,', 'p1,2,1930-05-17,M,', 'p2,1,1980-05-18,M,'));
  expect((await north.runOne()).status).toBe('landed');
  expect(await north.raw(found)).toMatchObject([{ sex: 'female' }, { sex: 'male' }]);
});

test('`first` says which of several rows of a key is taken; of the same place they may not differ', async () => {
  const north = landing();
  writeFileSync(north.source.mapping, mapping.replace('columns: [SEX, BORN] }', 'columns: [SEX, BORN], first: NAME }'));
  north.write('extract/people.csv', people('p1,10,1930-05-17,M,', 'p1,9,1930-05-17,F,', 'p2,1,1980-05-18,M,'));
  expect((await north.runOne()).status).toBe('landed');
  expect(await north.raw(found)).toMatchObject([{ sex: 'female' }, { sex: 'male' }]);
  north.write('extract/people.csv', people('p1,9,1930-05-17,M,', 'p1,9,1930-05-17,F,', 'p2,1,1980-05-18,M,'));
  expect((await north.runOne()).message).toContain('held by rule lookup-key');
});

test('a lookup may be several files of another format', async () => {
  const north = landing();
  Object.assign(north.source, { lookups: { patient: join(north.folder, 'extract/people-*.ndjson') } });
  north.write('extract/people-1.ndjson', '{"Id":"p1","BORN":"1930-05-17","SEX":"F","NAME":"x"}\n');
  north.write('extract/people-2.ndjson', '{"Id":"p2","BORN":"1980-05-18","SEX":"M"}\n');
  expect(await north.runOne()).toMatchObject({ status: 'landed', contracts: [{ accepted: 2 }] });
});

test.each<readonly [string, (north: Landing) => void, string, string]>([
  [
    'has not arrived',
    (north) => rmSync(join(north.folder, 'extract/people.csv')),
    'refused',
    'extract/people.csv: no such file has arrived, and source north looks `patient` up in it',
  ],
  [
    'is not named',
    (north) => Object.assign(north.source, { lookups: undefined }),
    'refused',
    'Source north does not say where mapping visits looks `patient` up. Add `lookups: { patient: FILE }`',
  ],
  [
    'is unknown',
    (north) => Object.assign(north.source, { lookups: { people: 'x.csv' } }),
    'refused',
    'names the lookup `people`, which mapping visits does not have. It has patient.',
  ],
  [
    'lacks a column',
    (north) => north.write('extract/people.csv', 'Id,SEX\np1,F\n'),
    'held',
    'extract/people.csv is held by rule missing-column: missing `BORN`, which are looked up there',
  ],
  [
    'is torn',
    (north) => north.write('extract/people.csv', people(p1, 'p2,x')),
    'held',
    'extract/people.csv is held by rule lookup-torn: 1 of its records cannot be read',
  ],
  [
    'has an open quote',
    (north) => north.write('extract/people.csv', people(p1, '"p2,x,1980-05-18,M,')),
    'held',
    'extract/people.csv',
  ],
])('a file that %s is told of', async (_what, change, status, says) => {
  const north = landing();
  north.write('extract/people.csv', people(p1, p2));
  change(north);
  const report = await north.runOne();
  expect([report.status, report.message]).toEqual([status, expect.stringContaining(says)]);
  expect(report.message).not.toMatch(/Marblethorn|p2/);
});

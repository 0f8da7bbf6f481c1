import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedData } from '../support/shared-data.ts';
import { ageAt } from './age.ts';
import { ranWorkspace } from './workspace.ts';

const folder = sharedData('fhir-bulk');

interface Resource {
  readonly id: string;
  readonly birthDate: string;
  readonly gender: string;
  readonly class: { readonly code: string };
  readonly subject: { readonly reference: string };
  readonly period: { readonly start: string; readonly end: string };
}

const resources = (type: string): readonly Resource[] =>
  readFileSync(join(folder!, `${type}.000.ndjson`), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Resource);

test.skipIf(folder === null)('a bulk export lands: encounters with their patients, no SNOMED CT as codes', () => {
  const file = (type: string): string => `'${folder!}/${type}.*.ndjson'`;
  const source = (type: string, mapping: string, lookup: string): string =>
    `path: ${file(type)}, format: fhir-ndjson, mapping: ${mapping}, privacy: synthetic, lookups: { ${lookup} }`;
  const real = ranWorkspace(
    source('Encounter', 'fhir-encounter', `patient: ${file('Patient')}`),
    `  - { id: condition, ${source('Condition', 'fhir-condition', `diagnosis: ${file('Encounter')}`)} }
  - { id: procedure, ${source('Procedure', 'fhir-procedure', `diagnosis: ${file('Encounter')}`)} }\n`,
  );
  // Every line of every file was read: known counts of the export.
  const ledger = readdirSync(join(real.folder, 'data', 'ledger')).map((run) =>
    readFileSync(join(real.folder, 'data', 'ledger', run, 'event.ndjson'), 'utf8'),
  );
  const records = new Set(
    [...ledger.join('').matchAll(/"records":(\d+),"longest"/g)].map(([, count]) => Number(count)),
  );
  expect([...records].sort((a, b) => a - b)).toEqual([555, 1_215, 2_056]);

  const people = new Map(resources('Patient').map((one) => [`Patient/${one.id}`, one]));
  // Nine visits are at home.
  const stays = resources('Encounter').filter((one) => one.class.code !== 'HH');
  const person = (one: Resource): Resource => people.get(one.subject.reference)!;
  expect(
    real.first(`
      select count(*) as n, sum(age_years)::int as years, count(*) filter (sex = 'female') as women,
        count(*) filter (patient_class = 'inpatient') as inpatient, count(*) filter (patient_class = 'ed') as ed,
        count(*) filter (discharge_disposition = '01') as home, count(distinct facility_id) > 1 as facilities,
        min(admit_at)::varchar as first
      from core.encounter`),
  ).toEqual({
    n: 1_215 - 9,
    years: stays.reduce((sum, one) => sum + ageAt(person(one).birthDate, one.period.start), 0),
    women: stays.filter((one) => person(one).gender === 'female').length,
    inpatient: 49,
    ed: 23,
    home: 3,
    facilities: true,
    first: new Date(Math.min(...stays.map((one) => Date.parse(one.period.start))))
      .toISOString()
      .replace('T', ' ')
      .slice(0, 19),
  });
  expect(real.first('select count(*) as n from core.encounter_code')).toEqual({ n: 0 });
});

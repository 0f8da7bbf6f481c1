import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sharedData } from '../support/shared-data.ts';
import { ageAt } from './age.ts';
import { ranWorkspace } from './workspace.ts';

const encounters = sharedData('synthea-csv', 'encounters.csv');
const patients = sharedData('synthea-csv', 'patients.csv');
const conditions = sharedData('synthea-csv', 'conditions.csv');

/** Rows of a file whose first columns hold no quotes, by header. */
const rowsOf = (file: string): readonly Readonly<Record<string, string>>[] => {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trimEnd().split('\n');
  const names = header.split(',');
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, i) => [names[i] ?? '', cell])));
};

test.skipIf(encounters === null)(
  'Synthea lands with the sex and age of its patients, and its few codes of ICD-10',
  () => {
    const real = ranWorkspace(
      `path: '${encounters!}', mapping: synthea-csv, privacy: synthetic, lookups: { patient: '${patients!}' }`,
      `  - { id: code, path: '${conditions!}', mapping: synthea-conditions, privacy: synthetic }\n`,
    );
    const people = new Map(rowsOf(patients!).map((row) => [row.Id, row]));
    const visits = rowsOf(encounters!);
    expect(visits.length).toBe(10_715);
    const stays = visits.filter(({ ENCOUNTERCLASS: kind = '' }) => !['snf', 'hospice', 'home'].includes(kind));
    const person = ({ PATIENT: id }: Readonly<Record<string, string>>) => people.get(id);
    expect(
      real.first(`
      select count(*) as n, sum(age_years)::int as years, max(age_years) as oldest, count(*) filter (sex = 'female') as women,
        count(*) filter (patient_class = 'inpatient') as inpatient, count(*) filter (patient_class = 'ed') as ed
      from core.encounter`),
    ).toEqual({
      n: 10_715 - 36 - 10 - 5,
      years: stays.reduce((sum, one) => sum + ageAt(person(one)?.BIRTHDATE ?? '', one.START ?? ''), 0),
      oldest: 90,
      women: stays.filter((one) => person(one)?.GENDER === 'F').length,
      inpatient: 111,
      ed: 348,
    });
    expect(real.first('select count(*) as n, min(seq) as first from core.encounter_code')).toEqual({ n: 63, first: 2 });
  },
);

import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Landing } from '../../support/landing.ts';
import { landMapping } from './land-mapping.ts';

const ndjson = (...resources: readonly object[]): string => resources.map((one) => `${JSON.stringify(one)}\n`).join('');

const system = {
  cm: 'http://hl7.org/fhir/sid/icd-10-cm',
  pcs: 'http://www.cms.gov/Medicare/Coding/ICD10',
  cpt: 'http://www.ama-assn.org/go/cpt',
  hcpcs: 'urn:oid:2.16.840.1.113883.6.285',
  snomed: 'http://snomed.info/sct',
  nubc: 'https://www.nubc.org/CodeSystem/PatDischargeStatus',
  hl7: 'http://terminology.hl7.org/CodeSystem/discharge-disposition',
};

const core = 'http://hl7.org/fhir/us/core/StructureDefinition';
const ombCategory = (of: string, ...displays: readonly string[]) => ({
  url: `${core}/us-core-${of}`,
  extension: displays.map((display) => ({ url: 'ombCategory', valueCoding: { display } })),
});

const patients = ndjson({
  resourceType: 'Patient',
  id: 'p1',
  name: [{ family: 'Marblethorn', given: ['Nelly'] }],
  identifier: [{ system: 'http://hl7.org/fhir/sid/us-ssn', value: '078-05-1120' }],
  gender: 'female',
  birthDate: '1930-05-17',
  extension: [ombCategory('race', 'White', 'Asian'), ombCategory('ethnicity', 'Not Hispanic or Latino')],
});

const stay = (id: string, code: string, more: object = {}) => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { code },
  subject: { reference: 'Patient/p1', display: 'Mrs. Nelly Marblethorn' },
  serviceProvider: { reference: 'Organization/o1' },
  period: { start: '2025-09-05T23:30:00-04:00', end: '2025-09-08T10:00:00-04:00' },
  ...more,
});

const disposition = (of: string, code: string) => ({
  hospitalization: {
    admitSource: { coding: [{ code: 'emd' }] },
    dischargeDisposition: { coding: [{ system: of, code }] },
  },
});

const encounters = ndjson(
  stay('e1', 'IMP', {
    ...disposition(system.nubc, '1'),
    account: [{ reference: 'Account/a1' }],
    participant: [
      { type: [{ coding: [{ code: 'PPRF' }] }], individual: { reference: 'Practitioner/d0' } },
      { type: [{ coding: [{ code: 'ATND' }] }], individual: { reference: 'Practitioner/d1' } },
    ],
    diagnosis: [
      { condition: { reference: 'Condition/c2' }, use: { coding: [{ code: 'DD' }] }, rank: 1 },
      { condition: { reference: 'Condition/c2' }, use: { coding: [{ code: 'AD' }] }, rank: 7 },
      { condition: { reference: 'Procedure/r1' }, rank: 1 },
    ],
  }),
  stay('e2', 'EMER', disposition(system.hl7, 'exp')),
  stay('e3', 'OBSENC', {
    ...disposition(system.hl7, 'oth'),
    period: { start: '2025-09-05T10:00:00Z' },
    status: 'in-progress',
  }),
  stay('e4', 'AMB', { status: 'cancelled' }),
  stay('e5', 'HH'),
  stay('e6', 'SS'),
);

test('Encounter: instants with their offsets, classes, dispositions; sex, age and race of the Patient', async () => {
  const landed = await landMapping('fhir-encounter', { 'encounter.ndjson': encounters, 'patient.ndjson': patients });
  expect(landed.report).toMatchObject({
    isInstant: true,
    files: [{ records: 6 }],
    reasons: [{ rule: 'value:patient_class', line: 6 }],
    contracts: [{ mapped: 4, accepted: 3, quarantined: 1 }],
  });
  const always = {
    patient_key: 'p1',
    facility_id: 'o1',
    admit_ts: '2025-09-06 03:30:00',
    discharge_ts: '2025-09-08 14:00:00',
    age_years: 90,
    sex: 'female',
    race: 'White, Asian',
    ethnicity: 'Not Hispanic or Latino',
    admit_source: 'emd',
  };
  const { discharge_ts: _gone, ...inHouse } = always;
  expect(await landed.rows('encounter')).toEqual([
    {
      ...always,
      encounter_id: 'e1',
      account_id: 'a1',
      patient_class: 'inpatient',
      discharge_disposition: '01',
      attending_provider_id: 'd1',
    },
    { ...always, encounter_id: 'e2', patient_class: 'ed', discharge_disposition: '20' },
    { ...inHouse, encounter_id: 'e3', patient_class: 'observation', admit_ts: '2025-09-05 10:00:00' },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

const coded = (type: string, id: string, more: object, ...codings: readonly (readonly [string, string])[]) => ({
  resourceType: type,
  id,
  encounter: { reference: 'Encounter/e1' },
  subject: { reference: 'Patient/p1' },
  code: { coding: codings.map(([of, code]) => ({ system: of, code })) },
  ...more,
});

test('Condition: ICD-10-CM alone, ranked by the Encounter, the others from 101 on', async () => {
  const diagnosis = { category: [{ coding: [{ code: 'encounter-diagnosis' }] }] };
  const landed = await landMapping('fhir-condition', {
    'condition.ndjson': ndjson(
      coded('Condition', 'c1', diagnosis, [system.snomed, '38341003'], [system.cm, 'I10']),
      coded('Condition', 'c2', diagnosis, [system.cm, 'A41.9']),
      coded('Condition', 'c3', diagnosis, [system.snomed, '91302008']),
      coded('Condition', 'c4', { category: [{ coding: [{ code: 'problem-list-item' }] }] }, [system.cm, 'E11.9']),
      coded('Condition', 'c5', { ...diagnosis, verificationStatus: { coding: [{ code: 'refuted' }] } }, [
        system.cm,
        'R50.9',
      ]),
      coded('Condition', 'c6', diagnosis, [system.cm, 'E87.1']),
      { resourceType: 'Condition', id: 'c7' },
      { resourceType: 'Patient', id: 'p1' },
    ),
    'diagnosis.ndjson': encounters,
  });
  expect(landed.report).toMatchObject({
    files: [{ records: 8 }],
    skipped: { 'resources of another type': 1 },
    contracts: [{ mapped: 3, accepted: 3 }],
  });
  const always = { encounter_id: 'e1', code_set: 'ICD10CM', stage: 'final' };
  // Unranked codes keep their place among all: A41.9 would be 101.
  expect(await landed.rows('encounter_code')).toEqual([
    { ...always, seq: 1, code: 'A41.9' },
    { ...always, seq: 102, code: 'E87.1' },
    { ...always, seq: 103, code: 'I10' },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

test('Procedure: ICD-10-PCS, CPT and HCPCS, at a time or over one', async () => {
  const done = { status: 'completed', performer: [{ actor: { reference: 'Practitioner/d7' } }] };
  const landed = await landMapping('fhir-procedure', {
    'procedure.ndjson': ndjson(
      coded('Procedure', 'r1', { ...done, performedDateTime: '2025-09-06T08:00:00-04:00' }, [system.pcs, '0DTJ4ZZ']),
      coded(
        'Procedure',
        'r2',
        { ...done, performedPeriod: { start: '2025-09-06T09:00:00Z' } },
        [system.cpt, '99285'],
        [system.hcpcs, 'A4550'],
      ),
      coded('Procedure', 'r3', { ...done, status: 'not-done' }, [system.pcs, '0DTJ4ZZ']),
      coded('Procedure', 'r4', done, [system.snomed, '430193006']),
    ),
    'diagnosis.ndjson': encounters,
  });
  const always = { encounter_id: 'e1', stage: 'final', provider_id: 'd7' };
  expect(await landed.rows('encounter_code')).toEqual([
    { ...always, code_set: 'CPT', seq: 101, code: '99285', proc_ts: '2025-09-06 09:00:00' },
    { ...always, code_set: 'HCPCS', seq: 101, code: 'A4550', proc_ts: '2025-09-06 09:00:00' },
    { ...always, code_set: 'ICD10PCS', seq: 1, code: '0DTJ4ZZ', proc_ts: '2025-09-06 12:00:00' },
  ]);
  expect(await landed.unfilled()).toEqual([]);
});

test('no name, number or birth date of a resource lands anywhere, a refused line neither', async () => {
  const north = new Landing({ format: 'fhir-ndjson', mapping: 'fhir-encounter' }, 'encounter.ndjson');
  Object.assign(north.source, { lookups: { patient: join(north.folder, 'patient.ndjson') } });
  north.write(
    'encounter.ndjson',
    `${encounters}{"resourceType":"Encounter","subject":{"display":"Nelly Marblethorn"}\n`,
  );
  north.write('patient.ndjson', patients);
  const report = await north.runOne();
  expect(report).toMatchObject({ status: 'landed', rejected: 1, contracts: [{ accepted: 3, quarantined: 1 }] });
  expect(report.reasons.map(({ rule, line }) => [rule, line])).toEqual([
    ['broken-json', 7],
    ['value:patient_class', 6],
  ]);
  const kept = readdirSync(north.workspace.dataFolder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(north.workspace.dataFolder, name))
    .filter((path) => statSync(path).isFile());
  const bytes = kept.map((file) => readFileSync(file).toString('latin1')).join('\n');
  const quarantine = await north.quarantine();
  expect(quarantine.map(({ line, raw_text: text }) => [line, text])).toEqual([
    [6, null],
    [7, null],
  ]);
  const rows = JSON.stringify([await north.raw('from raw.encounter'), quarantine]);
  for (const secret of ['Marblethorn', '078-05', '1930-05-17'])
    expect([secret, bytes.includes(secret), rows.includes(secret)]).toEqual([secret, false, false]);
});

test('Patients that stand twice hold the batch where they differ', async () => {
  const { report } = await landMapping('fhir-encounter', {
    'encounter.ndjson': encounters,
    'patient.ndjson': `${patients}${patients.replace('female', 'male')}`,
  });
  expect([report.status, report.message]).toEqual([
    'held',
    expect.stringContaining('patient.ndjson is held by rule lookup-key'),
  ]);
});

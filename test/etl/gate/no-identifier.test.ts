import { expect, test } from 'vitest';
import type { ContractColumn } from '../../../etl/contract/contract.ts';
import { noIdentifier } from '../../../etl/gate/no-identifier.ts';
import type { PrivacyMode } from '../../../etl/workspace/config.ts';
import { ask, column } from '../../support/gate.ts';

const refusedOf = async (one: ContractColumn, texts: readonly string[], privacy: PrivacyMode = 'limited_data_set') =>
  (await ask(one, noIdentifier(one, { privacy }), texts))
    .filter(([, answer]) => answer === 'refused')
    .map(([text]) => text);

const direct = [
  '123-45-6789',
  'SSN 123-45-6789.',
  'ann@example.org',
  'a@b.co',
  '555-123-4567',
  '(555) 123-4567',
  '(555)123-4567',
  'call 555.123.4567 now',
  '1-555-123-4567',
];

test('social security numbers, e-mail addresses and telephone numbers are refused in any text', async () => {
  expect(await refusedOf(column('service_line'), direct)).toEqual(direct);
  expect(await refusedOf(column('encounter_id', { identifier: 'surrogate' }), direct)).toEqual(direct);
});

test('long numbers are refused but in surrogate ids', async () => {
  const numbers = ['12345678', '123456789', 'MRN 1234', 'mrn:004711'];
  expect(await refusedOf(column('service_line'), numbers)).toEqual(['123456789', 'MRN 1234', 'mrn:004711']);
  expect(await refusedOf(column('encounter_id', { identifier: 'surrogate' }), numbers)).toEqual([]);
});

test('ids and codes as they really look pass', async () => {
  const ids = [
    'E00012345',
    'A',
    'NA',
    '57d6cc36-4f34-b14f-405d-83635d410871',
    'd41d8cd98f00b204e9800998ecf8427e',
    'ENC-2026-000123',
    'st-anne',
    '2026-01-01T10:00:00',
    '0012345678',
    'ResA',
  ];
  expect(await refusedOf(column('encounter_id', { identifier: 'surrogate' }), ids)).toEqual([]);
  const codes = [
    'E11.9',
    '0DTJ4ZZ',
    '99213',
    'Transfer from a hospital',
    'other government',
    '64403',
    'V5862',
    '80967001',
  ];
  expect(await refusedOf(column('code'), codes)).toEqual([]);
});

test('a column with a closed list, a form or a type is looked at where it breaks that', async () => {
  expect(await refusedOf(column('sex', { values: ['123-45-6789'] }), ['123-45-6789', 'ann@example.org'])).toEqual([
    'ann@example.org',
  ]);
  expect(await refusedOf(column('los_days', { type: 'integer' }), ['123456789', '123-45-6789', 'x'])).toEqual([
    '123-45-6789',
  ]);
});

test('safe_harbor keeps out dates, but a registry may give the year', async () => {
  const at = column('admit_ts', { type: 'timestamp', identifier: 'date' });
  expect(await refusedOf(at, ['2026-01-01 10:00'], 'safe_harbor')).toEqual(['2026-01-01 10:00']);
  expect(await refusedOf(at, ['2026-01-01 10:00'], 'limited_data_set')).toEqual([]);
  expect(
    await refusedOf(column('dateOfDiagnosis', { identifier: 'date' }), ['2026', '202601', '20260131'], 'safe_harbor'),
  ).toEqual(['202601', '20260131']);
});

test('safe_harbor keeps out dates in any text', async () => {
  const dates = ['2026-01-31', '2026-01-31T10:00', 'born 4/5/1953', '31.12.2025', 'on 2026/1/5.'];
  const codes = ['2026', '2026-Q1', '57d6cc36-2014-0114-1105-83635d410871', '0DTJ4ZZ', '1.2.3', 'E11.9', '20260131'];
  for (const one of [column('service_line'), column('encounter_id', { identifier: 'surrogate' })]) {
    expect(await refusedOf(one, [...dates, ...codes], 'safe_harbor')).toEqual(dates);
    expect(await refusedOf(one, dates, 'limited_data_set')).toEqual([]);
  }
});

test('safe_harbor keeps out ages over 90', async () => {
  const age = column('age_years', { type: 'integer', identifier: 'age' });
  expect(await refusedOf(age, ['89', '90', '91'], 'safe_harbor')).toEqual(['91']);
  expect(await refusedOf(age, ['91'], 'synthetic')).toEqual([]);
  const inRegistry = column('ageAtDiagnosis', { identifier: 'age' });
  expect(await refusedOf(inRegistry, ['089', '090', '091', '999', 'XXX'], 'safe_harbor')).toEqual(['091']);
});

test('safe_harbor keeps out small places: three digits of a ZIP, and 000 where fewer than 20,000 people live', async () => {
  const zip3 = column('zip3', { pattern: '[0-9]{3}', identifier: 'geography' });
  expect(await refusedOf(zip3, ['021', '02134', '036', '893', '000'], 'safe_harbor')).toEqual(['02134', '036', '893']);
  expect(await refusedOf(zip3, ['036'], 'limited_data_set')).toEqual([]);
  expect(await refusedOf(column('county', { identifier: 'geography' }), ['001'], 'safe_harbor')).toEqual(['001']);
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { himsight } from '../cli/himsight.ts';
import { orderLine } from '../code-table/files.ts';

const folder = mkdtempSync(join(tmpdir(), 'code-table-run-'));
const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
const configure = (tables: string): void =>
  write(
    'himsight.yaml',
    `sources:
  - { id: stay, path: encounter.csv, contract: encounter, privacy: synthetic }
  - { id: code, path: code.csv, contract: encounter_code, privacy: synthetic }
${tables}`,
  );
const json = (...words: readonly string[]): Record<string, unknown> =>
  JSON.parse(himsight(folder, ...words, '--format', 'json').out) as Record<string, unknown>;

beforeAll(() => {
  write(
    'encounter.csv',
    `encounter_id,patient_key,facility_id,patient_class,admit_ts,discharge_ts,age_years,sex
e1,p1,north,inpatient,2025-10-01 08:00:00,2025-10-05 08:00:00,50,female
`,
  );
  write('code.csv', 'encounter_id,code_set,seq,code,stage\ne1,ICD10CM,1,A00.0,final\ne1,ICD10CM,2,Z99.9,final\n');
  write('icd10cm_order_2026.txt', orderLine(1, 'A00', 0, 'Made-up') + orderLine(2, 'A000', 1, 'Made-up'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a table that is not configured is told as the reason, one that is answers, and a second run builds nothing', () => {
  configure('');
  expect(himsight(folder, 'run', '--quiet').code).toBe(0);
  const waiting = himsight(folder, 'metric', 'invalid_codes');
  expect(waiting.out + waiting.err).toContain('invalid_codes is not known: No ICD-10 code table is configured.');
  const catalogue = json('metrics').metrics as { id: string; notKnown?: string }[];
  expect(catalogue.find(({ id }) => id === 'invalid_codes')?.notKnown).toContain('`code_tables.icd10cm`');

  configure('code_tables: { icd10cm: icd10cm_order_2026.txt }\n');
  const first = json('run');
  expect(first.outcome).toBe('done');
  expect(first.message).toMatch(/[1-9]\d* kept/);
  const answered = json('metric', 'invalid_codes').rows as { value: number }[];
  expect(answered[0]?.value).toBe(1 / 2);
  expect(json('run').outcome).toBe('no-op');
  expect(himsight(folder, 'doctor').out).toContain('2 rows of 1 file, valid from 2025-10-01 to 2026-09-30');
}, 120_000);

test('a table that cannot be read stops the run with a sentence, and exit code 2', () => {
  configure('code_tables: { icd10pcs: icd10cm_order_2026.txt }\n');
  const { code, out, err } = himsight(folder, 'run');
  expect(code).toBe(2);
  expect(out + err).toMatch(
    /icd10cm_order_2026\.txt:2: no code of ICD-10-PCS; this looks like the order file of ICD-10-CM/,
  );
  expect(himsight(folder, 'doctor').code).toBe(2);
  configure('code_tables: { icd10: icd10cm_order_2026.txt }\n');
  expect(himsight(folder, 'run').code).toBe(2);
}, 60_000);

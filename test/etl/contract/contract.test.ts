import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isRequired, readContracts, sqlType } from '../../../etl/contract/contract.ts';

const folderWith = (text: string): string => {
  const folder = mkdtempSync(join(tmpdir(), 'contract-'));
  writeFileSync(join(folder, 'visit.yaml'), text);
  return folder;
};
const visit = (rest: string): string =>
  `id: visit\ndescribes: One row per visit\nkey: [visit_id]\ncolumns:\n  visit_id: { type: text, required: true }\n${rest}`;
const messageOf = (text: string): string => {
  try {
    readContracts(folderWith(text));
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

test('the ready-made contracts read, each with its key', () => {
  const contracts = readContracts();
  expect([...contracts.keys()]).toEqual(
    expect.arrayContaining(['encounter', 'encounter_code', 'audit_code', 'deficiency', 'tumor']),
  );
  expect(contracts.get('encounter')?.columns[0]).toMatchObject({
    name: 'encounter_id',
    type: 'text',
    required: true,
    identifier: 'surrogate',
  });
});

test('registry items follow the columns of tumor as text', () => {
  const tumor = readContracts().get('tumor');
  const item = (name: string) => tumor?.columns.find((column) => column.name === name);
  expect(item('primarySite')).toMatchObject({ type: 'text', identifier: null, describes: 'Primary Site' });
  expect(item('dateOfDiagnosis')).toMatchObject({ type: 'text', identifier: 'date' });
  expect(item('addrAtDxPostalCode')).toMatchObject({ identifier: 'geography' });
});

test('a mistake is named with file, line, key and the mend', () => {
  expect(messageOf(visit('  at: { typ: date }\n'))).toMatch(
    /etl\/contract\/visit\.yaml:6 `columns\.at\.typ`: unknown key; did you mean `type`\?/,
  );
  expect(messageOf(visit('  at: { type: datum }\n'))).toMatch(
    /visit\.yaml:6 `columns\.at\.type`: `datum` is not one of/,
  );
  expect(messageOf(visit('').replace('[visit_id]', '[visit]'))).toMatch(
    /visit\.yaml:3 `key`: `visit` is no column of this contract/,
  );
  expect(messageOf(visit('period: at\n'))).toMatch(/visit\.yaml:6 `period`: is no column of this contract/);
  expect(messageOf(visit('').replace('id: visit\n', 'id: stay\n'))).toMatch(
    /visit\.yaml:1 `id`: must be the file's own name, visit/,
  );
});

test('any change of meaning is another fingerprint', () => {
  const [one, other] = ['', '  at: { type: date }\n'].map(
    (rest) => readContracts(folderWith(visit(rest))).get('visit')?.fingerprint,
  );
  expect(one).toMatch(/^[0-9a-f]{64}$/);
  expect(other).not.toBe(one);
  expect(readContracts(folderWith(visit(''))).get('visit')?.fingerprint).toBe(one);
});

test('types have DuckDB names, and a privacy mode may lift what is required', () => {
  expect(
    ['text', 'integer', 'decimal', 'boolean', 'date', 'timestamp'].map((type) => sqlType({ type: type as 'text' })),
  ).toEqual(['VARCHAR', 'BIGINT', 'DECIMAL(18,4)', 'BOOLEAN', 'DATE', 'TIMESTAMP']);
  const at = readContracts()
    .get('encounter')
    ?.columns.find(({ name }) => name === 'admit_ts');
  expect(at && [isRequired(at, 'safe_harbor'), isRequired(at, 'limited_data_set')]).toEqual([false, true]);
});

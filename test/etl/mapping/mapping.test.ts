import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readMapping } from '../../../etl/mapping/mapping.ts';
import { contracts, mappingOf } from './try-mapping.ts';

const ready = readdirSync(new URL('../../../etl/mapping', import.meta.url))
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => name.replace('.yaml', ''));

test.each(ready)('%s fits the contracts', (id) => {
  expect(readMapping(id, contracts, id === 'canonical' ? 'encounter' : null).id).toBe(id);
});

test.each(ready.filter((id) => !/^(naaccr|fhir)-/.test(id)))('%s reads rows in whatever format they come', (id) => {
  expect(readMapping(id, contracts, id === 'canonical' ? 'encounter' : null).format).toBeNull();
});

test('every contract can be written by canonical, in full', () => {
  for (const [id, contract] of contracts) {
    const mapping = readMapping('canonical', contracts, id);
    expect(Object.keys(mapping.writes.get(id)?.columns ?? {})).toEqual(contract.columns.map(({ name }) => name));
    expect(mapping.partial.get(id)).toEqual([]);
  }
});

test('what is required and never written makes a mapping partial', () => {
  const { partial } = readMapping('hospital-billing', contracts);
  expect(partial.get('encounter')).toContain('patient_key');
  expect(partial.get('billing')).toEqual(['gross_charges']);
});

/** The message of what a text throws, its folder taken off. */
const complaint = (yaml: string): string => {
  try {
    mappingOf(yaml);
  } catch (error) {
    return error instanceof Error ? error.message.replaceAll(/\S*\/mine\.yaml/g, 'mine.yaml') : '';
  }
  return 'nothing';
};

const head = 'id: mine\ndescribes: A test\nreads: { columns: [a, b] }\n';

test.each([
  [
    'an unknown key',
    `${head}writes: { encounter: { rows: each, colums: {} } }`,
    'mine.yaml:4 `writes.encounter.colums`: unknown key; did you mean `columns`?',
  ],
  [
    'an unknown key of a rule',
    `${head}writes:\n  encounter:\n    rows: each\n    columns:\n      sex: { form: a }`,
    'mine.yaml:8 `writes.encounter.columns.sex.form`: unknown key; did you mean `from`?',
  ],
  [
    'an unknown contract',
    `${head}writes:\n  encouter: { rows: each }`,
    'mine.yaml:5 `writes.encouter`: `encouter` is no contract; did you mean `encounter`?',
  ],
  [
    'an unknown column',
    `${head}writes:\n  encounter:\n    rows: each\n    columns:\n      sexx: { from: a }`,
    'mine.yaml:8 `writes.encounter.columns.sexx`: `sexx` is no column of contract encounter; did you mean `sex`?',
  ],
  [
    'a source column that is not read',
    `${head}writes:\n  encounter:\n    rows: each\n    columns:\n      sex: { from: c }`,
    'mine.yaml:8 `writes.encounter.columns.sex.from`: `c` is no column of `reads`; did you mean `a`?',
  ],
  [
    'a missing part',
    'id: mine\nreads: { columns: [a] }\nwrites: { encounter: { rows: each } }',
    '`describes` is missing',
  ],
  [
    'rows of no kind',
    `${head}writes: { encounter: { rows: all } }`,
    '`all` is not one of `each`, `unpivot`, `event`, `case`',
  ],
  ['events without cases', `${head}writes: { encounter: { rows: case } }`, 'rows: case needs `cases`'],
  ['unpivot without families', `${head}writes: { encounter: { rows: unpivot } }`, 'needs `families`'],
  [
    'two sources of one column',
    `${head}writes: { encounter: { rows: each, columns: { sex: { from: a, constant: x } } } }`,
    'takes one of `from`, `constant`, `age`, `place`, `number` and `name`',
  ],
  [
    'carry outside a case',
    `${head}writes: { encounter: { rows: each, columns: { sex: { from: a, carry: true } } } }`,
    '`carry` needs rows: event or rows: case',
  ],
  [
    'families that count apart',
    `id: mine\ndescribes: A test\nreads: { columns: ['d{1..3}', 'p{1..2}'] }\nwrites: { encounter_code: { rows: unpivot, families: [{ code: { from: 'd{1..3}' }, poa: { from: 'p{1..2}' } }] } }`,
    'do not count the same numbers',
  ],
  [
    'text where a number belongs',
    `${head}writes: { encounter: { rows: each, columns: { age_years: { from: a, at_most: ninety } } } }`,
    'at_most`: must be a number',
  ],
  [
    'an age of nowhere',
    `${head}writes: { encounter: { rows: each, columns: { age_years: { age: { from: born, at: a } } } } }`,
    'age.from`: `born` is no column of `reads`',
  ],
  [
    'an age with more to it',
    `${head}writes: { encounter: { rows: each, columns: { age_years: { age: { from: b, at: a }, trim: x } } } }`,
    '`age` and `place` take `values` and `when` alone beside them',
  ],
  [
    'a place among unpivoted rows',
    `${head}writes: { encounter_code: { rows: unpivot, families: [{ code: { from: a }, seq: { place: { in: [a], order: [b] } } }] } }`,
    '`place` needs rows: each',
  ],
  [
    'a place by nothing known',
    `${head}writes: { encounter_code: { rows: each, columns: { seq: { place: { in: [a], order: [c] } } } } }`,
    'place.order`: `c` is no column of `reads`',
  ],
  [
    'a lookup by nothing known',
    `${head}lookups: { patient: { key: Id, by: c, columns: [SEX] } }\nwrites: { encounter: { rows: each } }`,
    'mine.yaml:4 `lookups.patient.by`: `c` is no column of `reads`; did you mean `a`?',
  ],
  [
    'a value that is not looked up',
    `${head}lookups: { patient: { key: Id, by: a, columns: [SEX] } }\nwrites: { encounter: { rows: each, columns: { sex: { from: patient.NAME } } } }`,
    '`patient.NAME` is no column of `reads`; did you mean `patient.SEX`?',
  ],
  [
    'a date that nothing can be written by',
    `${head}dates: ['%q']\nwrites: { encounter: { rows: each } }`,
    "`%q` is not of the right form (a strptime format such as '%d-%b-%Y')",
  ],
  [
    'a view of another format',
    'id: mine\ndescribes: A test\nreads: { view: encounter, columns: view }\nwrites: { encounter: { rows: each } }',
    '`format: fhir-ndjson`, `view` and `columns: view` belong together',
  ],
  [
    'a column that the view does not have',
    'id: mine\ndescribes: A test\nreads: { format: fhir-ndjson, view: encounter, columns: view }\nwrites: { encounter: { rows: each, columns: { sex: { from: statuss } } } }',
    '`statuss` is no column of `reads`; did you mean `status`?',
  ],
  [
    'a lookup of a column that its view does not have',
    'id: mine\ndescribes: A test\nreads: { format: fhir-ndjson, view: encounter, columns: view }\nlookups: { p: { view: patient, key: id, by: patient_id, columns: [name] } }\nwrites: { encounter: { rows: each } }',
    '`name` is no column of view patient',
  ],
  [
    'a view that is not there',
    'id: mine\ndescribes: A test\nreads: { format: fhir-ndjson, view: visit, columns: view }\nwrites: { encounter: { rows: each } }',
    'There is no view `visit`',
  ],
  ['torn YAML', `${head}writes: { encounter: `, 'is not readable as YAML'],
])('%s is named with its place and the mend', (_what, yaml, says) => {
  expect(complaint(yaml)).toContain(says);
});

test('a mapping that is not there names those that are', () => {
  expect(() => readMapping('epic', contracts)).toThrow('There is no mapping `epic`');
});

test('canonical asks for a contract, others refuse one they do not write', () => {
  expect(() => readMapping('canonical', contracts)).toThrow('the source names none');
  expect(() => readMapping('canonical', contracts, 'encouter')).toThrow(
    '`contract` of the source: `encouter` is no contract; did you mean `encounter`?',
  );
  expect(() => readMapping('hospital-billing', contracts, 'tumor')).toThrow('does not write `tumor`');
});

test('the example of the README is a mapping', () => {
  const readme = readFileSync(new URL('../../../etl/mapping/README.md', import.meta.url), 'utf8');
  const [, example = ''] = /```yaml\n([^]*?)```/.exec(readme) ?? [];
  expect(mappingOf(example).writes.get('encounter_code')?.families.length).toBe(1);
});

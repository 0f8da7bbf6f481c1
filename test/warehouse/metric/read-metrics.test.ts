import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UserError } from '../../../warehouse/error.ts';
import { readMetricFolders } from '../../../warehouse/metric/read-metrics.ts';

const dimensionFile = `dimensions:
  - id: facility
    label: Facility
    label_from: { table: core.facility, value: facility_id, label: name }
  - { id: patient_class, label: Patient class, labels: { inpatient: Inpatient } }
`;

const subject = `subject: Coding accuracy
order: 10
page: coding
metrics:
  - id: code_accuracy
    code: CA1
    label: Code accuracy
    help: Correct ÷ auditor's codes
    definition: |
      Codes the auditor kept, over all the auditor wrote.
    method: Ratio of sums
    source: measures.md CA1
    unit: share
    better: higher
    scorecard: true
    variant_of: code_accuracy
    target: { value: 0.95, label: customary 95 % }
    measure:
      kind: ratio
      from: mart.coding
      date: audit_date
      numerator: correct
      denominator: codes
      interval: cluster
      cluster: audit_id
    dimensions: { facility: facility_id }
    grains: [month, quarter]
    gated_by: [audit_code.date_order]
`;

const folderOf = (files: Readonly<Record<string, string>>): string => {
  const folder = mkdtempSync(join(tmpdir(), 'metric-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

const read = (text: string, dimensions = dimensionFile) =>
  readMetricFolders([folderOf({ 'coding.yaml': text, 'dimension.yaml': dimensions })]);

const problemOf = (text: string, dimensions?: string): UserError => {
  try {
    read(text, dimensions);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  throw new Error('nothing was wrong');
};

test('a metric as written, with what was left out filled in', () => {
  const { metrics, dimensions } = read(subject);
  expect(metrics).toHaveLength(1);
  expect(metrics[0]).toMatchObject({
    id: 'code_accuracy',
    definition: 'Codes the auditor kept, over all the auditor wrote.',
    excludes: null,
    variantOf: 'code_accuracy',
    target: { value: 0.95, label: 'customary 95 %', citation: null, direction: 'at_least' },
    gatedBy: ['audit_code.date_order'],
    grains: ['month', 'quarter'],
    subject: 'Coding accuracy',
    page: 'coding',
    order: 10,
  });
  expect(metrics[0]?.where).toMatch(/coding\.yaml:5$/);
  expect(dimensions).toEqual([
    {
      id: 'facility',
      label: 'Facility',
      labelFrom: { table: 'core.facility', value: 'facility_id', label: 'name' },
      labels: {},
    },
    { id: 'patient_class', label: 'Patient class', labelFrom: null, labels: { inpatient: 'Inpatient' } },
  ]);
});

test('subjects come in their order, files of several folders together; a folder not there holds none', () => {
  const first = folderOf({ 'dimension.yaml': dimensionFile, 'z.yaml': subject });
  const second = folderOf({
    'a.yaml': subject
      .replace('order: 10', 'order: 5')
      .replaceAll('code_accuracy', 'other')
      .replace('Coding accuracy', 'Other'),
  });
  const { metrics } = readMetricFolders([first, join(first, 'nowhere'), second]);
  expect(metrics.map(({ id }) => id)).toEqual(['other', 'code_accuracy']);
});

describe('names file, line, key and the mend', () => {
  test.each([
    ['an unknown key', 'label:', 'lable:', /coding\.yaml:7 `metrics\[0\]\.lable`: unknown key/, /Did you mean `label`/],
    [
      'an unknown key of the measure',
      'numerator:',
      'numerater:',
      /coding\.yaml:22 `metrics\[0\]\.measure\.numerater`/,
      /`numerator`/,
    ],
    ['a missing key', '    unit: share\n', '', /coding\.yaml:5 `metrics\[0\]`: `unit` is missing/, /Add `unit:`/],
    [
      'a value not allowed',
      'unit: share',
      'unit: shar',
      /coding\.yaml:13 `metrics\[0\]\.unit`/,
      /`share`.*Allowed: share, days/,
    ],
    [
      'an unknown kind',
      'kind: ratio',
      'kind: ration',
      /coding\.yaml:19 `metrics\[0\]\.measure\.kind`/,
      /`ratio`.*Allowed: ratio, count/,
    ],
    [
      'a relation without a schema',
      'from: mart.coding',
      'from: coding',
      /coding\.yaml:20 `metrics\[0\]\.measure\.from`: must match pattern/,
      /With its schema/,
    ],
    [
      'a wrong type',
      'scorecard: true',
      'scorecard: yes please',
      /coding\.yaml:15 `metrics\[0\]\.scorecard`: must be boolean/,
      /./,
    ],
    [
      'a grain there is not',
      '[month, quarter]',
      '[month, fortnight]',
      /coding\.yaml:27 `metrics\[0\]\.grains\[1\]`/,
      /Allowed: day, week/,
    ],
    [
      'a cluster without its column',
      '      cluster: audit_id\n',
      '',
      /`code_accuracy`: `interval: cluster` needs the column/,
      /or neither/,
    ],
    [
      'a cluster nobody asked for',
      'interval: cluster',
      'interval: wilson',
      /`cluster` is there but the interval is `wilson`/,
      /or neither/,
    ],
    [
      'a stratified interval without its stratum',
      'interval: cluster',
      'interval: stratified',
      /`interval: stratified` needs the column of its `stratum`/,
      /`stratum: <column>`/,
    ],
    [
      'a population nobody asked for',
      '      cluster: audit_id\n',
      '      cluster: audit_id\n      population: frame_records\n',
      /`population` is there but the interval is `cluster`/,
      /`interval: stratified`/,
    ],
    [
      'a target of a metric without a better side',
      'better: higher',
      'better: neither',
      /coding\.yaml:17 `code_accuracy`: it has no better side/,
      /`direction: at_least`/,
    ],
    [
      'a target on the worse side',
      'target: { value: 0.95,',
      'target: { direction: at_most, value: 0.95,',
      /the target is `at_most`, but higher is better/,
      /mend `better`/,
    ],
    [
      'an unknown dimension',
      '{ facility:',
      '{ facilty:',
      /coding\.yaml:5 `dimensions`: `facilty` is not described/,
      /`facility`/,
    ],
    [
      'an unknown variant',
      'variant_of: code_accuracy',
      'variant_of: code_acuracy',
      /`variant_of`: there is no metric `code_acuracy`/,
      /`code_accuracy`/,
    ],
  ])('%s', (_, right, wrong, says, mend) => {
    const problem = problemOf(subject.replace(right, wrong));
    expect(problem.message).toMatch(says);
    expect(problem.mend).toMatch(mend);
    expect(problem.exitCode).toBe(2);
  });

  test('YAML that cannot be read', () => {
    expect(problemOf(subject.replace('unit: share', 'unit: [share')).message).toMatch(
      /coding\.yaml:\d+: not readable as YAML/,
    );
  });

  test('a key given twice', () => {
    expect(problemOf(subject.replace('order: 10', 'order: 10\norder: 20')).message).toMatch(
      /coding\.yaml:3: not readable as YAML: .*unique/i,
    );
  });

  test('an id given twice', () => {
    const twice = subject + subject.slice(subject.indexOf('  - id:'));
    expect(problemOf(twice).message).toMatch(
      /coding\.yaml:29 `code_accuracy`: there is a metric of this id already, at .*coding\.yaml:5/,
    );
  });

  test('a share outside 0–1', () => {
    const quantile = 'measure: { kind: quantile, from: mart.coding, date: day, value: days, p: 1 }\n';
    const text = subject.replace(/measure:[\s\S]*?(?= {4}dimensions)/, quantile);
    expect(problemOf(text).message).toMatch(/coding\.yaml:18 `metrics\[0\]\.measure\.p`: must be < 1/);
    expect(read(text.replace('p: 1 ', 'p: 0.999 ')).metrics[0]?.measure).toMatchObject({ kind: 'quantile', p: 0.999 });
  });

  test('a dimension file with an unknown key', () => {
    expect(problemOf(subject, dimensionFile.replace('label_from', 'labels_from')).message).toMatch(
      /dimension\.yaml:4 `dimensions\[0\]\.labels_from`/,
    );
  });
});

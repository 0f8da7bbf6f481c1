import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { policyGaps } from '../../../etl/workspace/check-policies.ts';
import { targetGaps } from '../../../etl/workspace/check-targets.ts';
import { readWorkspace } from '../../../etl/workspace/workspace.ts';

const scratch = mkdtempSync(join(tmpdir(), 'himsight-targets-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const metricFile = `subject: Test
page: test
metrics:
  - { id: house_share, code: X1, label: Share, help: h, definition: d, method: m, source: s, unit: share, better: higher, measure: &m { kind: count, from: mart.a, date: d, count: '*' } }
  - { id: house_days, code: X2, label: Days, help: h, definition: d, method: m, source: s, unit: days, better: lower, measure: *m }
  - { id: house_volume, code: X3, label: Volume, help: h, definition: d, method: m, source: s, unit: count, better: neither, measure: *m }
  - { id: house_twin_a, code: X4, label: A, help: h, definition: d, method: m, source: s, unit: count, better: lower, measure: *m }
  - { id: house_twin_b, code: X4, label: B, help: h, definition: d, method: m, source: s, unit: count, better: lower, measure: *m }
`;

let made = 0;

/** A workspace with metrics of its own beside the shipped ones. */
const workspaceWith = (lines: readonly string[], key = 'targets') => {
  const folder = join(scratch, String(made++));
  mkdirSync(join(folder, 'sql/metric'), { recursive: true });
  writeFileSync(join(folder, 'sql/metric/house.yaml'), metricFile);
  writeFileSync(
    join(folder, 'himsight.yaml'),
    `sources: []\nsql: [sql]\n${key}:\n${lines.map((line) => `  - ${line}\n`).join('')}`,
  );
  return readWorkspace(folder);
};

const refusal = (lines: readonly string[], key?: string): string => {
  try {
    workspaceWith(lines, key);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
};

describe('targets are taken', () => {
  test('by id or by code, with or without the direction that the metric has anyway', () => {
    const { targets } = workspaceWith([
      '{ metric_id: X1, value: 0, valid_to: 2026-01-01 }',
      '{ metric_id: house_share, value: 1, direction: at_least, valid_from: 2026-01-01 }',
      '{ metric_id: house_share, scope: north, value: 0.9, window: 2 quarters }',
      '{ metric_id: house_volume, value: 700, direction: at_most }',
      '{ metric_id: code_accuracy_auditor, value: 0.95 }',
    ]);
    expect(targets.map((target) => target.metric_id)).toEqual([
      'house_share',
      'house_share',
      'house_share',
      'house_volume',
      'code_accuracy_auditor',
    ]);
  });

  test('metric files are not read where there is none', () => {
    expect(workspaceWith(['{ doc_type: DS }'], 'completion_policies').targets).toEqual([]);
  });
});

describe('targets are refused, by line and key, with the mend', () => {
  test.each([
    [
      'a metric there is not',
      ['{ metric_id: house_share, value: 1 }', '{ metric_id: house_shar, value: 1 }'],
      'himsight.yaml:5 `targets[1].metric_id`: `house_shar`: there is no metric of this id or code. Did you mean `house_share`',
    ],
    [
      'a code of several metrics',
      ['{ metric_id: X4, value: 1 }'],
      '`targets[0].metric_id`: `X4` is the code of several metrics: `house_twin_a`, `house_twin_b`. Name one of them.',
    ],
    [
      'no direction where neither side is better',
      ['{ metric_id: house_volume, value: 1 }'],
      'himsight.yaml:4 `targets[0].metric_id`: `house_volume` has no better side, so a target needs one; add `direction: at_least`',
    ],
    [
      'a direction against the better side, of higher',
      ['{ metric_id: house_share, value: 0.9, direction: at_most }'],
      '`targets[0].direction`: of `house_share` higher is better, so its target is `at_least`',
    ],
    [
      'a direction against the better side, of lower',
      ['{ metric_id: house_days, value: 9, direction: at_least }'],
      '`targets[0].direction`: of `house_days` lower is better, so its target is `at_most`',
    ],
    [
      'a share above 1',
      ['{ metric_id: house_share, value: 95 }'],
      '`targets[0].value`: `95` is no share; `house_share` is a share, written 0 to 1 (95 % is 0.95)',
    ],
    ['a share below 0', ['{ metric_id: house_share, value: -0.001 }'], '`targets[0].value`: `-0.001` is no share'],
    [
      'a day there is not',
      ['{ metric_id: house_days, value: 9, valid_from: 2026-02-30 }'],
      '`targets[0].valid_from`: `2026-02-30` is no day of the calendar',
    ],
    [
      'an end that is the beginning',
      ['{ metric_id: house_days, value: 9, valid_from: 2026-02-01, valid_to: 2026-02-01 }'],
      '`targets[0].valid_to`: `2026-02-01` is not after `valid_from`',
    ],
    [
      'two on one day, one by code',
      [
        '{ metric_id: house_days, value: 9, valid_to: 2026-02-02 }',
        '{ metric_id: X2, value: 8, valid_from: 2026-02-01 }',
      ],
      'himsight.yaml:5 `targets[1]`: holds on days on which `targets[0]` holds too, for the same metric and facility',
    ],
    ['a window that is none', ['{ metric_id: house_days, value: 9, window: a year }'], '`targets[0].window`'],
    ['no facility as a facility', ["{ metric_id: house_days, value: 9, scope: '' }"], '`targets[0].scope`'],
  ])('%s', (_, lines, message) => {
    expect(refusal(lines)).toContain(message);
  });

  test('every one at once', () => {
    expect(
      refusal([
        '{ metric_id: house_shar, value: 1 }',
        '{ metric_id: house_share, value: 2, direction: at_most }',
      ]).split('\n'),
    ).toHaveLength(3);
  });

  test('one after the other, and one beside another facility’s, is no overlap', () => {
    workspaceWith([
      '{ metric_id: house_days, value: 9, valid_to: 2026-02-01 }',
      '{ metric_id: house_days, value: 8, valid_from: 2026-02-01 }',
      '{ metric_id: house_days, scope: north, value: 8 }',
      '{ metric_id: house_days, scope: south, value: 8 }',
    ]);
  });
});

describe('completion policies', () => {
  test.each([
    [
      'equally specific on one day',
      ['{ doc_type: DS, valid_to: 2026-02-02 }', '{ doc_type: DS, valid_from: 2026-02-01 }'],
      'himsight.yaml:5 `completion_policies[1]`: holds on days on which `completion_policies[0]` holds too',
    ],
    ['twice for every record', ['{ delinquent_days: 30 }', '{ delinquent_days: 21 }'], '`completion_policies[1]`'],
    [
      'an end before the beginning',
      ['{ valid_from: 2026-02-01, valid_to: 2026-01-31 }'],
      '`completion_policies[0].valid_to`: `2026-01-31` is not after `valid_from`',
    ],
  ])('%s is refused', (_, lines, message) => {
    expect(refusal(lines, 'completion_policies')).toContain(message);
  });

  test('more specific, of another clock, or one day after the other is none', () => {
    workspaceWith(
      [
        '{ delinquent_days: 30 }',
        '{ doc_type: DS }',
        '{ doc_type: DS, facility_id: north, valid_to: 2026-02-01 }',
        '{ doc_type: DS, facility_id: north, valid_from: 2026-02-01 }',
        '{ doc_type: DS, clock_start: surgery_end }',
      ],
      'completion_policies',
    );
  });
});

describe('a gap is a finding, not an error', () => {
  test('between targets of one metric and facility', () => {
    const { targets } = workspaceWith([
      '{ metric_id: house_days, value: 8, valid_from: 2026-02-02, valid_to: 2026-03-01 }',
      '{ metric_id: house_days, value: 9, valid_to: 2026-02-01 }',
      '{ metric_id: house_days, value: 9, valid_from: 2026-03-01, valid_to: 2026-04-01 }',
      '{ metric_id: house_days, scope: north, value: 8, valid_from: 2026-05-01 }',
    ]);
    expect(targetGaps(targets)).toEqual([{ about: 'house_days', from: '2026-02-01', to: '2026-02-02' }]);
  });

  test('between policies, however one lies within another', () => {
    expect(
      policyGaps([
        { doc_type: 'DS', valid_from: '2025-01-01', valid_to: '2026-01-01' },
        { doc_type: 'DS', valid_from: '2026-01-02', valid_to: '2026-02-01' },
        { doc_type: 'HP', valid_to: '2025-01-01' },
        { valid_to: '2020-01-01' },
        { valid_from: '2021-01-01' },
      ]),
    ).toEqual([
      { about: 'DS', from: '2026-01-01', to: '2026-01-02' },
      { about: 'every record', from: '2020-01-01', to: '2021-01-01' },
    ]);
  });
});

import { expect, test } from 'vitest';
import type { Row } from '../../../dashboard/data/answer.ts';
import { journeyOf } from '../../../dashboard/data/journey.ts';

const row = (metric: string, from: string, to: string, value: number): Row => ({
  ...{ metric, period: null, group: { from_stage: from, drg_step: to }, value, numerator: null, denominator: null },
  ...{ lower: null, upper: null, n: null, suppressed: false, compareValue: null, change: null },
});

test('steps stand in the order of the stages, with what each gained and lost; one nobody took is left out', () => {
  const rows = [
    row('drg_step_gain', 'final', 'audited', 1),
    row('drg_step_loss', 'final', 'audited', 4),
    row('drg_step_records', 'final', 'audited', 30),
    row('drg_step_gain', 'baseline', 'working', 7),
    row('drg_step_records', 'baseline', 'working', 12),
    row('drg_step_records', 'final', 'billed', 0),
  ];
  expect(journeyOf(rows, (from, to) => `${from} to ${to}`)).toEqual([
    { label: 'baseline to working', gain: 7, loss: 0, records: 12 },
    { label: 'final to audited', gain: 1, loss: 4, records: 30 },
  ]);
  expect(journeyOf([], () => '')).toEqual([]);
});

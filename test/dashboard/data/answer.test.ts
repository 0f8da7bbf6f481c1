import { expect, test } from 'vitest';
import { completeFor, readAnswer, readSurvival } from '../../../dashboard/data/answer.ts';
import { tableToArrow, toArrow } from '../../../warehouse/query/arrow.ts';
import type { Column } from '../../../warehouse/query/column-table.ts';
import { anAnswer } from '../support.ts';

const numbers = (name: string, values: readonly (number | null)[]): Column => {
  const bits = values.reduce<number>((all, value, index) => all | (value === null ? 0 : 1 << index), 0);
  return {
    kind: 'number',
    name,
    values: Float64Array.from(values, (value) => value ?? 0),
    validity: Uint8Array.of(bits),
  };
};
const texts = (name: string, codes: readonly number[], dictionary: readonly string[], validity: number): Column => ({
  kind: 'text',
  name,
  codes: Uint8Array.from(codes),
  dictionary,
  validity: Uint8Array.of(validity),
});

const asked = { ...anAnswer([]).asked, by: ['facility'] };

test('what the warehouse writes is what the page reads: dates as dates, unknown as null, zero as zero', () => {
  const columns: readonly Column[] = [
    texts('metric', [0, 0], ['accuracy'], 0b11),
    { kind: 'date', name: 'period', values: Float64Array.of(Date.UTC(2026, 7, 1), 0), validity: Uint8Array.of(0b01) },
    texts('facility', [0, 0], ['riverside'], 0b01),
    numbers('value', [0, null]),
    numbers('n', [12, 0]),
    { kind: 'boolean', name: 'suppressed', values: Uint8Array.of(0, 1), validity: null },
  ];
  const bytes = toArrow({
    release: 'r1',
    asOf: '2026-09-01T00:00:00Z',
    completeThrough: null,
    metrics: [
      {
        id: 'accuracy',
        code: 'CA1',
        label: 'Accuracy',
        method: '',
        unit: 'share',
        version: '0a1b2c3d',
        completeThrough: null,
      },
    ],
    table: { rows: 2, columns },
  });
  const answer = readAnswer(bytes, asked);
  expect(answer).toMatchObject({ release: 'r1', asOf: '2026-09-01T00:00:00Z', completeThrough: null });
  expect(answer.rows).toMatchObject([
    {
      metric: 'accuracy',
      period: '2026-08-01',
      group: { facility: 'riverside' },
      value: 0,
      n: 12,
      suppressed: false,
      change: null,
    },
    { metric: 'accuracy', period: null, group: { facility: null }, value: null, n: 0, suppressed: true },
  ]);
});

test('each metric is as complete as its own sources, else as the answer', () => {
  const answer = { ...anAnswer([]), completeThrough: '2026-06-30', throughOf: new Map([['accuracy', '2026-08-31']]) };
  expect(completeFor(answer, { id: 'accuracy' }, '')).toBe('2026-08-31');
  expect(completeFor(answer, { id: 'other' }, '')).toBe('2026-06-30');
  expect(completeFor(null, { id: 'other' }, '2026-09-01')).toBe('2026-09-01');
});

test('a curve comes with its bounds and those at risk', () => {
  const columns = [
    numbers('time', [1.5]),
    numbers('survival', [0.8]),
    numbers('lower', [0.7]),
    numbers('upper', [null]),
    numbers('at_risk', [40]),
  ];
  expect(readSurvival(tableToArrow({ rows: 1, columns }, { release: 'r1' }))).toEqual({
    release: 'r1',
    points: [{ time: 1.5, survival: 0.8, lower: 0.7, upper: null, atRisk: 40 }],
  });
});

import { expect, test } from 'vitest';
import { ofType } from '../../../etl/gate/type.ts';
import { ask, column } from '../../support/gate.ts';

const asked = (
  type: 'integer' | 'decimal' | 'boolean' | 'date' | 'timestamp',
  texts: readonly (string | null)[],
  isInstant = false,
) => {
  const one = column('value', { type });
  return ask(one, ofType(one, { isInstant }), texts, isInstant);
};

test('a whole number may not have a fraction, which a cast would round away', async () => {
  expect(
    await asked('integer', ['7', '007', '-3', '5.0', '5.5', '1,000', 'seven', '', null, '99999999999999999999']),
  ).toEqual([
    ['7', 7],
    ['007', 7],
    ['-3', -3],
    ['5.0', 5],
    ['5.5', 'refused'],
    ['1,000', 'refused'],
    ['seven', 'refused'],
    ['', 'refused'],
    [null, null],
    ['99999999999999999999', 'refused'],
  ]);
});

test('numbers and truth values are read as DuckDB reads them', async () => {
  expect(await asked('decimal', ['1.5', '-0.0001', '$3', 'NaN'])).toEqual([
    ['1.5', 1.5],
    ['-0.0001', -0.0001],
    ['$3', 'refused'],
    ['NaN', 'refused'],
  ]);
  expect(await asked('boolean', ['TRUE', 'no', '1', 'maybe'])).toEqual([
    ['TRUE', true],
    ['no', false],
    ['1', true],
    ['maybe', 'refused'],
  ]);
});

test('a date is one of the calendar and of our time, without a time of day', async () => {
  expect(
    await asked('date', [
      '2024-02-29',
      '2026-02-29',
      '26-02-01',
      '01/02/2026',
      '2026-02-01 10:00',
      '1800-01-01',
      '1799-12-31',
      '2100-12-30',
      '2101-01-01',
      'infinity',
    ]),
  ).toEqual([
    ['2024-02-29', '2024-02-29'],
    ['2026-02-29', 'refused'],
    ['26-02-01', 'refused'],
    ['01/02/2026', 'refused'],
    ['2026-02-01 10:00', 'refused'],
    ['1800-01-01', '1800-01-01'],
    ['1799-12-31', 'refused'],
    ['2100-12-30', '2100-12-30'],
    ['2101-01-01', 'refused'],
    ['infinity', 'refused'],
  ]);
});

test('a time on the wall has no offset', async () => {
  const texts = [
    '2026-01-01 10:00:00',
    '2026-01-01T10:00',
    '2026-01-01 10:00:00.25',
    '2026-01-01',
    '2026-01-01 25:00',
    '2026-01-01T10:00:00Z',
    '2026-01-01T10:00Z',
    '2026-01-01 10:00+05',
    '2026-01-01T10:00:00-05:00',
    '2026-01-01 10:00:00 UTC',
  ];
  expect(await asked('timestamp', texts)).toEqual([
    ['2026-01-01 10:00:00', '2026-01-01 10:00:00'],
    ['2026-01-01T10:00', '2026-01-01 10:00:00'],
    ['2026-01-01 10:00:00.25', '2026-01-01 10:00:00.25'],
    ['2026-01-01', '2026-01-01 00:00:00'],
    ['2026-01-01 25:00', 'refused'],
    ['2026-01-01T10:00:00Z', 'refused'],
    ['2026-01-01T10:00Z', 'refused'],
    ['2026-01-01 10:00+05', 'refused'],
    ['2026-01-01T10:00:00-05:00', 'refused'],
    ['2026-01-01 10:00:00 UTC', 'refused'],
  ]);
});

test('an instant is brought to UTC, and is UTC where it has no offset', async () => {
  expect(
    await asked(
      'timestamp',
      ['2026-01-01T10:00:00Z', '2026-01-01T10:00:00-05:00', '2026-01-01 10:00:00', '2026-02-30T10:00:00Z'],
      true,
    ),
  ).toEqual([
    ['2026-01-01T10:00:00Z', '2026-01-01 10:00:00'],
    ['2026-01-01T10:00:00-05:00', '2026-01-01 15:00:00'],
    ['2026-01-01 10:00:00', '2026-01-01 10:00:00'],
    ['2026-02-30T10:00:00Z', 'refused'],
  ]);
});

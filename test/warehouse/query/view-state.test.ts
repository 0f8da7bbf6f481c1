import { expect, test } from 'vitest';
import { readViewState } from '../../../warehouse/query/view-state.ts';

test('what is left out is empty', () => {
  expect(readViewState({ metrics: ['CA1', 'CA1'] })).toEqual({
    metrics: ['CA1'],
    by: [],
    grain: null,
    from: null,
    to: null,
    where: {},
    compare: null,
    asOf: null,
  });
});

test.each([
  [null, /must be an object/],
  [{}, /at least one metric/],
  [{ metrics: 'CA1' }, /`metrics` must be a list of texts/],
  [{ metrics: ['CA1'], grian: 'month' }, /`grian`: unknown key/],
  [{ metrics: ['CA1'], grain: 'fortnight' }, /`grain` must be one of day, week, month, quarter, year/],
  [{ metrics: ['CA1'], compare: 'last' }, /`compare` must be one of previous, year/],
  [{ metrics: ['CA1'], from: '2026-02-30' }, /`from` must be a date/],
  [{ metrics: ['CA1'], asOf: '1.2.2026' }, /`asOf` must be a date/],
  [{ metrics: ['CA1'], from: '2026-02-01', to: '2026-02-01' }, /`to` must be later/],
  [{ metrics: ['CA1'], where: ['riverside'] }, /`where` must be an object/],
  [{ metrics: ['CA1'], where: { facility: 'riverside' } }, /`where\.facility` must be a list/],
])('%o is refused', (value, says) => {
  expect(() => readViewState(value)).toThrow(says);
});

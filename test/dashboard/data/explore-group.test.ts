import { expect, test } from 'vitest';
import { groupsIn, joined, parted, restLabel } from '../../../dashboard/data/explore-group.ts';
import { aCatalogue, aMetric, aRow } from '../support.ts';

const count = aMetric({ kind: 'count', unit: 'count' });
const ratio = aMetric();

test('the groups with most behind them come first, and one that is not recorded has a name', () => {
  const rows = [
    aRow({ group: { coder: 'c1' }, value: 0.9, n: 10 }),
    aRow({ group: { coder: null }, value: 0.5, n: 20 }),
    aRow({ group: { coder: 'c2' }, value: 0.1, n: 30 }),
  ];
  expect(groupsIn(aCatalogue([ratio]), ratio, rows, 'coder').map(({ label }) => label)).toEqual([
    'Coder 2',
    'not recorded',
    'Coder 1',
  ]);
});

test('codes with an order of their own keep it', () => {
  const rows = ['10', '2', '1'].map((stage) => aRow({ group: { stage }, value: Number(stage) }));
  expect(groupsIn(aCatalogue([count]), count, rows, 'stage').map(({ value }) => value)).toEqual(['1', '2', '10']);
});

test('two values of one name are told apart', () => {
  const catalogue = aCatalogue([count]);
  const values = [
    { value: 'a', label: 'North' },
    { value: 'b', label: 'North' },
  ];
  const named = { ...catalogue, dimensions: [{ id: 'facility', label: 'Facility', values }] };
  const rows = ['a', 'b'].map((facility) => aRow({ group: { facility }, value: 1 }));
  expect(groupsIn(named, count, rows, 'facility').map(({ label }) => label)).toEqual(['North (a)', 'North (b)']);
});

test('the first few are drawn; a single one over is drawn too', () => {
  const groups = Array.from({ length: 12 }, (_, i) => ({ value: `${i}`, label: `${i}` }));
  expect(parted(groups, 10).rest).toHaveLength(2);
  expect(parted(groups, 11).rest).toHaveLength(0);
  expect(parted(groups, null).rest).toHaveLength(0);
  expect(restLabel(parted(groups, 10).rest)).toBe('All others (2)');
});

test('others are a sum, or the ratio of sums; never the mean of shares', () => {
  const rows = [
    aRow({ value: 0.5, numerator: 1, denominator: 2, n: 2, lower: 0.1, upper: 0.9 }),
    aRow({ value: 0.9, numerator: 90, denominator: 100, n: 100, lower: 0.8, upper: 0.95 }),
  ];
  expect(joined(ratio, rows)).toMatchObject({ value: (1 + 90) / (2 + 100), n: 2 + 100, lower: null, upper: null });
  expect(joined(count, [aRow({ value: 3 }), aRow({ value: null }), aRow({ value: 4 })])).toMatchObject({
    value: 3 + 4,
  });
});

test('what is no sum and no ratio of sums is not put together', () => {
  const rows = [aRow({ value: 3, n: 4 }), aRow({ value: 5, n: 6 })];
  for (const kind of ['quantile', 'km_quantile', 'km_share', 'agreement'])
    expect(joined(aMetric({ kind, unit: 'days' }), rows)).toBeNull();
  expect(joined(ratio, [aRow({ numerator: 1, denominator: 2 }), aRow()])).toMatchObject({ value: null });
  expect(joined(ratio, [aRow({ numerator: 0, denominator: 0 })])).toMatchObject({ value: null });
  expect(joined(ratio, [])).toBeNull();
});

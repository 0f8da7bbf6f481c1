import { expect, test } from 'vitest';
import { ratesByGroup } from '../../../dashboard/chart/rates-by-group.ts';
import { ratesByYear, trendText } from '../../../dashboard/chart/rates-by-year.ts';
import type { RateRow } from '../../../dashboard/data/registry-answer.ts';
import { svgOf, textsOf } from './svg.ts';

const row = (label: string, value: number | null, more: Partial<RateRow> = {}): RateRow => ({
  ...{ group: label, label, isTotal: false, value, lower: value && value - 5, upper: value && value + 5 },
  ...{ cases: value && value * 2, population: 100_000, crude: value && value + 1, fitted: null, withheld: null },
  ...more,
});
const few = { cases: null, withheld: 'fewer than 16 cases' } as const;
const years = [
  row('2014', 38.8, { fitted: 38 }),
  row('2015', null, few),
  row('2016', 41.2, { fitted: 42 }),
  row('All', 40, { group: null, isTotal: true }),
];

test('rates over years on their limits, the line of the trend, and a year that is withheld', () => {
  const drawing = ratesByYear({
    rows: years,
    label: 'Incidence',
    trend: 'APC 1.0 % (−2.0 to 4.0)',
    width: 600,
    height: 240,
  });
  expect(svgOf(drawing)).toMatchSnapshot();
  expect(drawing.spots.map(({ x, words }) => [x, words])).toEqual([
    [2014, '2014: 38.8 per 100,000, limits 33.8–43.8, 78 cases'],
    [2015, '2015: fewer than 16 cases'],
    [2016, '2016: 41.2 per 100,000, limits 36.2–46.2, 82 cases'],
  ]);
  expect(textsOf(drawing)).toContain('< 16');
  expect(textsOf(drawing)).toContain('APC 1.0 % (−2.0 to 4.0)');
});

test('a year withheld has no number anywhere, only the words', () => {
  const { table } = ratesByYear({ rows: years, label: 'Incidence', trend: '', width: 600 });
  expect(table.rows[1]?.map(({ text }) => text)).toEqual([
    '2015',
    'fewer than 16 cases',
    '100,000',
    '–',
    '–',
    '–',
    '–',
  ]);
  expect(table.rows[1]?.filter(({ raw }) => typeof raw === 'number')).toHaveLength(1); // the people alone
  expect(table.rows).toHaveLength(4);
});

test('one year alone, and many, keep the axis legible', () => {
  const one = ratesByYear({ rows: [row('2014', 10)], label: 'Incidence', trend: '', width: 300 });
  expect(textsOf(one)).toContain('2014');
  const many = Array.from({ length: 40 }, (_, i) => row(String(1980 + i), 10));
  const labels = textsOf(ratesByYear({ rows: many, label: 'Incidence', trend: '', width: 390 })).filter((text) =>
    /^\d{4}$/.test(text),
  );
  expect(labels.length).toBeLessThanOrEqual(6);
});

test('groups side by side, the total as a line, one withheld in words', () => {
  const rows = [row('White', 40), row('Black', null, few), row('All', 38, { group: null, isTotal: true })];
  const drawing = ratesByGroup({ rows, label: 'Incidence', first: 'Race', adjusted: true, width: 500 });
  expect(svgOf(drawing)).toMatchSnapshot();
  expect(textsOf(drawing)).toEqual(
    expect.arrayContaining(['White', 'Black', '40.0', 'fewer than 16 cases', 'all 38.0']),
  );
  expect(drawing.spots.map(({ y }) => y)).toEqual(['White', 'Black']);
});

test('rates by age are crude, and have no line of an adjusted total', () => {
  const rows = [row('0–4', 4), row('All', 38, { group: null, isTotal: true })];
  const drawing = ratesByGroup({ rows, label: 'Incidence', first: 'Age', adjusted: false, width: 500 });
  expect(textsOf(drawing).some((text) => text.startsWith('all'))).toBe(false);
  expect(drawing.table.columns.map(({ label }) => label)).toContain('Rate');
});

test('no more groups than can be compared, all of them in the table', () => {
  const rows = Array.from({ length: 80 }, (_, i) => row(`Site ${i}`, i + 10));
  const drawing = ratesByGroup({ rows, label: 'Incidence', first: 'Site', adjusted: true, width: 500 });
  expect([drawing.spots.length, drawing.table.rows.length]).toEqual([24, 80]);
});

test('the trend in words', () => {
  expect(trendText(null)).toBe('');
  expect(trendText({ change: -0.0123, lower: -0.02, upper: 0.001 })).toBe('APC −1.2 % (−2.0 to 0.1)');
});

import { expect, test } from 'vitest';
import type { Row } from '../../../dashboard/data/answer.ts';
import type { Metric } from '../../../dashboard/data/catalogue.ts';
import { yearlyTable } from '../../../dashboard/data/yearly-table.ts';

const target = { value: 0.03, label: 'NPCR 3 %', citation: null, direction: 'at_most' } as const;
const dco = { id: 'dco', label: 'Death certificate only', unit: 'share', target } as unknown as Metric;
const confirmed = { id: 'mv', label: 'Microscopically confirmed', unit: 'share', target: null } as unknown as Metric;

const row = (metric: string, period: string | null, value: number | null, more: Partial<Row> = {}): Row => ({
  ...{ metric, period, group: {}, value, numerator: null, denominator: null, lower: null, upper: null },
  ...{ n: value === null ? 0 : 100, suppressed: false, compareValue: null, change: null },
  ...more,
});

test('metrics down, all years and the latest of them across, each value with its interval', () => {
  const years = [2017, 2018, 2019, 2020, 2021, 2022].map((year) => row('dco', `${year}-01-01`, year / 100_000));
  const table = yearlyTable(
    [dco, confirmed],
    [row('dco', null, 0.042, { lower: 0.031, upper: 0.056 }), row('mv', null, null)],
    [...years, row('dco', '2023-01-01', null), row('mv', '2022-01-01', null, { suppressed: true, n: 4 })],
  );
  // Of 2023 nothing is known, and 2017 is the sixth.
  expect(table.columns.map(({ label }) => label)).toEqual(
    'Indicator,Target,All years,2022,2021,2020,2019,2018'.split(','),
  );
  expect(table.rows.map((cells) => cells.slice(0, 4).map(({ text }) => text.replaceAll('\u00a0', ' ')))).toEqual([
    ['Death certificate only', '≤ 3 %', '4.2 % (3.1–5.6)', '2.0 %'],
    ['Microscopically confirmed', '', '–', 'suppressed'],
  ]);
  expect(table.rows[0]?.[2]?.raw).toBe(0.042);
});

test('where nothing at all is known there are no rows', () => {
  expect(yearlyTable([dco], [row('dco', null, null)], []).rows).toEqual([]);
});

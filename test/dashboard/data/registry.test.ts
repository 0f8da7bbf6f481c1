import { expect, test } from 'vitest';
import type { Catalogue } from '../../../dashboard/data/catalogue.ts';
import {
  criteriaYears,
  diagnosisSpan,
  standardsOf,
  thresholdWords,
  verdictWords,
  yearsWords,
} from '../../../dashboard/data/registry.ts';
import type { Criterion } from '../../../warehouse/query/registry/criteria.ts';

const criterion = (more: Partial<Criterion>): Criterion => ({
  ...{ year: 2023, standard: 'naaccr_gold', standardLabel: 'NAACCR Gold', criterion: 'age_unknown' },
  ...{ direction: 'below', threshold: 0.02, months: null, numerator: 1, denominator: 200, isMet: true },
  ...more,
});
const uscs = { standard: 'uscs', standardLabel: 'U.S. Cancer Statistics' };
const criteria = [
  criterion({ year: 2022, numerator: 9, isMet: false }),
  criterion({ ...uscs, direction: 'at_most', threshold: 0.03 }),
  criterion({}),
  criterion({ criterion: 'county_unknown', numerator: null, denominator: 0, isMet: null }),
];

test('years stand the newest first, criteria down, standards across in one order', () => {
  expect(standardsOf(criteria).map(({ label }) => label)).toEqual(['NAACCR Gold', 'U.S. Cancer Statistics']);
  const years = criteriaYears(criteria);
  expect(years.map(({ year }) => year)).toEqual([2023, 2022]);
  expect(years[0]?.rows.map(({ label, share }) => [label, share])).toEqual([
    ['Age unknown', '0.50\u00a0%'],
    ['County unknown', '–'],
  ]);
  // The statistics have no criterion on counties, and of 2022 none at all.
  expect(years[0]?.rows[1]?.verdicts.map((one) => one?.isMet)).toEqual([null, undefined]);
  expect(years[0]?.totals).toEqual([
    { met: 1, judged: 1 },
    { met: 1, judged: 1 },
  ]);
  expect(years[1]?.totals).toEqual([
    { met: 0, judged: 1 },
    { met: 0, judged: 0 },
  ]);
});

test('thresholds and verdicts in words', () => {
  const words = (direction: string, threshold: number, name = 'age_unknown') =>
    thresholdWords({ direction, threshold, criterion: name });
  expect(words('below', 0.03)).toBe('< 3\u00a0%');
  expect(words('at_most', 0.002, 'duplicates')).toBe('≤ 2 per 1,000');
  expect(words('at_least', 0.95)).toBe('≥ 95\u00a0%');
  expect([true, false, null].map((isMet) => verdictWords({ isMet }))).toEqual(['met', 'not met', 'not known']);
});

test('years of a basis; a table without years has none', () => {
  expect(yearsWords({ firstYear: 1990, lastYear: 2014 })).toBe('1990–2014');
  expect(yearsWords({ firstYear: 2020, lastYear: 2020 })).toBe('2020');
  expect(yearsWords({ firstYear: null, lastYear: null })).toBe('–');
});

test('the span of a registry is all its years of diagnosis', () => {
  const otherwise = { from: '2024-09-01', to: '2026-09-01', through: '2026-08-31', isEndChosen: false };
  const catalogue = (years: readonly string[]): Catalogue => ({
    ...{ release: 'r', metrics: [] },
    dimensions: [{ id: 'diagnosis_year', label: '', values: years.map((value) => ({ value, label: value })) }],
  });
  expect(diagnosisSpan(catalogue(['2023', '1994', '2001']), otherwise)).toEqual({
    ...{ from: '1994-01-01', to: '2024-01-01', through: '2023-12-31', isEndChosen: true },
  });
  expect(diagnosisSpan(catalogue([]), otherwise)).toBe(otherwise);
});

test('duplicates are told per 1,000, and cases available by the months their standards give', () => {
  const told = (standard: string, name: string, months: number | null) =>
    criterion({ standard, criterion: name, months, numerator: months ?? 1, denominator: 500 });
  const [year] = criteriaYears([
    told('naaccr_gold', 'duplicates', null),
    told('naaccr_gold', 'timeliness', 23),
    told('npcr_advanced', 'timeliness', 12),
  ]);
  expect(year?.rows.map(({ label, share, verdicts }) => [label, share, verdicts.map((one) => one !== null)])).toEqual([
    ['Duplicates', '2.00 per 1,000', [true, false]],
    ['Available within 23 months', '4.60\u00a0%', [true, false]],
    ['Available within 12 months', '2.40\u00a0%', [false, true]],
  ]);
});

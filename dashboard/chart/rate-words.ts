import { formatCount, formatInterval, formatValue } from '../data/format.ts';
import type { RateRow } from '../data/registry-answer.ts';
import type { Cell, ChartTable } from './drawing.ts';

/** A rate per 100,000 with one decimal. */
export const rateText = (value: number | null): string => formatValue(value, 'index', 1);

/** `2014: 38.8 per 100,000, limits 29.1–50.7, 91 cases`; of what is withheld, why. */
export const rateWords = (row: RateRow): string => {
  if (row.withheld !== null) return `${row.label}: ${row.withheld}`;
  const limits = limitsText(row);
  return [
    `${row.label}: ${rateText(row.value)} per 100,000`,
    ...(limits === '' ? [] : [`limits ${limits}`]),
    `${formatCount(row.cases)} cases`,
  ].join(', ');
};

const limitsText = (row: RateRow): string =>
  formatInterval(row, 'index') === '' ? '' : `${rateText(row.lower)}–${rateText(row.upper)}`;

/** All rates as a table, their total last; what is withheld says so in the place of its rate. */
export const rateTable = (rows: readonly RateRow[], first: string, adjusted: boolean): ChartTable => ({
  columns: [first, 'Cases', 'Person-years', 'Crude rate', adjusted ? 'Age-adjusted' : 'Rate', 'Lower', 'Upper'].map(
    (label, index) => ({ label, numeric: index > 0 }),
  ),
  rows: rows.map((row): Cell[] => [
    { text: row.label, raw: row.label },
    { text: row.withheld ?? formatCount(row.cases), raw: row.cases },
    { text: formatCount(row.population), raw: row.population },
    ...[row.crude, row.value, row.lower, row.upper].map((value) => ({ text: rateText(value), raw: value })),
  ]),
});

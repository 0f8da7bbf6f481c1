import type { ChartTable, Cell } from '../chart/drawing.ts';
import type { Row } from './answer.ts';
import type { Metric } from './catalogue.ts';
import { formatInterval, formatTarget, formatValue } from './format.ts';

/** Years shown beside the total, the latest there are. */
export const yearsShown = 5;

const targetWords = ({ target, unit }: Metric): string =>
  target === null ? '' : `${target.direction === 'at_most' ? '≤' : '≥'} ${formatTarget(target.value, unit)}`;

/** `4.2 % (3.1–5.6)`; an en dash where nothing is known, the word alone where it is suppressed. */
const cellOf = (row: Row | undefined, { unit }: Metric): Cell => {
  if (row?.suppressed === true) return { text: 'suppressed', raw: null };
  if (row === undefined) return { text: formatValue(null, unit), raw: null };
  const interval = formatInterval(row, unit);
  return { text: formatValue(row.value, unit) + (interval === '' ? '' : ` (${interval})`), raw: row.value };
};

/** Metrics down, with their target, and across the total and the latest years of which anything is known. */
export const yearlyTable = (metrics: readonly Metric[], total: readonly Row[], yearly: readonly Row[]): ChartTable => {
  const years = [...new Set(yearly.flatMap(({ period, n, value }) => (period && (n ?? value) ? [period] : [])))]
    .toSorted()
    .slice(-yearsShown)
    .toReversed();
  const isKnown = total.some(({ value }) => value !== null);
  return {
    columns: [
      { label: 'Indicator', numeric: false },
      { label: 'Target', numeric: false },
      { label: 'All years', numeric: true },
      ...years.map((year) => ({ label: year.slice(0, 4), numeric: true })),
    ],
    rows: (isKnown ? metrics : []).map((metric) => [
      { text: metric.label, raw: metric.label },
      { text: targetWords(metric), raw: metric.target?.value ?? null },
      cellOf(
        total.find((row) => row.metric === metric.id),
        metric,
      ),
      ...years.map((year) =>
        cellOf(
          yearly.find((row) => row.metric === metric.id && row.period === year),
          metric,
        ),
      ),
    ]),
  };
};

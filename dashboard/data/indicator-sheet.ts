import type { Cell } from '../chart/drawing.ts';
import { formatChange, formatDay, formatMonth, formatTarget, formatValue } from './format.ts';
import type { Indicator } from './indicator.ts';
import type { IsoDate } from './period.ts';
import { assuranceWords, variationWords } from './signal.ts';
import { evidenceWords, verdictOf } from './standing.ts';
import type { Trust } from './trust.ts';
import type { ShownTable } from './work-table.ts';

/** What a table of indicators is made of. */
export interface IndicatorRows {
  /** In the order of the catalogue, which keeps subjects together. */
  readonly indicators: readonly Indicator[];
  readonly throughOf: (indicator: Indicator) => IsoDate;
  /** By metric id. */
  readonly trust: ReadonlyMap<string, Trust>;
  /** Whether anything is compared. */
  readonly compares: boolean;
}

interface SheetColumn {
  readonly label: string;
  readonly numeric: boolean;
  /** Only there where something is compared. */
  readonly isCompared?: boolean;
  readonly cell: (indicator: Indicator, input: IndicatorRows) => Cell;
}

const words = (text: string): Cell => ({ text, raw: text === '' ? null : text });

const number = ({ metric }: Indicator, value: number | null | undefined): Cell => ({
  text: formatValue(value, metric.unit),
  raw: value ?? null,
});

const trustWords = (trust: Trust | undefined): string => {
  if (trust === undefined) return 'none apply';
  return trust.broken === 0 ? `all ${trust.run} pass` : `${trust.broken} of ${trust.run} fail`;
};

/** What is known of an indicator that has a value; nothing of the others. */
const ofKnown = (text: (indicator: Indicator, input: IndicatorRows) => string): SheetColumn['cell'] => {
  return (indicator, input) => words(indicator.latest === null ? '' : text(indicator, input));
};

const columns: readonly SheetColumn[] = [
  { label: 'Area', numeric: false, cell: ({ metric }) => words(metric.subject) },
  { label: 'Indicator', numeric: false, cell: ({ metric }) => words(metric.label) },
  { label: 'Metric', numeric: false, cell: ({ metric }) => words(metric.id) },
  {
    ...{ label: 'Month', numeric: false },
    cell: ({ latest }) => (!latest?.period ? words('') : { text: formatMonth(latest.period), raw: latest.period }),
  },
  { label: 'Latest', numeric: true, cell: (one) => number(one, one.latest?.value) },
  { label: 'Lower', numeric: true, cell: (one) => number(one, one.latest?.lower) },
  { label: 'Upper', numeric: true, cell: (one) => number(one, one.latest?.upper) },
  { label: 'Before', numeric: true, isCompared: true, cell: (one) => number(one, one.latest?.compareValue) },
  {
    ...{ label: 'Change', numeric: true, isCompared: true },
    cell: ({ latest, metric }) => ({
      text: latest === null ? '' : formatChange(latest.change, metric.unit),
      raw: latest?.change ?? null,
    }),
  },
  {
    label: 'Variation',
    numeric: false,
    cell: ofKnown(({ signal }) => (signal === null ? '' : variationWords(signal))),
  },
  {
    label: 'Assurance',
    numeric: false,
    cell: ofKnown(({ signal }) => (signal === null ? '' : assuranceWords(signal))),
  },
  { label: 'Status', numeric: false, cell: ofKnown(({ standing }) => verdictOf(standing).words) },
  {
    ...{ label: 'Judged value', numeric: true },
    cell: (one) => number(one, one.standing?.target === null ? null : one.standing?.value),
  },
  {
    ...{ label: 'Target', numeric: true },
    cell: ({ metric }) => ({
      text: formatTarget(metric.target?.value, metric.unit),
      raw: metric.target?.value ?? null,
    }),
  },
  { label: 'Evidence', numeric: false, cell: ofKnown(({ standing }) => evidenceWords(standing)) },
  { label: 'Checks', numeric: false, cell: ofKnown(({ metric }, { trust }) => trustWords(trust.get(metric.id))) },
  {
    ...{ label: 'Complete through', numeric: false },
    cell: (indicator, { throughOf }) =>
      indicator.latest === null ? words('') : { text: formatDay(throughOf(indicator)), raw: throughOf(indicator) },
  },
];

/** What a file says of an indicator, by the name of its column. */
export const indicatorCells = (indicator: Indicator, input: IndicatorRows): ReadonlyMap<string, Cell> =>
  new Map(columns.map(({ label, cell }) => [label, cell(indicator, input)]));

/** The scorecard as a table for files: the numbers of its pictures in columns of their own. */
export const indicatorSheet = (input: IndicatorRows): ShownTable => {
  const kept = columns.filter(({ isCompared }) => input.compares || isCompared !== true);
  return {
    columns: kept.map(({ label, numeric }) => ({ label, numeric })),
    rows: input.indicators.map((indicator) => kept.map(({ cell }) => cell(indicator, input))),
    foot: null,
  };
};

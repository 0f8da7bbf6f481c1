import { completeFor } from '../data/answer.ts';
import { unfitSentence } from '../data/catalogue.ts';
import { periodsBetween } from '../data/period.ts';
import { overTime, whereWords, type Scope } from '../data/scope.ts';
import type { Metric } from '../data/catalogue.ts';
import type { Grain } from '../data/url.ts';
import { columns } from './columns.ts';
import { noteOfParts, type Figure, type FigureInput } from './figure.ts';

export interface ColumnsFigureInput extends FigureInput {
  readonly grain: Grain;
  readonly title: string;
  /** Said first: which periods these are. */
  readonly note: string;
  /** What to say where there is nothing. */
  readonly none: string;
}

/** The question behind columns: every period there is, since a registry's years reach further back than the page's filter. */
export const columnsQuestion = (scope: Scope, metric: Metric, grain: Grain) => ({
  ...overTime(scope, [metric], grain),
  ...{ from: null, to: null },
});

/** Counts of a metric by period as columns. A period without a row counts none; of a stock nothing is known. */
export const columnsFigure = (input: ColumnsFigureInput): Omit<Figure, 'facts'> => {
  const { catalogue, scope, metric, answer, grain, title, note, none } = input;
  const known = new Map(
    (answer?.rows ?? []).flatMap(({ metric: id, period, value }) =>
      id === metric.id && period !== null ? [[period, value] as const] : [],
    ),
  );
  const points = periodsBetween([...known.keys()], grain).map((period) => ({
    period,
    value: known.has(period) ? (known.get(period) ?? null) : metric.take === 'last' ? null : 0,
  }));
  const completeThrough = completeFor(answer, metric, scope.through);
  return {
    title,
    note: noteOfParts(note, whereWords(catalogue, scope.where)),
    drawing:
      points.length === 0 ? null : (width) => columns({ points, label: metric.label, grain, completeThrough, width }),
    empty: unfitSentence(catalogue, metric, scope.where) ?? none,
  };
};

import { noRemarks } from '../data/annotation.ts';
import { completeFor, isWithheld, withheldSentence } from '../data/answer.ts';
import { unfitSentence } from '../data/catalogue.ts';
import { whereWords } from '../data/scope.ts';
import type { Grain } from '../data/url.ts';
import { factsOf, noteOfParts, type Figure, type FigureInput } from './figure.ts';
import { fillingNote, trend } from './trend.ts';

export interface TrendFigureInput extends FigureInput {
  readonly grain: Grain;
  readonly title: string;
  /** In pixels. */
  readonly height: number;
}

/** A metric over time. The answer on hand may still be to the question before: then nothing is drawn of it. */
export const trendFigure = (input: TrendFigureInput): Figure => {
  const { catalogue, scope, metric, answer, grain, title, height, remarks = noRemarks } = input;
  const { label, unit, better } = metric;
  const completeThrough = completeFor(answer, metric, scope.through);
  const points = (answer?.rows ?? [])
    .filter((row) => row.metric === metric.id && row.period !== null)
    .map((row) => ({ ...row, period: row.period ?? '' }))
    .toSorted((a, b) => (a.period < b.period ? -1 : 1));
  const isAnswered = answer?.asked.metrics.includes(metric.id) === true && answer.asked.grain === grain;
  const target = metric.target?.value ?? null;
  return {
    title,
    note: noteOfParts(
      metric.method.replaceAll('`', ''),
      points.some((point) => point.lower !== null) ? 'band: interval' : '',
      fillingNote(points, grain, completeThrough),
      whereWords(catalogue, answer?.asked.where ?? scope.where),
    ),
    drawing:
      isAnswered && points.some((point) => point.value !== null)
        ? (width) =>
            trend({
              ...{ points, label, unit, better, grain, target, completeThrough, width, height },
              remarks: remarks.placed,
            })
        : null,
    facts: factsOf(answer),
    empty:
      unfitSentence(catalogue, metric, scope.where) ??
      (isWithheld(answer, metric.id) ? withheldSentence : null) ??
      `No value of ${label.toLowerCase()} in this period. A longer period, fewer filters or a source that feeds it would fill the chart.`,
  };
};

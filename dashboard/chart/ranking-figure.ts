import type { ViewState } from '../../warehouse/query/view-state.ts';
import type { Row } from '../data/answer.ts';
import { byCode, dimensionLabel, isOrdered, unfitSentence, valueLabel, type Metric } from '../data/catalogue.ts';
import { formatDay, formatRange } from '../data/format.ts';
import { addDays } from '../data/period.ts';
import { inTotal, whereWords, type Scope } from '../data/scope.ts';
import { factsOf, noteOfParts, type Figure, type FigureInput } from './figure.ts';
import { ranking, rankingMost } from './ranking.ts';

/** The filters less the one by this very dimension, which only marks: a value is compared with its peers. */
const peersOf = ({ where }: Scope, by: string): Scope['where'] =>
  Object.fromEntries(Object.entries(where).filter(([id]) => id !== by));

/** One number for each value of a dimension, over the complete part of the span. */
export const rankingQuestion = (scope: Scope, metric: Metric, by: string): ViewState =>
  inTotal({ ...scope, where: peersOf(scope, by) }, [metric], [by]);

export interface RankingFigureInput extends FigureInput {
  /** The dimension whose values are compared. */
  readonly by: string;
  readonly title?: string | undefined;
}

/** A metric by the values of a dimension: the worst first and what has no value last, unless these have an order of their own. */
export const rankingFigure = (input: RankingFigureInput): Figure => {
  const { catalogue, scope, metric, answer, by, title } = input;
  const name = dimensionLabel(catalogue, by);
  const asked = rankingQuestion(scope, metric, by);
  const chosen = scope.where[by] ?? [];
  const sign = metric.better === 'higher' ? 1 : -1;
  const order = (a: Row, b: Row) =>
    isOrdered(by)
      ? byCode(a.group[by] ?? null, b.group[by] ?? null)
      : Number(a.value === null) - Number(b.value === null) || sign * ((a.value ?? 0) - (b.value ?? 0));
  const isAnswered = answer?.asked.by[0] === by && answer.asked.metrics[0] === metric.id;
  const items = (isAnswered ? answer.rows : []).toSorted(order).map((row) => ({
    ...row,
    label: valueLabel(catalogue, by, row.group[by] ?? null),
    isChosen: chosen.includes(row.group[by] ?? ''),
  }));
  const { label, unit, better } = metric;
  const target = metric.target?.value ?? null;
  return {
    title: title ?? `By ${name.toLowerCase()}`,
    note: noteOfParts(
      // A stock is counted on one day, the last of the period; anything else over the whole of it.
      metric.take === 'last' ? `as of ${formatDay(addDays(asked.to ?? scope.span.to, -1))}` : formatRange(scope.span),
      whereWords(catalogue, asked.where),
      chosen.length > 0 ? 'all of them, the filtered one in front' : '',
      items.some((item) => item.lower !== null)
        ? `line: interval${target === null ? '' : ', coloured where all of it lies on one side of the target'}`
        : '',
      items.length > rankingMost ? `the first ${rankingMost} of ${items.length}, all in the table` : '',
    ),
    drawing: items.some((item) => item.value !== null)
      ? (width) => ranking({ items, label, first: name, unit, better, target, width })
      : null,
    facts: factsOf(answer),
    empty:
      unfitSentence(catalogue, metric, scope.where) ??
      `No value by ${name.toLowerCase()} in this period; a longer one or fewer filters would show more.`,
  };
};

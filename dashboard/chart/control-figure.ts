import { noRemarks, rebaseWords } from '../data/annotation.ts';
import { completeFor } from '../data/answer.ts';
import { unfitSentence } from '../data/catalogue.ts';
import { controlled, leastPoints } from '../../warehouse/statistics/control-series.ts';
import { isFilling } from '../data/period.ts';
import { whereWords } from '../data/scope.ts';
import type { Grain, Rules } from '../data/url.ts';
import { controlChart } from './control-chart.ts';
import { factsOf, noteOfParts, type Figure, type FigureInput } from './figure.ts';

export interface ControlFigureInput extends FigureInput {
  readonly grain: Grain;
  readonly rules: Rules;
}

/** A metric over time between the limits of chance, judged by a rule set. */
export const controlFigure = (input: ControlFigureInput): Figure => {
  const { catalogue, scope, metric, answer, grain, rules, remarks = noRemarks } = input;
  const through = completeFor(answer, metric, scope.through);
  const isAnswered = answer?.asked.metrics.includes(metric.id) === true && answer.asked.grain === grain;
  // A period still filling up would look like a signal, so it is left out.
  const rows = (isAnswered ? answer.rows : [])
    .filter((row) => row.metric === metric.id && row.period !== null && !isFilling(row.period, grain, through))
    .toSorted((a, b) => ((a.period ?? '') < (b.period ?? '') ? -1 : 1));
  const { label, unit, better } = metric;
  const target = metric.target?.value ?? null;
  const drawn = () => {
    const { chart, points, starts } = controlled(unit, rows, rules, remarks.rebases);
    const placed = points.map((point, i) => ({ ...point, period: rows[i]?.period ?? '' }));
    const drawn = { points: placed, starts, remarks: remarks.placed, chart, label, unit, grain, rules, better, target };
    return (width: number) => controlChart({ ...drawn, width });
  };
  return {
    title: 'Signal or noise',
    note: noteOfParts(
      'Limits: what chance alone keeps to, 3 σ from the centre line of the periods shown; never moved by themselves',
      rebaseWords(remarks.placed, grain),
      whereWords(catalogue, scope.where),
    ),
    drawing: rows.filter(({ value }) => value !== null).length < leastPoints ? null : drawn(),
    facts: factsOf(answer),
    empty:
      unfitSentence(catalogue, metric, scope.where) ??
      `Limits need ${leastPoints} complete periods with a value; a longer period or a finer grain would give them.`,
  };
};

import { dimensionLabel, unfitSentence, valueLabel } from '../data/catalogue.ts';
import { areShares } from '../../warehouse/statistics/control-series.ts';
import { formatRange } from '../data/format.ts';
import { whereWords } from '../data/scope.ts';
import { factsOf, noteOfParts, type Figure } from './figure.ts';
import { funnel } from './funnel.ts';
import { rankingQuestion, type RankingFigureInput } from './ranking-figure.ts';

/** Fewer points say nothing of what they have in common. */
const least = 5;

/** The values of a dimension in a funnel, of the answer to {@link rankingQuestion}: compared with all their peers. */
export const funnelFigure = ({ catalogue, scope, metric, answer, by }: RankingFigureInput): Figure => {
  const { where: peers } = rankingQuestion(scope, metric, by);
  const isAnswered = answer?.asked.by[0] === by && answer.asked.metrics[0] === metric.id;
  const rows = (isAnswered ? answer.rows : []).filter((row) => (row.denominator ?? 0) > 0);
  const name = dimensionLabel(catalogue, by).toLowerCase();
  const units = rows.map((row) => ({
    label: valueLabel(catalogue, by, row.group[by] ?? null),
    count: row.numerator ?? 0,
    n: row.denominator ?? 0,
  }));
  const { label, better } = metric;
  return {
    title: `Funnel by ${name}`,
    note: noteOfParts(
      `One point a ${name}; within the lines it differs from the others no more than chance and what all have in common explain`,
      formatRange(scope.span),
      whereWords(catalogue, peers),
    ),
    drawing:
      rows.length >= least && areShares(metric.unit, rows)
        ? (width) => funnel({ units, of: 'cases behind the share', label, better, limits: 'adjusted', width })
        : null,
    facts: factsOf(answer),
    empty:
      unfitSentence(catalogue, metric, peers) ??
      `A funnel needs at least ${least} values of ${name} with counts behind their shares.`,
  };
};

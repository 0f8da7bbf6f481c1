import type { SurvivalPoint } from '../data/answer.ts';
import { definitionsOf, unfitSentence } from '../data/catalogue.ts';
import { formatRange, plural } from '../data/format.ts';
import { whereWords } from '../data/scope.ts';
import { noteOfParts, type Figure, type FigureInput } from './figure.ts';
import { daysToShow } from './survival-steps.ts';
import { survivalCurve } from './survival.ts';

export interface SurvivalFigureInput extends Omit<FigureInput, 'answer'> {
  readonly points: readonly SurvivalPoint[];
  readonly title: string;
  /** A day that matters, drawn as the target. */
  readonly mark: { readonly day: number; readonly label: string } | null;
}

/** How long it takes, open records included. */
export const survivalFigure = ({ catalogue, scope, metric, points, title, mark }: SurvivalFigureInput): Figure => {
  const days = daysToShow(points, mark?.day ?? 0);
  // Nobody of a short period was watched for long: the curve stops there, and the note says so.
  const end = Math.floor(points.at(-1)?.time ?? 0);
  return {
    title,
    note: noteOfParts(
      'Kaplan–Meier: open records count for as long as they were watched',
      'band: 95 % interval',
      end < days ? `nobody was watched for more than ${plural(end, 'day')}` : '',
      formatRange(scope.span),
      whereWords(catalogue, scope.where),
    ),
    drawing:
      points.length === 0 ? null : (width) => survivalCurve({ points, label: title, mark, days, width, height: 310 }),
    facts: { definitions: definitionsOf([metric]) },
    empty:
      unfitSentence(catalogue, metric, scope.where) ??
      'No record of this period can be followed; a longer period or a source that feeds it would fill the curve.',
  };
};

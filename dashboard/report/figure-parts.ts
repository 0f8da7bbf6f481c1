import type { Figure } from '../chart/figure.ts';
import { reportTable, type Part, type TablePart } from './report.ts';

/** A chart, and its numbers: on paper where `prints`, in a spreadsheet always. A chart without anything to draw says why. */
export const figureParts = (
  figure: Omit<Figure, 'facts'>,
  { prints = false, isSmall = false } = {},
): readonly Part[] => {
  const { title, note, drawing, empty } = figure;
  if (drawing === null) return [{ kind: 'facts', title, entries: [['Not drawn', empty]] }];
  const table: TablePart = {
    kind: 'table',
    title,
    note: '',
    table: reportTable(drawing(700).table),
    ...(prints ? {} : { only: 'data' as const }),
  };
  return [{ kind: 'figure', title, note, drawing, isSmall }, table];
};

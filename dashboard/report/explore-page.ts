import { explorePanels } from '../chart/explore-panels.ts';
import type { Cell } from '../chart/drawing.ts';
import type { Answer } from '../data/answer.ts';
import { readExplore } from '../data/explore-address.ts';
import { exploreQuestions, type Question } from '../data/explore-question.ts';
import { exploreScope, type ExploreScope } from '../data/explore-scope.ts';
import { offeredCharts } from '../data/explore-shape.ts';
import { exploreTable, type ExploreTable } from '../data/explore-table.ts';
import { exploreTitle, exploreWords } from '../data/explore-words.ts';
import type { Exploration } from '../data/exploration.ts';
import type { Desk } from './desk.ts';
import { PageError, refuse } from './page-error.ts';
import type { Part, ReportPage } from './report.ts';

/** The answers to all questions of a view, as the screen gets them of `/api/batch`. */
export const explorationOf = async (desk: Desk, scope: ExploreScope): Promise<Exploration> => {
  const asked = exploreQuestions(scope);
  const answers = new Map<Question['part'], Answer>();
  const beside: Answer[] = [];
  const curves = new Map<string, Awaited<ReturnType<Desk['curves']>>>();
  for (const question of asked) {
    if (question.kind === 'curves') curves.set(question.view.metrics[0] ?? '', await desk.curves(question.view));
    else if (question.part === 'beside') beside.push(await desk.values(question.view));
    else answers.set(question.part, await desk.values(question.view));
  }
  const cells = answers.get('cells');
  if (cells === undefined) throw new Error('A view without cells was asked.');
  const part = (name: Question['part']) => answers.get(name) ?? null;
  return {
    ...{ release: cells.release, asked, cells, curves },
    ...{ foot: part('foot'), side: part('side'), corner: part('corner'), beside },
    tier: { name: 'marts', refused: null },
  };
};

/** Values that the answer holds, each of which the table must show somewhere: rows printed are rows claimed. */
const claimedValues = ({ cells }: Exploration, { metrics }: ExploreScope): number =>
  cells.rows.filter(({ metric, value }) => value !== null && metrics.some(({ id }) => id === metric)).length;

/** Values in the columns of a table that hold an answer's own numbers: no totals, no shares, intervals or changes. */
const shownValues = ({ columns, rows }: ExploreTable): number =>
  rows.reduce(
    (sum, { cells }) =>
      sum + cells.filter((cell: Cell, at) => columns[at]?.holds === 'value' && cell.raw !== null).length,
    0,
  );

/**
 * A view of Explore: its charts, and its table with all rows.
 *
 * @throws PageError where a part of it cannot be followed, it is of another release, or holds no value
 */
export const explorePage = async (desk: Desk, path: string, search: string): Promise<ReportPage> => {
  const asked = readExplore(search);
  const { catalogue, release } = desk;
  if (asked.release !== null && asked.release !== release.release)
    throw new PageError(
      ['It is frozen at another release, and a report speaks of one.'],
      'Take `release` off the address, or make that release the current one (`himsight releases rollback`).',
    );
  if (asked.against !== null)
    throw new PageError(
      ['It compares two releases, and a report speaks of one.'],
      'Take `against` off the address; the workbook of the view itself holds both.',
    );
  const scope = exploreScope(asked, release, catalogue);
  refuse(scope.problems);
  if (scope.metrics.length === 0) throw new PageError(['It names no metric.']);
  const found = await explorationOf(desk, scope);
  const { view, metrics } = scope;
  if (found.cells.rows.every(({ value }) => value === null))
    throw new PageError(['No value in this period under these filters.']);
  const table = exploreTable({ catalogue, metrics, view, found });
  const claimed = claimedValues(found, scope);
  const shown = shownValues(table);
  if (shown !== claimed) throw new Error(`a table shows ${shown} values of the ${claimed} that were answered`);
  const kind = view.chart ?? offeredCharts(view, metrics)[0] ?? 'figures';
  const panels = explorePanels({ catalogue, scope, found, kind });
  const isSmall = kind === 'panels' || panels.length > 1;
  const title = exploreTitle(scope, catalogue);
  return {
    ...{ address: path, title, words: exploreWords(scope, catalogue), headline: null, lines: [] },
    parts: [
      ...panels.map(({ title: name, note, drawing, empty }): Part =>
        drawing === null
          ? { kind: 'facts', title: name, entries: [['Not drawn', empty]] }
          : { kind: 'figure', title: name, note, drawing, isSmall },
      ),
      {
        kind: 'table',
        title: 'Table',
        note:
          table.foot === null
            ? ''
            : 'The last line is the answer for all of them together, not a sum of what is shown.',
        table: {
          columns: table.columns.map(({ label, numeric }) => ({ label: label === '' ? 'All' : label, numeric })),
          rows: table.rows.map(({ cells }) => ({ cells, group: null })),
          foot: table.foot,
          claimed: table.rows.length,
        },
      },
    ],
    metrics: metrics.map(({ id }) => id),
  };
};

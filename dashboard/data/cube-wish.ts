import type { CubeView } from '../../warehouse/query/cube-view.ts';
import type { Answer } from './answer.ts';
import type { Catalogue } from './catalogue.ts';
import { answerFrom } from './cube-answer.ts';
import type { Cube } from './cube.ts';
import type { Exploration } from './exploration.ts';
import type { Question } from './explore-question.ts';
import { dimensionsOf, type ExploreScope } from './explore-scope.ts';
import { canBeJoined } from './explore-shape.ts';
import { addDays, areMonths } from './period.ts';

/** Cells that a cube with dimensions to spare could have at most; few of them are ever filled, and the server counts those. */
const roomToSpare = 400_000;
/** Periods that data usually have. */
const usualPeriods = { month: 36, day: 1000 } as const;

/**
 * The cube that would answer a view, and those that lie near it: what it splits and filters by, and as many dimensions
 * besides as there is room for, those of few values first. Null where the view is not made of sums.
 */
export const cubeWish = (catalogue: Catalogue, { view, metrics, span }: ExploreScope): CubeView | null => {
  const hasDays = view.grain === 'day' || view.grain === 'week' || !areMonths(span.from, addDays(span.to, -1));
  const grain = hasDays ? 'day' : 'month';
  if (metrics.length === 0 || !metrics.every((metric) => canBeJoined(metric) && metric.grains.includes(grain)))
    return null;
  const by = dimensionsOf(view);
  const sizeOf = (id: string): number => (catalogue.dimensions.find((one) => one.id === id)?.values.length ?? 0) + 1;
  const shared = catalogue.dimensions
    .map(({ id }) => id)
    .filter((id) => sizeOf(id) > 1 && !by.includes(id) && metrics.every(({ dimensions }) => dimensions.includes(id)))
    .toSorted((a, b) => sizeOf(a) - sizeOf(b) || (a < b ? -1 : 1));
  let cells = by.reduce<number>((product, id) => product * sizeOf(id), usualPeriods[grain]);
  const also = shared.filter((id) => {
    const fits = cells * sizeOf(id) <= roomToSpare;
    if (fits) cells *= sizeOf(id);
    return fits;
  });
  return { metrics: metrics.map(({ id }) => id), by, also, grain };
};

/** The answers to all questions of a view out of a cube; null where it does not hold one of them. */
export const explorationFrom = (cube: Cube, questions: readonly Question[]): Exploration | null => {
  const answers: (readonly [Question, Answer])[] = [];
  for (const question of questions) {
    const found = question.kind === 'values' ? answerFrom(cube, question.view) : null;
    if (found === null) return null;
    answers.push([question, found]);
  }
  const of = (part: Question['part']): Answer | null => answers.find(([one]) => one.part === part)?.[1] ?? null;
  const cells = of('cells');
  if (cells === null) return null;
  return {
    ...{ release: cube.about.release, asked: questions, cells },
    ...{ foot: of('foot'), side: of('side'), corner: of('corner') },
    beside: answers.flatMap(([{ part }, found]) => (part === 'beside' ? [found] : [])),
    curves: new Map(),
    tier: { name: 'cube', cells: cube.about.cells, by: cube.about.by },
  };
};

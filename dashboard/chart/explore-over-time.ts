import { completeFor } from '../data/answer.ts';
import type { Metric } from '../data/catalogue.ts';
import { restLabel } from '../data/explore-group.ts';
import type { IsoDate } from '../data/period.ts';
import { sinceWords } from '../data/explore-words.ts';
import type { Spot } from './drawing.ts';
import {
  inGroup,
  noteOf,
  nothing,
  pickByLabel,
  pointsOf,
  restRows,
  splitNote,
  type ExplorePanel,
  type Facet,
  type Prepared,
} from './explore-facet.ts';
import { lines, type Line } from './lines.ts';
import { fillingNote, trend } from './trend.ts';

const linesOf = (input: Prepared, facet: Facet): readonly Line[] => {
  const { rest } = input.split;
  const own = input.split.drawn.map((group): Line => ({
    label: group.label,
    points: pointsOf(input, inGroup(input, group, facet.rows)),
    kind: 'own',
  }));
  const others = restRows(input, facet);
  return others.length === 0
    ? own
    : [...own, { label: restLabel(rest), points: pointsOf(input, others), kind: 'rest' }];
};

/** The charts of a question by period: one a metric and value of the second split, small multiples one a line. */
export const overTime = (input: Prepared): readonly ExplorePanel[] => {
  const { scope, found, facets, kind } = input;
  const { view } = scope;
  const [first] = facets;
  const through = (metric: Metric) => completeFor(found.cells, metric, scope.through);
  const sharesUnit = facets.every(({ metric }) => metric.unit === first?.metric.unit);
  // Metrics of one unit stand in one chart; of several units each has its own axis, hence its own chart.
  if (view.rows === null && facets.length > 1 && sharesUnit && first !== undefined) {
    const drawn = facets.map(({ metric, rows }): Line => ({
      label: metric.label,
      points: pointsOf(input, rows),
      kind: 'own',
    }));
    const completeThrough = facets.map(({ metric }) => through(metric)).toSorted()[0] ?? scope.through;
    return [linePanel(input, 'Over time', first.metric, drawn, completeThrough)];
  }
  return facets.flatMap((facet) => {
    const { metric, rows } = facet;
    const completeThrough = through(metric);
    if (view.rows === null) {
      const points = pointsOf(input, rows);
      if (view.compare !== null) {
        const before = points.map(({ period, compareValue }) => ({ period, value: compareValue }));
        const both: readonly Line[] = [
          { label: 'now', points, kind: 'own' },
          { label: sinceWords(view), points: before, kind: 'before' },
        ];
        return [linePanel(input, input.titleOf(facet), metric, both, completeThrough)];
      }
      return [trendPanel(input, facet, points, completeThrough)];
    }
    const all = linesOf(input, facet);
    if (kind !== 'panels') return [linePanel(input, input.titleOf(facet), metric, all, completeThrough)];
    const values = all.flatMap(({ points }) => points.map(({ value }) => value));
    const several = facets.length > 1 ? `${input.titleOf(facet)}: ` : '';
    return all.map((line) => linePanel(input, several + line.label, metric, [line], completeThrough, values));
  });
};

const trendPanel = (
  input: Prepared,
  facet: Facet,
  points: ReturnType<typeof pointsOf>,
  completeThrough: IsoDate,
): ExplorePanel => {
  const { metric } = facet;
  const grain = input.scope.view.grain ?? 'month';
  const { label, unit, better } = metric;
  const target = metric.target?.value ?? null;
  return {
    title: input.titleOf(facet),
    note: noteOf(
      points.some(({ lower }) => lower !== null) ? 'band: interval' : '',
      fillingNote(points, grain, completeThrough),
    ),
    drawing: points.some(({ value }) => value !== null)
      ? (width) => trend({ points, label, unit, better, grain, target, completeThrough, width, height: 320 })
      : null,
    empty: nothing,
    pickOf: () => null,
    isOverTime: true,
  };
};

const linePanel = (
  input: Prepared,
  title: string,
  metric: Metric,
  drawn: readonly Line[],
  completeThrough: IsoDate,
  also: readonly (number | null)[] = [],
): ExplorePanel => {
  const grain = input.scope.view.grain ?? 'month';
  const { unit, label } = metric;
  const isSmall = also.length > 0;
  const filling = fillingNote(
    input.periods.map((period) => ({ period, value: null, lower: null, upper: null, n: null })),
    grain,
    completeThrough,
  );
  const nameOf = (spot: Spot) => drawn.find((line) => spot.words.startsWith(`${line.label}, `))?.label;
  return {
    title,
    note: isSmall ? '' : noteOf(splitNote(input, metric), filling),
    drawing: drawn.some(({ points }) => points.some(({ value }) => value !== null))
      ? (width) =>
          lines({ lines: drawn, label, unit, grain, completeThrough, also, width, height: isSmall ? 190 : 360 })
      : null,
    empty: nothing,
    pickOf: (spot) => pickByLabel(input, isSmall ? (drawn[0]?.label ?? '') : (nameOf(spot) ?? '')),
    isOverTime: true,
  };
};

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

const nowName = ({ against }: Prepared['scope']): string => (against === null ? 'now' : 'this release');

const beforeOf = (points: ReturnType<typeof pointsOf>): Line['points'] =>
  points.map(({ period, compareValue }) => ({ period, value: compareValue }));

/** The line of a group as it stood in what is compared with. */
const beforeLine = (input: Prepared, { rows }: Facet, { label }: Line, since: string): Line => {
  const group = input.split.drawn.find((one) => one.label === label);
  const own = group === undefined ? [] : inGroup(input, group, rows);
  return { label: since, points: beforeOf(pointsOf(input, own)), kind: 'before' };
};

/** The charts of a question by period: one a metric and value of the second split, small multiples one a line. */
export const overTime = (input: Prepared): readonly ExplorePanel[] => {
  const { scope, found, facets, kind } = input;
  const { view } = scope;
  const [first] = facets;
  const since = sinceWords(scope);
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
      if (since !== '') {
        const both: readonly Line[] = [
          { label: nowName(scope), points, kind: 'own' },
          { label: since, points: beforeOf(points), kind: 'before' },
        ];
        return [linePanel(input, input.titleOf(facet), metric, both, completeThrough)];
      }
      return [trendPanel(input, facet, points, completeThrough)];
    }
    const all = linesOf(input, facet);
    if (kind !== 'panels') return [linePanel(input, input.titleOf(facet), metric, all, completeThrough)];
    const several = facets.length > 1 ? `${input.titleOf(facet)}: ` : '';
    const name = scope.against === null ? since : 'other release';
    const panels = all.map((line) => ({
      line,
      drawn:
        since === '' || line.kind === 'rest'
          ? [line]
          : [{ ...line, label: nowName(scope) }, beforeLine(input, facet, line, name)],
    }));
    const values = panels.flatMap(({ drawn }) => drawn.flatMap(({ points }) => points.map(({ value }) => value)));
    return panels.map(({ line, drawn }) =>
      linePanel(input, several + line.label, metric, drawn, completeThrough, { values, label: line.label }),
    );
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

/** Where the numbers compared with are, when so many lines leave no room for theirs. */
const comparedNote = ({ scope }: Prepared, drawn: readonly Line[]): string =>
  sinceWords(scope) === '' || drawn.some(({ kind }) => kind === 'before')
    ? ''
    : `compared with ${sinceWords(scope)} in the table${scope.view.rows !== null && scope.view.columns === null ? ' and in small multiples' : ''}`;

const linePanel = (
  input: Prepared,
  title: string,
  metric: Metric,
  drawn: readonly Line[],
  completeThrough: IsoDate,
  /** One of small multiples: the values of all of them, for the axis, and the group it is of. */
  small: { readonly values: readonly (number | null)[]; readonly label: string } | null = null,
): ExplorePanel => {
  const grain = input.scope.view.grain ?? 'month';
  const { unit, label } = metric;
  const isSmall = small !== null;
  const also = small?.values ?? [];
  const filling = fillingNote(
    input.periods.map((period) => ({ period, value: null, lower: null, upper: null, n: null })),
    grain,
    completeThrough,
  );
  const nameOf = (spot: Spot) => drawn.find((line) => spot.words.startsWith(`${line.label}, `))?.label;
  return {
    title,
    note: isSmall ? '' : noteOf(splitNote(input, metric), comparedNote(input, drawn), filling),
    drawing: drawn.some(({ points }) => points.some(({ value }) => value !== null))
      ? (width) =>
          lines({ lines: drawn, label, unit, grain, completeThrough, also, width, height: isSmall ? 190 : 360 })
      : null,
    empty: nothing,
    pickOf: (spot) => pickByLabel(input, small?.label ?? nameOf(spot) ?? ''),
    isOverTime: true,
  };
};

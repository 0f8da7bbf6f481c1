import type { Row } from '../data/answer.ts';
import { dimensionLabel, type Catalogue } from '../data/catalogue.ts';
import { groupsIn, parted, type Group } from '../data/explore-group.ts';
import type { ExploreScope } from '../data/explore-scope.ts';
import { addsUp } from '../data/explore-shape.ts';
import type { Exploration } from '../data/exploration.ts';
import { bars } from './bars.ts';
import type { Drawing, Spot } from './drawing.ts';
import { noteOf, nothing } from './explore-facet.ts';
import { ranking } from './ranking.ts';

/** A dimension beside the answer: its values under all filters but its own, to be picked. */
export interface BesidePanel {
  readonly dimension: string;
  readonly title: string;
  readonly note: string;
  readonly drawing: ((width: number) => Drawing) | null;
  readonly empty: string;
  /** Values that its own filter keeps, as an address has them; none: all. */
  readonly chosen: readonly string[];
  /** The values from one spot to another, both included, in the order drawn. */
  readonly valuesOf: (from: Spot, to: Spot) => readonly string[];
}

/** As many as are told apart at a glance; those picked are always among them. */
const mostBeside = 8;

/** Words, not colour alone, say which are picked. */
const mark = '✓ ';

export const besidePanels = (input: {
  readonly catalogue: Catalogue;
  readonly scope: ExploreScope;
  readonly found: Exploration;
}): readonly BesidePanel[] =>
  input.found.beside.flatMap(({ asked, rows }) => {
    const [dimension] = asked.by;
    return dimension === undefined ? [] : [panelOf(input, dimension, rows)];
  });

const panelOf = (
  { catalogue, scope }: { readonly catalogue: Catalogue; readonly scope: ExploreScope },
  dimension: string,
  rows: readonly Row[],
): BesidePanel => {
  const [metric] = scope.metrics;
  const name = dimensionLabel(catalogue, dimension);
  const chosen = scope.view.where[dimension] ?? [];
  const isChosen = ({ value }: Group): boolean => chosen.includes(value ?? '');
  const groups = metric === undefined ? [] : groupsIn(catalogue, metric, rows, dimension);
  const { drawn: first, rest } = parted(groups, mostBeside);
  const drawn = [...first, ...rest.filter(isChosen)];
  const items = drawn.flatMap((group) => {
    const row = rows.find((one) => (one.group[dimension] ?? null) === group.value);
    if (row === undefined) return [];
    return [{ ...row, label: (isChosen(group) ? mark : '') + group.label, isChosen: isChosen(group) }];
  });
  const placeOf = ({ y }: Spot): number => items.findIndex(({ label }) => label === String(y));
  const isSum = metric !== undefined && addsUp(metric) && items.every(({ value }) => (value ?? 0) >= 0);
  return {
    ...{ dimension, chosen, empty: nothing },
    title: `By ${name.toLowerCase()}`,
    // Of one length whatever is picked: a chart must not move away from under the pointer.
    note: noteOf(
      drawn.length < groups.length
        ? `${drawn.length} of ${groups.length}, those with most behind them`
        : `all ${drawn.length}`,
      chosen.length > 0 ? `${chosen.length} picked` : 'none picked',
    ),
    drawing:
      metric === undefined || items.every(({ value }) => value === null)
        ? null
        : (width) => {
            const { label, unit, better } = metric;
            const target = metric.target?.value ?? null;
            return isSum
              ? bars({ items, label, first: name, unit, width })
              : ranking({ items, label, first: name, unit, better, target, width, most: items.length });
          },
    valuesOf: (from, to) => {
      const [one, other] = [placeOf(from), placeOf(to)].toSorted((a, b) => a - b) as [number, number];
      return items.slice(Math.max(0, one), other + 1).map(({ group }) => group[dimension] ?? '');
    },
  };
};

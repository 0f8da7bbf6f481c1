import type { Row } from '../data/answer.ts';
import type { Catalogue, Metric } from '../data/catalogue.ts';
import type { ChartKind } from '../data/explore-address.ts';
import { groupsIn, joined, parted, type Group, type Parted } from '../data/explore-group.ts';
import type { ExploreScope } from '../data/explore-scope.ts';
import { canBeJoined } from '../data/explore-shape.ts';
import type { Pick } from '../data/explore-axis.ts';
import type { Exploration } from '../data/exploration.ts';
import { formatDay } from '../data/format.ts';
import { addDays, type IsoDate } from '../data/period.ts';
import type { Drawing, Spot } from './drawing.ts';

/** One chart of a page of them. */
export interface ExplorePanel {
  readonly title: string;
  readonly note: string;
  /** null: nothing to draw, for the reason in `empty`. */
  readonly drawing: ((width: number) => Drawing) | null;
  readonly empty: string;
  /** What a spot of it stands for, to filter by; null: nothing. */
  readonly pickOf: (spot: Spot) => Pick | null;
  /** Whether its horizontal axis is time. */
  readonly isOverTime: boolean;
}

export interface PanelsInput {
  readonly catalogue: Catalogue;
  readonly scope: ExploreScope;
  readonly found: Exploration;
  readonly kind: ChartKind;
}

/** A metric, at one value of the second split where there is one: what a single chart is of. */
export interface Facet {
  readonly metric: Metric;
  readonly column: Group | null;
  readonly rows: readonly Row[];
}

export interface Prepared extends PanelsInput {
  readonly facets: readonly Facet[];
  /** The first split: what is drawn each by itself, and what not. */
  readonly split: Parted;
  readonly periods: readonly IsoDate[];
  readonly titleOf: (facet: Facet) => string;
}

/** What is said where nothing can be drawn. */
export const nothing = 'No value in this period under these filters; a longer period or fewer filters would show more.';

/** The value a label of the first split stands for; null of the rest. */
export const pickByLabel = ({ scope: { view }, split }: Prepared, label: string): Pick | null => {
  const group = split.drawn.find((one) => one.label === label);
  return group === undefined || view.rows === null ? null : { dimension: view.rows, value: group.value };
};

/** The rows of one value of the first split. */
export const inGroup = ({ scope: { view } }: Prepared, { value }: Group, rows: readonly Row[]): readonly Row[] =>
  rows.filter((row) => view.rows !== null && (row.group[view.rows] ?? null) === value);

/** The rows of all groups that are not drawn, put together period by period; none where they cannot be. */
export const restRows = (input: Prepared, { metric, rows }: Facet): readonly Row[] => {
  const rest = new Set(input.split.rest.map(({ value }) => value));
  const dimension = input.scope.view.rows;
  if (dimension === null || rest.size === 0) return [];
  const among = rows.filter((row) => rest.has(row.group[dimension] ?? null));
  return [...Map.groupBy(among, ({ period }) => period).values()].flatMap((some) => joined(metric, some) ?? []);
};

/** Every period of the answer, so that one without a row breaks the line. */
export const pointsOf = ({ periods }: Prepared, rows: readonly Row[]) => {
  const at = new Map(rows.map((row) => [row.period, row]));
  return periods.map((period) => {
    const row = at.get(period);
    const { value = null, lower = null, upper = null, n = null, compareValue = null } = row ?? {};
    return { period, value, lower, upper, n, compareValue };
  });
};

/** How many of the values of the first split are drawn, where not all are. */
export const splitNote = (input: Prepared, metric: Metric): string => {
  const { drawn, rest } = input.split;
  if (rest.length === 0) return '';
  const all = drawn.length + rest.length;
  const why = canBeJoined(metric) ? '' : '; all others cannot be put together of it, so they are in the table alone';
  return `${drawn.length} of ${all} drawn${why}`;
};

/** The day a stock is counted on where one number is asked of a whole period; empty of what is no stock. */
export const stockNote = ({ scope: { view }, found }: Prepared, { take }: Metric): string => {
  const { to } = found.cells.asked;
  return view.grain !== null || take !== 'last' || to === null ? '' : `as of ${formatDay(addDays(to, -1))}`;
};

/** Parts of a note, the empty ones left out. */
export const noteOf = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' · ');

/** The charts a view asks for, and what each is of. */
export const prepared = (input: PanelsInput): Prepared => {
  const { catalogue, found, scope } = input;
  const { view, metrics } = scope;
  const { rows } = found.cells;
  const [first] = metrics;
  const groups = (id: string | null) =>
    id === null || first === undefined ? [] : groupsIn(catalogue, first, rows, id);
  const columns = parted(groups(view.columns), view.top).drawn;
  const facets = metrics.flatMap((metric): readonly Facet[] => {
    const own = rows.filter((row) => row.metric === metric.id);
    if (view.columns === null) return [{ metric, column: null, rows: own }];
    const id = view.columns;
    return columns.map((column) => ({
      metric,
      column,
      rows: own.filter((row) => (row.group[id] ?? null) === column.value),
    }));
  });
  const periods = [...new Set(rows.map(({ period }) => period))].filter((period) => period !== null).toSorted();
  return {
    ...input,
    facets,
    split: parted(groups(view.rows), view.top),
    periods,
    titleOf: ({ metric, column }) =>
      column === null ? metric.label : metrics.length > 1 ? `${metric.label}: ${column.label}` : column.label,
  };
};

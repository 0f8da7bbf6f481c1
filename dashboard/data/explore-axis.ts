import type { Answer, Row } from './answer.ts';
import { dimensionLabel, type Catalogue, type Metric } from './catalogue.ts';
import type { ExploreView } from './explore-address.ts';
import { groupsIn, type Group } from './explore-group.ts';
import type { Exploration } from './exploration.ts';
import { formatPeriod } from './format.ts';

/** A value of a dimension that can be filtered by. */
export interface Pick {
  readonly dimension: string;
  readonly value: string | null;
}

export interface TableInput {
  readonly catalogue: Catalogue;
  readonly metrics: readonly Metric[];
  readonly view: ExploreView;
  readonly found: Exploration;
}

/** Rows by metric, period and group. */
export const indexOf = (answer: Answer | null): ((...key: readonly (string | null)[]) => Row | undefined) => {
  const by = answer?.asked.by ?? [];
  const rows = new Map(
    (answer?.rows ?? []).map((row) => [
      JSON.stringify([row.metric, row.period, ...by.map((id) => row.group[id] ?? null)]),
      row,
    ]),
  );
  return (...key) => rows.get(JSON.stringify(key));
};

/** A line of a table, and what it stands for. */
export interface Down {
  readonly key: readonly (string | null)[];
  readonly label: string;
  readonly raw: string | null;
  readonly pick: Pick | null;
}

/** What stands down the table: periods, else the first split, else one row for all. */
export const downOf = ({ catalogue, metrics: [first], view, found }: TableInput): readonly Down[] => {
  const { rows } = found.cells;
  if (view.grain !== null) {
    const periods = [...new Set(rows.map(({ period }) => period))].filter((period) => period !== null).toSorted();
    const grain = view.grain;
    return periods.map((period) => ({ key: [period], label: formatPeriod(period, grain), raw: period, pick: null }));
  }
  const dimension = view.rows;
  if (dimension === null || first === undefined) return [{ key: [null], label: 'All', raw: null, pick: null }];
  return groupsIn(catalogue, first, rows, dimension).map(({ value, label }) => ({
    key: [null, value],
    label,
    raw: value,
    pick: { dimension, value },
  }));
};

/** What stands across it: every pair of the remaining splits. */
export const acrossOf = ({ catalogue, metrics: [first], view, found }: TableInput) => {
  const dimensions = [...(view.grain === null ? [] : [view.rows]), view.columns].filter((id) => id !== null);
  const lists = dimensions.map((id) => (first ? groupsIn(catalogue, first, found.cells.rows, id) : []));
  const pairs = lists.reduce<readonly (readonly Group[])[]>(
    (all, groups) => all.flatMap((some) => groups.map((group) => [...some, group])),
    [[]],
  );
  const columns = pairs.map((groups) => ({
    key: groups.map(({ value }) => value),
    label: groups.map(({ label }) => label).join(' · '),
    // Of two splits a column stands for neither alone.
    pick: groups.length === 1 ? { dimension: dimensions[0] ?? '', value: groups[0]?.value ?? null } : null,
  }));
  return { dimensions, columns };
};

/** What the first column is called. */
export const firstLabel = ({ catalogue, view }: TableInput): string =>
  view.grain !== null ? 'Period' : view.rows === null ? '' : dimensionLabel(catalogue, view.rows);

import type { Row } from './answer.ts';
import { byCode, isOrdered, valueLabel, type Catalogue, type Metric } from './catalogue.ts';
import { canBeJoined } from './explore-shape.ts';
import { formatCount } from './format.ts';

/** One value of a dimension that stands in an answer. */
export interface Group {
  /** null: not recorded. */
  readonly value: string | null;
  /** Its own: two values of one name are told apart by their codes. */
  readonly label: string;
}

/** What a group weighs: what is counted, or else the cases behind its value. */
const weightOf = ({ kind }: Metric, row: Row): number =>
  Math.abs((kind === 'count' ? row.value : (row.n ?? row.denominator)) ?? 0);

/**
 * The values of a dimension in an answer: in the order of their codes where these have one, else those with most behind
 * them first (by the first metric).
 */
export const groupsIn = (
  catalogue: Catalogue,
  metric: Metric,
  rows: readonly Row[],
  dimension: string,
): readonly Group[] => {
  const weights = new Map<string | null, number>();
  for (const row of rows) {
    const value = row.group[dimension] ?? null;
    weights.set(value, (weights.get(value) ?? 0) + (row.metric === metric.id ? weightOf(metric, row) : 0));
  }
  const named = [...weights].map(([value, weight]) => ({
    value,
    weight,
    name: valueLabel(catalogue, dimension, value),
  }));
  const counts = Map.groupBy(named, ({ name }) => name);
  const heavier = (a: (typeof named)[number], b: typeof a) => b.weight - a.weight || (a.name < b.name ? -1 : 1);
  return named
    .toSorted((a, b) => (isOrdered(dimension) ? byCode(a.value, b.value) : heavier(a, b)))
    .map(({ value, name }) => {
      const isShared = (counts.get(name)?.length ?? 0) > 1 && value !== null;
      return { value, label: isShared ? `${name} (${value})` : name };
    });
};

/** The groups that are drawn, and those that are not. */
export interface Parted {
  readonly drawn: readonly Group[];
  readonly rest: readonly Group[];
}

/** The first `top` of the groups with most behind them, in the order given; null: all. */
export const parted = (groups: readonly Group[], top: number | null): Parted => {
  const most = top ?? groups.length;
  // One group too many is drawn rather than called “all others”.
  const kept = groups.length <= most + 1 ? groups.length : most;
  return { drawn: groups.slice(0, kept), rest: groups.slice(kept) };
};

/** The name of those that are not drawn each by itself. */
export const restLabel = (rest: readonly Group[]): string => `All others (${formatCount(rest.length)})`;

const sumOf = (numbers: readonly (number | null)[]): number | null => {
  const known = numbers.filter((number) => number !== null);
  return known.length === 0 ? null : known.reduce((sum, number) => sum + number, 0);
};

/**
 * Several rows of one metric as one: a sum, or the ratio of sums; without an interval, which the parts do not hold. Null
 * where they cannot be put together: a median of medians is none.
 */
export const joined = (metric: Metric, rows: readonly Row[]): Row | null => {
  const [first] = rows;
  if (first === undefined || !canBeJoined(metric)) return null;
  const shared: Row = {
    ...first,
    ...{ group: {}, lower: null, upper: null, compareValue: null, change: null },
    n: sumOf(rows.map(({ n }) => n)),
  };
  if (metric.kind === 'count') {
    const value = sumOf(rows.map((row) => row.value));
    return { ...shared, value, numerator: value, denominator: null };
  }
  const isWhole = rows.every((row) => row.numerator !== null && row.denominator !== null);
  const numerator = isWhole ? sumOf(rows.map((row) => row.numerator)) : null;
  const denominator = isWhole ? sumOf(rows.map((row) => row.denominator)) : null;
  const value = numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator;
  return { ...shared, value, numerator, denominator };
};

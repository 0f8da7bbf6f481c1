import { defaultPeriod, periodOrDaysHint, periodText, readPeriod, type Period } from './period.ts';

export const exploreGrains = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type ExploreGrain = (typeof exploreGrains)[number];

/** Ways to draw an answer; which of them fit is decided by the shape of the question (`explore-shape.ts`). */
export const chartKinds = ['lines', 'panels', 'heat', 'bars', 'funnel', 'curve', 'figures'] as const;
export type ChartKind = (typeof chartKinds)[number];

/** What a value of a table with splits both ways is shown as a share of: its row, its column, or all. */
export const shareKinds = ['row', 'column', 'all'] as const;
export type ShareKind = (typeof shareKinds)[number];

/** One question of an analyst, as its address holds it. Ids as written there: whether they exist is seen later. */
export interface ExploreView {
  /** Metric ids in the order drawn; none: nothing is asked yet. */
  readonly metrics: readonly string[];
  /** Dimension whose values stand side by side: lines over time, bars, the rows of the table; null: no split. */
  readonly rows: string | null;
  /** Dimension of the second split: small multiples, the columns of a heat map; null: none. */
  readonly columns: string | null;
  /** Width of a period; null: one number over the whole of it. */
  readonly grain: ExploreGrain | null;
  readonly period: Period;
  /** Dimension id → values kept, alternatives of each other; the empty text stands for not recorded. No empty lists. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  readonly compare: 'year' | 'previous' | null;
  /** The release whose numbers stand beside; null: none. */
  readonly against: string | null;
  /** null: no shares. */
  readonly share: ShareKind | null;
  /** Dimensions that stand beside the answer, each with its values to click: what is picked in one filters all. */
  readonly beside: readonly string[];
  /** null: the first that fits. */
  readonly chart: ChartKind | null;
  /** How many values of a split are drawn; null: all. The table always has all. */
  readonly top: number | null;
  /** The release it is frozen at; null: whichever is served. */
  readonly release: string | null;
}

export const emptyExplore: ExploreView = {
  metrics: [],
  rows: null,
  columns: null,
  grain: 'month',
  period: defaultPeriod,
  where: {},
  compare: null,
  against: null,
  share: null,
  beside: [],
  chart: null,
  top: 10,
  release: null,
};

/** Keys with a meaning of their own; every other key is a dimension to filter by. */
const reserved = new Set([
  ...[
    'metric',
    'rows',
    'columns',
    'grain',
    'period',
    'compare',
    'against',
    'share',
    'beside',
    'chart',
    'top',
    'release',
  ],
  // Of the other pages, where a link may come from.
  ...['show', 'by', 'rules', 'all', 'bridge', 'kpi', 'report', 'sql'],
]);
/** Before the id of a dimension that is called like one of these keys. */
const escape = 'is.';
const keyOf = (dimension: string): string =>
  reserved.has(dimension) || dimension.startsWith(escape) ? escape + dimension : dimension;
const dimensionOf = (key: string): string | null =>
  reserved.has(key) ? null : key.startsWith(escape) ? key.slice(escape.length) : key;

const topText = (top: number | null): string => (top === null ? 'all' : String(top));

/** `all` → null, a whole number from 1 to 999 → itself, anything else → undefined. */
const readTop = (text: string | null): number | null | undefined =>
  text === 'all' ? null : /^[1-9]\d{0,2}$/.test(text ?? '') ? Number(text) : undefined;

/** The address of a view; only what differs from the empty one is written, filters in the order of their dimensions. */
export const writeExplore = (view: ExploreView): string => {
  const query = new URLSearchParams();
  const put = (key: string, value: string | null, usual: string | null) => {
    if (value !== null && value !== usual) query.append(key, value);
  };
  for (const metric of view.metrics) query.append('metric', metric);
  put('rows', view.rows, null);
  put('columns', view.columns, null);
  put('grain', view.grain ?? 'none', emptyExplore.grain);
  put('period', periodText(view.period), periodText(defaultPeriod));
  put('compare', view.compare, null);
  put('against', view.against, null);
  put('share', view.share, null);
  for (const dimension of view.beside) query.append('beside', dimension);
  put('chart', view.chart, null);
  put('top', topText(view.top), topText(emptyExplore.top));
  put('release', view.release, null);
  for (const [dimension, values] of Object.entries(view.where).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    for (const value of values) query.append(keyOf(dimension), value);
  const text = query.toString();
  return text === '' ? '/explore' : `/explore?${text}`;
};

/** The opposite of {@link writeExplore}. What cannot be read falls back to its default; see {@link misreadExplore}. */
export const readExplore = (search: string): ExploreView => {
  const query = new URLSearchParams(search);
  const grain = query.get('grain');
  const compare = query.get('compare');
  const top = readTop(query.get('top'));
  const filters = [...new Set(query.keys())].flatMap((key) => {
    const dimension = dimensionOf(key);
    return dimension === null ? [] : [[dimension, [...new Set(query.getAll(key))]] as const];
  });
  return {
    metrics: [...new Set(query.getAll('metric'))],
    rows: query.get('rows'),
    columns: query.get('columns'),
    grain: grain === 'none' ? null : (exploreGrains.find((one) => one === grain) ?? emptyExplore.grain),
    period: readPeriod(query.get('period'), 'day') ?? defaultPeriod,
    where: Object.fromEntries(filters),
    compare: compare === 'year' || compare === 'previous' ? compare : null,
    against: query.get('against'),
    share: shareKinds.find((one) => one === query.get('share')) ?? null,
    beside: [...new Set(query.getAll('beside'))],
    chart: chartKinds.find((one) => one === query.get('chart')) ?? null,
    top: top === undefined ? emptyExplore.top : top,
    release: query.get('release'),
  };
};

/** One sentence for each part of the address that was not understood and so was not followed. */
export const misreadExplore = (search: string): readonly string[] => {
  const query = new URLSearchParams(search);
  const good: Readonly<Record<string, readonly [boolean, string]>> = {
    grain: [
      [...exploreGrains, 'none'].some((one) => one === query.get('grain')),
      `right would be ${exploreGrains.join(', ')} or none`,
    ],
    period: [readPeriod(query.get('period'), 'day') !== null, periodOrDaysHint],
    compare: [['year', 'previous'].includes(query.get('compare') ?? ''), 'right would be year or previous'],
    share: [shareKinds.some((one) => one === query.get('share')), `right would be ${shareKinds.join(', ')}`],
    chart: [chartKinds.some((one) => one === query.get('chart')), `right would be ${chartKinds.join(', ')}`],
    top: [readTop(query.get('top')) !== undefined, 'right would be a whole number from 1 to 999, or all'],
  };
  return Object.entries(good).flatMap(([key, [isGood, would]]) =>
    query.has(key) && !isGood ? [`The address asks for a ${key} that cannot be read; ${would}.`] : [],
  );
};

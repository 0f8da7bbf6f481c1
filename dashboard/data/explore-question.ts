import type { ViewState } from '../../warehouse/query/view-state.ts';
import type { ExploreScope } from './explore-scope.ts';
import { hasCurve, offeredCharts } from './explore-shape.ts';
import { daysAsked } from './period.ts';

/** One part of what a page shows, as `POST /api/batch` takes it. */
export interface Question {
  /** Which part of the page it answers; `curves` of the metric in the view, `beside` by the dimension in the view. */
  readonly part: 'cells' | 'foot' | 'side' | 'corner' | 'beside' | 'curves';
  readonly kind: 'values' | 'curves';
  /** Whether the numbers of another release stand beside its own. */
  readonly isBeside: boolean;
  readonly view: ViewState;
}

/** The numbers that are drawn, listed and exported: one for each metric, period and group. */
export const cellsQuestion = ({ view, metrics, span }: ExploreScope): ViewState => ({
  metrics: metrics.map(({ id }) => id),
  by: [view.rows, view.columns].filter((id) => id !== null),
  grain: view.grain,
  ...daysAsked(span, view.grain),
  where: view.where,
  compare: view.compare,
  asOf: null,
});

/** One number for all of the period by a dimension: under every filter but those by itself, so that its other values stay to be chosen. */
const besideQuestion = ({ view, metrics, span }: ExploreScope, id: string): Partial<ViewState> => ({
  ...{ metrics: metrics.slice(0, 1).map((metric) => metric.id), by: [id], grain: null, compare: null },
  ...daysAsked(span, null),
  where: Object.fromEntries(Object.entries(view.where).filter(([dimension]) => dimension !== id)),
});

/**
 * All questions of a view, to be put in one request: its cells; the same without the split down the table (its foot), without
 * the one across it (its side), without both (the corner); by what stands beside, with all filters but its own; curves where
 * they are drawn. Totals are asked, not added up: of medians and ratios there is no other way, and intervals come with
 * them.
 */
export const exploreQuestions = (scope: ExploreScope): readonly Question[] => {
  const { view, metrics } = scope;
  if (metrics.length === 0) return [];
  const cells = cellsQuestion(scope);
  const hasRows = view.grain !== null || view.rows !== null;
  const across = view.grain === null ? cells.by.slice(1) : cells.by;
  const values = (part: Question['part'], change: Partial<ViewState>): Question => ({
    part,
    kind: 'values',
    isBeside: isBeside && part !== 'beside',
    view: { ...cells, ...change },
  });
  // Over the whole of a period the one before it is another than each month's.
  const whole = { grain: null, compare: view.grain === null ? cells.compare : null } as const;
  const isBeside = view.against !== null;
  const chart = view.chart ?? offeredCharts(view, metrics)[0];
  const curves = chart === 'curve' ? metrics.filter(hasCurve) : [];
  return [
    values('cells', {}),
    ...(hasRows ? [values('foot', { ...whole, by: across })] : []),
    ...(across.length > 0 ? [values('side', { by: view.grain === null ? cells.by.slice(0, 1) : [] })] : []),
    ...(hasRows && across.length > 0 ? [values('corner', { ...whole, by: [] })] : []),
    ...view.beside.map((id) => values('beside', besideQuestion(scope, id))),
    ...curves.map((metric): Question => ({
      part: 'curves',
      kind: 'curves',
      isBeside: false,
      view: { ...cells, metrics: [metric.id], compare: null },
    })),
  ];
};

/** What the total keeps apart whose share each value is, as an export names it; null without shares. */
const shareWithin = ({ view }: ExploreScope): string | null => {
  if (view.share === null) return null;
  if (view.share === 'all') return 'all';
  const across = (view.grain === null ? [view.columns] : [view.rows, view.columns]).filter((id) => id !== null);
  return view.share === 'column' ? across.join(',') : view.grain === null ? (view.rows ?? '') : 'period';
};

export const fileFormats = ['csv', 'json', 'xlsx', 'parquet', 'arrow'] as const;
export type FileFormat = (typeof fileFormats)[number];

/** Where the cells of a view can be had as a file. */
export const exportAddress = (scope: ExploreScope, format: FileFormat): string => {
  const asked = cellsQuestion(scope);
  const query = new URLSearchParams({ metrics: asked.metrics.join(',') });
  const put = (key: string, value: string | null) => {
    if (value !== null && value !== '') query.append(key, value);
  };
  put('by', asked.by.join(','));
  put('grain', asked.grain);
  put('from', asked.from);
  put('to', asked.to);
  for (const [id, values] of Object.entries(asked.where)) for (const value of values) put('where', `${id}=${value}`);
  put('compare', asked.compare);
  put('release', scope.view.release);
  put('against', scope.view.against);
  put('share', shareWithin(scope));
  if (format === 'csv') put('about', 'yes');
  return `/api/export.${format}?${query}`;
};

import type { DuckDBConnection } from '@duckdb/node-api';
import type { Catalogue } from '../metric/catalogue.ts';
import { definitionVersion } from '../metric/definition-version.ts';
import type { Metric, RatioMeasure, Unit as UnitOfMeasure } from '../metric/metric.ts';
import type { Reader } from '../open.ts';
import type { ColumnTable } from './column-table.ts';
import { cubeTable, type CubeTable } from './cube-table.ts';
import { keepsClustersApart, sumScales, unfitDimension } from './cube-fitness.ts';
import type { CubeView } from './cube-view.ts';
import { scopeDimension } from './dated-target.ts';
import { unitStatement } from './metric-query.ts';
import { unmetNeeds } from './needs.ts';
import { planUnits, type Unit } from './plan.ts';
import { ownThrough, releaseFacts, settledThrough } from './release-facts.ts';
import { resolveMetrics } from './resolve.ts';
import { runStatement } from './sql-text.ts';
import type { ViewState } from './view-state.ts';

/** Cells of a cube at most, over all relations it is of: some megabytes, and a slice of it is taken in about a millisecond. */
export const mostCells = 100_000;

/** How a metric of a cube is made of its sums. */
export interface CubeMetric {
  readonly id: string;
  /** Which of the tables holds its sums, and under which number: `a3`, `b3` of sums, `k3` … of clusters. */
  readonly table: number;
  readonly at: number;
  readonly measure: { readonly kind: 'count' } | Pick<RatioMeasure, 'kind' | 'interval' | 'denominator_divisor'>;
  readonly unit: UnitOfMeasure;
  /** Both sums are whole numbers of this part of one: 10000 where the columns keep four decimals. */
  readonly scales: readonly [number, number];
  readonly version: string;
  /** As in an answer. */
  readonly completeThrough: string | null;
  /** Last complete day by its own extracts, settled or not; null where none of them says. */
  readonly ownThrough: string | null;
  /** Dimensions whose filters say what has been fed at all: a count of 0 is not known where nothing has. */
  readonly fedBy: readonly string[];
}

/** What is told of a cube. */
export interface CubeAbout {
  readonly release: string;
  readonly asOf: string;
  /** Last complete day of the release, for metrics whose extracts do not say. */
  readonly completeThrough: string | null;
  readonly grain: CubeView['grain'];
  /** The dimensions it keeps, in the order of the columns `d0`, `d1` … */
  readonly by: readonly string[];
  readonly cells: number;
  readonly bound: number;
  readonly metrics: readonly CubeMetric[];
  /** The tables in their order: what the codes of each dimension stand for, and whether they hold a stock. */
  readonly tables: readonly Pick<CubeTable, 'values' | 'isStock' | 'isOfClusters'>[];
}

/** What comes before a cube's tables, or, where there is none, before the answers that were asked for besides. */
export type CubeTold =
  | { readonly tier: 'cube'; readonly about: CubeAbout }
  /** `refused`: why there is no cube, as a part of a sentence. */
  | { readonly tier: 'marts'; readonly refused: string };

/** A cube; or why there is none, as a part of a sentence: `it would have more than 100,000 cells`. */
export type CubeAnswer =
  { readonly about: CubeAbout; readonly tables: readonly ColumnTable[] } | { readonly refused: string };

/**
 * The sums of metrics by period and dimension over all days, from which a page answers every question about them itself.
 *
 * Only what adds up exactly is let in: sums of whole numbers or decimals, and sums over clusters (records) where each lies
 * within one cell. Quantiles, survival and agreement need their records. Of a release that withholds small cells
 * (`meta.withholding`) there is none: every withheld number could be worked out from the sums around it.
 * @throws UserError for an unknown metric, dimension or grain; the signal's reason once it is aborted
 */
export const cube = async (
  reader: Reader,
  catalogue: Catalogue,
  wish: CubeView,
  signal?: AbortSignal,
): Promise<CubeAnswer> => {
  const metrics = resolveMetrics(catalogue, wholeView(wish, [...wish.by, ...wish.also]));
  const unadded = metrics.find(({ measure }) => measure.kind !== 'count' && measure.kind !== 'ratio');
  if (unadded !== undefined) return { refused: `${unadded.label} is not made of sums` };
  const facts = await releaseFacts(reader);
  if (facts.withholdsBelow !== null) return { refused: 'small cells are withheld here, and sums would tell them' };
  const connection = await reader.connect();
  try {
    const unmet = await unmetNeeds(connection, metrics);
    const lacking = metrics.find((metric) => (unmet.get(metric) ?? []).length > 0);
    if (lacking !== undefined) return { refused: `${lacking.label} is not known` };
    const wide =
      wish.also.length === 0 ? null : await tablesOf(connection, metrics, [...wish.by, ...wish.also], wish, signal);
    const by = wide !== null && 'tables' in wide ? [...wish.by, ...wish.also] : wish.by;
    const found = by === wish.by ? await tablesOf(connection, metrics, wish.by, wish, signal) : wide!;
    if ('refused' in found) return found;
    const about: CubeAbout = {
      release: facts.release,
      asOf: facts.asOf ?? '',
      completeThrough: facts.completeThrough,
      grain: wish.grain,
      by,
      cells: found.tables.reduce((sum, { table }) => sum + table.rows, 0),
      bound: mostCells,
      metrics: metrics.map((metric) => ({
        ...placeOf(found.tables, metric),
        version: definitionVersion(metric),
        completeThrough: settledThrough(facts, metric, null),
        ownThrough: ownThrough(facts, metric),
        fedBy: by.filter((id) => metric.dimensions[id] === metric.dimensions[scopeDimension]),
      })),
      tables: found.tables.map(({ values, isStock, isOfClusters }) => ({ values, isStock, isOfClusters })),
    };
    return { about, tables: found.tables.map(({ table }) => table) };
  } finally {
    connection.closeSync();
  }
};

const wholeView = ({ metrics, grain }: CubeView, by: readonly string[]): ViewState => ({
  ...{ metrics, by, grain },
  ...{ from: null, to: null, where: {}, compare: null, asOf: null },
});

type Tables = { readonly tables: readonly CubeTable[] } | { readonly refused: string };

const tablesOf = async (
  connection: DuckDBConnection,
  metrics: readonly Metric[],
  by: readonly string[],
  wish: CubeView,
  signal: AbortSignal | undefined,
): Promise<Tables> => {
  const view = wholeView(wish, by);
  const tables: CubeTable[] = [];
  let cells = 0;
  for (const unit of planUnits(metrics, view)) {
    const refused = await refusal(connection, unit, view, signal);
    if (refused !== null) return { refused };
    const result = await runStatement(connection, unitStatement(unit, view), signal);
    cells += result.rows;
    if (cells > mostCells) return { refused: `it would have more than ${mostCells.toLocaleString('en')} cells` };
    const table = cubeTable(unit, result, await sumScales(connection, unit));
    if (table === null) return { refused: `sums of ${unit.from} are too large to be added exactly` };
    tables.push(table);
  }
  return { tables };
};

/** Why the rows of a unit cannot be cut into cells that add up; null where they can. */
const refusal = async (
  connection: DuckDBConnection,
  unit: Unit,
  view: ViewState,
  signal: AbortSignal | undefined,
): Promise<string | null> => {
  const [first] = unit.metrics;
  const name = first?.label ?? '';
  if (unit.shape !== 'sums' && unit.shape !== 'clusters') return `the interval of ${name} needs its records`;
  if ((await unfitDimension(connection, unit)) !== null) return `${name} is split by what has no plain order`;
  if ((await sumScales(connection, unit)) === null)
    return `${name} adds up fractions, whose last digits depend on their order`;
  if (unit.shape === 'clusters' && !(await keepsClustersApart(connection, unit, view, signal)))
    return `records of ${name} lie in several cells at once`;
  return null;
};

const placeOf = (tables: readonly CubeTable[], metric: Metric) => {
  const table = tables.findIndex(({ unit }) => unit.metrics.includes(metric));
  const { unit, scales } = tables[table]!;
  const at = unit.metrics.indexOf(metric);
  const { measure } = metric;
  return {
    ...{ id: metric.id, table, at, unit: metric.unit, scales: scales[at]! },
    measure:
      measure.kind === 'ratio'
        ? {
            ...{ kind: measure.kind, interval: measure.interval },
            ...(measure.denominator_divisor === undefined ? {} : { denominator_divisor: measure.denominator_divisor }),
          }
        : ({ kind: 'count' } as const),
  };
};

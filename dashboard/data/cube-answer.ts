import { clusterFigures } from '../../warehouse/additive/clusters.ts';
import { shiftOf } from '../../warehouse/additive/shift.ts';
import { countFigures, countsThings, ratioFigures, type Figures } from '../../warehouse/additive/sums.ts';
import type { CubeMetric } from '../../warehouse/query/cube.ts';
import type { ViewState } from '../../warehouse/query/view-state.ts';
import type { Answer, Row } from './answer.ts';
import type { Cube, CubeCells } from './cube.ts';
import { least, sliceOf, summed, type Cut, type Slice } from './cube-slice.ts';
import type { IsoDate } from './period.ts';

/** The numbers of one metric by the rows of a slice. */
interface Block {
  readonly slice: Slice;
  readonly figures: Figures;
}

const isFirst = (day: IsoDate): boolean => day.endsWith('-01');

/** Whether everything a view asks stands in the cube: metrics, splits and filters, and days that its periods can be put together to. */
export const holds = ({ about }: Cube, { metrics, by, where, grain, from, to, compare, asOf }: ViewState): boolean => {
  if (asOf !== null || from === null || to === null) return false;
  const shift = compare === null ? (day: string) => day : shiftOf({ grain, from, to, compare });
  if (shift === null) return false;
  const isWhole =
    about.grain === 'day' || (grain !== 'day' && grain !== 'week' && [from, to, shift(from), shift(to)].every(isFirst));
  const filtered = Object.keys(where).filter((id) => (where[id] ?? []).length > 0);
  return (
    isWhole &&
    metrics.every((id) => about.metrics.some((metric) => metric.id === id)) &&
    [...by, ...filtered].every((id) => about.by.includes(id))
  );
};

/**
 * The answer to a view out of a cube, to the last bit the one the server would give; null where the cube does not hold it,
 * or cannot tell whether a count of 0 is a finding or nothing that anybody has fed.
 */
export const answerFrom = (cube: Cube, view: ViewState): Answer | null => {
  if (!holds(cube, view)) return null;
  const metrics = view.metrics.flatMap((id) => cube.about.metrics.find((metric) => metric.id === id) ?? []);
  const shift = view.compare === null ? null : shiftOf(view);
  const now = blocksOf(
    cube,
    metrics,
    cutOf(view, (day) => day),
  );
  const before = shift === null ? null : blocksOf(cube, metrics, cutOf(view, shift));
  if (now === null || (shift !== null && before === null)) return null;
  const ends = metrics.flatMap(({ ownThrough }) => ownThrough ?? []).toSorted();
  return {
    asked: view,
    release: cube.about.release,
    asOf: cube.about.asOf,
    completeThrough: ends[0] ?? cube.about.completeThrough,
    throughOf: new Map(metrics.flatMap((one) => (one.completeThrough === null ? [] : [[one.id, one.completeThrough]]))),
    against: null,
    versionOf: new Map(metrics.map(({ id, version }) => [id, version])),
    rows: metrics.flatMap((metric, i) => rowsOf(metric, view, now[i]!, before === null ? null : before[i]!, shift)),
  };
};

const cutOf = ({ from, to, grain, by, where }: ViewState, shift: (day: string) => string): Cut => ({
  ...{ grain, by, where },
  from: shift(from ?? ''),
  to: shift(to ?? ''),
});

/** One block a metric; those of one relation share its slice. */
const blocksOf = (cube: Cube, metrics: readonly CubeMetric[], cut: Cut): readonly Block[] | null => {
  const slices = new Map<number, Slice | null>();
  const blocks: Block[] = [];
  for (const metric of metrics) {
    const table = cube.tables[metric.table]!;
    if (!slices.has(metric.table)) slices.set(metric.table, sliceOf(cube, table, cut));
    const slice = slices.get(metric.table) ?? null;
    if (slice === null) return null;
    const block = fed(cube, table, metric, cut, { slice, figures: figuresOf(table, metric, slice) });
    if (block === null) return null;
    blocks.push(block);
  }
  return blocks;
};

const figuresOf = (table: CubeCells, { at, measure, unit, scales }: CubeMetric, slice: Slice): Figures => {
  const sum = (part: string, scale = 1): Float64Array<ArrayBuffer> => {
    const sums = summed(table.sums.get(`${part}${at}`) ?? new Float64Array(table.rows), slice);
    return scale === 1 ? sums : sums.map((whole) => whole / scale);
  };
  if (measure.kind === 'count') return countFigures(sum('a', scales[0]), countsThings(unit) ? null : sum('b'));
  if (!table.isOfClusters) return ratioFigures(measure, sum('a', scales[0]), sum('b', scales[1]));
  const end = (part: string, sign: 1 | -1) => least(table.sums.get(`${part}${at}`)!, slice, sign);
  return clusterFigures({ unit }, measure, {
    ...{ k: sum('k'), m: sum('m'), n: sum('n'), mm: sum('mm'), mn: sum('mn'), nn: sum('nn') },
    ...{ low: end('low', 1), over: end('over', -1) },
  });
};

/**
 * A count of 0 is not known where nothing has fed its relation, or nothing of the facilities asked about. A stock's cells
 * are of some days only, so that nothing in them does not say that nothing was fed: then null.
 */
const fed = (cube: Cube, table: CubeCells, metric: CubeMetric, cut: Cut, block: Block): Block | null => {
  const { slice, figures } = block;
  if (metric.measure.kind !== 'count' || slice.rows !== 1 || figures.value[0] !== 0) return block;
  const kept = Object.entries(cut.where).filter(([id]) => metric.fedBy.includes(id));
  const all = { from: '0001-01-01', to: '9999-12-31', grain: null, by: [], where: Object.fromEntries(kept) };
  // Cells whose day is not known are of no period.
  const anyDay = { ...table, isStock: false };
  if ((sliceOf(cube, anyDay, all)?.cells.length ?? 0) > 0) return block;
  const blank = Float64Array.of(NaN);
  return table.isStock ? null : { slice, figures: { ...figures, value: blank, numerator: blank } };
};

const known = (number: number | undefined): number | null =>
  number === undefined || Number.isNaN(number) ? null : number;

const rowsOf = (
  metric: CubeMetric,
  { by }: ViewState,
  { slice, figures }: Block,
  before: Block | null,
  shift: ((day: string) => string) | null,
): readonly Row[] => {
  const key = (one: Slice, row: number, period: IsoDate | null) =>
    JSON.stringify([period, ...one.groups.map((values) => values[row] ?? null)]);
  const earlier = new Map(
    Array.from({ length: before?.slice.rows ?? 0 }, (_, row) => [
      key(before!.slice, row, before!.slice.period?.[row] ?? null),
      before!.figures.value[row]!,
    ]),
  );
  return Array.from({ length: slice.rows }, (_, row): Row => {
    const period = slice.period?.[row] ?? null;
    const value = figures.value[row]!;
    const compared = shift === null ? NaN : (earlier.get(key(slice, row, period && shift(period))) ?? NaN);
    return {
      metric: metric.id,
      period,
      group: Object.fromEntries(by.map((id, i) => [id, slice.groups[i]?.[row] ?? null])),
      value: known(value),
      numerator: known(figures.numerator[row]),
      denominator: known(figures.denominator[row]),
      lower: known(figures.lower[row]),
      upper: known(figures.upper[row]),
      n: known(figures.n[row]),
      suppressed: false,
      compareValue: known(compared),
      change: known(value - compared),
    };
  });
};

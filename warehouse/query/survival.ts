import { UserError } from '../error.ts';
import { findMetrics, type Catalogue } from '../metric/catalogue.ts';
import type { Reader } from '../open.ts';
import { limitsAt, type SurvivalCurve } from '../statistics/kaplan-meier.ts';
import type { ColumnTable, TextColumn } from './column-table.ts';
import { curvesOf } from './finish-times.ts';
import { unitStatement } from './metric-query.ts';
import { planUnits } from './plan.ts';
import { resolveMetrics } from './resolve.ts';
import { runStatement } from './sql-text.ts';
import { validityOf } from './validity.ts';
import type { ViewState } from './view-state.ts';

/** Points a curve is drawn with, at most. */
const mostPoints = 400;

/**
 * Kaplan–Meier curves of a metric of that kind (id or code), one per group of the view; grain and comparison play no part.
 *
 * Columns: one per dimension (text), time (days), survival, lower, upper (log-log 95 %), at_risk (just before time).
 * Each curve begins at survival 1 and ends with the last time watched. It is thinned to 400 points: those shown are
 * exact, a step left out lies between two that are shown.
 *
 * @throws UserError where the metric is of another kind or cannot be asked so
 */
export const survival = async (
  reader: Reader,
  catalogue: Catalogue,
  view: ViewState,
  metricId: string,
  signal?: AbortSignal,
): Promise<ColumnTable> => {
  const metric = findMetrics(catalogue, [metricId]).find(({ measure }) => 'event' in measure);
  if (metric === undefined) {
    const others = catalogue.metrics.filter(({ measure }) => 'event' in measure).map(({ id }) => id);
    throw new UserError(`\`${metricId}\` has no survival curve.`, { mend: `These have one: ${others.join(', ')}.` });
  }
  const whole: ViewState = { ...view, metrics: [metric.id], grain: null, compare: null };
  const [unit] = planUnits(resolveMetrics(catalogue, whole), whole);
  const connection = await reader.connect();
  try {
    const result = await runStatement(connection, unitStatement(unit!, whole), signal);
    const { groups, curves } = curvesOf(result);
    return drawn(groups.by, view.by, curves);
  } finally {
    connection.closeSync();
  }
};

const drawn = (by: readonly TextColumn[], names: readonly string[], curves: readonly SurvivalCurve[]): ColumnTable => {
  const points = curves.flatMap((curve, group) => pointsOf(curve).map((point) => ({ ...point, group })));
  const numbers = (name: string, of: (point: (typeof points)[number]) => number) => {
    const values = Float64Array.from(points, of);
    return { name, kind: 'number', values, validity: validityOf(values) } as const;
  };
  const groupColumns = by.map((column, i): TextColumn => {
    const validity = validityOf(
      Float64Array.from(points, ({ group }) => (((column.validity?.[group >> 3] ?? 255) >> (group & 7)) & 1 ? 0 : NaN)),
    );
    return {
      ...column,
      name: names[i] ?? column.name,
      codes: Uint32Array.from(points, ({ group }) => column.codes[group]!),
      validity,
    };
  });
  return {
    rows: points.length,
    columns: [
      ...groupColumns,
      numbers('time', ({ time }) => time),
      numbers('survival', ({ survival: left }) => left),
      numbers('lower', ({ lower }) => lower),
      numbers('upper', ({ upper }) => upper),
      numbers('at_risk', ({ atRisk }) => atRisk),
    ],
  };
};

interface Point {
  readonly time: number;
  readonly survival: number;
  readonly lower: number;
  readonly upper: number;
  readonly atRisk: number;
}

/** The beginning, the steps that count most for the eye, and the end. */
const pointsOf = (curve: SurvivalCurve): Point[] => {
  const { time, survival: left, atRisk } = curve;
  const last = time.length - 1;
  const start: Point = { time: Math.min(0, time[0] ?? 0), survival: 1, lower: 1, upper: 1, atRisk: curve.n };
  const steps = [...left.keys()].filter((i) => left[i] !== (left[i - 1] ?? 1) || i === last);
  return [
    start,
    ...thinned(steps, curve).map((i) => ({
      time: time[i]!,
      survival: left[i]!,
      ...limitsAt(curve, i),
      atRisk: atRisk[i]!,
    })),
  ];
};

/**
 * At most 399 of the steps, the last always: the line from start to end is cut into equal lengths, height and width
 * together (each taken as 1), and the last step of each length is kept.
 */
const thinned = (steps: readonly number[], { time, survival: left }: SurvivalCurve): readonly number[] => {
  const room = mostPoints - 1;
  if (steps.length <= room) return steps;
  const [first, last] = [steps[0]!, steps[steps.length - 1]!];
  const wide = time[last]! - time[first]! || 1;
  const high = 1 - left[last]! || 1;
  const along = (i: number): number => ((time[i]! - time[first]!) / wide + (1 - left[i]!) / high) / 2;
  const piece = (i: number): number => Math.min(room - 1, Math.floor(along(i) * room));
  return steps.filter((i, k) => k === steps.length - 1 || piece(i) !== piece(steps[k + 1]!));
};

import type { Standing } from '../../warehouse/query/standings.ts';
import type { Answer, Row } from './answer.ts';
import type { Metric } from './catalogue.ts';
import { isFilling, type IsoDate } from './period.ts';
import { signalOf, type Signal } from './signal.ts';
import { judgedMetric } from './standing.ts';
import type { Grain } from './url.ts';

/** What a change means to the department; `common` when it lies within the doubt of the number itself. */
export type Meaning = 'improvement' | 'concern' | 'common' | 'unknown';

/** One line of the scorecard: the latest complete value of a metric, its doubt, its past and how it stands. */
export interface Indicator {
  readonly metric: Metric;
  /** The latest complete period that has a value; null when none has. */
  readonly latest: Row | null;
  /** Every period of the span, oldest first; null where nothing is known. */
  readonly history: readonly HistoryPoint[];
  /** How it stands against its target, over the policy's window and not the latest period; null while that is fetched. */
  readonly standing: Standing | null;
  readonly meaning: Meaning;
  /** What the rules of control charts say of it; null while nobody knows which rebases were recorded. */
  readonly signal: Signal | null;
}

export interface HistoryPoint {
  readonly period: IsoDate;
  readonly value: number | null;
  /** The period is not complete yet. */
  readonly filling: boolean;
}

/** From the median of the moving ranges to three standard deviations: 3/0.954 (Wheeler, Understanding Variation). */
const usual = 3.145;
/** Fewer moves than this say nothing of what is usual. */
const leastMoves = 6;

/** How far a series may move without news: three standard deviations by the median moving range; null of too few moves. */
export const usualMove = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null);
  const moves = known.slice(1).map((value, index) => Math.abs(value - (known[index] ?? value)));
  if (moves.length < leastMoves) return null;
  const sorted = moves.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return (usual * ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0))) / 2;
};

/**
 * What a change means. It is judged only when the earlier value lies outside the interval of the latest; a metric
 * without an interval, when the change exceeds what its own history moves by chance.
 *
 * @param history the complete values before and with this one, oldest first
 */
export const meaningOf = (metric: Metric, row: Row | null, history: readonly (number | null)[]): Meaning => {
  if (row === null) return 'unknown';
  const { lower, upper, compareValue, change } = row;
  if (change === null || compareValue === null) return 'unknown';
  const hasInterval = lower !== null && upper !== null;
  const within = hasInterval
    ? compareValue >= lower && compareValue <= upper
    : Math.abs(change) <= (usualMove(history) ?? Infinity);
  if (within || metric.better === 'neither') return 'common';
  return change > 0 === (metric.better === 'higher') ? 'improvement' : 'concern';
};

/**
 * A metric's rows by period as one indicator. Rows of other metrics are passed over.
 *
 * @param through the last day of which everything has arrived
 * @param standing how it stands; its target is the one shown
 * @param rebases days that its control limits are computed anew from; null: not known, and so no signal is told
 */
export const indicatorOf = (
  given: Metric,
  answer: Answer,
  grain: Grain,
  through: IsoDate,
  standing: Standing | null = null,
  rebases: readonly IsoDate[] | null = null,
): Indicator => {
  const metric = judgedMetric(given, standing);
  const history = answer.rows
    .filter((row): row is Row & { period: IsoDate } => row.metric === metric.id && row.period !== null)
    .toSorted((a, b) => (a.period < b.period ? -1 : 1))
    .map((row) => ({ row, filling: isFilling(row.period, grain, through) }));
  const complete = history.filter(({ filling }) => !filling);
  const latest = complete.findLast(({ row }) => row.value !== null)?.row ?? null;
  return {
    metric,
    latest,
    history: history.map(({ row, filling }) => ({ period: row.period, value: row.value, filling })),
    standing,
    meaning: meaningOf(
      metric,
      latest,
      complete.map(({ row }) => row.value),
    ),
    signal:
      rebases === null
        ? null
        : signalOf(
            metric,
            complete.map(({ row }) => row),
            rebases,
          ),
  };
};

/** The range a bullet is drawn over: value, interval, target and history, with a little air; shares stay in 0–1. */
export const bulletRange = ({ metric, latest, history }: Indicator): readonly [number, number] =>
  rangeAround(metric, [...history.map((point) => point.value), latest?.lower, latest?.upper, metric.target?.value]);

/** The range a sparkline is drawn over: its own history, and no narrower than the doubt of the latest value. */
export const sparkRange = ({ metric, latest, history }: Indicator): readonly [number, number] =>
  rangeAround(metric, [...history.map((point) => point.value), latest?.lower, latest?.upper]);

const rangeAround = (metric: Metric, seen: readonly (number | null | undefined)[]): readonly [number, number] => {
  const values = seen.filter((value) => value !== null && value !== undefined);
  if (values.length === 0) return [0, 1];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const air = (high - low || Math.abs(high) || 1) * 0.1;
  const top = high + air;
  return [Math.max(0, low - air), metric.unit === 'share' ? Math.min(1, top) : top];
};

import type { Answer, Row } from './answer.ts';
import { valueLabel, type Catalogue, type Metric } from './catalogue.ts';
import type { HistoryPoint, Meaning } from './indicator.ts';
import { isFilling, type IsoDate } from './period.ts';
import { slopeOf } from './slope.ts';
import type { Grain } from './url.ts';

/** One coder, facility or service over time: where it stands in the latest complete period and how far it moved. */
export interface GroupRow {
  readonly key: string;
  readonly label: string;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  /** Records behind the latest value. */
  readonly n: number | null;
  /** Latest value less the first known one; null with fewer than two. */
  readonly change: number | null;
  /** The slope of its line over the complete periods as a multiple of what chance allows; beyond ±1 is news. */
  readonly steepness: number;
  readonly meaning: Meaning;
  readonly history: readonly HistoryPoint[];
}

/** How steeply the value moves, as a multiple of what chance allows: beyond ±1 is news. 0 where that cannot be told. */
const steepness = (rows: readonly Row[], periods: readonly IsoDate[]): number => {
  const measured = rows.flatMap(({ period, value, lower, upper }) =>
    period === null || value === null || lower === null || upper === null || upper <= lower
      ? []
      : [{ at: periods.indexOf(period), value, half: (upper - lower) / 2 }],
  );
  const line = slopeOf(measured);
  return line === null ? 0 : line.slope / line.half;
};

const meaningOfTrend = ({ better }: Metric, steep: number): Meaning => {
  if (Math.abs(steep) <= 1 || better === 'neither') return 'common';
  return steep > 0 === (better === 'higher') ? 'improvement' : 'concern';
};

const rowOf = (
  catalogue: Catalogue,
  metric: Metric,
  by: string,
  rows: readonly Row[],
  periods: readonly IsoDate[],
  filling: (period: IsoDate) => boolean,
): GroupRow => {
  const value = rows[0]?.group[by] ?? null;
  const at = new Map(rows.map((row) => [row.period, row]));
  const known = periods.flatMap((period) => {
    const row = at.get(period);
    return row === undefined || row.value === null || filling(period) ? [] : [row];
  });
  const [first, last] = [known[0] ?? null, known.at(-1) ?? null];
  const steep = steepness(known, periods);
  const moved = known.length < 2 ? null : (last?.value ?? 0) - (first?.value ?? 0);
  return {
    key: value ?? '\u0000',
    label: valueLabel(catalogue, by, value),
    value: last?.value ?? null,
    lower: last?.lower ?? null,
    upper: last?.upper ?? null,
    n: last?.n ?? null,
    change: moved,
    steepness: steep,
    meaning: meaningOfTrend(metric, steep),
    history: periods.map((period) => ({ period, value: at.get(period)?.value ?? null, filling: filling(period) })),
  };
};

/** A metric split by one dimension and by period, one row per value, the one that most surely moves the wrong way first. */
export const groupRows = (
  catalogue: Catalogue,
  metric: Metric,
  answer: Answer,
  grain: Grain,
  through: IsoDate,
): readonly GroupRow[] => {
  const by = answer.asked.by[0] ?? '';
  const rows = answer.rows.filter((row) => row.metric === metric.id && row.period !== null);
  const periods = [...new Set(rows.map((row) => row.period ?? ''))].toSorted();
  const groups = Map.groupBy(rows, (row) => row.group[by] ?? null);
  const sign = metric.better === 'higher' ? 1 : -1;
  return [...groups.values()]
    .map((some) => rowOf(catalogue, metric, by, some, periods, (period) => isFilling(period, grain, through)))
    .toSorted((a, b) => sign * (a.steepness - b.steepness) || (a.label < b.label ? -1 : 1));
};

import type { Answer, Row } from './answer.ts';
import { valueLabel, type Catalogue, type Metric } from './catalogue.ts';
import { meaningOf, type HistoryPoint, type Meaning } from './indicator.ts';
import { isFilling, type IsoDate } from './period.ts';
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
  readonly meaning: Meaning;
  readonly history: readonly HistoryPoint[];
}

const rowOf = (catalogue: Catalogue, metric: Metric, by: string, rows: readonly Row[], periods: readonly IsoDate[], filling: (period: IsoDate) => boolean): GroupRow => {
  const value = rows[0]?.group[by] ?? null;
  const at = new Map(rows.map((row) => [row.period, row]));
  const known = periods.flatMap((period) => (at.get(period)?.value != null && !filling(period) ? [at.get(period)!] : []));
  const [first, last] = [known[0] ?? null, known.at(-1) ?? null];
  const moved = known.length < 2 ? null : (last?.value ?? 0) - (first?.value ?? 0);
  const compared = last === null ? null : { ...last, change: moved, compareValue: moved === null ? null : (first?.value ?? null) };
  return {
    key: value ?? '\u0000',
    label: valueLabel(catalogue, by, value),
    value: last?.value ?? null,
    lower: last?.lower ?? null,
    upper: last?.upper ?? null,
    n: last?.n ?? null,
    change: moved,
    meaning: meaningOf(
      metric,
      compared,
      known.map((row) => row.value),
    ),
    history: periods.map((period) => ({ period, value: at.get(period)?.value ?? null, filling: filling(period) })),
  };
};

/** A metric split by one dimension and by period, one row per value, the one that moved the wrong way furthest first. */
export const groupRows = (catalogue: Catalogue, metric: Metric, answer: Answer, grain: Grain, through: IsoDate): readonly GroupRow[] => {
  const by = answer.asked.by[0] ?? '';
  const rows = answer.rows.filter((row) => row.metric === metric.id && row.period !== null);
  const periods = [...new Set(rows.map((row) => row.period ?? ''))].toSorted();
  const groups = Map.groupBy(rows, (row) => row.group[by] ?? null);
  const sign = metric.better === 'higher' ? 1 : -1;
  return [...groups.values()]
    .map((some) => rowOf(catalogue, metric, by, some, periods, (period) => isFilling(period, grain, through)))
    .toSorted((a, b) => sign * ((a.change ?? 0) - (b.change ?? 0)) || (a.label < b.label ? -1 : 1));
};

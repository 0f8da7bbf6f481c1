import type { Catalogue } from '../metric/catalogue.ts';
import type { Reader } from '../open.ts';
import { readRows } from '../rows.ts';
import { answer } from './answer.ts';
import { cell, type ColumnTable } from './column-table.ts';
import { settledMonths } from './settled-months.ts';
import type { ViewState } from './view-state.ts';

/** A release with the metrics it can answer. */
export interface Side {
  readonly reader: Reader;
  readonly catalogue: Catalogue;
}

/** What changed from one release to another. */
export interface ReleaseComparison {
  readonly before: string;
  readonly after: string;
  /** Days the metrics are taken over, in both alike: [from, to), twelve whole months that both hold. Null: either holds none. */
  readonly from: string | null;
  readonly to: string | null;
  /** Tables with another number of rows, the greatest difference first; null rows: there is no such table. */
  readonly tables: readonly { readonly name: string; readonly before: number | null; readonly after: number | null }[];
  /** Metrics of the scorecard with another value, in the catalogue's order; null = not known. */
  readonly metrics: readonly MovedMetric[];
  /** Tables and metrics compared, those that did not change among them. */
  readonly compared: { readonly tables: number; readonly metrics: number };
}

export interface MovedMetric {
  readonly id: string;
  readonly label: string;
  readonly unit: string;
  readonly before: number | null;
  readonly after: number | null;
}

/** Holds two releases against each other: rows by table, and the scorecard over the same twelve months. */
export const compareReleases = async (before: Side, after: Side, signal?: AbortSignal): Promise<ReleaseComparison> => {
  const [rowsBefore, rowsAfter] = [await rowCounts(before.reader), await rowCounts(after.reader)];
  const names = [...new Set([...rowsBefore.keys(), ...rowsAfter.keys()])];
  const months = settledMonths(await completeThrough(before.reader), await completeThrough(after.reader));
  const shared = after.catalogue.metrics.filter(
    ({ id, scorecard }) => scorecard && before.catalogue.metrics.some((metric) => metric.id === id),
  );
  const view = { metrics: shared.map(({ id }) => id), ...months };
  const [then, now] = [await valuesOf(before, view, signal), await valuesOf(after, view, signal)];
  return {
    before: before.reader.release,
    after: after.reader.release,
    ...months,
    tables: names
      .map((name) => ({ name, before: rowsBefore.get(name) ?? null, after: rowsAfter.get(name) ?? null }))
      .filter((one) => one.before !== one.after)
      .sort((a, b) => sizeOf(b) - sizeOf(a) || (a.name < b.name ? -1 : 1)),
    metrics: shared
      .map(({ id, label, unit }) => ({ id, label, unit, before: then.get(id) ?? null, after: now.get(id) ?? null }))
      .filter((one) => one.before !== one.after),
    compared: { tables: names.length, metrics: shared.length },
  };
};

const sizeOf = (one: { readonly before: number | null; readonly after: number | null }): number =>
  Math.abs((one.after ?? 0) - (one.before ?? 0));

const rowCounts = async (reader: Reader): Promise<ReadonlyMap<string, number>> => {
  const rows = await rowsOf(
    reader,
    'select name, cast(row_count as double) as n from meta.model where row_count is not null',
  );
  return new Map(rows.map(({ name, n }) => [String(name), Number(n)]));
};

const completeThrough = async (reader: Reader): Promise<string | null> => {
  const [row] = await rowsOf(reader, 'select cast(complete_through as varchar) as day from meta.release');
  return (row?.day as string | null | undefined) ?? null;
};

const rowsOf = async (reader: Reader, sql: string) => {
  const connection = await reader.connect();
  try {
    return await readRows(connection, sql);
  } finally {
    connection.closeSync();
  }
};

const valuesOf = async (
  { reader, catalogue }: Side,
  view: Pick<ViewState, 'metrics' | 'from' | 'to'>,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, number | null>> => {
  if (view.metrics.length === 0 || view.from === null) return new Map();
  const whole: ViewState = { ...view, by: [], grain: null, where: {}, compare: null, asOf: null };
  return valuesByMetric((await answer(reader, catalogue, whole, signal)).table);
};

const valuesByMetric = (table: ColumnTable): ReadonlyMap<string, number | null> => {
  const column = (name: string) => table.columns.find((one) => one.name === name)!;
  const [metric, value] = [column('metric'), column('value')];
  return new Map(
    Array.from({ length: table.rows }, (_, row) => [String(cell(metric, row)), cell(value, row) as number | null]),
  );
};

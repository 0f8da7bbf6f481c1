import type { DuckDBConnection } from '@duckdb/node-api';
import { fileURLToPath } from 'node:url';
import { readMetricFolders } from '../../warehouse/metric/read-metrics.ts';
import { answer } from '../../warehouse/query/answer.ts';
import { toJson } from '../../warehouse/query/text-formats.ts';
import { readViewState } from '../../warehouse/query/view-state.ts';
import { memoryReader } from '../warehouse/query/memory-reader.ts';

const shipped = readMetricFolders([fileURLToPath(new URL('../../sql/metric', import.meta.url))]);

/** One row of an answer, as `himsight metric … --format json` prints it. */
export type AnsweredRow = Readonly<Record<string, string | number | boolean | null>>;

/** Asks a view of the shipped metrics of a warehouse in memory: rows by metric, period and group. */
export const ask = async (
  connection: DuckDBConnection,
  view: Readonly<Record<string, unknown>>,
): Promise<readonly AnsweredRow[]> =>
  toJson(await answer(await memoryReader(connection), shipped, readViewState(view))).rows;

/** Value of each metric in total; with `by`, as `metric group` (a group not known as `metric -`). */
export const valuesOf = async (
  connection: DuckDBConnection,
  metrics: readonly string[],
  more: Readonly<Record<string, unknown>> & { readonly by?: readonly [string] } = {},
): Promise<Record<string, number | null>> => {
  const found = await ask(connection, { metrics, ...more });
  const name = (row: AnsweredRow): string =>
    more.by === undefined ? String(row.metric) : `${row.metric} ${row[more.by[0]] ?? '-'}`;
  return Object.fromEntries(found.map((row) => [name(row), row.value as number | null]));
};

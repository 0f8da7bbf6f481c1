import type { DuckDBConnection } from '@duckdb/node-api';
import { fileURLToPath } from 'node:url';
import { findMetrics, type Catalogue } from '../../warehouse/metric/catalogue.ts';
import { answerable, readColumnTypes } from '../../warehouse/metric/check-against-release.ts';
import { readMetricFolders } from '../../warehouse/metric/read-metrics.ts';
import { answer, type Answer } from '../../warehouse/query/answer.ts';
import { toJson, type JsonRow } from '../../warehouse/query/text-formats.ts';
import { readViewState } from '../../warehouse/query/view-state.ts';
import { memoryReader } from '../warehouse/query/memory-reader.ts';
import { buildInMemory, type MemoryWarehouse, type PartInMemory } from './warehouse.ts';

/** One row of an answer, as `himsight metric … --format json` prints it. */
export type AnswerRow = JsonRow;

/** A view state, or the part of one that is not left at its default. */
export type Asked = Readonly<Record<string, unknown>>;

let read: Catalogue | undefined;

/** The product's own metrics as they are written: the same for every warehouse, so read once a test file. */
const shipped = (): Catalogue =>
  (read ??= readMetricFolders([fileURLToPath(new URL('../../sql/metric', import.meta.url))]));

/** Asks the product's own metrics of a warehouse in memory, the way the pages ask. */
export const answersOf = async (connection: DuckDBConnection): Promise<(view: Asked) => Promise<Answer>> => {
  const reader = await memoryReader(connection);
  const catalogue = answerable(shipped(), await readColumnTypes(reader));
  return (view) => answer(reader, catalogue, readViewState(view));
};

/** The rows of one view, by metric, period and group. */
export const askView = async (connection: DuckDBConnection, view: Asked): Promise<readonly AnswerRow[]> =>
  toJson(await (await answersOf(connection))(view)).rows;

/** Value of each metric in total; with `by`, as `metric group` (a group not known as `metric -`). */
export const valuesOf = async (
  connection: DuckDBConnection,
  metrics: readonly string[],
  more: Asked & { readonly by?: readonly [string] } = {},
): Promise<Record<string, number | null>> => {
  const name = (row: AnswerRow): string =>
    more.by === undefined ? String(row.metric) : `${String(row.metric)} ${String(row[more.by[0]] ?? '-')}`;
  const found = await askView(connection, { metrics, ...more });
  return Object.fromEntries(found.map((row) => [name(row), row.value as number | null]));
};

/** A warehouse in memory that answers the product's own metrics. */
export interface Asking extends MemoryWarehouse {
  readonly answer: (view: Asked) => Promise<Answer>;
  /** The rows of a view. */
  readonly view: (view: Asked) => Promise<readonly AnswerRow[]>;
  /** The rows of a question about metrics. */
  readonly rows: (metrics: readonly string[], view?: Asked) => Promise<readonly AnswerRow[]>;
  /** The one value of a question without grain and dimensions; null = not known. */
  readonly value: (metric: string, view?: Asked) => Promise<unknown>;
  /** Value by metric, over everything. */
  readonly values: (...metrics: readonly string[]) => Promise<Record<string, number | null>>;
  /** Value by group of one dimension; a group that is not known under the empty text. */
  readonly by: (metric: string, dimension: string, asOf?: string) => Promise<Record<string, number | null>>;
  /** Names of the asserts that rows break, with how many; the names alone. */
  readonly broken: Readonly<Record<string, number>>;
  readonly findings: readonly string[];
}

/** A warehouse of which only a part is built: its promises and checks were never asked. */
export type AskingOf = Omit<Asking, 'asserts' | 'checks' | 'broken' | 'findings'>;

/** What is built of a warehouse, ready to be asked. */
export const askingOf = async (warehouse: PartInMemory): Promise<AskingOf> => {
  const found = await answersOf(warehouse.connection);
  const view: Asking['view'] = async (asked) => toJson(await found(asked)).rows;
  const rows: Asking['rows'] = (metrics, more = {}) => view({ metrics, ...more });
  return {
    ...warehouse,
    answer: found,
    view,
    rows,
    value: async (metric, more) => (await rows([metric], more))[0]?.value,
    values: async (...metrics) =>
      Object.fromEntries((await rows(metrics)).map(({ metric, value }) => [String(metric), value as number | null])),
    by: async (metric, dimension, asOf) =>
      Object.fromEntries(
        (await rows([metric], { by: [dimension], asOf: asOf ?? null })).map((row) => [
          String(row[dimension] ?? ''),
          row.value as number | null,
        ]),
      ),
  };
};

/** A warehouse already built, ready to be asked. */
export const asking = async (warehouse: MemoryWarehouse): Promise<Asking> => {
  const { asserts, checks } = warehouse;
  const broken = Object.fromEntries(
    asserts.filter(({ violations }) => violations > 0).map(({ name, violations }) => [name, violations]),
  );
  return { ...(await askingOf(warehouse)), asserts, checks, broken, findings: Object.keys(broken) };
};

/** Builds all of `sql/` over raw tables drawn as text, to be asked. */
export const ask = async (raw: Readonly<Record<string, string>>): Promise<Asking> =>
  asking(await buildInMemory({ raw }));

/** Builds what these metrics read over raw tables drawn as text; who asks for others finds that their relations are not there. */
export const askOf = async (metrics: readonly string[], raw: Readonly<Record<string, string>>): Promise<AskingOf> => {
  const looksAt = findMetrics(shipped(), metrics).flatMap(({ measure, needs = [] }) => [
    measure.from,
    ...needs.map(({ relation }) => relation),
  ]);
  return askingOf(await buildInMemory({ raw, looksAt }));
};

/** The answers of metrics, one group a key: metric → group → value; a group without a row is not known. */
export const answersBy = async (
  asked: Pick<Asking, 'rows'>,
  metrics: readonly string[],
  dimension: string,
  view: Asked = {},
): Promise<(metric: string, group: string) => unknown> => {
  const found = new Map(metrics.map((metric) => [metric, new Map<unknown, unknown>()]));
  for (const row of await asked.rows(metrics, { by: [dimension], ...view }))
    found.get(String(row.metric))!.set(row[dimension], row.value);
  return (metric, group) => found.get(metric)!.get(group) ?? null;
};

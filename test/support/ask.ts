import { fileURLToPath } from 'node:url';
import { catalogueOf } from '../../warehouse/metric/catalogue.ts';
import { answer } from '../../warehouse/query/answer.ts';
import { toJson } from '../../warehouse/query/text-formats.ts';
import { readViewState } from '../../warehouse/query/view-state.ts';
import { memoryReader } from '../warehouse/query/memory-reader.ts';
import { buildInMemory, type MemoryWarehouse } from './warehouse.ts';

/** One row of an answer as JSON has it. */
export type AnswerRow = ReturnType<typeof toJson>['rows'][number];

/** Everything but the metrics of a view state. */
export type Asked = Readonly<Record<string, unknown>>;

/** A warehouse in memory with the product's own metrics, ready to be asked. */
export interface Asking {
  /** The rows of a question. */
  readonly rows: (metrics: readonly string[], view?: Asked) => Promise<readonly AnswerRow[]>;
  /** The one value of a question without grain and dimensions; null = not known. */
  readonly value: (metric: string, view?: Asked) => Promise<unknown>;
  /** Names of the asserts that rows break. */
  readonly findings: readonly string[];
  readonly warehouse: MemoryWarehouse;
  readonly close: () => Promise<void>;
}

/** Builds all of `sql/` over raw tables drawn as text, to be asked the way the pages ask. */
export const ask = async (raw: Readonly<Record<string, string>>): Promise<Asking> => {
  const warehouse = await buildInMemory({ raw });
  const reader = await memoryReader(warehouse.connection);
  const catalogue = await catalogueOf(reader, [fileURLToPath(new URL('../../sql/metric', import.meta.url))]);
  const rows: Asking['rows'] = async (metrics, view = {}) =>
    toJson(await answer(reader, catalogue, readViewState({ metrics, ...view }))).rows;
  return {
    rows,
    value: async (metric, view) => (await rows([metric], view))[0]?.value,
    findings: warehouse.asserts.filter(({ violations }) => violations > 0).map(({ name }) => name),
    warehouse,
    close: warehouse.close,
  };
};

/** The answers of metrics, one group a key: metric → group → value; a group without a row is not known. */
export const answersBy = async (asking: Asking, metrics: readonly string[], dimension: string, view: Asked = {}) => {
  const found = new Map(metrics.map((metric) => [metric, new Map<unknown, unknown>()]));
  for (const row of await asking.rows(metrics, { by: [dimension], ...view }))
    found.get(String(row.metric))!.set(row[dimension], row.value);
  return (metric: string, group: string): unknown => found.get(metric)!.get(group) ?? null;
};

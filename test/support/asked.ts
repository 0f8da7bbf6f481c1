import { fileURLToPath } from 'node:url';
import type { AssertResult } from '../../warehouse/assert.ts';
import { catalogueOf } from '../../warehouse/metric/catalogue.ts';
import { answer } from '../../warehouse/query/answer.ts';
import { toJson, type JsonRow } from '../../warehouse/query/text-formats.ts';
import { readViewState, type ViewState } from '../../warehouse/query/view-state.ts';
import { memoryReader } from '../warehouse/query/memory-reader.ts';
import { buildInMemory, type MemoryWarehouse } from './warehouse.ts';

const shipped = fileURLToPath(new URL('../../sql/metric', import.meta.url));

/** A warehouse in memory that answers metrics. */
export interface Asked extends MemoryWarehouse {
  /** The answer's rows, in its own order. */
  readonly ask: (view: Partial<ViewState> & Pick<ViewState, 'metrics'>) => Promise<readonly JsonRow[]>;
  /** Value by metric, over everything. */
  readonly values: (...metrics: readonly string[]) => Promise<Readonly<Record<string, unknown>>>;
  /** Names of the asserts that found something, with how much. */
  readonly broken: () => Readonly<Record<string, number>>;
}

/** Builds all of `sql/` over raw tables drawn as text, and answers the shipped metrics from it. */
export const askedOf = async (raw: Readonly<Record<string, string>>): Promise<Asked> => {
  const warehouse = await buildInMemory({ raw });
  const reader = await memoryReader(warehouse.connection);
  const catalogue = await catalogueOf(reader, [shipped]);
  const ask: Asked['ask'] = async (view) => toJson(await answer(reader, catalogue, readViewState(view))).rows;
  return {
    ...warehouse,
    ask,
    values: async (...metrics) =>
      Object.fromEntries((await ask({ metrics })).map(({ metric, value }) => [String(metric), value])),
    broken: () => found(warehouse.asserts),
  };
};

const found = (asserts: readonly AssertResult[]): Readonly<Record<string, number>> =>
  Object.fromEntries(
    asserts.filter(({ violations }) => violations > 0).map(({ name, violations }) => [name, violations]),
  );

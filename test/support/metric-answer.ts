import { fileURLToPath } from 'node:url';
import { catalogueOf } from '../../warehouse/metric/catalogue.ts';
import { answer, type Answer } from '../../warehouse/query/answer.ts';
import { toJson } from '../../warehouse/query/text-formats.ts';
import { readViewState } from '../../warehouse/query/view-state.ts';
import { memoryReader } from '../warehouse/query/memory-reader.ts';
import type { MemoryWarehouse } from './warehouse.ts';

/** Asks a warehouse in memory as the program would. */
export interface Asker {
  /** Values of metrics over everything; null = not known. */
  readonly values: (...metrics: string[]) => Promise<Record<string, number | null>>;
  /** Value by group of one dimension. */
  readonly by: (metric: string, dimension: string, asOf?: string) => Promise<Record<string, number | null>>;
  readonly answer: (...metrics: string[]) => Promise<Answer>;
}

/** The shipped metrics on a warehouse in memory. */
export const asker = async ({ connection }: Pick<MemoryWarehouse, 'connection'>): Promise<Asker> => {
  const reader = await memoryReader(connection);
  const catalogue = await catalogueOf(reader, [fileURLToPath(new URL('../../sql/metric', import.meta.url))]);
  const ask = (metrics: readonly string[], by: readonly string[] = [], asOf: string | null = null): Promise<Answer> =>
    answer(reader, catalogue, readViewState({ metrics, by, asOf }));
  return {
    answer: (...metrics) => ask(metrics),
    values: async (...metrics) =>
      Object.fromEntries(toJson(await ask(metrics)).rows.map(({ metric, value }) => [metric, value as number | null])),
    by: async (metric, dimension, asOf) =>
      Object.fromEntries(
        toJson(await ask([metric], [dimension], asOf)).rows.map((row) => [
          String((row as unknown as Record<string, unknown>)[dimension] ?? ''),
          row.value as number | null,
        ]),
      ),
  };
};

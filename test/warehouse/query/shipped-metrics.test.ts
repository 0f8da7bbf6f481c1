import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { catalogueOf, type Catalogue } from '../../../warehouse/metric/catalogue.ts';
import { answer } from '../../../warehouse/query/answer.ts';
import { toCatalogueJson } from '../../../warehouse/query/catalogue-json.ts';
import { explain } from '../../../warehouse/query/explain.ts';
import { toJson } from '../../../warehouse/query/text-formats.ts';
import { buildInMemory } from '../../support/warehouse.ts';
import { memoryReader } from './memory-reader.ts';
import { view } from './small-release.ts';

const folder = fileURLToPath(new URL('../../../sql/metric', import.meta.url));

let warehouse: Awaited<ReturnType<typeof buildInMemory>>;
let reader: Awaited<ReturnType<typeof memoryReader>>;
let catalogue: Catalogue;

beforeAll(async () => {
  warehouse = await buildInMemory({ raw: {} });
  reader = await memoryReader(warehouse.connection);
  catalogue = await catalogueOf(reader, [folder]);
});

afterAll(() => warehouse.close());

test('every shipped metric names what the shipped models hold', () => {
  expect(catalogue.metrics.length).toBeGreaterThan(20);
});

test('without any extract no metric has a value, at any grain and by any dimension', async () => {
  for (const { id, grains, dimensions } of catalogue.metrics) {
    const { rows } = toJson(await answer(reader, catalogue, view({ metrics: [id] })));
    expect(rows, id).toMatchObject([{ metric: id, period: null, value: null, n: 0, suppressed: false }]);
    for (const grain of grains) {
      const split = view({ metrics: [id], grain, by: Object.keys(dimensions), asOf: '2026-01-01' });
      expect(toJson(await answer(reader, catalogue, split)).rows, `${id} by ${grain}`).toEqual([]);
    }
  }
});

test('every shipped metric leads back to an extract', async () => {
  for (const { id } of catalogue.metrics) {
    const { lineage, sql } = await explain(reader, catalogue, id);
    expect(lineage.extracts, id).not.toEqual([]);
    expect(
      lineage.relations.every(
        ({ name, summary }) => name.startsWith('raw.') || name.startsWith('reference.') || summary !== null,
      ),
      id,
    ).toBe(true);
    expect(sql, id).toMatch(/^(with|select)/);
  }
});

test('the catalogue of an empty release has dimensions without values', async () => {
  const { metrics, dimensions } = await toCatalogueJson(reader, catalogue);
  expect(metrics).toHaveLength(catalogue.metrics.length);
  expect(dimensions.length).toBeGreaterThan(10);
});

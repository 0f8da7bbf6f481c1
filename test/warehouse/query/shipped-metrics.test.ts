import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { explanationText } from '../../../etl/command/explain-text.ts';
import { catalogueOf, type Catalogue } from '../../../warehouse/metric/catalogue.ts';
import { answer } from '../../../warehouse/query/answer.ts';
import { toCatalogueJson } from '../../../warehouse/query/catalogue-json.ts';
import { explain } from '../../../warehouse/query/explain.ts';
import { standings } from '../../../warehouse/query/standings.ts';
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

test('every shipped metric is explained: definition, method and variant, target, SQL, lineage to source columns, citation', async () => {
  for (const { id, target } of catalogue.metrics) {
    const explanation = await explain(reader, catalogue, id);
    const { metric, methodNotes, lineage, variants } = explanation;
    const { rows } = await standings(reader, catalogue, { metrics: [id], where: {}, byFacility: false, asOf: null });
    const text = explanationText(explanation, rows, []);
    for (const [what, part] of Object.entries({
      definition: metric.definition.split('\n')[0]!,
      method: metric.method.split('\n')[0]!,
      how: methodNotes[0]!,
      citation: metric.source.split('\n')[0]!,
      code: metric.code,
      relation: metric.measure.from,
    })) {
      expect(part.trim(), `${id} ${what}`).not.toBe('');
      expect(text, `${id} ${what}`).toContain(part.trim());
    }
    for (const head of ['Method', 'Source', 'Target', 'SQL', 'Relations', 'Extracts', 'Source columns', 'Checks'])
      expect(text, `${id} ${head}`).toMatch(new RegExp(`^${head}$`, 'm'));
    expect(
      lineage.edges.some(({ from }) => from.startsWith('raw.')),
      `${id} leads back to a column`,
    ).toBe(true);
    expect(rows, id).toMatchObject([{ metric: id, value: null, policy: target === null ? 'not judged' : 'no value' }]);
    if (variants.length > 0) expect(text, id).toMatch(/^Other ways to count it$/m);
  }
}, 60_000);

test('the catalogue of an empty release has dimensions without values', async () => {
  const { metrics, dimensions } = await toCatalogueJson(reader, catalogue);
  expect(metrics).toHaveLength(catalogue.metrics.length);
  expect(dimensions.length).toBeGreaterThan(10);
});

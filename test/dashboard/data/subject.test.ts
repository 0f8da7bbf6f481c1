import { expect, test } from 'vitest';
import type { Catalogue, Metric } from '../../../dashboard/data/catalogue.ts';
import { drawnOf, metricsOf, splitsOf, subjectPages } from '../../../dashboard/data/subject.ts';

const metric = (id: string, page: string, dimensions: readonly string[] = []): Metric =>
  ({ id, page, dimensions }) as unknown as Metric;
const catalogue: Catalogue = {
  release: '',
  dimensions: [],
  metrics: [metric('a', 'cdi', ['coder', 'service', 'facility']), metric('query_rate', 'cdi'), metric('b', 'denials')],
};

test('a page has its own metrics; the one asked for is drawn, else the page’s lead, else its first', () => {
  const own = metricsOf(catalogue, 'cdi');
  expect(own.map(({ id }) => id)).toEqual(['a', 'query_rate']);
  expect(drawnOf(own, subjectPages.cdi, 'a')?.id).toBe('a');
  expect(drawnOf(own, subjectPages.cdi, 'gone')?.id).toBe('query_rate');
  expect(drawnOf(metricsOf(catalogue, 'denials'), subjectPages.denials, null)?.id).toBe('b');
  expect(drawnOf([], subjectPages.cdi, null)).toBeNull();
});

test('a metric is split by the page’s own dimensions first, then by the rest', () => {
  expect(splitsOf(catalogue.metrics[0]!, subjectPages.cdi)).toEqual(['facility', 'service', 'coder']);
});

import { expect, test } from 'vitest';
import type { Catalogue, Metric } from '../../../dashboard/data/catalogue.ts';
import { drawnOf, leadsOf, metricsOf, splitsOf, subjectPages } from '../../../dashboard/data/subject.ts';

const metric = (id: string, page: string, dimensions: readonly string[] = [], more: Partial<Metric> = {}): Metric =>
  ({ id, page, dimensions, grains: ['month'], ...more }) as unknown as Metric;
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

test('a metric kept by day alone is in no table by month', () => {
  const daily = { ...catalogue, metrics: [metric('a', 'cdi', [], { grains: ['day'] }), metric('b', 'cdi')] };
  expect(metricsOf(daily, 'cdi').map(({ id }) => id)).toEqual(['b']);
});

test('a page opens with its leads in its own order, and draws the first of which anything is known', () => {
  const own = [
    metric('x', 'cdi'),
    metric('query_rate', 'cdi'),
    metric('cdi_review_rate', 'cdi', [], { notKnown: 'No.' }),
  ];
  expect(leadsOf(own, subjectPages.cdi).map(({ id }) => id)).toEqual(['cdi_review_rate', 'query_rate']);
  expect(drawnOf(own, subjectPages.cdi, null)?.id).toBe('query_rate');
  expect(leadsOf([metric('x', 'cdi')], subjectPages.cdi).map(({ id }) => id)).toEqual(['x']);
});

test('a metric is split by the page’s own dimensions first, then by the rest', () => {
  expect(splitsOf(catalogue.metrics[0]!, subjectPages.cdi)).toEqual(['facility', 'service', 'coder']);
});

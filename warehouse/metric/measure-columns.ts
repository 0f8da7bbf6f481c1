import type { Measure, Metric } from './metric.ts';

/** Key of the measure → column of its relation, for every column the number itself rests on (dimensions apart). */
export const measureColumns = (measure: Measure): Readonly<Record<string, string>> => {
  const { date } = measure;
  switch (measure.kind) {
    case 'ratio': {
      const { numerator, denominator, cluster } = measure;
      return { date, numerator, denominator, ...(cluster === undefined ? {} : { cluster }) };
    }
    case 'count':
      return measure.count === '*' ? { date } : { date, count: measure.count };
    case 'quantile':
      return { date, value: measure.value };
    case 'km_quantile':
    case 'km_share':
      return { date, start: measure.start, event: measure.event, until: measure.until };
  }
};

/** Those columns and the ones of its dimensions, each once. */
export const metricColumns = (metric: Metric): readonly string[] => [
  ...new Set([...Object.values(measureColumns(metric.measure)), ...Object.values(metric.dimensions)]),
];
